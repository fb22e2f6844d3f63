"""Tables as people and programs leave them: each is read, or refused with a message that says what to do."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.answers.rows import read_rows
from quotegrid.corpus.answers.tables import read_table
from quotegrid.domain.sources.model import ReadText
from quotegrid.errors import ReadError


def table(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def book(folder: Path, rows: list[list[object]], *, merged: str | None = None) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    if merged is not None:
        sheet.merge_cells(merged)
    path = folder / "a.xlsx"
    workbook.save(path)
    return path


def said(read: ReadText) -> list[tuple[str | None, str]]:
    return [(turn.label, read.text[turn.start : turn.end]) for turn in read.turns or ()]


@pytest.mark.parametrize(
    "content",
    [
        "ID,Answer\r\n1,Yes.\r\n2,No.\r\n",
        "ID,Answer\r1,Yes.\r2,No.\r",
        "ID,Answer\n1,Yes.\r\n2,No.\r",
        "\ufeffID;Answer\n1;Yes.\n2;No.\n",
        "sep=;\nID;Answer\n1;Yes.\n2;No.\n",
        "ID\tAnswer\n1\tYes.\n2\tNo.\n",
        "ID|Answer\n1|Yes.\n2|No.\n",
        "\n,,\nID,Answer,\n,,\n1,Yes.,\n\n2,No.,\n,,\n",
        '"ID", "Answer"\n"1", "Yes."\n"2", "No."\n',
        "ID,,Answer\n1,,Yes.\n2,,No.\n",
        ",ID,Answer\n0,1,Yes.\n1,2,No.\n",
        "ID,Answer\n1,Yes.\nID,Answer\n2,No.\n",
        "ID,Answer\n1,Y\x00es.\n2,No.\n",
    ],
    ids="crlf cr mixed bom sep tabs bars blank spaced gap index repeated nul".split(),
)
def test_line_ends_separators_marks_and_blanks_change_nothing(tmp_path: Path, content: str) -> None:
    read = read_table(table(tmp_path, content), None)
    assert said(read) == [("1", "Yes."), ("2", "No.")]
    assert read.warnings == ()


def test_a_control_character_in_a_table_is_counted_and_a_file_of_them_refused(tmp_path: Path) -> None:
    read = read_table(table(tmp_path, "ID,Answer\n1,So it\x00 was said.\n"), None)
    assert read.repairs["control characters"] == 1
    with pytest.raises(ReadError, match="line 1: this is not a text file"):
        read_table(table(tmp_path, bytes(range(9)) * 40), None)


def test_a_quotation_mark_that_encloses_no_cell_is_part_of_the_words(tmp_path: Path) -> None:
    tab = 'ID\tAnswer\n1\t"Quoted" and more\n2\t"Opened here\n3\tand closed there"\n4\tSo "they" say.\n'
    assert said(read_table(table(tmp_path, tab, "a.tsv"), None)) == [
        ("1", '"Quoted" and more'),
        ("2", '"Opened here'),
        ("3", 'and closed there"'),
        ("4", 'So "they" say.'),
    ]
    comma = 'ID,Answer\n1,"Quoted" and more\n2,"One, ""two"",\nthree."\n3,So.\n'
    path = table(tmp_path, comma)
    assert said(read_table(path, None)) == [
        ("1", '"Quoted" and more'),
        ("2", 'One, "two",\nthree.'),
        ("3", "So."),
    ]
    assert [row.line for row in read_rows(path).rows] == [2, 3, 5]


def test_enclosed_cells_of_a_tab_separated_table_may_hold_tabs_and_lines(tmp_path: Path) -> None:
    path = table(tmp_path, 'ID\tAnswer\n1\t"One\ttwo\nthree"\n2\tFour.\n', "a.tsv")
    assert said(read_table(path, None)) == [("1", "One\ttwo\nthree"), ("2", "Four.")]


def test_an_answer_may_be_of_any_length(tmp_path: Path) -> None:
    long = "It went on and on. " * 11_000
    read = read_table(table(tmp_path, f'ID,Answer\n1,"{long}"\n2,So.\n'), None)
    assert [(label, len(words)) for label, words in said(read)] == [("1", len(long) - 1), ("2", 3)]


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    read = read_table(table(tmp_path, "ID,Answer,Answer\n1,Yes.,Or no.\n"), None)
    assert said(read) == [("1", "Yes."), ("1", "Or no.")]
    assert [turn.heading for turn in read.turns or ()] == ["Answer", "Answer (2)"]


def test_a_line_above_the_names_is_left_out_and_told(tmp_path: Path) -> None:
    read = read_table(table(tmp_path, "From the spring survey,\n,\nID,Answer\n1,Yes.\n"), None)
    assert said(read) == [("1", "Yes.")]
    assert list(map(str, read.warnings)) == [
        'line 1: "From the spring survey" above the names of the columns is left out.'
    ]


def test_a_cell_beyond_the_names_is_left_out_of_a_sheet_and_refused_in_text(tmp_path: Path) -> None:
    sheet = book(tmp_path, [["ID", "Answer"], [1, "Yes."], [2, "No.", None, None, "01:20:00"]])
    read = read_table(sheet, None)
    assert said(read) == [("1", "Yes."), ("2", "No.")]
    assert list(map(str, read.warnings)) == [
        'line 3: left out: 1 cell in columns without a name, first "01:20:00".'
    ]
    with pytest.raises(ReadError, match=r"line 2: this row has 3 columns, the first line 2\. Put text"):
        read_table(table(tmp_path, "ID,Answer\n1,Yes, and no.\n"), None)


def test_cells_below_the_empty_names_of_a_first_line_are_left_out_and_told(tmp_path: Path) -> None:
    words = (
        "speaker,time,words,,\nAnn,0:01,Who lit it?,,\nBen,0:04,My aunt did.,draft,of May\nAnn,0:09,Why?,,\n"
    )
    read = read_table(table(tmp_path, words), None)
    assert said(read) == [("Ann", "Who lit it?"), ("Ben", "My aunt did."), ("Ann", "Why?")]
    assert list(map(str, read.warnings)) == [
        'line 3: left out: 2 cells in columns without a name, first "draft".'
    ]
    with pytest.raises(ReadError, match=r"line 3: this row has 5 columns, the first line 3\. Put text"):
        read_table(table(tmp_path, words.replace("did.,draft", "did., and my uncle")), None)


def test_codes_for_characters_are_read_as_these_and_counted(tmp_path: Path) -> None:
    sheet = book(
        tmp_path, [["ID", "Answer"], [1, "One_x000D_\nTwo _x0041_nd_x0007_ so"], [2, "R&amp;D &#8212; R&D"]]
    )
    read = read_table(sheet, None)
    assert said(read) == [("1", "One\nTwo And so"), ("2", "R&D \u2014 R&D")]
    assert read.repairs == {"escaped characters": 5, "line ends": 1}


def test_cells_of_a_sheet_are_read_as_people_see_them(tmp_path: Path) -> None:
    values: list[object] = [
        datetime(2024, 3, 1), datetime(2024, 3, 1, 14, 30), time(1, 2, 3), timedelta(hours=30),
        7.0, 8.5, True, "#N/A", 0.25, 123,
    ]  # fmt: skip
    path = book(tmp_path, [["Answer", *map(str, range(len(values)))], ["So.", *values]])
    from openpyxl import load_workbook

    workbook = load_workbook(path)
    workbook.active.cell(2, 10).number_format = "0%"
    workbook.active.cell(2, 11).number_format = "00000"
    workbook.save(path)
    (row,) = read_rows(path).rows
    assert [row.cells.get(str(place)) for place in range(len(values))] == [
        "2024-03-01", "2024-03-01 14:30:00", "01:02:03", "30:00:00", "7", "8.5", "yes", "", "25%", "00123"
    ]  # fmt: skip


def test_a_merged_cell_says_who_speaks_in_all_its_rows_and_what_is_said_once(tmp_path: Path) -> None:
    path = book(tmp_path, [["ID", "Answer"], [1, "Yes."], [None, "And no."], [2, "So."]], merged="A2:A3")
    assert said(read_table(path, None)) == [("1", "Yes."), ("1", "And no."), ("2", "So.")]
    path = book(tmp_path, [["ID", "Answer"], [1, "Yes."], [2, None]], merged="B2:B3")
    assert said(read_table(path, None)) == [("1", "Yes.")]


def test_the_first_sheet_that_is_not_empty_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    workbook = Workbook()
    for name in ("Spring", "Autumn"):
        sheet = workbook.create_sheet(name)
        sheet.append(["ID", "Answer"])
        sheet.append([1, name])
    workbook.save(tmp_path / "a.xlsx")
    read = read_table(tmp_path / "a.xlsx", None)
    assert said(read) == [("1", "Spring")]
    assert [warning.what for warning in read.warnings] == [
        'only the first sheet is read; save each of the others as a file of its own: "Autumn".'
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("\n,\n", "line 1: the first line names no columns."),
        ('Answer\n"open\n', 'line 2: this is not a valid table .* write "" for a quotation mark'),
        ("ID,What changed?\n1,Little.\n", r'line 1: it is not clear .* --text "What changed\?"\. The col'),
        (
            "0\tIt rained for a week.\n1\tThen it was dry again.\n",
            "line 1: .* The first line is no list of names. Write one above it",
        ),
        ("ID,Kind\n1,a\n", r'line 1: it is not clear .* Say so: --text "COLUMN". The columns are ID, Kind'),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_table(table(tmp_path, content), None)


def test_told_columns_name_those_of_the_first_line_even_if_it_looks_like_a_turn(tmp_path: Path) -> None:
    lines = ["Ann,It rained.", "Ben,It did so for a week.", "Ann,For two of them.", "Ben,Then no more of it."]
    path = table(tmp_path, "\n".join(lines) + "\n")
    assert len(said(read_table(path, None))) == 4
    assert said(read_table(path, Columns(("It rained.",), speaker="Ann")))[0] == (
        "Ben",
        "It did so for a week.",
    )
