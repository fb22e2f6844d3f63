"""Damage in a study is noticed wherever it is, and what follows from journal and texts is made again."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.study.faults import FOLLOWS_FROM, Part
from quotegrid.errors import DiskError, StudyError
from quotegrid.workflows.coding.decide import decide_suggestion
from quotegrid.workflows.study import check_study as check_module
from quotegrid.workflows.study.check_study import DIGESTS, StudyCheck, check_study, seal
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.repair_study import repair_study
from tests.conftest import StudyTemplates

ON_BOTH_ENGINES = True
_OVERWRITTEN = 40 * 1024
_DERIVED = ("coding", "suggestion", "segment_text", "segment_words_docsize", "segment_forms_docsize")


def _decide(study: StudyFolder) -> None:
    for number, action in ((1, Action.ACCEPT), (2, Action.REJECT), (3, Action.ACCEPT), (4, Action.ACCEPT)):
        decide_suggestion(study, number, action, "" if action is Action.REJECT else "clear")


def _decided(studies: StudyTemplates) -> Path:
    return studies.derived(studies.suggested, _decide)


@pytest.fixture
def decided(studies: StudyTemplates, tmp_path: Path) -> Any:
    """A study with codings."""
    yield from studies.opened(_decided(studies), tmp_path)


def _parts(found: StudyCheck) -> set[Part]:
    return {fault.part for fault in found.faults}


def _write(study: StudyFolder, *statements: str) -> None:
    study.close()
    with closing(sqlite3.connect(study.database_path)) as connection:
        connection.create_function("quotegrid_forms", 1, lambda text: text)
        connection.create_function("quotegrid_stems", 2, lambda text, language: None)
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table but the numbers of codings, which nothing refers to."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608 - names of ours
    internal = [name for name in found if name.startswith("segment_") and name.endswith(("_data", "_idx"))]
    for name in internal:
        del found[name]
    found["coding"] = [row[1:] for row in found["coding"]]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def test_a_study_that_is_whole_is_said_to_be(decided: StudyFolder) -> None:
    found = check_study(decided)
    assert found.is_whole
    assert found.entries > 4
    assert check_study(decided, quick=True).is_whole
    assert json.loads((decided.root / DIGESTS).read_text(encoding="utf-8"))["logs"]["journal"]["last"] > 4


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE source SET text = replace(text, 'What did', 'When did') WHERE name = 'head.md'", Part.TEXTS),
        ("UPDATE coding SET start = start + 1", Part.CODINGS),
        ("DELETE FROM coding", Part.CODINGS),
        ("UPDATE suggestion SET verdict = 'reject' WHERE verdict = 'accept'", Part.VERDICTS),
        ("UPDATE segment_text SET text = 'other'", Part.FULL_TEXT),
        ("INSERT INTO segment_forms (rowid, text) VALUES (99, 'stray')", Part.FULL_TEXT),
        ("UPDATE vector SET data = x'0000803f0000803f'", Part.VECTORS),
        ("UPDATE attribute SET source_id = 99", Part.REFERENCES),
    ],
)
def test_each_kind_of_damage_is_named_and_mended_where_that_can_be(
    decided: StudyFolder, statement: str, part: Part
) -> None:
    _write(decided, "INSERT INTO attribute (source_id, name, value) VALUES (1, 'x', 'y')")
    assert check_study(decided).is_whole
    before = _content(decided.database_path)
    _write(decided, statement)
    found = check_study(decided)
    assert _parts(found) == {part}
    is_quick = part in (Part.TEXTS, Part.REFERENCES)
    assert _parts(check_study(decided, quick=True)) == ({part} if is_quick else set())
    done = repair_study(decided)
    can_be_made = part in FOLLOWS_FROM
    assert (done.made_again, done.left) == ((found.faults, ()) if can_be_made else ((), found.faults))
    assert (done.copy is not None) == can_be_made
    if can_be_made and part is not Part.VECTORS:
        decided.close()
        assert _content(decided.database_path) == before


@pytest.mark.sqlite
def test_a_row_of_the_log_that_changes_is_noticed_and_not_mended(decided: StudyFolder) -> None:
    assert check_study(decided).is_whole
    _write(
        decided,
        "DROP TRIGGER decision_no_update",
        "UPDATE decision SET score = 0.123 WHERE id = 2",
    )
    assert _parts(check_study(decided)) == _parts(check_study(decided, quick=True)) == {Part.LOG}
    done = repair_study(decided)
    assert [fault.part for fault in done.left] == [Part.LOG]
    assert done.copy is None


@pytest.mark.sqlite
def test_what_follows_from_damaged_parts_is_not_made_again_from_them(decided: StudyFolder) -> None:
    assert check_study(decided).is_whole
    before = _content(decided.database_path)
    _write(
        decided,
        "DROP TRIGGER decision_no_delete",
        "DELETE FROM decision WHERE id = 1",
        "UPDATE source SET text = replace(text, 'roof', 'door')",
    )
    found = check_study(decided)
    assert _parts(found) >= {Part.LOG, Part.CODINGS, Part.TEXTS, Part.FULL_TEXT}
    done = repair_study(decided)
    assert (done.made_again, done.left, done.copy) == ((), found.faults, None)
    decided.close()
    assert _content(decided.database_path)["coding"] == before["coding"]


@pytest.mark.sqlite
def test_decisions_after_a_check_are_no_damage_and_an_older_database_is_told(
    decided: StudyFolder, tmp_path: Path
) -> None:
    decided.close()
    older = shutil.copy(decided.database_path, tmp_path / "older.db")
    decide_suggestion(decided, 5, Action.ACCEPT, "clear")
    assert check_study(decided).is_whole
    decide_suggestion(decided, 6, Action.ACCEPT, "clear")
    assert check_study(decided).is_whole
    decided.close()
    shutil.copy(older, decided.database_path)
    found = check_study(decided)
    assert found.is_whole
    assert "is older than at the check of" in found.notes[0]


@pytest.mark.sqlite
def test_a_byte_that_changes_by_itself_is_noticed_in_a_database_that_nobody_wrote_to(
    decided: StudyFolder,
) -> None:
    assert check_study(decided).is_whole
    decided.close()
    seal(decided)
    said = decided.database_path.stat()
    content = bytearray(decided.database_path.read_bytes())
    place = content.index(b"Ada Stone")
    content[place] ^= 4
    decided.database_path.write_bytes(content)
    import os

    os.utime(decided.database_path, ns=(said.st_atime_ns, said.st_mtime_ns))
    assert Part.FILE in _parts(check_study(decided, quick=True))


@pytest.mark.sqlite
def test_forty_kilobytes_overwritten_anywhere_are_noticed(studies: StudyTemplates, tmp_path: Path) -> None:
    root = tmp_path / "study"
    studies.copied(_decided(studies), root)
    study = open_study(root)
    check_study(study)
    study.close()
    content = (root / "quotegrid.db").read_bytes()
    chance = random.Random(20261130)  # noqa: S311 - places of damage, not secrets
    wholes = []
    for fill in (bytes(_OVERWRITTEN), chance.randbytes(_OVERWRITTEN), b"\xff" * _OVERWRITTEN):
        for place in [0, *(chance.randrange(len(content) - _OVERWRITTEN) for _ in range(5))]:
            damaged = content[:place] + fill + content[place + _OVERWRITTEN :]
            (root / "quotegrid.db").write_bytes(damaged)
            study = open_study(root)
            try:
                if check_study(study).is_whole:
                    wholes.append(place)
            except StudyError as error:
                assert "import again" not in error.what
            finally:
                study.close()
    assert wholes == []


@pytest.mark.sqlite
@given(st.data())
def test_whatever_of_the_derived_tables_is_lost_comes_back_as_it_was(
    studies: StudyTemplates, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("derived") / "study"
    studies.copied(_decided(studies), root)
    study = open_study(root)
    study.close()
    before = _content(study.database_path)
    statements = []
    for table in data.draw(st.lists(st.sampled_from(_DERIVED), min_size=1, unique=True)):
        left = data.draw(st.integers(0, 3))
        if table == "suggestion":
            statements.append(f"UPDATE suggestion SET verdict = 'skip' WHERE id % 4 = {left}")  # noqa: S608 - names of ours
        else:
            statements.append(f"DELETE FROM {table} WHERE id % 4 <= {left}")  # noqa: S608 - names of ours
    _write(study, *statements)
    left_over = repair_study(study).left
    study.close()
    assert left_over == ()
    assert _content(study.database_path) == before


def test_files_that_are_gone_or_changed_are_notes(decided: StudyFolder) -> None:
    (decided.root / "corpus" / "head.md").write_text("other words", encoding="utf-8")
    (decided.root / "corpus" / "parent.txt").unlink()
    found = check_study(decided)
    assert found.is_whole
    told = " ".join(found.notes)
    assert "1 file of sources have changed" in told or "head.md" in told
    assert "parent.txt" in told


@pytest.mark.sqlite
def test_where_there_is_no_room_for_a_copy_nothing_is_said_to_be_damaged(
    decided: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskError("the disk is full.")

    monkeypatch.setattr(type(decided.database.at), "copy_to", full)
    with pytest.raises(DiskError, match=r"no room in .* for a copy"):
        check_study(decided)
    assert check_study(decided, quick=True).is_whole


@pytest.mark.sqlite
def test_a_damaged_file_of_digests_is_as_none(decided: StudyFolder) -> None:
    (decided.root / check_module.DIGESTS).write_text("{", encoding="utf-8")
    assert check_study(decided).is_whole
    assert json.loads((decided.root / DIGESTS).read_text(encoding="utf-8"))["logs"]
