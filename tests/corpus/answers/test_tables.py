from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import Cell

from quotegrid.corpus.answers.columns import Columns, guess_columns
from quotegrid.corpus.answers.recognise import is_answers_table
from quotegrid.corpus.answers.tables import read_table
from quotegrid.corpus.readers import TABLES
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import SourceKind, WarningKind
from quotegrid.domain.text.normalise import normalise
from quotegrid.errors import ReadError
from tests.profiles import examples

NAMES = ("ID", "Type", "Town", "What changed?", "What next?", "Wave")
ROWS = (
    ("P1", "parents", "Westhay", "Nothing, so far.\nWe wait.", "", "1"),
    ("P2", "school", "", 'They said "soon"; it was not.', "A plan, please. Soon.", "2"),
    ("P3", "", "Eastlow", "", "", "2"),
)
COLUMNS = Columns(("What changed?", "What next?"), case="ID", group="Type", area="Town", attributes=("Wave",))
GROUPS = Stakeholders({"parent": ("carer",), "school": ("headteacher",)})


def written(folder: Path, suffix: str, names: tuple[str, ...] = NAMES, rows: object = ROWS) -> Path:
    path = folder / f"survey{suffix}"
    lines = [names, *rows]  # type: ignore[misc]
    if suffix == ".xlsx":
        book = Workbook()
        for line in lines:
            book.active.append(list(line))
        book.save(path)
    elif suffix == ".jsonl":
        records = [json.dumps(dict(zip(names, line, strict=True)), ensure_ascii=False) for line in lines[1:]]
        path.write_text("\n".join(records) + "\n", encoding="utf-8")
    else:
        out = io.StringIO()
        csv.writer(out, delimiter="\t" if suffix == ".tsv" else ";").writerows(lines)
        path.write_text(out.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", TABLES)
def test_every_format_gives_the_same_answers_of_the_same_people(tmp_path: Path, suffix: str) -> None:
    path = written(tmp_path, suffix)
    read = read_source(path, path.name, ReadingOptions(columns=COLUMNS), GROUPS)
    source = read.source
    assert source.kind is SourceKind.TRANSCRIPT
    assert [(turn.label, turn.heading, source.text[turn.start : turn.end]) for turn in source.turns] == [
        ("P1", "What changed?", "Nothing, so far.\nWe wait."),
        ("P2", "What changed?", 'They said "soon"; it was not.'),
        ("P2", "What next?", "A plan, please. Soon."),
    ]
    assert {
        label: (speaker.group, speaker.area, speaker.attributes) for label, speaker in source.speakers.items()
    } == {
        "P1": ("parent", "Westhay", {"wave": "1"}),
        "P2": ("school", None, {"wave": "2"}),
    }
    assert [segment.heading for segment in source.segments] == [turn.heading for turn in source.turns]
    assert read.warnings == ()


def test_a_spreadsheet_that_libreoffice_saved_is_the_same(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "in").mkdir()
    comma = written(tmp_path / "in", ".xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    for target in ("ods", "xlsx"):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", target, "--outdir", tmp_path, comma],
            check=True,
            capture_output=True,
        )
        comma = tmp_path / f"survey.{target}"
    ours = read_table(tmp_path / "in" / "survey.xlsx", COLUMNS)
    assert read_table(tmp_path / "survey.xlsx", COLUMNS) == ours


def test_columns_that_put_people_together_are_attributes_and_others_are_told(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ".csv",
        ("ID", "Shift", "E-mail", "Remark", "Empty", "Answer"),
        [
            ("1", "day", "a@b.example", "None", "", "So."),
            ("1", "day", "a@b.example", "Thanks.", "", "And so."),
            ("2", "Day", "c@d.example", "Too long.", "", "Yes."),
            ("3", "night", "e@f.example", "Fine.", "", "No."),
            ("4", "night", "g@h.example", "None", "", "Never."),
        ],
    )
    read = read_source(path, path.name, ReadingOptions(), GROUPS)
    shifts = {label: dict(speaker.attributes) for label, speaker in read.source.speakers.items()}
    assert shifts == {
        "1": {"shift": "day"}, "2": {"shift": "Day"}, "3": {"shift": "night"}, "4": {"shift": "night"}
    }  # fmt: skip
    (told,) = [warning for warning in read.warnings if warning.kind is WarningKind.TEXT]
    assert told.line == 1
    assert told.what.startswith('these columns were left out: "E-mail", "Remark". To keep one')
    kept = read_source(path, path.name, ReadingOptions(attributes=("e_mail",)), GROUPS).source
    assert kept.speakers["3"].attributes == {"shift": "night", "e_mail": "e@f.example"}


def test_columns_that_are_called_what_they_are_need_no_word(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ".csv",
        ("Respondent ID", "Role", "Area", "Answer", "wave"),
        [("7", "carer", "Ash", "So.", "1")],
    )
    assert is_answers_table(path)
    source = read_source(path, path.name, ReadingOptions(attributes=("wave",)), GROUPS).source
    speaker = source.speakers["7"]
    assert (speaker.group, speaker.role, speaker.area) == ("parent", "carer", "Ash")
    assert speaker.attributes == {"wave": "1"}
    assert source.turns[0].heading is None


def test_columns_are_not_guessed_from_anything_but_their_names() -> None:
    assert guess_columns(["ID", "What changed?"]) is None
    assert guess_columns(["area", "region", "wave"]) is None
    assert guess_columns(["text", "Group"]) == Columns(("text",), group="Group")


