from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.reader.screen import ReadScreen
from quotegrid.tui.reader.transcript_view import TranscriptView
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.memos.list import memo_records
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.settling import settled


def said(app: Workbench, part: str = "#place") -> str:
    return str(app.screen.query_one(part, Static).render())


def selected(app: Workbench) -> str:
    screen = app.screen
    assert isinstance(screen, ReadScreen)
    assert screen._source is not None
    assert screen._cursor is not None
    return screen._source.text[slice(*screen._cursor.selected)]


def coded(study: StudyFolder) -> list[tuple[str, tuple[str, ...]]]:
    return [(quote.text, tuple(quote.codes)) for quote in list_quotes(study, coded=True)]


@asynccontextmanager
async def reading(study: StudyFolder, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    app = Workbench(study)
    async with app.run_test(size=size) as pilot:
        await pilot.press("3")
        await settled(pilot)
        yield pilot


def bench(pilot: Pilot[None]) -> Workbench:
    app = pilot.app
    assert isinstance(app, Workbench)
    return app


async def test_a_source_opens_at_its_first_passage_with_who_says_it(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        assert "head.md   turn 2 of 4   by passage" in said(app)
        assert selected(app).startswith("Honestly, it is a quick fix.")
        assert "Ada Stone · Headteacher · school · Westhay" in said(app, "#about")


async def test_it_moves_by_passage_sentence_word_and_turn(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("down")
        assert selected(app).startswith("It buys time, I will say that.")
        await pilot.press("w")
        await settled(pilot)
        assert selected(app) == "It buys time, I will say that."
        await pilot.press("j")
        await settled(pilot)
        assert selected(app) == "We had room to plan for one whole summer."
        await pilot.press("w", "down")
        await settled(pilot)
        assert selected(app) == "had"
        await pilot.press("w")
        await settled(pilot)
        assert selected(app).startswith("Honestly")
        assert selected(app).endswith("summer.")
        await pilot.press("home")
        assert selected(app) == "What did the money change?"
        await pilot.press("end", "up")
        assert selected(app) == "And the families?"


async def test_a_selection_of_words_is_coded_and_one_undo_takes_it_back(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("w", "w", "down", "shift+down", "shift+down", "shift+down", "shift+down")
        await settled(pilot)
        assert selected(app) == "it is a quick fix."
        await pilot.press("c", *"quick", "enter")
        await settled(pilot)
        assert coded(study) == [("it is a quick fix.", ("quick fix",))]
        assert "Coded: quick fix, tester" in said(app, "#about")
        await pilot.press("u")
        await settled(pilot)
        assert coded(study) == []
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert coded(study) == [("it is a quick fix.", ("quick fix",))]


async def test_a_selection_over_turns_codes_each_participants_part_together(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        await pilot.press("down", "shift+down", "shift+down", "c", *"wait", "enter")
        await settled(pilot)
        assert [text.split()[0] for text, _ in coded(study)] == ["It", "They"]
        await pilot.press("u")
        await settled(pilot)
        assert coded(study) == []


async def test_what_an_interviewer_says_is_never_coded(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("home", "c", *"wait", "enter")
        await settled(pilot)
        assert "What interviewers or nobody says is not coded." in said(app)
        assert decision_records(study) == []


async def test_suggestions_are_taken_or_refused_where_they_stand(
    suggested: StudyFolder,
) -> None:
    async with reading(suggested) as pilot:
        app = bench(pilot)
        assert "Suggested: quick fix?" in said(app, "#about")
        assert coded(suggested) == []
        await pilot.press("a", "r")
        await settled(pilot)
        made = [(decision["decision"], decision["segment"]) for decision in decision_records(suggested)]
        assert made == [("accept", 1), ("reject", 1)]
        assert "Coded: quick fix" in said(app, "#about")
        await pilot.press("end", "a", "a", "a", "a")
        await settled(pilot)
        assert "No suggestion waits here." in said(app)


async def test_a_code_is_taken_off_and_a_stance_turned(
    study: StudyFolder,
) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 1, Action.APPLY, "long wait")
    async with reading(study) as pilot:
        await pilot.press("t", "enter")
        await settled(pilot)
        await pilot.press("x", "down", "enter")
        await settled(pilot)
        made = [
            (decision["decision"], decision["code"], decision["stance"])
            for decision in decision_records(study)
        ][2:]
        assert made == [("mark", "quick fix", "supports"), ("remove", "long wait", None)]
        await pilot.press("x")
        await settled(pilot)
        assert coded(study) == []
        await pilot.press("x")
        assert "No code stands here" in said(bench(pilot))


async def test_a_memo_is_kept_on_what_is_selected(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("m", *"So candid", "ctrl+s")
        await settled(pilot)
        assert "Memo (tester): So candid" in said(app, "#about")
        await pilot.press("w", "w", "m", *"Odd word", "ctrl+s")
        await settled(pilot)
    kept = [(memo["segment"], memo["text"]) for memo in memo_records(study)]
    assert sorted(kept, key=str) == [(1, "So candid"), (None, "Odd word")]


async def test_a_memo_is_kept_on_a_coding_of_the_words(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for coder, code in (("bea", "quick fix"), ("cal", "quick fix"), ("bea", "long wait")):
        monkeypatch.setenv("QUOTEGRID_CODER", coder)
        decide_segment(study, 1, Action.APPLY, code)
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("m")
        await pilot.pause()
        shown = app.screen.query_one(OptionList)
        things = [str(shown.get_option_at_index(place).prompt) for place in range(shown.option_count)]
        assert things == ["the words themselves", "the coding “quick fix”", "the coding “long wait”"]
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        await pilot.press(*"Why wait", "ctrl+s")
        await settled(pilot)
        assert "Memo (tester) on “long wait”: Why wait" in said(app, "#about")
        # Two others have each made this one: nothing is written that could not be kept.
        await pilot.press("m", "down", "enter")
        await settled(pilot)
        assert app.screen is app.reading
    kept = [(memo["on"], memo["code"], memo["text"]) for memo in memo_records(study)]
    assert kept == [("coding", "long wait", "Why wait")]


async def test_a_memo_that_was_begun_is_not_lost_by_one_key(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        await pilot.press("m", "x", "escape", "n", "ctrl+s")
        await settled(pilot)
        assert [memo["text"] for memo in memo_records(study)] == ["x"]
        await pilot.press("m", "y", "escape", "y")
        await settled(pilot)
        assert len(memo_records(study)) == 1


async def test_n_goes_to_what_is_not_coded_yet_and_round_the_end(study: StudyFolder) -> None:
    decide_segment(study, 2, Action.APPLY, "room to plan")
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("n")
        assert selected(app).startswith("They sit on a waiting list.")
        await pilot.press("n")
        assert selected(app).startswith("Honestly")
        assert "Continued at the beginning." in said(app)
        await pilot.press("b")
        assert selected(app).startswith("They sit")
        await pilot.press("f", "down", "down", "enter")
        assert selected(app).startswith("It buys time")
        await pilot.press("f", *["down"] * 7, "enter")
        assert "n/b: long wait" in said(app)


async def test_a_search_goes_from_hit_to_hit_and_escape_ends_it(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("slash", *"WAITING", "enter")
        assert "2 places with “WAITING”." in said(app)
        assert selected(app) == "waiting"
        first = app.reading._cursor.selected  # type: ignore[union-attr]
        await pilot.press("n")
        assert app.reading._cursor.selected > first  # type: ignore[union-attr]
        await pilot.press("escape")
        assert "n/b: uncoded passages" in said(app)
        await pilot.press("slash", *"nowhere", "enter")
        assert "is not in this source" in said(app)


async def test_another_source_is_opened_and_one_returns_to_where_one_was(
    study: StudyFolder,
) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("down", "o", *"parent", "enter")
        await settled(pilot)
        assert "parent.txt" in said(app)
        assert selected(app).startswith("Fourteen months")
        await pilot.press("left_square_bracket")
        await settled(pilot)
        assert "head.md" in said(app)
        assert selected(app).startswith("It buys time")
        await pilot.press("left_square_bracket")
        await settled(pilot)
        assert "This is the first source." in said(app)


async def test_a_turn_is_gone_to_by_its_number(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("g", "4", "enter")
        assert selected(app).startswith("They sit")
        await pilot.press("g", "9", "enter")
        assert "Write a number from 1 to 4." in said(app)


async def test_the_mouse_selects_and_draws(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        app = bench(pilot)
        await pilot.press("w", "w")
        await settled(pilot)
        await pilot.mouse_down(TranscriptView, offset=(6 + len("Ada Stone: ") + 1, 2))
        await pilot.hover(TranscriptView, offset=(6 + len("Ada Stone: ") + 12, 2))
        await pilot.mouse_up(TranscriptView, offset=(6 + len("Ada Stone: ") + 12, 2))
        await settled(pilot)
        assert selected(app).startswith("Honestly,")


async def test_from_the_matrix_to_the_passage_and_back(study: StudyFolder) -> None:
    decide_segment(study, 2, Action.APPLY, "room to plan")
    app = Workbench(study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "read"
        assert selected(app).startswith("It buys time")
        await pilot.press("escape")
        await settled(pilot)
        assert app.current_mode == "matrix"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_text_of_any_kind_is_shown_at_any_size_and_never_obeyed(
    empty_study: StudyFolder, size: tuple[int, int]
) -> None:
    words = "It is [red]quick[/red] \x1b[31m fix " + "x" * 300 + " 漢字 👩\u200d🚀 שלום e\u0301."
    path = empty_study.root / "corpus" / "ray.txt"
    path.write_text(f"I: Why?\n\nP1: {words}\n\nI: And?\n\nP1: No.\n", encoding="utf-8")
    import_sources(empty_study, [path], ReadingOptions())
    async with reading(empty_study, size) as pilot:
        view = pilot.app.screen.query_one(TranscriptView)
        drawn = "".join(view.render_line(y).text for y in range(view.size.height))
        assert "[red]quick[/red]" in drawn
        assert "\x1b" not in drawn
        assert all(view.render_line(y).cell_length == view.size.width for y in range(view.size.height))


async def test_an_empty_study_says_what_to_do(empty_study: StudyFolder) -> None:
    async with reading(empty_study) as pilot:
        assert "1, then i imports transcripts" in said(bench(pilot), "#about")
        await pilot.press("down", "n", "c", "x", "a", "m", "w", "escape")


async def test_a_code_is_made_in_vivo_of_the_words_that_are_selected(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        await pilot.press("w")
        words = selected(bench(pilot))
        await pilot.press("v", "enter", "down", "enter")
        await settled(pilot)
        name = words.strip(" .")
        code = current_codebook(study).get(name)
        assert code is not None
        assert (code.parent, code.terms) == ("Money", (name,))
        assert coded(study) == [(words, (name,))]
        assert f"Coded “{name}”." in said(bench(pilot))
        await pilot.press("u", "u")
        await settled(pilot)
        assert coded(study) == []
        assert current_codebook(study).get(name) is None


async def test_a_name_in_vivo_that_is_taken_codes_nothing(study: StudyFolder) -> None:
    async with reading(study) as pilot:
        await pilot.press("v", "ctrl+u", *"quick fix", "enter", "enter")
        await settled(pilot)
        assert coded(study) == []
        assert any("is there" in str(notification.message) for notification in pilot.app._notifications)


async def test_a_key_marks_the_source_as_read_and_the_list_of_sources_shows_it(study: StudyFolder) -> None:
    async with reading(study, (120, 30)) as pilot:
        app = bench(pilot)
        await pilot.press("R")
        await settled(pilot)
        assert '"head.md" is read to the end.' in said(app)
        assert "head.md   read to the end   turn 2" in said(app)
        await pilot.press("o")
        await settled(pilot)
        lines = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert [" read " in line for line in lines] == [True, False]
        await pilot.press("escape", "u")
        await settled(pilot)
        assert "read to the end" not in said(app).replace("is read to the end.", "")
        await pilot.press("R", "R")
        await settled(pilot)
        assert [entry.counts for entry in read_history(study, kind="read")][-1]
