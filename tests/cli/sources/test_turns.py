from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from quotegrid import Study
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records

TALK = """[00:00:02] Interviewer: How long did you
wait?

[00:00:05] Ray: Two years. Then they rang.

[00:00:09] INTERVIEWER: And after that?

[00:00:12] RAY: Nothing.
"""
SHORT = "Q: Who came?\n\nA: Nobody came.\n\nQ: Nobody?\n\nA: No.\n"


@pytest.fixture
def talks(empty_study: StudyFolder, run: Run) -> StudyFolder:
    for name, text in (("ray.txt", TALK), ("nobody.txt", SHORT)):
        (empty_study.root / "corpus" / name).write_text(text, encoding="utf-8")
    assert run("-C", empty_study.root, "import", empty_study.root / "corpus").code == 0
    return empty_study


def test_turns_are_listed_as_read_with_what_the_interviewer_says(run: Run, talks: StudyFolder) -> None:
    found = records(run("-C", talks.root, "turns", "ray", "--format", "json"))
    assert [
        (turn["number"], turn["speaker"], turn["case"], turn["asks"], turn["time"], turn["text"])
        for turn in found
    ] == [
        (1, "Interviewer", None, True, "00:00:02", "How long did you\nwait?"),
        (2, "Ray", "Ray", False, "00:00:05", "Two years. Then they rang."),
        (3, "Interviewer", None, True, "00:00:09", "And after that?"),
        (4, "Ray", "Ray", False, "00:00:12", "Nothing."),
    ]
    assert {turn["source"] for turn in found} == {"ray.txt"}
    assert [TALK[turn["start"] : turn["end"]] for turn in found] == [turn["text"] for turn in found]


def test_turns_of_all_sources_come_in_the_order_of_sources_and_turns(run: Run, talks: StudyFolder) -> None:
    found = records(run("-C", talks.root, "turns", "--format", "json"))
    assert [(turn["source"], turn["number"]) for turn in found] == [
        *(("nobody.txt", number) for number in (1, 2, 3, 4)),
        *(("ray.txt", number) for number in (1, 2, 3, 4)),
    ]
    with Study.open(talks.root) as study:
        assert study.turns() == found
        assert study.turns("ray.txt") == found[4:]


def test_turns_are_written_in_every_format_of_a_listing(run: Run, talks: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "turns.csv"
    assert run("-C", talks.root, "turns", "ray", "-o", file).code == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert list(rows[0]) == "source number speaker case asks time start end text".split()
    assert [(row["speaker"], row["case"], row["asks"]) for row in rows[:2]] == [
        ("Interviewer", "", "True"),
        ("Ray", "Ray", "False"),
    ]
    table = run("-C", talks.root, "turns", "ray").out
    assert "Two years. Then they rang." in table
    assert table.endswith("4 turns.\n")
    assert "| ray.txt | 4 | Ray | Ray | False |" in run("-C", talks.root, "turns", "--format", "markdown").out


def test_a_case_has_its_present_name_and_its_label_as_read(run: Run, talks: StudyFolder) -> None:
    assert run("-C", talks.root, "cases", "rename", "Ray", "Ray Moss").code == 0
    found = records(run("-C", talks.root, "turns", "ray.txt", "--format", "json"))
    assert [(turn["speaker"], turn["case"]) for turn in found if not turn["asks"]] == [
        ("Ray", "Ray Moss")
    ] * 2


def test_turns_of_an_unknown_source_or_of_none_are_said(run: Run, talks: StudyFolder, tmp_path: Path) -> None:
    assert_refused(run("-C", talks.root, "turns", "rya.txt"), 2, 'no source "rya.txt"', "ray.txt")
    assert run("init", tmp_path / "new").code == 0
    empty = run("-C", tmp_path / "new", "turns")
    assert '0 turns. A report has quotes and no turns: "quotegrid quotes" lists them.' in empty.out
