from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result

Run = Callable[..., Result]


@pytest.mark.parametrize(
    "command",
    [
        ("quotes", "--group=parents", "--text=waiting list"),
        ("sources",),
        ("cases",),
        ("cases", "show", "Ada Stone"),
        ("codes",),
        ("coverage", "--rows=role"),
        ("decisions",),
        ("suggestions", "--all"),
        ("matrix", "group:parent", "--rows=code", "--columns=group,area"),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".json", ".md"])
def test_every_list_can_be_verified(
    run: Run, suggested: StudyFolder, tmp_path: Path, command: tuple[str, ...], suffix: str
) -> None:
    file = tmp_path / f"out{suffix}"
    assert run("-C", suggested.root, *command, "-o", file).code == 0
    done = run("-C", suggested.root, "verify", file)
    assert (done.code, done.err) == (0, "")
    assert "The file is as it was written.\nThe study gives the same numbers today.\n" in done.out
    for word in command:
        assert word.partition("=")[2] in done.out


def test_other_numbers_end_with_3_and_are_listed(run: Run, suggested: StudyFolder, tmp_path: Path) -> None:
    file, quotes = tmp_path / "m.csv", tmp_path / "q.csv"
    run("-C", suggested.root, "matrix", "-o", file)
    run("-C", suggested.root, "quotes", "--coded", "-o", quotes)
    run("-C", suggested.root, "decide", 1, "accept")
    done = run("-C", suggested.root, "verify", file)
    assert done.code == 3
    assert ": 0 -> 1\n" in done.out
    assert "Since then: 1 decision since, by tester (1).\n" in done.out
    told = run("-C", suggested.root, "verify", file, "--format", "json")
    assert told.code == 3
    assert [difference["now"] for difference in json.loads(told.out)["differences"]] == [1, 1]
    listed = run("-C", suggested.root, "verify", quotes)
    assert listed.code == 3
    assert "The study gives something else today." in listed.out


def test_the_log_of_a_publication_is_not_written_over_what_is_not_ours(
    run: Run, publishable: StudyFolder, tmp_path: Path
) -> None:
    log = tmp_path / "m.md.withheld.csv"
    log.write_text("mine", encoding="utf-8")
    for command in ("matrix", "quotes"):
        done = run("-C", publishable.root, command, "--publish", "-o", tmp_path / "m.md")
        assert done.code == 2
        assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["m.md.withheld.csv"]
    assert run("-C", publishable.root, "matrix", "--publish", "--force", "-o", tmp_path / "m.md").code == 0
