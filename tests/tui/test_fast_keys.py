"""Keys that come faster than a screen follows: bursts, as fast typists and pastes send them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.command import CommandList
from textual.css.query import NoMatches
from textual.pilot import Pilot, WaitForScreenTimeout
from textual.widgets import Input, Label, OptionList, Static

from quotegrid.domain.coding.review import Walk
from quotegrid.tui.app import Workbench
from quotegrid.tui.codebook.screen import CodebookScreen
from quotegrid.tui.first_run.screen import FirstRunScreen
from quotegrid.tui.first_run_app import FirstRun
from quotegrid.tui.guarded_app import GuardedApp
from quotegrid.tui.palette import Palette
from quotegrid.tui.places import PLACES
from quotegrid.tui.reader.transcript_view import TranscriptView
from quotegrid.tui.review.filter_passages import FilterPassagesScreen
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.leave_screen import LeaveScreen
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import CodebookEdit
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.memos.list import memo_records
from quotegrid.workflows.study.change_settings import changeable_settings
from quotegrid.workflows.study.folder import StudyFolder
from tests.profiles import often
from tests.tui.settling import settled

SECONDS = float(os.environ.get("QUOTEGRID_BURST_SECONDS", often(20, quick=0)))
"""The time for which bursts are sent in all; once at every door however long that takes."""
SEED = 7
KEYS = [
    *"123456789arscmtnbfoeuvwxgpkdihjlyAP0",
    *"slash question_mark left_square_bracket right_square_bracket left_curly_bracket".split(),
    *"right_curly_bracket vertical_line asterisk plus minus ctrl+r ctrl+p ctrl+s ctrl+n ctrl+t".split(),
    *"enter enter escape up down left right tab shift+tab space pageup pagedown home end".split(),
]
FIRST_KEYS = "enter down up pageup pagedown home end tab ctrl+p backspace".split()
"""Keys of the first run that write no name: it makes a study wherever it is told to."""
MODES = {place.key: place.mode for place in PLACES}
DOORS = [
    (place, door)
    for place, doors in {
        "1": "i ctrl+p",
        "2": "c f o m e question_mark",
        "3": "slash g o m",
        "4": "a e s h",
        "5": "enter w t f",
        "6": "slash o e",
        "7": "a",
        "8": "enter",
        "9": "enter s m o r p",
    }.items()
    for door in ("", *doors.split())
]
"""A place, and a key that opens a dialog there; empty for the place itself."""


def send(app: App[Any], *keys: str) -> None:
    """Send keys as a paste does: all at once, without waiting for what any of them does."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_a_list_that_is_not_drawn_yet_can_be_paged_through(study: StudyFolder) -> None:
    app = Workbench(study, start="settings")
    async with app.run_test() as pilot:
        await settled(pilot)
        options = ChoiceList("first", "second", "third")
        options.display = False
        await app.screen.mount(options)
        assert not options.has_lines
        options.action_page_down()
        assert options.highlighted == 2
        options.action_page_up()
        assert options.highlighted == 0


async def test_a_click_on_an_option_that_is_gone_does_nothing(study: StudyFolder) -> None:
    app = Workbench(study, start="settings")
    async with app.run_test() as pilot:
        await settled(pilot)
        options = app.screen.query_one("#settings", ChoiceList)
        options.clear_options()
        # The list has not been drawn since: the terminal still shows the options.
        await pilot.click(options, offset=(2, 2))
        assert options.highlighted is None


async def test_a_message_about_an_option_that_is_gone_is_passed_over(suggested: StudyFolder) -> None:
    chosen: list[str | None] = []
    app = Workbench(suggested)
    async with app.run_test() as pilot:
        await settled(pilot)
        dialog = ChooseCodeScreen(current_codebook(suggested))
        await app.push_screen(dialog, chosen.append)
        options = dialog.query_one(ChoiceList)
        last = options.option_count - 1
        stale = options.get_option_at_index(last)
        dialog.query_one(Input).value = "quick"
        await pilot.pause()
        assert options.option_count < last
        options.post_message(OptionList.OptionHighlighted(options, stale, last))
        options.post_message(OptionList.OptionSelected(options, stale, last))
        options.post_message(OptionList.OptionSelected(options, stale, 0))
        await settled(pilot)
        assert app.screen is dialog
        await pilot.press("enter")
        await settled(pilot)
        assert chosen == ["quick fix"]


