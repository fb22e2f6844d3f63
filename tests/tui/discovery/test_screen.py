from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from quotegrid.domain.suggestions.candidate_themes import ThemeState
from quotegrid.tui.app import Workbench
from quotegrid.tui.discovery.screen import ThemesScreen
from quotegrid.tui.widgets.quote_list import QuoteList
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.candidate_themes import theme_named, themes
from tests.tui.settling import settled
from tests.workflows.suggestions.test_candidate_themes import discovered, interviewed

__all__ = ["discovered", "interviewed"]

SIZES = [(80, 24), (160, 50)]
Compare = Callable[..., bool]


def screen(app: Workbench) -> ThemesScreen:
    assert isinstance(app.screen, ThemesScreen)
    return app.screen


def place(app: Workbench) -> str:
    return str(app.screen.query_one("#place", Static).content)


async def test_themes_are_discovered_beside_everything_else(interviewed: StudyFolder) -> None:
    app = Workbench(interviewed, start="themes")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.query_one("#no-themes").display
        assert "d discovers some" in place(app)
        await pilot.press("d")
        await settled(pilot)
        await settled(pilot)
        assert not app.screen.query_one("#no-themes").display
        chosen = screen(app).chosen
        assert chosen is not None and chosen.name == "leaking bucket"
        assert len(themes(interviewed)) == app.screen.query_one("#themes", OptionList).option_count


async def test_the_quotes_of_a_theme_are_under_headings_and_open_in_their_transcript(
    discovered: StudyFolder,
) -> None:
    app = Workbench(discovered, start="themes")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        told = str(app.screen.query_one("#theme-summary", Static).content)
        assert told.startswith("leaking bucket")
        quotes = app.screen.query_one(QuoteList)
        assert list(quotes._headings.values())[:2] == [
            "In these words",
            "In these words, but negated and reported",
        ]
        await pilot.press("tab", "down", "enter")
        await settled(pilot)
        assert app.current_mode == "read"


async def test_a_theme_becomes_a_code_and_undo_takes_it_back(discovered: StudyFolder) -> None:
    app = Workbench(discovered, start="themes")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("a", "end", *"s", "enter")
        await pilot.press("down", "enter")
        await settled(pilot)
        code = current_codebook(discovered).get("leaking buckets")
        assert code is not None and code.parent == "Money"
        assert theme_named(discovered, "leaking bucket").state is ThemeState.ACCEPTED
        assert "Added “leaking buckets” below “Money”." in place(app)
        await pilot.press("u")
        await settled(pilot)
        assert current_codebook(discovered).get("leaking buckets") is None
        assert theme_named(discovered, "leaking bucket").state is ThemeState.OPEN
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert theme_named(discovered, "leaking bucket").state is ThemeState.ACCEPTED


async def test_a_theme_goes_into_a_code(discovered: StudyFolder) -> None:
    app = Workbench(discovered, start="themes")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("g", *"quick", "enter")
        await settled(pilot)
        assert theme_named(discovered, "leaking bucket").code == "quick fix"


@pytest.mark.parametrize(("key", "state"), [("s", ThemeState.SET_ASIDE), ("x", ThemeState.REFUSED)])
async def test_what_is_decided_on_leaves_the_list_until_it_is_asked_for(
    discovered: StudyFolder, key: str, state: ThemeState
) -> None:
    app = Workbench(discovered, start="themes")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        count = app.screen.query_one("#themes", OptionList).option_count
        await pilot.press(key)
        await settled(pilot)
        assert theme_named(discovered, "leaking bucket").state is state
        assert app.screen.query_one("#themes", OptionList).option_count == count - 1
        await pilot.press("f", "end")
        await settled(pilot)
        chosen = screen(app).chosen
        assert chosen is not None and chosen.name == "leaking bucket"
        await pilot.press("o")
        await settled(pilot)
        assert theme_named(discovered, "leaking bucket").state is ThemeState.OPEN


async def test_a_theme_is_renamed(discovered: StudyFolder) -> None:
    app = Workbench(discovered, start="themes")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r", "ctrl+u", *"money lost", "enter")
        await settled(pilot)
        assert theme_named(discovered, "money lost").saying == 4


async def test_keys_do_nothing_where_there_is_no_theme(interviewed: StudyFolder) -> None:
    app = Workbench(interviewed, start="themes")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("a", "g", "m", "s", "x", "r", "o", "enter")
        await settled(pilot)
        assert app.current_mode == "themes"
        assert themes(interviewed) == []


@pytest.mark.parametrize(("size", "theme"), zip(SIZES, ("quotegrid-dark", "quotegrid-light"), strict=True))
def test_how_themes_look(
    discovered: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(discovered, start="themes"), run_before=look, terminal_size=size)
