"""Rules for every command that writes a file, and the list of what was written."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from quotegrid.cli.main import app
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.cli.contents import Run, assert_refused, records
from tests.reading import read_everything

COMMANDS = (
    "matrix",
    "quotes",
    "sources",
    "codes",
    "cases",
    "cases check",
    "cases history",
    "decisions",
    "suggestions",
    "memos",
    "coverage",
    "cooccurrence",
    "amounts",
    "exports",
)
PUBLISHED = ("matrix", "quotes", "amounts", "report")


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


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_keeps_what_it_writes_and_replaces_nothing_else(
    suggested: StudyFolder, run: Run, command: str
) -> None:
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    file = suggested.root / "exports" / "out.csv"
    write = ("-C", suggested.root, *command.split(), "-o", file)
    assert run(*write).code == 0
    (kept,) = records(run("-C", suggested.root, "exports", "--format", "json"))
    assert (kept["what"], kept["path"], kept["there"]) == (command, "exports/out.csv", "as written")
    assert kept["command"] == f"quotegrid {command}"
    assert run(*write).code == 0
    file.write_text("mine", encoding="utf-8")
    assert_refused(run(*write), 2, file, "--force")
    assert file.read_text(encoding="utf-8") == "mine"
    assert run("-C", suggested.root, "verify", file).code == 3
    assert run(*write, "--force").code == 0
    assert file.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("place", ["out.md", "out.md.withheld.csv"])
@pytest.mark.parametrize("command", PUBLISHED)
def test_of_a_publication_and_its_log_both_are_written_or_none(
    publishable: StudyFolder, run: Run, tmp_path: Path, command: str, place: str
) -> None:
    read_everything(publishable)
    (tmp_path / place).write_text("mine", encoding="utf-8")
    write = ("-C", publishable.root, command, "--publish", "-o", tmp_path / "out.md")
    assert_refused(run(*write), 2, place, "--force")
    assert [file.name for file in tmp_path.glob("out*")] == [place]
    assert run(*write, "--force").code == 0
    assert sorted(file.name for file in tmp_path.glob("out*")) == ["out.md", "out.md.withheld.csv"]
    kept = records(run("-C", publishable.root, "exports", "--format", "json"))
    assert {(export["what"], export["there"]) for export in kept} == {
        (command, "as written"),
        ("log of what is withheld", "as written"),
    }


def test_what_is_gone_replaced_or_changed_is_listed_as_such(
    suggested: StudyFolder, run: Run, tmp_path: Path
) -> None:
    for command, name in (("sources", "a"), ("codes", "a"), ("cases", "b"), ("decisions", "c")):
        assert run("-C", suggested.root, command, "-o", tmp_path / f"{name}.csv").code == 0
    (tmp_path / "b.csv").unlink()
    (tmp_path / "c.csv").write_text("mine", encoding="utf-8")
    kept = records(run("-C", suggested.root, "exports", "--format", "json"))
    assert [export["there"] for export in kept] == ["replaced", "as written", "gone", "changed"]


def test_exports_go_on_while_the_workbench_is_open(suggested: StudyFolder, run: Run, tmp_path: Path) -> None:
    other = open_study(suggested.root)
    with other.writing("workbench"):
        assert run("-C", suggested.root, "matrix", "-o", tmp_path / "m.csv").code == 0
        assert run("-C", suggested.root, "verify", tmp_path / "m.csv").code == 0
    other.close()


@pytest.mark.parametrize("suffix", [".html", ".docx", ".md"])
def test_a_report_is_counted_again(suggested: StudyFolder, run: Run, tmp_path: Path, suffix: str) -> None:
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    file = tmp_path / f"report{suffix}"
    assert run("-C", suggested.root, "report", "-o", file).code == 0
    assert run("-C", suggested.root, "verify", file).code == 0
    # Another coding of the same theme by the same case changes the number of its code alone.
    decide_segment(suggested, 2, Action.APPLY, "room to plan")
    told = run("-C", suggested.root, "verify", file)
    assert told.code == 3
    assert "Money: room to plan, all: 0 -> 1" in told.out
    assert "Money, school" not in told.out
    decide_segment(suggested, 1, Action.MARK, "quick fix", stance=Stance.DISPUTES)
    assert "Money: dissent, all: " in run("-C", suggested.root, "verify", file).out


def test_verifying_a_publication_says_nothing_of_what_is_withheld(
    publishable: StudyFolder, run: Run, tmp_path: Path
) -> None:
    assert run("-C", publishable.root, "quotes", "--publish", "-o", tmp_path / "q.csv").code == 0
    told = run("-C", publishable.root, "verify", tmp_path / "q.csv")
    assert (told.code, told.err) == (0, "")
