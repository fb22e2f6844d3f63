from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.widgets.quote_list import QuoteList
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.memos.list import memo_records
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.tui.settling import settled


@asynccontextmanager
async def quotes(study: StudyFolder, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[None]]:
    app = Workbench(study)
    async with app.run_test(size=size) as pilot:
        await pilot.press("6")
        await settled(pilot)
        yield pilot


def place(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#place", Static).render())


def drawn(pilot: Pilot[None]) -> str:
    view = pilot.app.screen.query_one(QuoteList)
    return "\n".join(view.render_line(y).text.rstrip() for y in range(view.size.height))


async def ask(pilot: Pilot[None], query: str) -> None:
    await pilot.press("slash")
    pilot.app.screen.query_one(Input).value = query
    await pilot.press("enter")
    await settled(pilot)


async def test_without_a_query_every_quote_is_there_with_who_says_it(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        assert "5 quotes by 2 cases   1 to 5" in place(pilot)
        assert "Headteacher, Westhay" in drawn(pilot)
        assert "Fourteen months on the waiting list." in drawn(pilot)


async def test_a_query_is_asked_while_it_is_typed_and_its_words_are_completed(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        await pilot.press("slash", *"gr", "tab")
        field = pilot.app.screen.query_one(Input)
        assert field.value == "group:"
        options = pilot.app.screen.query_one("#completions", OptionList)
        shown = [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]
        assert shown == ["parent", "school", "none", "*"]
        await pilot.press("down", "enter")
        assert field.value == "group:school"
        for _ in range(100):
            # It is asked when the typing has paused.
            if "3 quotes by 1 case" in place(pilot):
                break
            await pilot.pause(0.05)
        assert "3 quotes by 1 case" in place(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one(QuoteList)


async def test_what_cannot_be_read_is_said_and_what_was_found_stays(
    study: StudyFolder,
) -> None:
    async with quotes(study) as pilot:
        await ask(pilot, "group:school AND (")
        said = str(pilot.app.screen.query_one("#query-error", Static).render())
        assert "column" in said
        assert pilot.app.screen.query_one(Input).value == "group:school AND ("
        assert "Headteacher, Westhay" in drawn(pilot)
        await ask(pilot, "group:nobody")
        assert 'no group "nobody"' in str(pilot.app.screen.query_one("#query-error", Static).render())
        await ask(pilot, "text:zebra")
        assert "Nothing fits." in place(pilot)
        assert not pilot.app.screen.query_one("#query-error").display


async def test_headings_count_what_is_under_them(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        await pilot.press("o", "down", "enter")
        await settled(pilot)
        assert "school: 3 quotes" in drawn(pilot)
        await pilot.press("end")
        assert "parent: 2 quotes" in drawn(pilot)


async def test_a_code_is_applied_to_all_that_are_picked_in_one_step(
    study: StudyFolder,
) -> None:
    async with quotes(study) as pilot:
        await pilot.press("space", "space")
        assert "2 picked" in place(pilot)
        await pilot.press("c", *"long", "enter")
        await settled(pilot)
        assert "Coded “long wait”: 2 quotes." in place(pilot)
        assert [quote.id for quote in list_quotes(study, coded=True)] == [1, 2]
        await pilot.press("u")
        await settled(pilot)
        assert list_quotes(study, coded=True) == []
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert len(list_quotes(study, coded=True)) == 2
        await pilot.press("asterisk", "x")
        await settled(pilot)
        assert list_quotes(study, coded=True) == []


async def test_a_code_is_applied_to_all_that_fit_after_they_are_shown(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "long wait")
    async with quotes(study) as pilot:
        await ask(pilot, "group:school")
        await pilot.press("a", *"long", "enter")
        await settled(pilot)
        shown = str(pilot.app.screen.query_one("#read-lines Static", Static).render())
        assert "3 passages fit; 1 of them have “long wait” by you already" in shown
        await pilot.press("n")
        await settled(pilot)
        assert len(list_quotes(study, coded=True)) == 1
        await pilot.press("a", *"long", "enter")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert "Applied “long wait” to 2 passages" in place(pilot)
        assert [quote.id for quote in list_quotes(study, codes=["long wait"])] == [1, 2, 3]
        await pilot.press("u")
        await settled(pilot)
        assert [quote.id for quote in list_quotes(study, coded=True)] == [1]


async def test_recoding_stance_and_memo_are_of_the_quote_under_the_cursor(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 1, Action.APPLY, "long wait")
    async with quotes(study) as pilot:
        await pilot.press("t", "enter")
        await settled(pilot)
        await pilot.press("x", "down", "enter")
        await settled(pilot)
        made = [(decision["decision"], decision["code"]) for decision in decision_records(study)][2:]
        assert made == [("mark", "quick fix"), ("remove", "long wait")]
        await pilot.press("m", "enter")
        await settled(pilot)
        await pilot.press(*"Sharp", "ctrl+s")
        await settled(pilot)
        await pilot.press("m", "down", "enter")
        await settled(pilot)
        await pilot.press(*"Fits", "ctrl+s")
        await settled(pilot)
        kept = [(memo["segment"], memo["on"], memo["code"], memo["text"]) for memo in memo_records(study)]
        assert kept == [(1, "passage", None, "Sharp"), (1, "coding", "quick fix", "Fits")]
        assert "Memo (tester): Sharp" in drawn(pilot)
        assert "[quick fix: supports]" in drawn(pilot)


async def test_a_quote_is_copied_with_its_attribution_and_without_the_name(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        await pilot.press("end", "y")
        assert pilot.app.clipboard.endswith("(Parent, Eastlow)")
        assert "RAY" not in pilot.app.clipboard
        assert "Copied 1 quote." in place(pilot)


async def test_enter_shows_it_in_its_transcript_and_escape_leads_back(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        await pilot.press("down", "enter")
        await settled(pilot)
        assert pilot.app.current_mode == "read"
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.current_mode == "quotes"
        assert "▸  Headteacher" in drawn(pilot)


async def test_a_query_is_saved_and_asked_again(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        await pilot.press("ctrl+s")
        assert "no query to save" in place(pilot)
        await ask(pilot, "group:parent")
        await pilot.press("ctrl+s", *"families", "enter")
        await settled(pilot)
        await ask(pilot, "")
        await pilot.press("at", "enter")
        await settled(pilot)
        assert "2 quotes by 1 case" in place(pilot)
    again = open_study(study.root)
    assert again.settings.queries == {"families": "group:parent"}
    again.close()


async def test_what_fits_is_exported_and_nothing_foreign_is_written_over(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        await ask(pilot, "group:parent")
        await pilot.press("e")
        pilot.app.screen.query_one(Input).value = "exports/parents.json"
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert "Wrote 2 quotes to exports/parents.json. Not for publication." in place(pilot)
        written = json.loads((study.root / "exports" / "parents.json").read_text(encoding="utf-8"))
        assert [quote["group"] for quote in written] == ["parent", "parent"]
        (study.root / "mine.md").write_text("my own words", encoding="utf-8")
        await pilot.press("e")
        pilot.app.screen.query_one(Input).value = "mine.md"
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
    assert (study.root / "mine.md").read_text(encoding="utf-8") == "my own words"


async def test_an_exemplar_is_marked_and_shown(study: StudyFolder) -> None:
    async with quotes(study) as pilot:
        await pilot.press("g")
        await settled(pilot)
        assert "needs a confirmed code" in place(pilot)
        decide_segment(study, 1, Action.APPLY, "quick fix")
        await ask(pilot, "text:patch")
        await pilot.press("escape", "g")
        await settled(pilot)
        assert "Marked as an exemplar of “quick fix”." in place(pilot)
        assert "exemplar of quick fix" in drawn(pilot)
        await pilot.press("g")
        await settled(pilot)
        assert "exemplar of quick fix" not in drawn(pilot)
