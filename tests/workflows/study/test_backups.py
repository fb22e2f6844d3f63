"""Backups are made by themselves, are what the study was, and can be put back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import DiskError, RepairError, UnknownNameError, UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.codebook.edit_codebook import merge_codes
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.people.change_cases import merge_cases
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.versions.removing import remove_source
from quotegrid.workflows.study import backups
from quotegrid.workflows.study.backups import NOTE, found_backups, is_due, thin, write_note
from quotegrid.workflows.study.change_settings import change_setting
from quotegrid.workflows.study.copying import copy_study
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.restoring import (
    back_up_by_hand,
    faults_in,
    list_backups,
    lost_by_restoring,
    restore_backup,
    verify_backups,
)


def _content(study: StudyFolder) -> list[str]:
    """Every statement that makes the database what it is."""
    with closing(sqlite3.connect(study.database_path)) as connection:
        return list(connection.iterdump())


def _reasons(study: StudyFolder) -> list[str]:
    return [listed.why for listed in list_backups(study)]


def _decide(study: StudyFolder, segment: int) -> None:
    decide_segment(study, segment, Action.APPLY, "room to plan")


def _damage(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * 40_000)


def test_a_restore_brings_back_what_was_there_and_can_be_undone(study: StudyFolder) -> None:
    _decide(study, 1)
    then, settings = _content(study), (study.root / CONFIG_NAME).read_bytes()
    made = back_up_by_hand(study)
    _decide(study, 2)
    change_setting(study, "study.name", "Another name")
    later = _content(study)
    assert "(1)" in lost_by_restoring(study, "")
    done = restore_backup(study, "")
    assert done.backup.name == made.name
    assert _content(study) == then
    assert (study.root / CONFIG_NAME).read_bytes() == settings
    assert study.settings.name != "Another name"
    assert done.before is not None
    restore_backup(study, done.before.name)
    assert _content(study) == later
    assert study.settings.name == "Another name"


def test_who_has_the_study_open_sees_what_was_restored(study: StudyFolder) -> None:
    back_up_by_hand(study)
    before = study.database.version()
    other = open_study(study.root)
    remove_source(other, source_records(other)[0]["name"])
    restore_backup(other, found_backups(other.files)[0].name)
    other.close()
    assert study.database.version() != before
    assert len(source_records(study)) == 2


def test_a_damaged_or_missing_database_is_replaced_and_what_is_left_of_it_is_kept(study: StudyFolder) -> None:
    _decide(study, 1)
    then = _content(study)
    back_up_by_hand(study)
    study.close()
    _damage(study.database_path)
    damaged = study.database_path.read_bytes()
    with pytest.raises(RepairError, match="is damaged"):
        study.back_up("before a test")
    done = restore_backup(study, "")
    assert done.before is not None
    assert (done.before / "quotegrid.db").read_bytes() == damaged
    assert _content(study) == then
    study.close()
    for file in study.root.glob("quotegrid.db*"):
        file.unlink()
    with pytest.raises(RepairError, match=r"quotegrid backup restore.*the newest is backups/"):
        source_records(open_study(study.root))
    assert restore_backup(study, "").before is None
    assert _content(study) == then


def test_a_backup_that_was_changed_is_not_put_back(study: StudyFolder) -> None:
    made = back_up_by_hand(study)
    assert verify_backups(study, []) == [(made, [])]
    (made.folder / "codebook.yaml").unlink()
    _damage(made.database)
    faults = faults_in(made)
    assert faults[:2] == ["codebook.yaml is missing", "quotegrid.db has changed since it was made"]
    before = _content(study)
    with pytest.raises(RepairError, match="Nothing was changed"):
        restore_backup(study, made.name)
    assert _content(study) == before


def test_one_is_made_before_the_first_change_of_a_day(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    _decide(study, 1)
    assert _reasons(study) == [], "what was begun today has nothing of an earlier day"
    then = _content(study)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    monkeypatch.setattr("quotegrid.storage.study.begun_at", lambda _: yesterday)
    study = open_study(study.root)
    source_records(study)
    assert _reasons(study) == [], "who only reads needs none"
    _decide(study, 2)
    _decide(study, 3)
    assert _reasons(study) == ["before the first change of the day"]
    with closing(sqlite3.connect(found_backups(study.files)[0].database)) as connection:
        assert list(connection.iterdump()) == then
    study.close()


def test_the_days_are_those_of_the_place(study: StudyFolder) -> None:
    evening = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert not is_due(study.files, None, evening)
    assert not is_due(study.files, evening - timedelta(hours=20), evening)
    assert is_due(study.files, evening - timedelta(hours=30), evening)


def test_one_is_made_before_merges_and_removals_but_not_for_each(study: StudyFolder) -> None:
    merge_codes(study, "quick fix", "room to plan")
    remove_source(study, source_records(study)[0]["name"])
    assert _reasons(study) == ["before merging codes"]
    names = [record["name"] for record in source_records(study)]
    shutil.rmtree(found_backups(study.files)[0].folder)
    change_setting(study, "backups.made", "when asked")
    remove_source(study, names[0])
    assert _reasons(study) == []


def test_merging_people_makes_one(study: StudyFolder) -> None:
    merge_cases(study, "RAY MOSS", "Ada Stone", despite_groups=True)
    assert _reasons(study) == ["before merging cases"]


def test_a_second_place_gets_a_copy_and_is_looked_at_when_the_first_is_gone(
    study: StudyFolder, tmp_path: Path
) -> None:
    second = tmp_path / "stick"
    change_setting(study, "backups.place", str(second))
    made = back_up_by_hand(study)
    (copied,) = second.glob("study-*/*")
    assert {file.name for file in copied.iterdir()} == {
        "backup.json",
        "codebook.yaml",
        "quotegrid.db",
        "quotegrid.toml",
    }
    then = _content(study)
    study.close()
    shutil.rmtree(made.folder.parent)
    study.database_path.unlink()
    study = open_study(study.root)
    assert restore_backup(study, "").backup.folder == copied
    assert _content(study) == then
    study.close()


def test_a_second_place_that_is_not_there_stops_nothing(study: StudyFolder, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder", encoding="utf-8")
    change_setting(study, "backups.place", str(place))
    merge_codes(study, "quick fix", "room to plan")
    assert _reasons(study) == ["before merging codes"]
    assert "second place for backups" in study.backup_trouble


def test_a_disk_without_room_for_a_backup_stops_no_decision(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskError("the disk is full.")

    monkeypatch.setattr(backups, "back_up", full)
    merge_codes(study, "quick fix", "room to plan")
    assert study.backup_trouble == "No backup could be made: the disk is full."


def test_what_cannot_be_written_leaves_no_half_backup(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "write_note", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        study.back_up("before a test")
    assert list(study.files.backups.iterdir()) == []


def test_thinning_deletes_neither_what_was_made_by_hand_nor_what_was_kept_of_a_damaged_study(
    study: StudyFolder,
) -> None:
    by_hand, automatic = back_up_by_hand(study), study.back_up("before merging codes")
    newer = study.back_up("before merging codes")
    for backup in (by_hand, automatic, newer):
        assert backup.note is not None
        write_note(backup.folder, backup.note.model_copy(update={"made": backup.made - timedelta(days=400)}))
    (study.files.backups / "my notes").mkdir()
    thin(study.files.backups, datetime.now(UTC))
    left = {path.name for path in study.files.backups.iterdir()}
    assert left == {by_hand.name, newer.name, "my notes"}


def test_another_study_s_backup_is_refused(study: StudyFolder, tmp_path: Path) -> None:
    made = back_up_by_hand(study)
    note = made.note
    assert note is not None
    foreign = tmp_path / "foreign"
    shutil.copytree(made.folder, foreign)
    write_note(foreign, note.model_copy(update={"guid": "another"}))
    with pytest.raises(UsageError, match="another study"):
        restore_backup(study, str(foreign))
    with pytest.raises(UnknownNameError, match="quotegrid backup list"):
        restore_backup(study, "yesterday")
    (made.folder / NOTE).write_text("{", encoding="utf-8")
    assert [listed.entries for listed in list_backups(study)] == [None]


def test_a_copy_of_a_study_in_use_is_a_whole_study(study: StudyFolder, tmp_path: Path) -> None:
    back_up_by_hand(study)
    with study.database.session(write=True):
        target = tmp_path / "copy"
        copied = copy_study(study, target)
    other = open_study(target)
    assert _content(other) == _content(study)
    assert copied == sum(file.is_file() for file in target.rglob("*"))
    assert not (target / "backups").exists()
    other.close()
    for refused in (target, study.root / "inside"):
        with pytest.raises(UsageError):
            copy_study(study, refused)
