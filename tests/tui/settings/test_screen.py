from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from quotegrid.settings_reading import load_settings
from quotegrid.tui.app import Workbench
from quotegrid.tui.palettes import palette_of
from quotegrid.workflows.study.change_settings import changeable_settings
from quotegrid.workflows.study.folder import StudyFolder

SIZES = [(80, 24), (160, 50)]
Compare = Callable[..., bool]


async def on(pilot: Pilot[None], attribute: str) -> None:
    await pilot.press("home", *["down"] * place_of(attribute))


def place_of(attribute: str) -> int:
    return [setting.attribute for setting in changeable_settings()].index(attribute)


async def test_a_setting_is_changed_in_the_file(study: StudyFolder) -> None:
    app = Workbench(study, start="settings")
    async with app.run_test(size=(80, 24)) as pilot:
        await on(pilot, "threshold")
        assert "[suggestions] threshold" in str(app.screen.query_one("#setting-help", Static).content)
        await pilot.press("enter", "ctrl+u", *"0.4", "enter")
        await pilot.pause()
        assert load_settings(study.root / "quotegrid.toml").threshold == 0.4
        assert study.settings.threshold == 0.4
        assert "Least chance of a suggestion: 0.4." in str(app.screen.query_one("#place", Static).content)
        assert "0.4" in str(
            app.screen.query_one(OptionList).get_option_at_index(place_of("threshold")).prompt
        )


async def test_what_cannot_hold_is_told_and_changes_nothing(study: StudyFolder) -> None:
    app = Workbench(study, start="settings")
    before = (study.root / "quotegrid.toml").read_bytes()
    async with app.run_test(size=(80, 24)) as pilot:
        await on(pilot, "threshold")
        await pilot.press("enter", "ctrl+u", *"9", "enter")
        await pilot.pause()
        assert any("from 0 to 1" in str(notification.message) for notification in app._notifications)
        await pilot.press("enter", "escape")
        assert (study.root / "quotegrid.toml").read_bytes() == before


async def test_the_look_changes_at_once_and_is_there_at_the_next_start(study: StudyFolder) -> None:
    app = Workbench(study, start="settings")
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme == palette_of("dark")
        await on(pilot, "look")
        await pilot.press("enter", "down", "down", "enter")
        await pilot.pause()
        assert app.theme == palette_of("high contrast")
    again = Workbench(study, start="settings")
    async with again.run_test(size=(80, 24)):
        assert again.theme == palette_of("high contrast")


@pytest.mark.parametrize(
    ("size", "look"), [(SIZES[0], "dark"), (SIZES[1], "light"), (SIZES[0], "high contrast")]
)
def test_how_settings_look(
    study: StudyFolder, snap_compare: Compare, size: tuple[int, int], look: str
) -> None:
    async def show(pilot: Pilot[None]) -> None:
        pilot.app.theme = palette_of(look)
        await pilot.pause()

    assert snap_compare(Workbench(study, start="settings"), run_before=show, terminal_size=size)