def test_a_row_without_a_case_is_called_after_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, ".csv", ("ID", "Answer"), [("", "One\nof two lines."), ("", "Two.")])
    read = read_table(path, Columns(("Answer",), case="ID"))
    assert [speaker.name for speaker in read.speakers] == ["survey row 2", "survey row 4"]


def test_one_person_in_several_rows_is_one_case_and_what_differs_is_told(tmp_path: Path) -> None:
    rows = [("P1", "parent", "", "One."), ("P1", "school", "Ash", "Two."), ("P1", "", "Ash", "Three.")]
    path = written(tmp_path, ".csv", ("ID", "Group", "Area", "Answer"), rows)
    read = read_table(path, None)
    assert [(speaker.name, speaker.group, speaker.area) for speaker in read.speakers] == [
        ("P1", "parent", "Ash")
    ]
    assert tuple(map(str, read.warnings)) == (
        'line 3: the group of "P1" is "school", but "parent" on line 2.',
    )


@pytest.mark.parametrize(
    ("suffix", "content", "said"),
    [
        (".csv", "ID;What changed?\nP1;So.\n", "line 1: it is not clear which column holds the answers."),
        (".csv", "Answer;ID\n\nOne.;1;extra\n", "line 3: this row has 3 columns, the first line 2."),
        (".csv", 'Answer\n"open\n', "line 2: this is not a valid table"),
        (".csv", "Answer;ID\n;1\n", "there are no answers in this table."),
        (".tsv", " \n", "the file is empty."),
        (".jsonl", '{"text": "a"}\nnonsense\n', "line 2: this line is not JSON."),
        (".jsonl", '{"text": ["a"]}\n', "line 1: this line is not a JSON object of single values."),
        (".xlsx", "no workbook", "this workbook is broken or is not one."),
        (".xlsx", "", "the file is empty."),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(
    tmp_path: Path, suffix: str, content: str, said: str
) -> None:
    path = tmp_path / f"bad{suffix}"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read_source(path, path.name, ReadingOptions(), GROUPS)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r'no column "Answr".* The columns are ID, Type'):
        read_table(written(tmp_path, ".csv"), Columns(("Answr",)))


def test_numbers_in_a_workbook_are_read_as_people_see_them(tmp_path: Path) -> None:
    path = written(tmp_path, ".xlsx", ("ID", "Answer", "Wave"), [(7, "So.", 2.0), (8.5, 12, True)])
    read = read_table(path, Columns(("Answer",), case="ID", attributes=("Wave",)))
    assert [(speaker.name, speaker.attributes["wave"]) for speaker in read.speakers] == [
        ("7", "2"),
        ("8.5", "yes"),
    ]


@examples(40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=6))
def test_every_segment_is_the_text_at_its_place(
    tmp_path_factory: pytest.TempPathFactory, said: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("table")
    path = written(folder, ".jsonl", ("text",), [(answer,) for answer in said])
    wanted = [answer for answer in said if normalise(answer).strip()]
    if not wanted:
        return
    source = read_source(path, path.name, ReadingOptions(), GROUPS).source
    spoken = [source.text[turn.start : turn.end] for turn in source.turns]
    assert len(spoken) == len(wanted)
    for segment in source.segments:
        assert segment.turn is not None
        turn = source.turns[segment.turn]
        assert turn.start <= segment.start < segment.end <= turn.end


def test_many_people_without_a_group_are_told_in_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, ".csv", ("ID", "Answer"), [(f"P{number}", "So.") for number in range(9)])
    read = read_source(path, path.name, ReadingOptions(), GROUPS)
    assert [str(warning) for warning in read.warnings] == [
        'the groups of "P0", "P1", "P2" and 6 more are not known.'
    ]


@pytest.mark.parametrize(
    ("name", "text", "is_answers"),
    [
        ("a.csv", 'ID,Answer\nA,"b\n', True),
        ("a.csv", "ID,Answer\nA,b,c\n", True),
        ("a.csv", "ID,Wave\nA,b\n", False),
        ("a.csv", "", False),
        ("a.jsonl", '{"answer": "b"}\nnonsense\n', True),
        ("a.jsonl", '{"id": 1}\n{"id": 2, "answer": "b"}\n', True),
        ("a.jsonl", '{"id": 1}\n', False),
        ("a.xlsx", "no workbook", False),
    ],
)
def test_the_head_of_a_table_tells_whether_it_holds_answers(
    tmp_path: Path, name: str, text: str, is_answers: bool
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert is_answers_table(tmp_path / name) is is_answers


def test_a_workbooks_rows_are_not_read_for_its_head(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, ".xlsx", ("ID", "Answer"), [(f"A{number}", "Yes.") for number in range(50)])
    read: list[object] = []

    def shown(cell: Cell) -> str:
        read.append(cell.value)
        return str(cell.value)

    monkeypatch.setattr("quotegrid.corpus.answers.workbook.shown", shown)
    assert is_answers_table(path)
    assert len(read) <= 10
    assert read[:2] == ["ID", "Answer"]


@pytest.mark.parametrize("names", ["answer1,answer2", "Answer 1,Answer 2", "response_1,response_12"])
def test_numbered_answers_are_answers(tmp_path: Path, names: str) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(f"respondent,ward,{names}\nR1,Oak,Far.,Slow.\nR2,Oak,Near.,Quick.\n", encoding="utf-8")
    read = read_table(path, None)
    assert [turn.heading for turn in read.turns or ()] == names.split(",") * 2
    assert [speaker.attributes for speaker in read.speakers] == [{"ward": "Oak"}] * 2
