"""A study that had a database is never given a new one in silence."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.errors import RepairError
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.study.database_file import MARKER
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from quotegrid.workflows.study.restoring import restore_backup


def _sources(root: Path) -> list[str]:
    study = open_study(root)
    try:
        return [record["name"] for record in source_records(study)]
    finally:
        study.close()


def _refused(root: Path) -> str:
    study = open_study(root)
    try:
        with pytest.raises(RepairError) as caught:
            source_records(study)
        with pytest.raises(RepairError):
            import_sources(study, [root / "corpus"], ReadingOptions())
        return str(caught.value)
    finally:
        study.close()


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _without_tables(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("lose", [_remove, _empty, _without_tables])
def test_a_lost_database_is_told_and_left_as_it_is(study: StudyFolder, lose: Callable[[Path], None]) -> None:
    study.close()
    path = study.database_path
    lose(path)
    before = path.read_bytes() if path.exists() else None
    said = _refused(study.root)
    assert said.startswith(f"{path}: this study's database is ")
    assert "Nothing was made in its place" in said
    assert "there is no backup beside it" in said
    assert MARKER in said
    assert (path.read_bytes() if path.exists() else None) == before


def test_the_newest_backup_is_named(study: StudyFolder) -> None:
    study.close()
    path = study.database_path
    for name in ("20260101T000000Z", "20260301T000000Z"):
        shutil.copy(path, f"{path}.backup-{name}")
    path.unlink()
    said = _refused(study.root)
    assert '"quotegrid backup restore"; the newest is quotegrid.db.backup-20260301T000000Z' in said
    other = open_study(study.root)
    restore_backup(other, "")
    other.close()
    assert len(_sources(study.root)) == 2


def test_a_log_that_was_left_behind_is_kept_and_told(study: StudyFolder) -> None:
    study.close()
    path = study.database_path
    path.unlink()
    (study.root / MARKER).unlink()
    (study.root / "quotegrid.codebook").unlink(missing_ok=True)
    log = path.with_name("quotegrid.db-wal")
    log.write_bytes(b"what was decided last")
    assert "quotegrid.db-wal has what was decided last" in _refused(study.root)
    assert log.read_bytes() == b"what was decided last"


def test_another_name_in_the_settings_does_not_begin_the_study_anew(study: StudyFolder) -> None:
    study.close()
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[study]\n", '[study]\ndatabase = "trail.db"\n'), encoding="utf-8")
    assert "The study's database was quotegrid.db, which is there" in _refused(study.root)
    assert not (study.root / "trail.db").exists()
    study.database_path.rename(study.root / "trail.db")
    assert len(_sources(study.root)) == 2
    assert (study.root / MARKER).read_text(encoding="utf-8").startswith("trail.db\n")


def test_a_study_begins_anew_once_the_signs_are_moved_away(study: StudyFolder) -> None:
    study.close()
    study.database_path.unlink()
    said = _refused(study.root)
    named = said.rpartition("move away ")[2].rstrip(".").replace(" and ", ", ").split(", ")
    for name in named:
        (study.root / name).unlink()
    assert _sources(study.root) == []


def test_a_study_that_is_older_than_the_sign_gets_it_when_it_is_opened(study: StudyFolder) -> None:
    study.close()
    (study.root / MARKER).unlink()
    assert len(_sources(study.root)) == 2
    assert (study.root / MARKER).is_file()


def test_a_new_study_has_none_to_lose(tmp_path: Path) -> None:
    made = init_study(tmp_path / "study", "Trial")
    made.close()
    for name in (MARKER, "quotegrid.codebook", "quotegrid.db"):
        (made.root / name).unlink(missing_ok=True)
    (made.root / "corpus" / "talk.txt").write_text("A: One?\n\nB: Two.\n\nA: Three?\n\nB: Four.\n")
    study = open_study(made.root)
    import_sources(study, [made.root / "corpus"], ReadingOptions())
    study.close()
    assert _sources(made.root) == ["talk.txt"]


def test_a_sign_that_cannot_be_written_stops_nothing(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.close()
    (study.root / MARKER).unlink()

    def read_only(*_: object, **__: object) -> int:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "write_text", read_only)
    assert len(_sources(study.root)) == 2
