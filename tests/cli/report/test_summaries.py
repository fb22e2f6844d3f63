from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result

Run = Callable[..., Result]


def test_writing_listing_replacing_and_undoing(study: StudyFolder, run: Run) -> None:
    here = ("-C", study.root)
    done = run(*here, "summarise", "quick fix", "Ada Stone", "--text", "It **covers** up [q:1].")
    assert (done.code, done.out) == (0, 'Summary 1 of "quick fix", Ada Stone: names 1 quote.\n')
    listed = run(*here, "summaries").out
    assert "1  quick fix  Ada Stone  tester" in listed
    assert "    It **covers** up [q:1]." in listed
    assert "1 summary." in listed
    again = run(*here, "summarise", "quick fix", "Ada Stone", "--text", "Another.")
    assert again.code == 2
    assert "there is one already" in again.err
    assert "--replaces 1" in again.err
    assert run(*here, "summarise", "quick fix", "Ada Stone", "--text", "Another.", "--replaces", 1).code == 0
    undone = run(*here, "undo")
    assert undone.out == 'Took back summary 2 of "quick fix", Ada Stone: "Another.".\n'
    gone = run(*here, "summarise", "quick fix", "Ada Stone", "--text", "", "--replaces", 1)
    assert gone.out == 'Summary 4: took away that of "quick fix", Ada Stone.\n'
    assert "has no summary" in run(*here, "summarise", "quick fix", "Ada Stone", "--text", "").out
    log = run(*here, "summaries", "--log").out
    assert [word in log for word in ("write", "undo of 2", "remove")] == [True, True, True]


def test_a_summary_from_a_file(study: StudyFolder, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes("\ufeffOne.\r\n\r\n- two\r\n".encode())
    done = run("-C", study.root, "summarise", "Money", "school", "--columns", "group", "--from", file)
    assert done.code == 0
    (record,) = json.loads(run("-C", study.root, "summaries", "--format", "json").out)
    assert (record["text"], record["columns"]) == ("One.\n\n- two", "group")
    file.write_bytes(b"\xff\xfe\x00")
    bad = run("-C", study.root, "summarise", "Money", "school", "--from", file)
    assert bad.code == 3
    assert "not a text in UTF-8" in bad.err
    missing = run("-C", study.root, "summarise", "Money", "school", "--from", tmp_path / "none.md")
    assert missing.code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("summarise", "quick fix", "Ada Stone"), "say what the cell's summary is"),
        (("summarise", "quick fix", "Ada Stone", "--text", "a", "--from", "b"), "once"),
        (("summarise", "quick fix", "Ada Stone", "--text", "[q:77]"), '"77"'),
        (("summarise", "quick fix", "Nobody", "--text", "a"), 'no case "Nobody"'),
        (("summaries", "--empty", "--log"), "either --empty or --log"),
        (("summaries", "--log", "--columns", "group"), "Leave out --columns"),
        (("summaries", "--rows", "theme"), "Add --empty"),
        (("framework", "--publish"), "each of its rows is one person"),
        (("framework", "-o", "x.csv"), "not a format"),
        (("framework", "--only", "quick fix"), "no theme"),
    ],
)
def test_what_cannot_be_is_said_in_one_message(
    study: StudyFolder, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    done = run("-C", study.root, *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_cells_to_be_written_are_listed(study: StudyFolder, run: Run) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    assert "1 cell without a summary" in run("-C", study.root, "summaries", "--empty").out
    found = run("-C", study.root, "summaries", "--empty", "--columns", "area", "--format", "csv").out
    assert found == "code,columns,value,quotes\nquick fix,area,Westhay,1\n"


def test_the_framework_is_written_and_told(study: StudyFolder, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "chart.html"
    done = run("-C", study.root, "framework", "-o", target)
    assert (done.code, done.out) == (
        0, f"Wrote {target}: 2 charts. 0 of 0 cells with quotes have a summary.\n",
    )  # fmt: skip
    checked = run("-C", study.root, "verify", target)
    assert checked.code == 0
    assert "quotegrid framework" in checked.out


def test_nothing_in_a_summary_acts_on_the_terminal(study: StudyFolder, run: Run) -> None:
    run("-C", study.root, "summarise", "quick fix", "Ada Stone", "--text", "\x1b[31mred [bold]x[/bold]")
    listed = run("-C", study.root, "summaries").out
    assert "\x1b" not in listed
    assert "␛[31mred [bold]x[/bold]" in listed
