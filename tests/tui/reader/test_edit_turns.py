"""Turns are put right where they are read, and what was unsure is ticked off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import OptionList

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.reader.transcript_view import TranscriptView
from quotegrid.tui.reader.turn_menu import HOW_TO_SPLIT
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_turns import turn_records
from quotegrid.workflows.sources.turns.edit_turns import edit_turns, give_turn, leave_out_words
from quotegrid.workflows.sources.turns.unsure import unsure_things
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates
from tests.tui.reader.test_screen import bench, coded, reading, said, selected
from tests.tui.settling import settled

MILL = """\
Cook: Where do you buy the bread for the kitchen?

Lena: At the mill on the river. It is dear but it keeps. Paul: I bake it at home. It is a patch, no more.

Cook: And the flour? Is it from there?

Lena: From the mill as well. The miller knows us.
"""


def _import_mill(study: StudyFolder) -> None:
    (study.root / "corpus" / "mill.txt").write_text(MILL, encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())


@pytest.fixture
def mill(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """A study with a talk in which what Paul says is read as Lena's."""
    yield from studies.opened(studies.derived(studies.empty, _import_mill), tmp_path)


def spoken(study: StudyFolder) -> list[tuple[str | None, bool]]:
    return [(turn["speaker"], turn["asks"]) for turn in turn_records(study)]


async def test_a_turn_is_split_at_the_cursor_and_given_to_a_new_speaker(mill: StudyFolder) -> None:
    decide_segment(mill, list_quotes(mill)[0].id, Action.APPLY, "quick fix")
    async with reading(mill) as pilot:
        app = bench(pilot)
        await pilot.press("e")
        await settled(pilot)
        menu = app.screen.query_one(OptionList)
        titles = [str(menu.get_option_at_index(place).prompt) for place in range(menu.option_count)]
        assert not any(title.startswith("Split here") for title in titles)
        menu.highlighted = titles.index(HOW_TO_SPLIT)
        await pilot.press("enter")
        await settled(pilot)
        assert HOW_TO_SPLIT in said(app)
        await pilot.press("w", "w", *["down"] * 12)
        await settled(pilot)
        assert selected(app) == "Paul:"
        await pilot.press("e", "down")
        await settled(pilot)
        menu = app.screen.query_one(OptionList)
        titles = [str(menu.get_option_at_index(place).prompt) for place in range(menu.option_count)]
        split = next(place for place, title in enumerate(titles) if title.startswith("Split here"))
        menu.highlighted = split
        await pilot.press("enter", *"Paul", "enter")
        await settled(pilot)
        assert spoken(mill) == [
            ("Cook", True),
            ("Lena", False),
            ("Paul", False),
            ("Cook", True),
            ("Lena", False),
        ]
        assert "1 coding was cut" in said(app)
        assert [quotes for quotes, _ in coded(mill)] == [
            "At the mill on the river. It is dear but it keeps.",
            "I bake it at home. It is a patch, no more.",
        ]
        assert "of 5" in said(app)
        await pilot.press("u")
        await settled(pilot)
        assert len(spoken(mill)) == 4
        assert len(coded(mill)) == 1
        assert "of 4" in said(app)


async def test_what_was_unsure_is_gone_to_put_right_and_ticked_off(mill: StudyFolder) -> None:
    before = unsure_things(mill)
    assert [(thing.line, thing.done) for thing in before] == [(1, False)]
    async with reading(mill) as pilot:
        app = bench(pilot)
        await pilot.press("1")
        await settled(pilot)
        offers = app.screen.query_one("#offers", OptionList)
        told = [str(offers.get_option_at_index(place).prompt) for place in range(offers.option_count)]
        offers.highlighted = told.index("Look at 1 place that imports were unsure about")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert selected(app) == "Where do you buy the bread for the kitchen?"
        assert "Unsure: " in said(app, "#about")
        await pilot.press("e")
        await settled(pilot)
        assert "tick it off" in str(app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        await pilot.press("enter")
        await settled(pilot)
        assert unsure_things(mill) == []
        assert "Unsure: " not in said(app, "#about")
        await pilot.press("U")
        await settled(pilot)
        assert "Nothing is unsure" in said(app)
        await pilot.press("u")
        await settled(pilot)
        assert unsure_things(mill) == before


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(mill: StudyFolder) -> None:
    async with reading(mill) as pilot:
        app = bench(pilot)
        await pilot.press("e")
        await settled(pilot)
        edit_turns(mill, "mill.txt", give_turn(4, "Ann"))
        menu = app.screen.query_one(OptionList)
        titles = [str(menu.get_option_at_index(place).prompt) for place in range(menu.option_count)]
        menu.highlighted = titles.index("Turn 2 is nobody's")
        await pilot.press("enter")
        await settled(pilot)
        assert [label for label, _ in spoken(mill)] == ["Cook", "Lena", "Cook", "Ann"]
        notices = [notice.message for notice in app._notifications]
        assert any("has changed the turns of mill.txt meanwhile" in notice for notice in notices)


async def test_what_nobody_says_is_shown_and_given_to_a_speaker(mill: StudyFolder) -> None:
    edit_turns(mill, "mill.txt", leave_out_words(MILL.index("It is a patch"), MILL.index("\n\nCook: And")))
    async with reading(mill) as pilot:
        app = bench(pilot)
        await pilot.press("down")
        await settled(pilot)
        assert selected(app) == "It is a patch, no more."
        assert "nobody's words" in said(app)
        view = app.screen.query_one(TranscriptView)
        lines = [view.render_line(y).text.split() for y in range(view.size.height)]
        assert [line[0] for line in lines if line and line[0].isdecimal()] == ["1", "2", "3", "4"]
        assert any(line[:1] == ["(nobody's)"] for line in lines)
        await pilot.press("c")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "What interviewers or nobody says is not coded." in said(app)
        await pilot.press("e", "enter")
        await settled(pilot)
        await pilot.press(*"Paul", "enter")
        await settled(pilot)
        assert ("Paul", False) in spoken(mill)
        assert "of 5" in said(app)
