from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.errors import FaultError
from quotegrid.workflows.study.faults import keep_fault
from quotegrid.workflows.study.folder import StudyFolder


def _failed() -> Exception:
    said = "what somebody said"
    try:
        int(said and "x")
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_says_where_it_failed_and_holds_no_values(empty_study: StudyFolder) -> None:
    fault = keep_fault(empty_study, _failed())
    assert isinstance(fault, FaultError)
    assert "Every decision is kept" in str(fault)
    report = Path(fault.file or "").read_text(encoding="utf-8")
    assert Path(fault.file or "").parent == empty_study.root
    assert "in _failed" in report
    assert "ValueError" in report
    assert "what somebody said" not in report.replace('said = "what somebody said"', "")


def test_where_no_report_can_be_written_the_fault_itself_is_told(
    empty_study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert "No space left on device): ValueError" in str(keep_fault(empty_study, _failed()))
