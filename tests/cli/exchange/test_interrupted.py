"""Ctrl+C while a file is made leaves neither the file nor a record of it, and in the last moment both."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from quotegrid.storage.exchange import exports
from quotegrid.storage.matrix import publications
from quotegrid.storage.search import quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, records

STEPS = {
    "while quotes are read": (quotes, "load_quotes"),
    "while it is recorded": (exports, "add_export"),
    "before it has its name": (publications, "add_published_tables"),
}


def _interrupt(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("command", ["matrix", "quotes", "report"])
def test_an_interrupted_export_leaves_nothing(
    suggested: StudyFolder,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    step: str,
) -> None:
    file = tmp_path / "new" / f"{command}.{'html' if command == 'report' else 'md'}"
    monkeypatch.setattr(*STEPS[step], _interrupt)
    done = run("-C", suggested.root, command, "-o", file)
    assert (done.code, done.out) == (130, "")
    assert done.err == f"Cancelled; {file} was not written.\n"
    monkeypatch.undo()
    assert not file.parent.exists() or list(file.parent.iterdir()) == []
    assert records(run("-C", suggested.root, "exports", "--format", "json")) == []


def test_an_interrupt_in_the_last_moment_is_passed_over(
    suggested: StudyFolder, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = publications.add_published_tables

    def press_and_add(*arguments: Any) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        add(*arguments)

    monkeypatch.setattr(publications, "add_published_tables", press_and_add)
    file = tmp_path / "matrix.csv"
    before = signal.getsignal(signal.SIGINT)
    assert run("-C", suggested.root, "matrix", "-o", file).code == 0
    assert signal.getsignal(signal.SIGINT) == before
    assert file.exists()
    assert [
        record["path"] for record in records(run("-C", suggested.root, "exports", "--format", "json"))
    ] == [str(file)]
