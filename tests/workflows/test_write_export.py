from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from quotegrid.errors import StudyBusyError, UsageError
from quotegrid.workflows.folder import StudyFolder, open_study
from quotegrid.workflows.verify_export import exports_of
from quotegrid.workflows.write_export import write_export


def _write(study: StudyFolder, path: Path, content: bytes = b"a,b\n", *, force: bool = False) -> None:
    write_export(study, path, content, what="codes", force=force)


def test_a_file_is_kept_with_its_hash_and_its_place(study: StudyFolder, tmp_path: Path) -> None:
    _write(study, study.root / "exports" / "a.csv")
    _write(study, tmp_path / "b.csv")
    first, second = exports_of(study)
    assert first.path == "exports/a.csv"
    assert second.path == str(tmp_path / "b.csv")
    assert first.sha256 == second.sha256 == hashlib.sha256(b"a,b\n").hexdigest()
    assert (first.coder, first.what) == ("tester", "codes")
    assert first.guid != second.guid


def test_a_file_of_somebody_else_is_kept_unless_forced(study: StudyFolder, tmp_path: Path) -> None:
    target = tmp_path / "mine.csv"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not written from this study") as caught:
        _write(study, target)
    assert "--force" in caught.value.todo
    assert target.read_text(encoding="utf-8") == "mine"
    assert exports_of(study) == []
    _write(study, target, force=True)
    assert target.read_bytes() == b"a,b\n"


def test_a_file_of_the_study_is_replaced_until_somebody_changes_it(
    study: StudyFolder, tmp_path: Path
) -> None:
    target = tmp_path / "a.csv"
    _write(study, target)
    _write(study, target, b"c\n")
    # What was written before, put back, is still the study's.
    target.write_bytes(b"a,b\n")
    _write(study, target, b"d\n")
    target.write_bytes(b"d\n\n")
    with pytest.raises(UsageError, match="has been changed since"):
        _write(study, target)


def test_what_cannot_be_written_is_not_kept(study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError):
        _write(study, tmp_path / "file" / "a.csv")
    assert exports_of(study) == []


def test_exports_go_on_while_somebody_else_is_the_studys_writer(study: StudyFolder, tmp_path: Path) -> None:
    other = open_study(study.root)
    with study.writing("coding"):
        _write(other, tmp_path / "a.csv")
        with pytest.raises(StudyBusyError), other.writing("coding"):
            pass
    assert len(exports_of(other)) == 1
    other.close()
