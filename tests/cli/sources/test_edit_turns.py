"""The commands that put turns right, and a table of corrections."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records
from tests.tui.reader.test_edit_turns import MILL, mill

__all__ = ["mill"]

Rows = list[dict[str, str]]


def listed(run: Run, study: StudyFolder, path: Path) -> Rows:
    assert run("-C", study.root, "turns", "mill", "-o", path).code == 0
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def speakers(run: Run, study: StudyFolder) -> list[tuple[str | None, bool]]:
    return [
        (turn["speaker"], turn["asks"])
        for turn in records(run("-C", study.root, "turns", "--format", "json"))
    ]


def test_a_table_is_shown_as_a_difference_and_made_so(run: Run, mill: StudyFolder, tmp_path: Path) -> None:
    table = tmp_path / "turns.csv"
    rows = listed(run, mill, table)
    assert run("-C", mill.root, "turns", "edit", "mill", "--from", table).out == (
        "turns.csv says what stands in mill.txt already.\n"
    )
    words, _, others = rows[1]["text"].partition(" Paul: ")
    rows[1:2] = [{**rows[1], "text": words}, {**rows[1], "text": others, "speaker": "Paul"}]
    rows[-1]["asks"] = "yes"
    written(table, rows)
    asked = run("-C", mill.root, "turns", "edit", "mill", "--from", table)
    assert (asked.code, "nobody can be asked here" in asked.err) == (2, True)
    assert "+ 3  Paul: I bake it at home. It is a patch, no more." in asked.out
    assert len(speakers(run, mill)) == 4
    done = run("-C", mill.root, "turns", "edit", "mill", "--from", table, "--yes")
    assert 'Put turns right by turns.csv in mill.txt.\n"Paul" is a new case.' in done.out
    assert speakers(run, mill) == [
        ("Cook", True),
        ("Lena", False),
        ("Paul", False),
        ("Cook", True),
        ("Lena", True),
    ]
    run("-C", mill.root, "undo")
    assert speakers(run, mill) == [("Cook", True), ("Lena", False), ("Cook", True), ("Lena", False)]


def _other_words(rows: Rows) -> None:
    rows[1]["text"] = rows[1]["text"].replace("keeps", "keeps well")


def _other_source(rows: Rows) -> None:
    rows[2]["source"] = "head.md"


def _no_answer(rows: Rows) -> None:
    rows[0]["asks"] = "perhaps"


def _twice(rows: Rows) -> None:
    rows.insert(2, dict(rows[1]))


def _no_place(rows: Rows) -> None:
    rows[3]["start"] = "first"


@pytest.mark.parametrize(
    ("spoil", "line", "told"),
    [
        (_other_words, 3, "is not in the transcript where this row stands"),
        (_other_source, 4, 'this row is about "head.md", not about "mill.txt"'),
        (_no_answer, 2, '"perhaps" does not say whether the speaker asks'),
        (_twice, 4, "begins before the row above it ends"),
        (_no_place, 5, '"first" is no place in the text'),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_file_and_line(
    run: Run, mill: StudyFolder, tmp_path: Path, spoil: Callable[[Rows], None], line: int, told: str
) -> None:
    table = tmp_path / "turns.csv"
    rows = listed(run, mill, table)
    rows[0]["speaker"] = "Chef"
    spoil(rows)
    written(table, rows)
    assert_refused(
        run("-C", mill.root, "turns", "edit", "mill", "--from", table, "--yes"), 3, f"line {line}", told
    )
    assert speakers(run, mill)[0] == ("Cook", True)


def test_a_table_of_something_else_is_refused(run: Run, mill: StudyFolder, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,age\nLena,40\n", encoding="utf-8")
    edit = ("-C", mill.root, "turns", "edit")
    assert_refused(run(*edit, "mill", "--from", table), 3, "it has no column speaker and no column text")
    assert_refused(run(*edit, "mill", "--from", tmp_path / "none.csv"), 2, "none.csv is not there")
    assert_refused(run(*edit, "weir", "--from", table), 2, 'there is no source "weir" here')


def test_single_turns_are_put_right_by_command(run: Run, mill: StudyFolder) -> None:
    def turns(*arguments: object) -> str:
        done = run("-C", mill.root, "turns", *arguments)
        assert done.code == 0, done.err
        return done.out

    at = MILL.index("Paul:")
    assert f"Split a turn at {at} in mill.txt." in turns("split", "mill", at, "Paul")
    assert "Joined turn 3 with the one before it" in turns("join", "mill", 3)
    assert 'Gave turn 4 to "Ida" in mill.txt.\n"Ida" is a new case.' in turns("give", "mill", 4, "Ida")
    assert 'Marked "lena" as an interviewer' in turns("asks", "mill", "lena")
    assert 'Marked "Lena" as a participant' in turns("asks", "mill", "Lena", "--not")
    assert "Gave all turns of turn 1's speaker" in turns("give", "mill", 1, "Chef", "--all-of-label")
    assert "Marked turn 3 as nobody's words" in turns("nobody", "mill", 3)
    assert speakers(run, mill) == [("Chef", False), ("Lena", False), ("Ida", False)]
    assert turns("aside", "mill") == "0 codings set aside.\n"
    assert records(run("-C", mill.root, "turns", "unsure", "--format", "json"))[0]["line"] == 1
    assert "Ticked off what was unsure in mill.txt." in turns("tick", "mill", 1)
    assert "Nothing is left to look at." in turns("unsure")
    assert records(run("-C", mill.root, "turns", "unsure", "--all", "--format", "json"))[0]["done"] is True


def test_a_place_that_another_coder_has_cut_meanwhile_is_not_coded_unseen(
    run: Run, mill: StudyFolder, tmp_path: Path
) -> None:
    turn = records(run("-C", mill.root, "turns", "--format", "json"))[1]
    table = tmp_path / "decisions.csv"
    place = f"mill.txt,{turn['start']},{turn['end']}"
    table.write_text(f"source,start,end,code,decision\n{place},quick fix,apply\n", encoding="utf-8")
    assert run("-C", mill.root, "decide", "--from", table).code == 0
    assert run("-C", mill.root, "turns", "split", "mill", MILL.index("Paul:"), "Paul").code == 0
    table.write_text(f"source,start,end,code,decision\n{place},long wait,apply\n", encoding="utf-8")
    refused = run("-C", mill.root, "decide", "--from", table)
    assert refused.code != 0
    assert "line 2" in refused.err
    assert "goes beyond its turn" in refused.err


def test_words_that_nobody_says_are_listed_given_and_taken_away(run: Run, mill: StudyFolder) -> None:
    def turns(*arguments: object) -> Any:
        return run("-C", mill.root, "turns", *arguments)

    assert (
        'Marked "It is a patch, no more."'
        in turns("nobody", "mill", 2, "--words", "It is a patch, no more.").out
    )
    found = records(turns("unspoken", "mill", "--format", "json"))
    assert "It is a patch, no more." in [row["text"] for row in found]
    start = next(row["start"] for row in found if row["text"] == "It is a patch, no more.")
    assert '"Olle" is a new case.' in turns("assign", "mill", start, "Olle").out
    assert ("Olle", False) in speakers(run, mill)
    assert_refused(turns("assign", "mill", start, "Olle"), 2, "there are no words")
    assert_refused(turns("assign", "mill", start, "Olle", "--end", start + 9), 2, "somebody says a part")
    assert_refused(turns("nobody", "mill", 1, "--words", "no such words"), 2, "stands not in turn 1")


def test_a_name_that_stands_for_two_sources_is_refused(run: Run, mill: StudyFolder) -> None:
    (mill.root / "corpus" / "mill.md").write_text(
        "I: Who?\n\nA: We.\n\nI: And?\n\nA: Us.\n", encoding="utf-8"
    )
    import_sources(mill, [mill.root / "corpus"], ReadingOptions())
    assert_refused(
        run("-C", mill.root, "turns", "join", "mill", 2), 2, "stands for 2 sources: mill.md, mill.txt"
    )
