"""The exports and verify commands, and --force of those that write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from quotegrid.cli.main import app
from quotegrid.domain.decisions import Action
from quotegrid.workflows.decide import decide_segment
from quotegrid.workflows.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records


def _commands(group: object, before: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            found |= _commands(command, f"{before}{name} ")
        found[before + name] = command
    return found


def test_every_command_that_writes_a_file_can_be_forced() -> None:
    for name, command in _commands(typer.main.get_command(app)).items():
        options = {parameter.name for parameter in command.params}  # type: ignore[attr-defined]
        assert ("output" in options) == ("force" in options), name


LISTINGS = ("sources", "codes", "cases", "cases check", "cases history", "decisions", "suggestions", "memos")
RECOMPUTED = ("quotes", "coverage", "cooccurrence", "amounts")


@pytest.mark.parametrize("command", (*LISTINGS, *RECOMPUTED, "matrix"))
def test_every_command_keeps_what_it_writes(suggested: StudyFolder, run: Run, command: str) -> None:
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    file = suggested.root / "exports" / "out.csv"
    assert run("-C", suggested.root, *command.split(), "-o", file).code == 0
    (kept,) = records(run("-C", suggested.root, "exports", "--format", "json"))
    assert (kept["what"], kept["path"], kept["there"]) == (command, "exports/out.csv", "as written")
    told = run("-C", suggested.root, "verify", file, "--format", "json")
    assert told.code == 0, told.err
    found = json.loads(told.out)
    assert found["recomputed"] is (command not in LISTINGS)
    assert found["same"] is (None if command in LISTINGS else True)
    # It is the study's own and may be written again; what somebody changed may not.
    assert run("-C", suggested.root, *command.split(), "-o", file).code == 0
    file.write_text("mine", encoding="utf-8")
    result = run("-C", suggested.root, *command.split(), "-o", file)
    assert_refused(result, 2, file, "--force")
    assert file.read_text(encoding="utf-8") == "mine"
    assert run("-C", suggested.root, *command.split(), "-o", file, "--force").code == 0
    assert file.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    "options",
    [
        ("--coded",),
        ("--uncoded",),
        ("--group", "parent", "--text", "waiting"),
        ("--code", "Money", "--where", "wave=2"),
        ("--kind", "turn"),
        ("--publish",),
    ],
)
def test_quotes_are_found_again_by_their_options(
    suggested: StudyFolder, run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    file = tmp_path / "quotes.md"
    assert run("-C", suggested.root, "quotes", *options, "-o", file).code == 0
    told = records(run("-C", suggested.root, "verify", file, "--format", "json"))
    assert (told["what"], told["recomputed"], told["same"]) == ("quotes", True, True)


def test_verify_tells_what_differs_and_fails(suggested: StudyFolder, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "matrix.csv"
    assert run("-C", suggested.root, "matrix", "--rows", "code", "-o", file).code == 0
    assert "gives the same" in run("-C", suggested.root, "verify", file).out
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    result = run("-C", suggested.root, "verify", file)
    assert result.code == 3
    assert "2 figures differ today" in result.out
    assert "quick fix, school: 0 -> 1" in result.out
    assert "Since then: 1 decision." in result.out
    assert "rows code" in result.out
    as_csv = run("-C", suggested.root, "verify", file, "--format", "csv")
    assert as_csv.code == 3
    assert as_csv.out.splitlines() == ["row,column,then,now", "quick fix,school,0,1", "quick fix,all,0,1"]


def test_a_file_that_was_changed_by_hand_fails_too(suggested: StudyFolder, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "matrix.csv"
    assert run("-C", suggested.root, "matrix", "-o", file).code == 0
    file.write_text(file.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    result = run("-C", suggested.root, "verify", file)
    assert result.code == 3
    assert "has been changed since it was written" in result.out


def test_a_file_of_somebody_else_is_not_verified(suggested: StudyFolder, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a", encoding="utf-8")
    assert_refused(run("-C", suggested.root, "verify", file), 2, file, "not written from this study")
    assert_refused(run("-C", suggested.root, "verify", tmp_path / "none"), 2, "no such file")


@pytest.mark.parametrize("command", ["matrix", "quotes", "amounts"])
def test_a_publication_is_not_begun_where_its_log_would_replace_a_file(
    suggested: StudyFolder, run: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "out.withheld.csv").write_text("mine", encoding="utf-8")
    result = run("-C", suggested.root, command, "--publish", "-o", tmp_path / "out.csv")
    assert_refused(result, 2, "out.withheld.csv", "--force")
    assert [one.name for one in tmp_path.glob("out*")] == ["out.withheld.csv"]
    assert run("-C", suggested.root, command, "--publish", "-o", tmp_path / "out.csv", "--force").code == 0
    assert (tmp_path / "out.withheld.csv").read_text(encoding="utf-8") != "mine"
    kept = records(run("-C", suggested.root, "exports", "--format", "json"))
    assert sorted(one["what"] for one in kept) == sorted([command, "log of what is withheld"])


def test_a_file_that_is_gone_or_was_replaced_is_listed_as_such(
    suggested: StudyFolder, run: Run, tmp_path: Path
) -> None:
    files = [tmp_path / "a.csv", tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"]
    for number, file in enumerate(files):
        # Each is another list, so that no two have the same content.
        assert run("-C", suggested.root, *LISTINGS[number].split(), "-o", file).code == 0
    files[2].unlink()
    files[3].write_text("mine", encoding="utf-8")
    kept = records(run("-C", suggested.root, "exports", "--format", "json"))
    assert [one["there"] for one in kept] == ["replaced", "as written", "gone", "changed"]
