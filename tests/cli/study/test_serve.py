from __future__ import annotations

from pathlib import Path

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused


def test_other_machines_are_kept_out_until_somebody_says_so(run: Run, study: StudyFolder) -> None:
    refused = run("-C", study.root, "serve", "--host", "192.168.1.5")
    assert_refused(refused, 2, "can be reached by other machines", "--expose", "not encrypted")


def test_a_folder_without_a_study_is_not_served(run: Run, tmp_path: Path) -> None:
    assert run("-C", tmp_path, "serve").code == 2
