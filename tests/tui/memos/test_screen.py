from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Markdown, OptionList, Static, TextArea

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.tui.app import Workbench
from quotegrid.tui.codebook.code_list import CodeList
from quotegrid.tui.keys import bindings_of
from quotegrid.tui.memos.screen import MemosScreen
from quotegrid.tui.places import PLACES
from quotegrid.tui.widgets.write_memo import WriteMemoScreen
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.memos.list import memo_records
from quotegrid.workflows.coding.memos.write import write_memo
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.settling import settled


def said(pilot: Pilot[None], part: str) -> str:
    return str(pilot.app.screen.query_one(part, Static).render())


def lines(pilot: Pilot[None]) -> list[str]:
    listed = pilot.app.screen.query_one(OptionList)
    return [str(listed.get_option_at_index(place).prompt) for place in range(listed.option_count)]


def told(study: StudyFolder) -> list[tuple[str, str]]:
    return [(memo["on"], memo["text"]) for memo in memo_records(study)]


@pytest.fixture
def noted(study: StudyFolder) -> StudyFolder:
    """A study with a memo on each kind of thing that can be gone to, and an entry of the diary."""
    write_memo(study, MemoSubject.STUDY, "", "# Began\n\nWith [[quick fix]]. [red]Not markup[/red]")
    write_memo(study, MemoSubject.CODE, "quick fix", "A code.")
    write_memo(study, MemoSubject.CASE, "RAY MOSS", "A case.")
    write_memo(study, MemoSubject.SOURCE, "parent.txt", "A source.")
    write_memo(study, MemoSubject.PASSAGE, "2", "A passage.")
    return study


async def test_the_diary_the_code_and_the_source_get_memos_which_are_changed_deleted_and_undone(
    study: StudyFolder,
) -> None:
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("m", *"Began", "ctrl+s")
        await settled(pilot)
        assert "Began" in said(pilot, "#figures")
        await pilot.press("u")
        await settled(pilot)
        assert told(study) == []
        assert 'Took back a memo: "Began".' in said(pilot, "#place")
        await pilot.press("4")
        await settled(pilot)
        codes = app.screen.query_one(CodeList)
        assert codes.chosen is not None
        name = codes.chosen.code.name
        await pilot.press("m", *"Broad", "ctrl+s")
        await settled(pilot)
        assert told(study) == [("code", "Broad")]
        assert codes.chosen is not None
        assert codes.chosen.code.name == name
        assert "✎" in str(codes.get_option_at_index(codes.highlighted or 0).prompt)
        assert "Memo (tester): Broad" in said(pilot, "#code")
        await pilot.press("m", *"er", "ctrl+s")
        await settled(pilot)
        assert told(study) == [("code", "Broader")]
        await pilot.press("m", "f7", "delete", "ctrl+s")
        await settled(pilot)
        assert told(study) == []
        assert "Deleted the memo; u brings it back." in said(pilot, "#place")
        await pilot.press("u")
        await settled(pilot)
        assert told(study) == [("code", "Broader")]
        await pilot.press("3")
        await settled(pilot)
        assert "✎" not in said(pilot, "#place")
        await pilot.press("S", *"Whole", "ctrl+s")
        await settled(pilot)
        assert told(study)[-1] == ("source", "Whole")
        assert "✎" in said(pilot, "#place")


async def test_m_writes_a_memo_on_every_screen(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        for place in PLACES:
            await settled(pilot)
            await pilot.press(place.key)
            await settled(pilot)
            keys = {binding.key: binding.action for binding in bindings_of(app.screen)}
            assert keys["m"] == "memo", place.name
        for key, keys_after in (("9", ["down"]), ("0", ["down"]), ("5", []), ("8", [])):
            await pilot.press(key)
            await settled(pilot)
            await pilot.press(*keys_after, "m")
            await settled(pilot)
            assert isinstance(app.screen, WriteMemoScreen), key
            await pilot.press(*f"On {key}", "ctrl+s")
            await settled(pilot)
    about = {memo["text"]: (memo["on"], memo["about"]) for memo in memo_records(study)}
    assert about == {
        "On 9": ("case", "RAY MOSS"),
        "On 0": ("source", "parent.txt"),
        "On 5": ("code", "Money"),
        "On 8": ("study", "the study"),
    }


async def test_what_others_wrote_and_what_speaks_of_a_thing_stands_below_as_markdown(
    noted: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTEGRID_CODER", "Bo")
    app = Workbench(noted, start="codebook")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down")
        codes = app.screen.query_one(CodeList)
        assert codes.chosen is not None
        assert codes.chosen.code.name == "quick fix"
        await pilot.press("m")
        await settled(pilot)
        assert isinstance(app.screen, WriteMemoScreen)
        assert app.screen.query_one(TextArea).text == ""
        shown = [str(heading.render()) for heading in app.screen.query(".memo-heading").results(Static)]
        assert shown == ["Other memos on it", "Memos that speak of it"]
        texts = [memo.source for memo in app.screen.query(Markdown)]
        assert texts == ["A code.", "# Began\n\nWith [[quick fix]]. [red]Not markup[/red]"]
        whole = " ".join(str(block.render()) for block in app.screen.query("MarkdownBlock").results(Static))
        assert "[red]Not markup[/red]" in whole


async def test_memos_are_searched_from_every_screen_and_lead_to_what_they_are_on(noted: StudyFolder) -> None:
    app = Workbench(noted, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("M")
        await settled(pilot)
        assert isinstance(app.screen, MemosScreen)
        assert [line.split("  ")[0].split(" ", 1)[1] for line in lines(pilot)] == [
            "passage 2 of head.md",
            "parent.txt",
            "RAY MOSS",
            "quick fix",
            "diary",
        ]
        await pilot.press(*"xyzzy")
        assert "No memo has these words." in said(pilot, "#memo-who")
        await pilot.press("escape")
        for word, mode in (
            ("code.", "codebook"),
            ("case.", "quotes"),
            ("source.", "read"),
            ("passage.", "read"),
        ):
            await pilot.press("M")
            await settled(pilot)
            await pilot.press(*word, "enter")
            await settled(pilot)
            assert app.current_mode == mode
            if mode == "codebook":
                chosen = app.screen.query_one(CodeList).chosen
                assert chosen is not None
                assert chosen.code.name == "quick fix"
            elif word == "source.":
                assert "parent.txt" in said(pilot, "#place")
        assert "Memo (tester): A passage." in said(pilot, "#about")
        await pilot.press("M")
        await settled(pilot)
        await pilot.press(*"began", "enter")
        await settled(pilot)
        assert isinstance(app.screen, WriteMemoScreen)
        await pilot.press("!", "ctrl+s")
        await settled(pilot)
        assert told(noted)[0][1].endswith("[/red]!")
        await pilot.press("M")
        await settled(pilot)
        await pilot.press(*"Ray", "ctrl+e")
        await settled(pilot)
        assert isinstance(app.screen, WriteMemoScreen)
        assert app.screen.query_one(TextArea).text == "A case."
