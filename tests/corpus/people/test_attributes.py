from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.people.attributes import (
    AttributeRow,
    area_attributes,
    is_about_source,
    is_attributes_file,
    read_attributes,
    source_attributes,
    speaker_rows,
    values_of_areas,
    values_of_speaker,
)
from quotegrid.domain.people.case_values import Origin, StatedValue
from quotegrid.errors import ReadError


def _rows(folder: Path, text: str, encoding: str = "utf-8") -> tuple[AttributeRow, ...]:
    path = folder / "a.csv"
    path.write_bytes(text.encode(encoding))
    return read_attributes(path)


def test_columns_say_whom_a_row_is_about_and_what_it_says(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        "File,Participant,Stakeholder Group,Job title,Place,On-Track,wave\n"
        'one.txt,Ann Lee,parents,"Parent, of two",Westhay,yes,\n'
        "\n"
        "two.txt,,,,,no,2\n",
    )
    assert rows == (
        AttributeRow(
            "a.csv", 2, "one.txt", "Ann Lee", "Westhay", "parents", "Parent, of two", {"on_track": "yes"}
        ),
        AttributeRow("a.csv", 4, "two.txt", None, None, None, None, {"on_track": "no", "wave": "2"}),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_spreadsheet_programs_separators_and_encodings_are_read(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    rows = _rows(tmp_path, f"area{separator}wave\r\nCafé Hill{separator}1\r\n", encoding)
    assert [(row.area, row.attributes) for row in rows] == [("Café Hill", {"wave": "1"})]
    assert is_attributes_file(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("wave,region\n1,west\n", 1, "no column says what a row is about"),
        ("area,wave,wave\nA,1,2\n", 1, 'there are two columns for "wave"'),
        ("area,place\nA,B\n", 1, 'there are two columns for "area"'),
        ("area,wave\nA,1\nB\n", 3, "this row has 1 columns, the first line 2"),
        ("area,wave\nA,1\n,2\n", 3, "this row does not say whom or what it is about"),
        ("area,role\nA,Parent\n", 2, "a group or role needs a source or a speaker"),
        ("area,wave\nA,1\nB,2\na,3\n", 4, 'the wave of "a" is "3" here, and "1" on line 2'),
        ("source,speaker,role\none,Ann,x\none,Ann,\none,Ann,y\n", 4, '"y" here, and "x" on line 2'),
        ("", None, "the file is empty"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    with pytest.raises(ReadError, match=what) as caught:
        _rows(tmp_path, text)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "a.csv"), line)


@pytest.mark.parametrize(("text", "can"), [("wave,region\n1,2\n", False), ("area\nA\n", False), ("", False)])
def test_a_table_without_a_key_column_is_no_attributes_file(tmp_path: Path, text: str, can: bool) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert is_attributes_file(path) is can


def test_marks_that_enclose_nothing_and_values_of_any_length_are_read(tmp_path: Path) -> None:
    long = "west " * 40_000
    rows = _rows(tmp_path, f'area,known as\nWesthay,"West" hay\nEastlow,{long}\n')
    assert [len(row.attributes["known_as"]) for row in rows] == [10, len(long) - 1]


ROWS = (
    AttributeRow("a.csv", 2, None, None, "Westhay", None, None, {"wave": "1"}),
    AttributeRow("a.csv", 3, "One", None, "Eastlow", None, "Parent", {"wave": "2"}),
    AttributeRow("a.csv", 4, "one.txt", "Ann", None, "parents", None, {}),
    AttributeRow("a.csv", 5, None, "ann", None, None, None, {"wave": "3"}),
)


def test_an_area_is_found_without_regard_to_case() -> None:
    assert area_attributes(ROWS, "WESTHAY") == {"wave": "1"}
    assert area_attributes(ROWS, "Eastlow") == {}
    assert area_attributes(ROWS, None) == {}


def test_a_row_about_a_source_may_leave_out_folder_and_suffix() -> None:
    assert [is_about_source(row, "in/one.txt") for row in ROWS] == [False, True, True, True]
    assert [is_about_source(row, "two.txt") for row in ROWS] == [False, False, False, True]
    assert source_attributes(ROWS, "in/one.txt") == ("Eastlow", {"wave": "2"})
    assert source_attributes(ROWS, "two.txt") == (None, {})


@pytest.mark.parametrize(
    ("source", "label", "only", "lines"),
    [
        ("one.txt", "ANN", False, [4, 5]),
        ("one.txt", "Ben", True, [3]),
        ("one.txt", "Ben", False, []),
        ("two.txt", "Ann", True, [5]),
    ],
)
def test_a_row_about_a_source_is_about_its_only_speaker(
    source: str, label: str, only: bool, lines: list[int]
) -> None:
    assert [row.line for row in speaker_rows(ROWS, source, label, only)] == lines


def _told(source: str, names: list[str], only: bool) -> list[tuple[str, str, int | None]]:
    return [(value.field, value.value, value.line) for value in values_of_speaker(ROWS, source, names, only)]


def test_a_row_about_the_speaker_goes_before_one_about_the_whole_source() -> None:
    assert _told("one.txt", ["Ann"], True) == [
        ("group", "parents", 4),
        ("wave", "3", 5),
        ("role", "Parent", 3),
        ("area", "Eastlow", 3),
    ]


def test_of_a_source_with_several_speakers_a_row_tells_the_area_but_nobodys_role() -> None:
    assert _told("one.txt", ["Ben"], False) == [("area", "Eastlow", 3)]


def test_another_name_counts_where_no_row_has_the_label() -> None:
    assert _told("two.txt", ["P1", "ANN"], False) == [("wave", "3", 5)]
    assert _told("two.txt", ["P1", "Ben"], False) == []
    assert all(value.origin is Origin.TABLE for value in values_of_speaker(ROWS, "one.txt", ["Ann"], True))


def test_the_last_of_several_rows_about_an_area_tells() -> None:
    again = AttributeRow("b.csv", 2, None, None, "westhay", None, None, {"wave": "4"})
    assert values_of_areas([*ROWS, again]) == {
        "westhay": [StatedValue("wave", "4", Origin.DERIVED, "b.csv", 2)]
    }
