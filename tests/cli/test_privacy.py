"""What people said is written for the team alone, acts on no terminal, and goes nowhere."""

from __future__ import annotations

import os
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, records

HOSTILE = "ANN: It \u202egnihton\u202c costs \x9b31m us.\n"


@pytest.fixture(autouse=True)
def usual_rights() -> Iterator[None]:
    """Rights as most systems give them: everybody may read new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _modes(root: Path, kind: int) -> set[int]:
    return {
        stat.S_IMODE(path.stat().st_mode)
        for path in (root, *root.rglob("*"))
        if stat.S_IFMT(path.stat().st_mode) == kind
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows has lists of rights instead of modes")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o700, 0o600), (0o755, 0o600), (0o770, 0o660)])
def test_files_are_for_the_owner_or_for_those_who_write_into_the_folder(
    run: Run, tmp_path: Path, folder_mode: int, file_mode: int
) -> None:
    root = tmp_path / "study"
    assert run("init", root).code == 0
    assert (_modes(root, stat.S_IFDIR), _modes(root, stat.S_IFREG)) == ({0o700}, {0o600})
    root.chmod(folder_mode)
    (root / "corpus" / "a.md").write_text("ANN: It waits.\n", encoding="utf-8")
    written = root / "exports" / "q.csv"
    for arguments in (("import", root / "corpus"), ("quotes", "-o", written), ("backup", "now")):
        assert run("-C", root, *arguments).code == 0
    (note,) = root.glob("backups/*/backup.json")
    for path in (written, note):
        assert stat.S_IMODE(path.stat().st_mode) == file_mode
    assert os.umask(0o022) == 0o022, "the rights of the process are as they were"


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "table"])
def test_no_character_of_a_transcript_acts_on_a_terminal(
    run: Run, empty_study: StudyFolder, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    path = empty_study.root / "corpus" / "a.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    assert run("-C", empty_study.root, "import", path).code == 0
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    shown = run("-C", empty_study.root, "quotes", "--format", form)
    assert "costs" in shown.out
    assert not {"\u202e", "\u202c", "\x9b"} & set(shown.out)
    if form == "json":
        assert "\u202egnihton\u202c" in records(shown)[0]["text"]


def test_the_main_job_opens_no_connection(
    run: Run, empty_study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    root = empty_study.root
    (root / "corpus" / "a.md").write_text("ANN: It is a quick fix, and the wait goes on.\n", encoding="utf-8")
    jobs: list[tuple[object, ...]] = [
        ("import", root / "corpus"),
        ("suggest",),
        ("discover",),
        ("quotes", "text:wait"),
        ("matrix", "-o", root / "exports" / "m.xlsx"),
        ("report", "-o", root / "exports" / "r.docx"),
        ("backup", "now"),
    ]
    for job in jobs:
        ended = run("-C", root, *job)
        assert ended.code in (0, 2), ended.err
        assert "connection" not in ended.err
