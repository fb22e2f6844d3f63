from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents, records
from tests.conftest import PARENT


def test_suggestions_have_the_documented_fields(run: Run, suggested: StudyFolder) -> None:
    found = records(run("-C", suggested.root, "suggestions", "--format", "json"))
    assert len(found) == 15
    assert {tuple(suggestion) for suggestion in found} == {
        ("id", "segment", "text", "group", "role", "code", "score", "rank", "evidence", "decision")
    }
    first = found[0]
    assert (first["segment"], first["group"], first["role"]) == (1, "school", "Headteacher")
    assert (first["code"], first["rank"], first["decision"]) == ("quick fix", 1, None)
    assert first["evidence"]["sentence"]["text"] == "Honestly, it is a quick fix."
    assert first["evidence"]["phrase"]["text"] == "quick fix"


def test_decided_suggestions_leave_the_list(run: Run, suggested: StudyFolder) -> None:
    assert run("-C", suggested.root, "decide", 1, "accept").code == 0
    assert run("-C", suggested.root, "decide", 2, "reject").code == 0
    waiting = records(run("-C", suggested.root, "suggestions", "--code", "QUICK FIX", "--format", "json"))
    assert [suggestion["segment"] for suggestion in waiting] == [2, 3, 4, 5]
    every = records(run("-C", suggested.root, "suggestions", "--all", "--format", "json"))
    assert [suggestion["decision"] for suggestion in every[:3]] == ["accept", "reject", None]


def test_decide_accepts_rejects_and_skips_by_number(run: Run, suggested: StudyFolder) -> None:
    accept = run("-C", suggested.root, "decide", 1, "accept", "--memo", "a clear case")
    assert accept.out == 'Decision 1: accept "quick fix" on passage 1.\n'
    reject = run("-C", suggested.root, "decide", 5, "Reject")
    assert reject.out == 'Decision 2: reject "quick fix" on passage 2.\n'
    skip = run("-C", suggested.root, "decide", 7, "skip")
    assert skip.out == "Decision 3: skip passage 3.\n"
    log = records(run("-C", suggested.root, "decisions", "--format", "json"))
    assert {tuple(decision) for decision in log} == {
        (
            *("id", "guid", "at", "coder", "decision", "segment", "source", "start", "end", "code"),
            *("score", "undoes", "memo", "stance", "together", "by", "text"),
        )
    }
    assert [
        (
            decision["id"],
            decision["coder"],
            decision["decision"],
            decision["segment"],
            decision["code"],
            decision["memo"],
        )
        for decision in log
    ] == [
        (1, "tester", "accept", 1, "quick fix", "a clear case"),
        (2, "tester", "reject", 2, "quick fix", None),
        (3, "tester", "skip", 3, None, None),
    ]
    assert (log[0]["source"], log[0]["start"], log[0]["end"]) == ("head.md", 197, 331)


