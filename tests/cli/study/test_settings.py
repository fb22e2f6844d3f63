from __future__ import annotations

from quotegrid.settings_reading import load_settings
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records


def test_settings_are_listed_shown_and_changed(run: Run, study: StudyFolder) -> None:
    listed = records(run("-C", study.root, "settings", "--format", "json"))
    assert {setting["name"]: setting["value"] for setting in listed}["suggestions.threshold"] == "0.2"
    assert run("-C", study.root, "settings", "threshold").out == "0.2\n"
    changed = run("-C", study.root, "settings", "suggestions.threshold", "0.3")
    assert changed.out == "Least chance of a suggestion: 0.3.\n"
    assert load_settings(study.root / "quotegrid.toml").threshold == 0.3
    assert run("-C", study.root, "settings", "threshold", "0.3").out == "Nothing was changed.\n"


def test_what_is_no_setting_or_no_value_is_refused(run: Run, study: StudyFolder) -> None:
    assert_refused(run("-C", study.root, "settings", "database", "x.db"), 2, "database", "quotegrid.toml")
    assert_refused(run("-C", study.root, "settings", "per_segment", "few"), 2, "few")
