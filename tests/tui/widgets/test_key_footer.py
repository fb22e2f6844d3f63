from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Input, Static
from textual.widgets._footer import FooterKey

from quotegrid.tui.app import Workbench
from quotegrid.tui.importing.preview_list import PreviewList
from quotegrid.tui.places import PLACES
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.settling import settled

SURVEY = "Nr,Unit,What would you change on your ward and why?\n" + "".join(
    f"S{number},ward,More pumps at night please.\n" for number in range(6)
)


def last_line(app: Workbench) -> str:
    """The last line of the screen, after it is checked that each key on it is whole."""
    footer = app.screen.query_one(KeyFooter)
    keys = list(footer.query(FooterKey))
    assert all(key.region.right <= footer.region.right for key in keys)
    line = app.screen._compositor.render_strips()[-1].text
    for key in keys:
        assert f"{key.key_display} {key.description}" in line
    return line.rstrip()


async def test_no_key_is_cut_and_the_last_are_whole_on_every_screen(suggested: StudyFolder) -> None:
    app = Workbench(suggested, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        lines = {}
        for place in PLACES:
            await pilot.press(place.key)
            await settled(pilot)
            await pilot.pause()
            lines[place.mode] = last_line(app)
            bar = str(app.screen.query_one("#places", Static).render())
            assert all((other.short_name or other.name) in bar for other in PLACES)
        assert {line[-13:] for line in lines.values()} == {"? Help q Quit"}
        assert "e Who says it U Unsure" in lines["read"]
        assert "R Read to end" in lines["sources"] and "o Options" in lines["sources"]
        for width in (40, 160):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert last_line(app).endswith("? Help q Quit")
        assert len(last_line(app)) > 80


async def preview(pilot: Pilot[None], app: Workbench, path: str) -> PreviewList:
    await pilot.press("1", "i")
    await pilot.pause()
    app.screen.query_one(Input).value = path
    await pilot.press("enter")
    await pilot.pause()
    if path.endswith(".csv"):
        await pilot.press("a", "ctrl+s")
    for _ in range(200):
        if app.screen.query("#place") and "Ctrl+S" in str(app.screen.query_one("#place", Static).content):
            break
        await pilot.pause(0.05)
    await pilot.pause()
    return app.screen.query_one(PreviewList)


async def test_the_preview_of_an_import_shows_the_keys_of_its_line_and_how_to_go_on(
    study: StudyFolder,
) -> None:
    (study.root / "corpus" / "survey.csv").write_text(SURVEY, encoding="utf-8")
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        lines = await preview(pilot, app, "corpus/parent.txt")
        while lines.line is not None and not lines.line.label:
            await pilot.press("down")
        await pilot.pause()
        shown = last_line(app)
        assert shown.startswith("i Asks x No speaker l Labels")
        assert "^s Import" in shown and "esc Leave" in shown and shown.endswith("? Help q Quit")
        await pilot.press("escape")
        await pilot.pause()
        lines = await preview(pilot, app, "corpus/survey.csv")
        while lines.line is not None and not lines.line.column:
            await pilot.press("down")
        await pilot.pause()
        shown = last_line(app)
        assert "a Answer" in shown
        assert "^s Import" in shown and "esc Leave" in shown and shown.endswith("? Help q Quit")