@pytest.mark.parametrize("decision", ["accept", "reject", "skip"])
def test_the_same_decision_again_changes_nothing(run: Run, suggested: StudyFolder, decision: str) -> None:
    assert run("-C", suggested.root, "decide", 1, decision).code == 0
    before = contents(suggested.root)
    again = run("-C", suggested.root, "decide", 1, decision)
    assert again.code == 0
    assert again.out.startswith("Nothing changed: ")
    assert contents(suggested.root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((999, "accept"), "there is no suggestion 999"),
        ((10**30, "accept"), f"there is no suggestion {10**30}"),
        ((1, "maybe"), '"maybe" is not a decision'),
        ((1, "reject", "--stance", "disputes"), '"reject" takes no stance'),
        ((1, "accept", "--stance", "against"), '"against" is not a stance'),
        ((1,), "what to decide"),
        ((), "which suggestion"),
        ((1, "accept", "--from", "file.csv"), "not both"),
        (("--from", "missing.csv"), "missing.csv"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    run: Run, suggested: StudyFolder, arguments: tuple[object, ...], said: str
) -> None:
    before = contents(suggested.root)
    assert_refused(run("-C", suggested.root, "decide", *arguments), 2, said)
    assert contents(suggested.root) == before


def test_a_file_decides_by_number_by_guid_and_by_place(
    run: Run, suggested: StudyFolder, tmp_path: Path
) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(suggested.root / "quotegrid.db")) as connection:
        guid = connection.execute("SELECT guid FROM segment WHERE id = 3").fetchone()[0]
    file = tmp_path / "decisions.csv"
    file.write_text(
        "\ufeffSegment,Code,Decision,Memo\r\n"
        '1,Quick Fix,accept,"two lines,\nand a comma"\r\n'
        "head.md:333-405,quick fix,REJECT\r\n"
        f"{guid},room to plan,apply,by hand\r\n"
        "\r\n"
        "5,,skip,\r\n",
        encoding="utf-8",
    )
    done = run("-C", suggested.root, "decide", "--from", file)
    assert (
        done.out == "Made 4 decisions: 2 accepted, 1 rejected, 1 skipped; 0 say a stance; 0 held already.\n"
    )
    log = records(run("-C", suggested.root, "decisions", "--format", "json"))
    assert [
        (decision["segment"], decision["code"], decision["decision"], decision["memo"]) for decision in log
    ] == [
        (1, "quick fix", "accept", "two lines,\nand a comma"),
        (2, "quick fix", "reject", None),
        (3, "room to plan", "apply", "by hand"),
        (5, None, "skip", None),
    ]
    before = contents(suggested.root)
    again = run("-C", suggested.root, "decide", "--from", file)
    assert (
        again.out == "Made 0 decisions: 0 accepted, 0 rejected, 0 skipped; 0 say a stance; 4 held already.\n"
    )
    assert contents(suggested.root) == before


def test_accepting_what_nobody_suggested_is_applying_it(run: Run, study: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text("segment,code,decision\n4,Families,accept\n", encoding="utf-8")
    assert run("-C", study.root, "decide", "--from", file).code == 0
    log = records(run("-C", study.root, "decisions", "--format", "json"))
    assert [(decision["decision"], decision["code"], decision["score"]) for decision in log] == [
        ("apply", "Families", None)
    ]


@pytest.mark.parametrize(
    ("bad", "line", "said"),
    [
        ("999,quick fix,accept,", 3, 'there is no passage "999"'),
        ("²,quick fix,accept,", 3, 'there is no passage "²"'),
        (f"{10**30},quick fix,accept,", 3, "there is no passage"),
        ("head.md:333-404,quick fix,accept,", 3, 'there is no passage "head.md:333-404"'),
        (f"head.md:333-{10**30},quick fix,accept,", 3, "there is no passage"),
        ("2,quik fix,accept,", 3, "Did you mean quick fix?"),
        ("2,quick fix,perhaps,", 3, '"perhaps" is not a decision'),
        ("2,quick fix,undo,", 3, '"undo" is not a decision'),
        ("2,quick fix,mark,", 3, "does not stand on passage 2 by your decision"),
        ("2,quick fix", 3, "this row has 2 columns"),
        ("2,quick fix,accept,a memo, with a comma", 3, "this row has 5 columns"),
        ('2,quick fix,accept,"a memo without an end', 3, "not valid CSV"),
    ],
)
def test_a_bad_line_in_the_middle_of_a_file_decides_nothing(
    run: Run, suggested: StudyFolder, tmp_path: Path, bad: str, line: int, said: str
) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        f"segment,code,decision,memo\n1,quick fix,accept,\n{bad}\n3,long wait,accept,\n", encoding="utf-8"
    )
    before = contents(suggested.root)
    result = run("-C", suggested.root, "decide", "--from", file)
    assert_refused(result, 3, f"{file}, line {line}: ", said, "Nothing was decided.")
    assert contents(suggested.root) == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the column segment is missing"),
        (b"segment,code\n1,quick fix\n", "the column decision is missing"),
        (b"\xff\xfe\x00\x81", "not a CSV file in UTF-8"),
    ],
)
def test_a_file_that_is_no_table_of_decisions_is_refused(
    run: Run, suggested: StudyFolder, tmp_path: Path, data: bytes, said: str
) -> None:
    file = tmp_path / "decisions.csv"
    file.write_bytes(data)
    before = contents(suggested.root)
    assert_refused(run("-C", suggested.root, "decide", "--from", file), 3, file, said)
    assert contents(suggested.root) == before


