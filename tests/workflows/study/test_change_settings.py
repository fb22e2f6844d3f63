from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.domain.exchange.listing import csv_fields
from quotegrid.errors import ConfigError, UnknownNameError, UsageError
from quotegrid.settings_reading import load_settings
from quotegrid.workflows.study.change_settings import (
    ListedSetting,
    change_setting,
    changeable_settings,
    read_settings_again,
    setting_named,
    setting_records,
    value_text,
)
from quotegrid.workflows.study.folder import StudyFolder


def file(study: StudyFolder) -> Path:
    return study.root / "quotegrid.toml"


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("study.name", "Level ground", "Level ground"),
        ("coder", "Jo Field", "Jo Field"),
        ("threshold", "0,35", 0.35),
        ("suggestions.per_segment", "5", 5),
        ("model", "hashing", "hashing"),
        ("attributes", "wave, region ,", ("wave", "region")),
        ("pipeline", "blank", "blank"),
        ("minimum_cases", "5", 5),
        ("look", "high contrast", "high contrast"),
    ],
)
def test_a_setting_holds_at_once_and_stands_in_the_file(
    empty_study: StudyFolder, name: str, typed: str, value: object
) -> None:
    attribute = setting_named(name).attribute
    change_setting(empty_study, name, typed)
    assert getattr(empty_study.settings, attribute) == value
    assert getattr(load_settings(file(empty_study)), attribute) == value
    assert change_setting(empty_study, name, value_text(empty_study, setting_named(name))) == ""


def test_comments_and_everything_else_stay(empty_study: StudyFolder) -> None:
    before = file(empty_study).read_text(encoding="utf-8").splitlines()
    said = change_setting(empty_study, "threshold", "0.5")
    assert said == "Least chance of a suggestion: 0.5."
    after = file(empty_study).read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == []
    assert [line for line in after if line not in before] == ["threshold = 0.5"]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("threshold", "often", "not a number from 0 to 1"),
        ("threshold", "2", "a number from 0 to 1"),
        ("per_segment", "0.5", "not a whole number"),
        ("per_segment", "99", "from 1 to 20"),
        ("minimum_cases", "1", "minimum_cases"),
        ("look", "pink", '"look" cannot be "pink"'),
        ("precision", "exact", "one of auto, full, fast"),
    ],
)
def test_what_cannot_hold_is_refused_and_the_file_stays(
    empty_study: StudyFolder, name: str, typed: str, said: str
) -> None:
    before = file(empty_study).read_bytes()
    settings = empty_study.settings
    with pytest.raises((UsageError, ConfigError), match=said):
        change_setting(empty_study, name, typed)
    assert file(empty_study).read_bytes() == before
    assert empty_study.settings == settings


def test_an_unknown_setting_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as refused:
        setting_named("suggestions.treshold")
    assert "suggestions.threshold" in str(refused.value)


def test_what_a_hand_changes_is_read_again_unless_it_is_broken(empty_study: StudyFolder) -> None:
    text = file(empty_study).read_text(encoding="utf-8")
    file(empty_study).write_text(text + '\n[areas]\nWesthay = ["West Hay"]\n', encoding="utf-8")
    assert read_settings_again(empty_study)
    assert empty_study.areas.standard("West Hay") == "Westhay"
    file(empty_study).write_text("[areas\n", encoding="utf-8")
    assert not read_settings_again(empty_study)
    assert empty_study.areas.standard("West Hay") == "Westhay"


def test_every_setting_is_listed_with_what_it_does(empty_study: StudyFolder) -> None:
    records = setting_records(empty_study)
    assert [record["name"] for record in records] == [setting.name for setting in changeable_settings()]
    assert all(set(record) == set(csv_fields(ListedSetting)) and record["what"] for record in records)