async def test_enter_twice_at_once_answers_a_dialog_once(suggested: StudyFolder) -> None:
    answers: list[object] = []
    app = Workbench(suggested)
    async with app.run_test() as pilot:
        await settled(pilot)
        below = app.screen
        for dialog in (ChooseOneScreen("Order", ["a", "b"]), AskTextScreen("Name", "x")):
            await app.push_screen(dialog, answers.append)
            send(app, "enter", "enter")
            await settled(pilot)
            assert app.screen is below
        assert answers == [0, "x"]


async def test_a_dialog_that_another_covers_is_not_answered(suggested: StudyFolder) -> None:
    answers: list[object] = []
    app = Workbench(suggested)
    async with app.run_test() as pilot:
        await settled(pilot)
        lower, upper = AskTextScreen("Lower", "x"), AskTextScreen("Upper", "y")
        await app.push_screen(lower, answers.append)
        await app.push_screen(upper, answers.append)
        lower.dismiss("x")
        await settled(pilot)
        assert app.screen is upper
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert answers == ["y", "x"]


async def test_enter_twice_at_once_opens_one_dialog(tmp_path: Path) -> None:
    app = FirstRun(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        send(app, "enter", "enter")
        await settled(pilot)
        assert sum(isinstance(screen, AskTextScreen) for screen in app.screen_stack) == 1
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, FirstRunScreen)


async def test_the_palette_runs_what_is_chosen_once(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"Skip the passage for now")
        await settled(pilot)
        palette = app.screen
        assert isinstance(palette, Palette)
        send(app, "enter", "enter", "enter")
        await settled(pilot)
        assert app.screen is not palette
        assert [record["decision"] for record in decision_records(suggested)] == ["skip"]


async def test_the_palette_opens_and_closes_as_fast_as_its_key_is_pressed(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test() as pilot:
        await settled(pilot)
        below = app.screen
        send(app, *["ctrl+p", "pagedown", "x", "pageup", "escape"] * 5)
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is below


async def test_keys_wait_until_the_screen_that_they_go_to_is_laid_out(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test() as pilot:
        await settled(pilot)
        dialog = FilterPassagesScreen(Walk())

        async def open_and_press() -> None:
            app.push_screen(dialog)
            await app.on_event(events.Key("down", None))

        app.call_later(open_and_press)
        await settled(pilot)
        assert dialog.query_one(OptionList).highlighted == 1


async def test_a_transcript_that_is_not_drawn_yet_can_be_paged_through(suggested: StudyFolder) -> None:
    app = Workbench(suggested, start="read")
    async with app.run_test() as pilot:
        await settled(pilot)
        before = app.reading.query_one(TranscriptView)
        view = TranscriptView()
        view.display = False
        await app.screen.mount(view, before=before)
        await before.remove()
        for key in ("pagedown", "pageup", "home", "end", "down", "up"):
            await pilot.press(key)
        assert view.offset_on(3, 17) == 17
        assert app.screen is app.reading


async def test_what_is_told_of_long_work_waits_until_the_screen_is_laid_out(suggested: StudyFolder) -> None:
    app = Workbench(suggested, start="overview")
    async with app.run_test() as pilot:
        await settled(pilot)
        screen = CodebookScreen(suggested)
        screen.show_job("Suggesting")
        with pytest.raises(NoMatches):
            screen.query_one("#job")
        await app.push_screen(screen)
        assert "Suggesting" in str(screen.query_one("#job", Static).render())


async def test_enter_acts_where_the_keys_before_have_moved_the_cursor(
    suggested: StudyFolder, tmp_path: Path
) -> None:
    first = FirstRun(tmp_path)
    async with first.run_test() as pilot:
        await settled(pilot)
        send(first, "down", "enter")
        await settled(pilot)
        assert isinstance(first.screen, AskTextScreen)
        assert (
            "demonstration"
            in str(first.screen.query(Static).first().render()) + first.screen.query_one(Input).value
        )
    app = Workbench(suggested, start="settings")
    async with app.run_test() as pilot:
        await settled(pilot)
        send(app, "down", "down", "enter")
        await settled(pilot)
        assert app.screen_stack[-2].query_one("#settings", ChoiceList).highlighted == 2
        assert isinstance(app.screen, ChooseOneScreen | AskTextScreen)
        third = changeable_settings()[2].title
        assert third in " ".join(str(label.render()) for label in app.screen.query(Label))


async def test_changes_of_one_burst_are_all_made_in_their_order(suggested: StudyFolder) -> None:
    made: list[int] = []

    def change(number: int) -> CodebookEdit:
        time.sleep(0.01 * (5 - number))
        made.append(number)
        return CodebookEdit("")

    app = Workbench(suggested, start="codebook")
    async with app.run_test() as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, CodebookScreen)
        for number in range(5):
            screen._change(partial(change, number))
        await settled(pilot)
    assert made == [0, 1, 2, 3, 4]


async def left(app: App[Any]) -> None:
    """Wait until an application has been left, and what it still had to do is done."""
    until = time.monotonic() + 10
    while app.return_code is None and time.monotonic() < until:
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)