def test_a_stance_is_said_while_accepting_or_afterwards_and_is_shown(
    run: Run, suggested: StudyFolder
) -> None:
    accept = run("-C", suggested.root, "decide", 1, "accept", "--stance", "Disputes")
    assert accept.out == 'Decision 1: accept "quick fix" on passage 1.\n'
    mark = run("-C", suggested.root, "stance", 1, "Quick Fix", "mixed")
    assert mark.out == '"quick fix" on passage 1 is marked mixed.\n'
    before = contents(suggested.root)
    assert run("-C", suggested.root, "stance", 1, "quick fix", "mixed").out.endswith(
        "marked mixed already.\n"
    )
    assert contents(suggested.root) == before
    only = ("-C", suggested.root, "quotes", "--coded")
    assert records(run(*only, "--format", "json"))[0]["stances"] == {"quick fix": ["mixed"]}
    assert "[quick fix: mixed]" in run(*only).out
    assert "\\[quick fix: mixed\\]" in run(*only, "--format", "markdown").out
    log = records(run("-C", suggested.root, "decisions", "--format", "json"))
    assert [(decision["decision"], decision["stance"]) for decision in log] == [
        ("accept", "disputes"),
        ("mark", "mixed"),
    ]
    table = run("-C", suggested.root, "decisions").out
    assert "accept disputes" in table
    assert "mark mixed" in table
    waiting = records(run("-C", suggested.root, "suggestions", "--all", "--format", "json"))
    assert waiting[0]["decision"] == "accept"
    undone = run("-C", suggested.root, "undo").out
    assert undone == 'Took back decision 2: mark mixed "quick fix" on passage 1.\n'
    assert records(run(*only, "--format", "json"))[0]["stances"] == {"quick fix": ["disputes"]}
    again = run("-C", suggested.root, "redo").out
    assert again == 'Restored decision 2: mark mixed "quick fix" on passage 1.\n'
    assert run("-C", suggested.root, "redo").out == "There is nothing to redo.\n"
    assert records(run(*only, "--format", "json"))[0]["stances"] == {"quick fix": ["mixed"]}
    run("-C", suggested.root, "undo")
    none = run("-C", suggested.root, "stance", 1, "quick fix", "none")
    assert none.out == '"quick fix" on passage 1 takes no stance.\n'
    assert "[quick fix]" in run(*only).out
    assert run("-C", suggested.root, "undo").out.startswith("Took back decision 6: mark none ")
    undone = run("-C", suggested.root, "undo").out
    assert undone.startswith("Took back decision 1: accept and mark disputes ")
    assert records(run(*only, "--format", "json")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((1, "quick fix", "disputes"), "does not stand on passage 1 by your decision"),
        ((99, "quick fix", "disputes"), "there is no passage 99"),
        ((1, "quik fix", "disputes"), "Did you mean quick fix?"),
        ((1, "quick fix", "against"), "Write one of supports, disputes, mixed, none"),
    ],
)
def test_a_stance_of_what_does_not_stand_is_refused(
    run: Run, suggested: StudyFolder, arguments: tuple[object, ...], said: str
) -> None:
    before = contents(suggested.root)
    assert_refused(run("-C", suggested.root, "stance", *arguments), 2, said)
    assert contents(suggested.root) == before


