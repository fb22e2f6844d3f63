from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.errors import UsageError
from quotegrid.exports.formats import ExportKind, formats_of
from quotegrid.workflows.exchange.keep_export import Export
from quotegrid.workflows.report.export_report import export_report
from quotegrid.workflows.report.make_report import make_report
from quotegrid.workflows.study.folder import StudyFolder

EXPORT = Export("report", (), is_published=False)


def test_each_suffix_writes_its_format(study: StudyFolder, tmp_path: Path) -> None:
    made = make_report(study)
    begins = {".html": b"<!DOCTYPE html>", ".docx": b"PK", ".md": b"# Trial", ".markdown": b"# Trial"}
    assert set(begins) == set(formats_of(ExportKind.REPORT))
    for suffix, beginning in begins.items():
        path = tmp_path / f"report{suffix.upper()}"
        export_report(made, path, EXPORT)
        assert path.read_bytes().startswith(beginning)


def test_somebody_elses_file_is_left_alone(study: StudyFolder, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        export_report(make_report(study), path, EXPORT, study)
    assert path.read_text(encoding="utf-8") == "mine"
    export_report(make_report(study), path, EXPORT, study, force=True)
    assert path.read_text(encoding="utf-8").startswith("# Trial")
    export_report(make_report(study), path, EXPORT, study)


def test_another_suffix_is_refused_with_those_there_are(study: StudyFolder, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        export_report(make_report(study), tmp_path / "report.pdf", EXPORT, study)
    assert ".docx" in (caught.value.todo or "")
    assert list(tmp_path.glob("report*")) == []
