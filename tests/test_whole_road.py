"""The whole road in one terminal: an empty folder, import, suggestions, decisions, a merge, an export."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.study.demonstration import FOLDER
from quotegrid.workflows.study.folder import open_study

TMUX = shutil.which("tmux")
pytestmark = [
    pytest.mark.demo,
    pytest.mark.model,
    pytest.mark.skipif(TMUX is None, reason="there is no tmux on this machine"),
]
DECISIONS = 30


class Terminal:
    """A terminal in tmux, of which one sees what a user sees."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self._socket = str(folder / "tmux")
        self._tmux("new-session", "-d", "-x", str(width), "-y", str(height), "-c", str(folder / "study"))
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def _tmux(self, *arguments: str) -> str:
        assert TMUX is not None
        done = subprocess.run(
            [TMUX, "-S", self._socket, *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "QUOTEGRID_CODER": "walker"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def shown(self) -> str:
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *words: str, seconds: float = 60) -> str:
        """Wait until all the words are shown, which the screen before must not have shown."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            shown = self.shown()
            if all(word in shown for word in words):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{words} did not appear:\n{self.shown()}")

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "study").mkdir()
    terminal = Terminal(tmp_path, 100, 40)
    yield terminal
    terminal.close()


def test_from_an_empty_folder_to_an_export_without_leaving_the_workbench(
    terminal: Terminal, tmp_path: Path
) -> None:
    folder = tmp_path / "study" / FOLDER
    terminal.type(f"{sys.executable} -m quotegrid")
    terminal.press("Enter")
    terminal.wait_for("demonstration")
    terminal.press("Down", "Enter")
    terminal.wait_for("Where is the demonstration to go?")
    terminal.press("Enter")
    terminal.wait_for("Imported 18 sources with 676 passages", seconds=120)
    before = (folder / "codebook" / "codebook.yaml").read_bytes()

    terminal.wait_for("Have 16 codes suggested")
    terminal.press("Enter")
    terminal.wait_for("suggestions for", seconds=300)

    terminal.press("2")
    terminal.wait_for("[2 Review]", "Passage 1 of")
    study = open_study(folder)
    for number in range(DECISIONS):
        terminal.press("a" if number % 3 else "r")
        until = time.monotonic() + 60
        while len(decision_records(study)) <= number and time.monotonic() < until:
            time.sleep(0.02)
    log = decision_records(study)
    assert [decision["decision"] for decision in log] == [
        "accept" if n % 3 else "reject" for n in range(DECISIONS)
    ]
    assert {decision["coder"] for decision in log} == {"walker"}

    terminal.press("4")
    terminal.wait_for("[4 Codebook]", "codes below them", "sticking plaster")
    terminal.press("Down", "g")
    terminal.wait_for("part of a name")
    terminal.type("breathing")
    terminal.press("Enter")
    terminal.wait_for("Merge “sticking plaster” into “breathing space”")
    terminal.press("y")
    terminal.wait_for("Merged “sticking plaster” into “breathing space”.")
    assert current_codebook(study).get("sticking plaster") is None
    terminal.press("u")
    terminal.wait_for("Took back")
    assert (folder / "codebook" / "codebook.yaml").read_bytes() == before

    terminal.press("5")
    terminal.wait_for("[5 Matrix]", "What the money does", "Base: sources")
    terminal.press("e")
    terminal.wait_for("exports/matrix.xlsx")
    terminal.press("Enter")
    terminal.wait_for("Wrote")
    terminal.press("q")
    terminal.wait_for("accepted")

    (written,) = (folder / "exports").glob("*.xlsx")
    sheet = load_workbook(written)["Matrix"]
    table = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    matrix = make_matrix(study).matrix
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        numbers = [value for value in table[row] if isinstance(value, int)]
        assert numbers[: len(cells)] == list(cells)
    study.close()