def test_undo_goes_back_one_decision_at_a_time_to_the_beginning(run: Run, suggested: StudyFolder) -> None:
    def codes() -> list[list[str]]:
        return [quote["codes"] for quote in records(run("-C", suggested.root, "quotes", "--format", "json"))]

    history = [codes()]
    for number, decision in ((1, "accept"), (7, "accept"), (1, "reject"), (10, "skip"), (4, "accept")):
        assert run("-C", suggested.root, "decide", number, decision).code == 0
        history.append(codes())
    assert history[-1] == [[], ["room to plan"], ["long wait"], [], []]
    while len(history) > 1:
        history.pop()
        assert run("-C", suggested.root, "undo").out.startswith(f"Took back decision {len(history)}: ")
        assert codes() == history[-1]
    before = contents(suggested.root)
    assert run("-C", suggested.root, "undo").out == "There is nothing to undo.\n"
    assert contents(suggested.root) == before
    log = records(run("-C", suggested.root, "decisions", "--format", "json"))
    assert [(decision["decision"], decision["undoes"]) for decision in log[5:]] == [
        ("undo", n) for n in (5, 4, 3, 2, 1)
    ]
    assert len(records(run("-C", suggested.root, "suggestions", "--format", "json"))) == 15


def test_each_coder_undoes_their_own_decisions(
    run: Run, suggested: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("-C", suggested.root, "decide", 1, "accept")
    monkeypatch.setenv("QUOTEGRID_CODER", "second")
    assert run("-C", suggested.root, "undo").out == "There is nothing to undo.\n"
    run("-C", suggested.root, "decide", 7, "accept")
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    assert run("-C", suggested.root, "undo").out == 'Took back decision 1: accept "quick fix" on passage 1.\n'
    coded = records(run("-C", suggested.root, "quotes", "--coded", "--format", "json"))
    assert [quote["id"] for quote in coded] == [3]


def test_decisions_are_printed_as_a_table(run: Run, suggested: StudyFolder) -> None:
    run("-C", suggested.root, "decide", 1, "accept", "--memo", "[red]clear\x1b[0m")
    run("-C", suggested.root, "undo")
    table = run("-C", suggested.root, "decisions").out
    assert "[red]clear␛[0m" in table
    assert "undo of 1" in table
    assert "\x1b" not in table


def test_a_program_killed_while_it_decides_leaves_all_or_nothing(
    run: Run, study: StudyFolder, tmp_path: Path
) -> None:
    corpus = study.root / "corpus"
    body = "".join(f"RAY MOSS: Answer number {n} about waiting.\n\nINTERVIEWER: Yes?\n\n" for n in range(400))
    head = PARENT.split("INTERVIEWER: How")[0]
    (corpus / "long.txt").write_text(head + body, encoding="utf-8")
    assert run("-C", study.root, "import", corpus / "long.txt").code == 0
    numbers = [quote["id"] for quote in records(run("-C", study.root, "quotes", "--format", "json"))]
    rows = "".join(f"{number},long wait,apply,\n" for number in numbers)
    file = tmp_path / "decisions.csv"
    file.write_text(f"segment,code,decision,memo\n{rows}", encoding="utf-8")
    note = study.root / "quotegrid.db.writer"
    command = [
        sys.executable,
        "-m",
        "quotegrid",
        "-C",
        str(study.root),
        "decide",
        "--from",
        str(file),
    ]
    decided = 0
    for wait in (0.0, 0.1, 0.3):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limit = time.monotonic() + 30
        while not note.exists() and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.005)
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        log = records(run("-C", study.root, "decisions", "--format", "json"))
        decided = len(log)
        assert decided in (0, len(numbers))
    done = run("-C", study.root, "decide", "--from", file)
    assert done.code == 0
    assert f"Made {len(numbers) - decided} decisions" in done.out
    assert len(records(run("-C", study.root, "quotes", "--coded", "--format", "json"))) == len(numbers)


def test_an_exemplar_is_marked_and_the_mark_taken_off(run: Run, study: StudyFolder) -> None:
    assert_refused(run("-C", study.root, "exemplar", 1, "quick fix"), 2, "does not stand")
    decide_segment(study, 1, Action.APPLY, "quick fix")
    assert (
        run("-C", study.root, "exemplar", 1, "quick fix").out == 'Passage 1 is an exemplar of "quick fix".\n'
    )
    assert records(run("-C", study.root, "quotes", "--format", "json"))[0]["exemplar_of"] == ["quick fix"]
    assert "no longer" in run("-C", study.root, "exemplar", 1, "quick fix").out