async def leave(app: GuardedApp[Any]) -> None:
    """Leave an application as its key does: the end of a test cuts off a dialog that is being opened."""
    await app.action_quit()
    await left(app)


async def test_a_memo_that_is_saved_at_once_holds_all_that_was_typed(suggested: StudyFolder) -> None:
    app = Workbench(suggested, start="overview")
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("m")
        await settled(pilot)
        send(app, *"Begun", "ctrl+s")
        await settled(pilot)
        await settled(pilot)
        assert [memo["text"] for memo in memo_records(suggested)] == ["Begun"]
        await pilot.press("m")
        await settled(pilot)
        send(app, *"More", "escape")
        await settled(pilot)
        assert isinstance(app.screen, LeaveScreen)


async def test_keys_after_leaving_open_nothing(suggested: StudyFolder) -> None:
    for keys in (["q", "c"], ["q", "4"]):
        app = Workbench(suggested)
        async with app.run_test() as pilot:
            await settled(pilot)
            send(app, *keys)
            await left(app)
        assert app.return_code == 0


async def test_leaving_waits_for_a_dialog_that_is_being_opened(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test() as pilot:
        await settled(pilot)

        async def open_and_leave() -> None:
            app.push_screen(ChooseOneScreen("Order", ["a", "b"]))
            await app.action_quit()

        app.call_later(open_and_leave)
        await left(app)
    assert app.return_code == 0


async def follow(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Wait until every key is answered, on a busy machine also for longer than Textual waits."""
    for _ in range(9):
        with contextlib.suppress(WaitForScreenTimeout):
            return await pilot.pause(delay)
    await pilot.pause(delay)


async def close_all(pilot: Pilot[Any]) -> None:
    """Close every screen above the lowest, as keys would: what a burst has left open keeps no door shut."""
    while len(pilot.app.screen_stack) > 1:
        pilot.app.screen.dismiss()
        await follow(pilot)


async def burst(pilot: Pilot[Any], chance: random.Random) -> None:
    for options in pilot.app.screen.query(OptionList):
        assert isinstance(options, ChoiceList | CommandList)
    send(pilot.app, *(chance.choice(KEYS) for _ in range(chance.randint(3, 25))))
    await follow(pilot, chance.choice([0, 0.02, 0.1]))


async def test_bursts_of_keys_end_no_screen_and_no_dialog(suggested: StudyFolder) -> None:
    chance = random.Random(SEED)  # noqa: S311 - keys, not secrets
    until = time.monotonic() + SECONDS
    opened: set[str] = set()
    app = Workbench(suggested, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        is_first_round = True
        while is_first_round or time.monotonic() < until:
            for place, door in DOORS:
                if not is_first_round and time.monotonic() >= until:
                    break
                await close_all(pilot)
                await app.run_action(f"go('{MODES[place]}')")
                await close_all(pilot)
                if door:
                    # The burst comes at once, while the dialog that the key opens is not laid out yet.
                    send(app, door)
                    await pilot.pause()
                opened.add(type(app.screen).__name__)
                await burst(pilot, chance)
            is_first_round = False
        await leave(app)
    assert app.return_code == 0
    assert len(opened) >= len(MODES) + 3


async def test_bursts_of_keys_do_not_break_the_first_run(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - keys, not secrets
    for number in range(6):
        folder = tmp_path / str(number)
        folder.mkdir()
        app = FirstRun(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            send(app, *chance.choices(FIRST_KEYS, k=chance.randint(3, 25)))
            await follow(pilot)
            if app.return_code is None:
                await leave(app)
        if app.return_value is not None:
            app.return_value.close()
