"""Tables as survey services export them."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.answers.rows import read_rows
from quotegrid.corpus.answers.tables import read_table
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import ReadText
from quotegrid.errors import ReadError

CHANGED, NEXT = "What changed in your garden?", "What should come next?"
ANSWERS = (
    ("It buys time. The cause is still there.", "A plan, please."),
    ("We waited\nfourteen months.", ""),
    ("", "Water."),
)
QUALTRICS = (
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished",
    "RecordedDate", "ResponseId", "DistributionChannel", "UserLanguage", "Q1", "Q2_1_TEXT", "Q3",
)  # fmt: skip
ASKED = (
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished",
    "Recorded Date", "Response ID", "Distribution Channel", "User Language", CHANGED, NEXT, "Which town?",
)  # fmt: skip
TOWNS = ("Westhay", "Eastlow", "")


def qualtrics_rows() -> list[list[str]]:
    numbers = [json.dumps({"ImportId": f"QID{at}"}) for at in range(len(QUALTRICS))]
    rows = [list(QUALTRICS), list(ASKED), numbers]
    for at, ((changed, wanted), town) in enumerate(zip(ANSWERS, TOWNS, strict=True), start=1):
        when = [
            "2025-03-04 10:00:00",
            "2025-03-04 10:05:00",
            "IP Address",
            "*",
            "100",
            "300",
            "True",
            "2025-03-04",
        ]
        rows.append([*when, f"R_{at}abc", "anonymous", "EN", changed, wanted, town])
    return rows


def written(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    if path.suffix == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter="\t" if path.suffix == ".tsv" else ",").writerows(rows)
    return path


def answers(read: ReadText) -> list[tuple[str | None, str | None, str]]:
    assert read.turns is not None
    return [(turn.label, turn.heading, read.text[turn.start : turn.end]) for turn in read.turns]


@pytest.mark.parametrize(
    ("name", "encoding", "rows_below"),
    [
        ("a.csv", "utf-8-sig", 2),
        ("a.tsv", "utf-16", 2),
        ("a.xlsx", "", 1),
    ],
)
def test_what_qualtrics_prints_below_the_names_is_the_question_and_no_answer(
    tmp_path: Path, name: str, encoding: str, rows_below: int
) -> None:
    rows = qualtrics_rows()
    path = written(tmp_path / name, [rows[0], *rows[1 : 1 + rows_below], *rows[3:]], encoding)
    columns = Columns(("Q1", "Q2_1_TEXT"), area="Q3")
    read = read_table(path, columns)
    assert answers(read) == [
        ("R_1abc", CHANGED, "It buys time. The cause is still there."),
        ("R_1abc", NEXT, "A plan, please."),
        ("R_2abc", CHANGED, "We waited\nfourteen months."),
        ("R_3abc", NEXT, "Water."),
    ]
    assert [(speaker.name, speaker.area) for speaker in read.speakers] == [
        ("R_1abc", "Westhay"),
        ("R_2abc", "Eastlow"),
        ("R_3abc", None),
    ]
    with pytest.raises(ReadError) as caught:
        read_table(path, None)
    assert f'The columns are Q1 ("{CHANGED}"), Q2_1_TEXT ("{NEXT}"), Q3 ("Which town?").' in str(caught.value)


def test_a_qualtrics_table_without_the_lines_below_loses_no_answer(tmp_path: Path) -> None:
    rows = qualtrics_rows()
    path = written(tmp_path / "a.csv", [rows[0], *rows[3:]])
    read = read_table(path, Columns(("Q1", "Q2_1_TEXT")))
    assert [(label, said) for label, _, said in answers(read)] == [
        ("R_1abc", "It buys time. The cause is still there."),
        ("R_1abc", "A plan, please."),
        ("R_2abc", "We waited\nfourteen months."),
        ("R_3abc", "Water."),
    ]
    assert read_rows(path).questions == {}


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_nobody_is_taken_for_the_number_or_the_name_that_microsoft_forms_gives(
    tmp_path: Path, name: str
) -> None:
    names = ["ID", "Start time", "Completion time", "Email", "Name", f"{CHANGED}\u00a0", NEXT]
    rows = [
        [str(at), "2025-03-04 10:00:00", "2025-03-04 10:05:00", "anonymous", "anonymous", *said]
        for at, said in enumerate(ANSWERS, start=1)
    ]
    path = written(tmp_path / name, [names, *rows])
    read = read_table(path, Columns((CHANGED, NEXT)))
    assert answers(read) == [
        ("a row 2", CHANGED, "It buys time. The cause is still there."),
        ("a row 2", NEXT, "A plan, please."),
        ("a row 3", CHANGED, "We waited\nfourteen months."),
        (f"a row {4 if name == 'a.xlsx' else 5}", NEXT, "Water."),
    ]
    with pytest.raises(
        ReadError, match=r"The columns are What changed in your garden\?, What should come next\?"
    ):
        read_table(path, None)
    named = written(tmp_path / f"b{path.suffix}", [[*names[:5], "Answer"], *(row[:6] for row in rows)])
    assert [label for label, _, _ in answers(read_table(named, None))] == ["b row 2", "b row 3"]
    said = read_table(named, Columns(("Answer",), case="ID"))
    assert [label for label, _, _ in answers(said)] == ["1", "2"]


def test_dates_in_a_workbook_are_no_obstacle(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["ID", "Start time", "Completion time", "Email", "Name", CHANGED])
    book.active.append([1, datetime(2025, 3, 4, 10), datetime(2025, 3, 4, 11), "anonymous", None, "Nothing."])
    path = tmp_path / "a.xlsx"
    book.save(path)
    read = read_table(path, Columns((CHANGED,), attributes=("Start time",)))
    assert answers(read) == [("a row 2", None, "Nothing.")]
    assert read.speakers[0].attributes == {"start_time": "2025-03-04 10:00:00"}


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_google_forms_has_a_time_in_front_and_questions_of_several_lines(tmp_path: Path, name: str) -> None:
    names = ["Timestamp", "Username", "What changed\nin your garden?", NEXT]
    rows = [["3/4/2025 10:00:00", f"p{at}@example.org", *said] for at, said in enumerate(ANSWERS)]
    path = written(tmp_path / name, [names, *rows])
    read = read_table(path, Columns((CHANGED, NEXT), case="Username"))
    assert answers(read) == [
        ("p0@example.org", CHANGED, "It buys time. The cause is still there."),
        ("p0@example.org", NEXT, "A plan, please."),
        ("p1@example.org", CHANGED, "We waited\nfourteen months."),
        ("p2@example.org", NEXT, "Water."),
    ]


@pytest.mark.parametrize("keys", [("case", "text"), ("participant", "quote"), ("respondent_id", "response")])
def test_json_lines_of_any_program_name_who_and_what(tmp_path: Path, keys: tuple[str, str]) -> None:
    who, what = keys
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({who: f"P{at}", what: said, "n": at}) for at, (said, _) in enumerate(ANSWERS)]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    source = read_source(path, path.name, ReadingOptions(), Stakeholders({})).source
    assert [(turn.label, source.text[turn.start : turn.end]) for turn in source.turns] == [
        ("P0", "It buys time. The cause is still there."),
        ("P1", "We waited\nfourteen months."),
    ]
