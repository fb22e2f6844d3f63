"""A study made by an older version opens with everything in it."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.engines.database import Database
from quotegrid.storage.schema import HEAD, revision
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.undo import undo_in_words
from quotegrid.workflows.study.folder import open_study
from tests.conftest import Result

FIRST_SCHEMA = Path(__file__).parents[2] / "fixtures" / "studies" / "first_schema.zip"
LISTINGS = (
    "decisions",
    "cases history",
    "codebook history",
    "cases",
    "quotes --coded",
    "memos",
    "summaries",
    "summaries --log",
    "exports",
    "sources",
    "codes",
    "suggestions",
)
_OLD_MEMO = ("id", "source", "start", "end", "segment", "author", "at", "text", "imported")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
pytestmark = pytest.mark.sqlite


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a study of the first schema, beside what that version said of it."""
    monkeypatch.setenv("QUOTEGRID_CODER", "Ana")
    with zipfile.ZipFile(FIRST_SCHEMA) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "study"


def test_every_listing_is_what_the_older_version_said(older: Path, run: Callable[..., Result]) -> None:
    for listing in LISTINGS:
        said = json.loads(run("-C", older, *listing.split(), "--format", "json").out)
        if listing == "sources":
            assert {source.pop("language") for source in said} == {"en"}
            assert {source.pop("read") for source in said} == {False}
            names = ("words", "decided", "coded", "options", "versions")
            more = [{name: source.pop(name) for name in names} for source in said]
            assert all(source["words"] > 0 and source["decided"] >= source["coded"] for source in more)
            assert all(source["options"] == {} and source["versions"] == 0 for source in more)
        if listing == "memos":
            said = [{name: memo[name] for name in _OLD_MEMO} for memo in said]
        if listing == "cases history":
            # What the older version said is "set role=Co-chair, wave=2 of ...".
            assert said[1].pop("what") == 'gave "PETER LOMAX" the role "Co-chair" and the wave "2"'
        file = listing.replace(" ", "").replace("-", "")
        expected = json.loads((older.parent / "expected" / f"{file}.json").read_text(encoding="utf-8"))
        if listing == "cases history":
            del expected[1]["what"]
        assert said == expected
    matrix = run("-C", older, "matrix", "--rows", "code", "--columns", "group", "--format", "csv").out
    kept = (older.parent / "expected" / "matrix.csv").read_text(encoding="utf-8")
    kept = kept.replace("segments and attributed", "passages and attributed")
    assert _without_silence(matrix) == _without_silence(kept)


def _without_silence(matrix: str) -> list[str]:
    """Return the lines of a matrix but for what is said of the cases of whom nothing is coded, and when."""
    lines = _TIME.sub("", matrix).splitlines()
    return [
        line for line in lines if not line.startswith("Base: cases read") and "of the 3 cases" not in line
    ]


def test_words_are_found_and_folded(older: Path, run: Callable[..., Result]) -> None:
    with closing(sqlite3.connect(older / "quotegrid.db")) as connection:
        connection.execute("UPDATE source SET text = replace(text, ' the ', ' \ufb02电 ')")
        connection.commit()
    assert len(run("-C", older, "quotes", "text:电", "--format", "csv").out.splitlines()) > 1
    assert len(run("-C", older, "quotes", "text:fl", "--format", "csv").out.splitlines()) > 1


def test_the_journal_has_all_that_was_done_in_its_order(older: Path) -> None:
    study = open_study(older)
    entries = read_history(study)
    study.close()
    kinds = [entry.kind for entry in entries]
    assert {kind: kinds.count(kind) for kind in EntryKind} == {
        EntryKind.SOURCE: 3,
        EntryKind.READ: 0,
        EntryKind.CODEBOOK_FILE: 2,
        EntryKind.DECISION: 14,
        EntryKind.CODEBOOK: 6,
        EntryKind.EXEMPLAR: 2,
        EntryKind.CASE: 4,
        EntryKind.SUMMARY: 4,
        EntryKind.REPLACEMENT: 0,
        EntryKind.REMOVAL: 0,
        EntryKind.MEMO: 1,
        EntryKind.EXPORT: 2,
        EntryKind.PUBLICATION: 1,
        EntryKind.TURNS: 0,
    }
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    (renamed,) = (entry for entry in entries if entry.what.startswith("took back 22"))
    assert (renamed.undoes, renamed.counts) == (22, False)


def test_what_was_done_with_the_older_version_can_be_undone(older: Path) -> None:
    study = open_study(older)
    said = [undo_in_words(study) for _ in range(5)]
    study.close()
    assert said == [
        'Took back summary 1 of "What the money does", Kerry Lund: "Waits, and says so [q:5].".',
        'Took back a change of cases: renamed "KERRY LUND" to "Kerry Lund".',
        "Took back a change of the codebook: Renamed “people leaving” to “staff leaving”.",
        'Took back marking passage 6 as an exemplar of "not in the room".',
        "Took back a change of the codebook: Merged “strings attached” into “sticking plaster”.",
    ]


def test_the_study_is_backed_up_before_it_is_changed(older: Path) -> None:
    study = open_study(older)
    assert study.database is not None
    study.close()
    (backup,) = older.glob("backups/*/quotegrid.db")
    kept = Database(backup)
    now = Database(older / "quotegrid.db")
    assert (revision(kept), revision(now)) == ("0001", HEAD)
    kept.close()
    now.close()
