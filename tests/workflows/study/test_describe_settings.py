"""One declaration of a setting is enough for all that is made from it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from quotegrid.errors import ConfigError
from quotegrid.settings import Setting, Settings, settings_of
from quotegrid.settings_reading import read_settings
from quotegrid.workflows.study.change_settings import change_setting, setting_records
from quotegrid.workflows.study.describe_settings import config_text, settings_page
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import REPOSITORY

CONFIG = Path("quotegrid.toml")


class WithToys(Settings):
    """The settings and two more, each in its one declaration."""

    most_lines: Annotated[int, Field(ge=2, le=9), Setting("workbench", "Lines of a passage")] = 4
    """At most this many lines are shown."""
    pace: Annotated[Literal["slow", "quick"], Setting("import", key="tempo")] = "slow"
    """How fast it goes."""


def test_a_setting_is_declared_once_and_found_everywhere(empty_study: StudyFolder) -> None:
    read = read_settings('[workbench]\nmost_lines = 7\n[import]\ntempo = "quick"\n', CONFIG, WithToys)
    assert isinstance(read, WithToys)
    assert (read.most_lines, read.pace) == (7, "quick")
    with pytest.raises(ConfigError) as refused:
        read_settings("[study]\n\n[workbench]\nmost_lines = 1\n", CONFIG, WithToys)
    assert str(refused.value) == 'quotegrid.toml, line 4: "most_lines" must be a whole number from 2 to 9.'
    with pytest.raises(ConfigError, match=r'line 2: "tempo" cannot be "x"\. It is one of slow, quick\.'):
        read_settings('[import]\ntempo = "x"\n', CONFIG, WithToys)

    empty_study.take_settings(WithToys(**dict(empty_study.settings)))
    listed = {record["name"]: record for record in setting_records(empty_study)}
    assert listed["workbench.most_lines"] == {
        "name": "workbench.most_lines",
        "value": "4",
        "default": "4",
        "what": "At most this many lines are shown.",
    }
    assert "import.tempo" not in listed
    assert change_setting(empty_study, "most_lines", "5") == "Lines of a passage: 5."
    assert isinstance(empty_study.settings, WithToys)
    assert empty_study.settings.most_lines == 5

    comments = config_text("T", model=WithToys)
    assert "# Lines of a passage. At most this many lines are shown.\n# most_lines = 4\n" in comments
    assert '# How fast it goes.\n# tempo = "slow"\n' in comments
    page = settings_page(WithToys)
    assert (
        "| `most_lines` * | a whole number from 2 to 9 | `4` | "
        "Lines of a passage. At most this many lines are shown. |\n"
    ) in page
    assert '| `tempo` | one of slow, quick | `"slow"` | How fast it goes. |\n' in page


def test_the_page_of_settings_is_what_the_settings_say() -> None:
    page = (REPOSITORY / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_page(), "write it again: make docs"


def test_every_setting_says_what_it_does() -> None:
    assert [setting.name for setting in settings_of() if not setting.help.endswith(".")] == []


@pytest.mark.parametrize("setting", settings_of(), ids=lambda setting: setting.name)
def test_what_a_new_study_shows_of_a_setting_can_be_used(setting: Setting) -> None:
    text = config_text("T")
    if setting.entries:
        shown = setting.example
        assert "".join(f"# {line}\n" for line in shown.splitlines()) in text
    else:
        line = re.search(rf"^(?:# )*({setting.key} = .*)$", text, re.MULTILINE)
        assert line is not None
        shown = f"[{setting.section}]\n{line[1]}\n"
    assert setting.attribute in read_settings(shown, CONFIG).model_fields_set


def test_a_changed_setting_stands_below_the_comment_that_shows_it(empty_study: StudyFolder) -> None:
    file = empty_study.root / "quotegrid.toml"
    change_setting(empty_study, "look", "light")
    assert '# look = "dark"\nlook = "light"\n' in file.read_text(encoding="utf-8")
    file.write_text("[study]\n# coder = 1\n[import]\n# coder = 2\n", encoding="utf-8")
    change_setting(empty_study, "coder", "Jo")
    change_setting(empty_study, "look", "high contrast")
    assert file.read_text(encoding="utf-8") == (
        '[study]\n# coder = 1\ncoder = "Jo"\n[import]\n# coder = 2\n\n[workbench]\nlook = "high contrast"\n'
    )
