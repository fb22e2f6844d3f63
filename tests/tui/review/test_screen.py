from __future__ import annotations

import re

import pytest
from docx import Document
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.tui.app import Workbench
from quotegrid.tui.help.screen import HelpScreen
from quotegrid.tui.review.candidate_list import CandidateList
from quotegrid.tui.review.passage_view import PassageView
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.suggest import suggest_codes


def logged(study: StudyFolder) -> list[tuple[str, int, str | None]]:
    return [
        (decision["decision"], decision["segment"], decision["code"]) for decision in decision_records(study)
    ]


def shown(app: Workbench, part: str) -> str:
    return str(app.screen.query_one(part, Static).render())


def segment(app: Workbench) -> int:
    item = app.review.current()
    assert item is not None
    return item.quote.id


def chosen(app: Workbench) -> str:
    candidate = app.screen.query_one(CandidateList).chosen
    assert candidate is not None
    return candidate.code


async def test_the_first_waiting_segment_is_shown_with_who_speaks_and_what_was_asked(
    suggested: StudyFolder,
) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Ada Stone" in shown(app, "#who")
        assert "Headteacher · school · Westhay" in shown(app, "#who")
        assert "What did the money change?" in shown(app, "#before")
        assert "it is a quick fix" in shown(app, "#passage")


async def test_what_is_not_speech_is_dimmed_in_its_brackets(empty_study: StudyFolder) -> None:
    path = empty_study.root / "corpus" / "ray.txt"
    said = "It is a quick fix [laughs] for us."
    path.write_text(f"I: Why?\n\nP1: {said}\n\nI: And?\n\nP1: No.\n", encoding="utf-8")
    import_sources(empty_study, [path], ReadingOptions())
    suggest_codes(empty_study, at_least=0.0)
    app = Workbench(empty_study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        content = app.screen.query_one("#passage", Static).visual
        assert isinstance(content, Content)
        assert content.plain == said
        dim = [content.plain[span.start : span.end] for span in content.spans if span.style == "dim"]
        assert dim == ["[laughs]"]


async def test_memos_on_the_segment_are_shown_with_their_author(empty_study: StudyFolder) -> None:
    path = empty_study.root / "corpus" / "ray.docx"
    document = Document()
    document.add_paragraph("I: Why?")
    remarked = document.add_paragraph("P1: ").add_run("It is a quick fix.")
    document.add_comment(remarked, text="See [red]P2[/red]", author="Jo Field", initials="JF")
    for words in ("I: And?", "P1: No."):
        document.add_paragraph(words)
    document.save(str(path))
    import_sources(empty_study, [path], ReadingOptions())
    suggest_codes(empty_study, at_least=0.0)
    app = Workbench(empty_study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(app, "#memos") == "Memo (Jo Field): See [red]P2[/red]"
        await pilot.press("n")
        assert not app.screen.query_one("#memos").display


async def test_accept_is_stored_before_the_next_code_is_shown(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first, code = segment(app), chosen(app)
        await pilot.press("a")
        assert logged(suggested) == [("accept", first, code)]
        assert chosen(app) != code


async def test_reject_and_skip_are_stored_and_skip_leaves_the_segment(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first, code = segment(app), chosen(app)
        await pilot.press("r", "s")
        assert logged(suggested) == [("reject", first, code), ("skip", first, None)]
        assert segment(app) != first


async def test_when_all_codes_of_a_segment_are_decided_the_next_one_is_shown(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first = segment(app)
        await pilot.press("a", "r", "r")
        assert [decision[0] for decision in logged(suggested)] == ["accept", "reject", "reject"]
        assert segment(app) != first


async def test_undo_takes_back_any_number_and_returns_to_the_segment(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first = segment(app)
        await pilot.press("a", "r", "r", "s")
        assert segment(app) != first
        await pilot.press("u", "u", "u", "u")
        assert segment(app) == first
        item = app.review.current()
        assert item is not None
        assert all(candidate.waits for candidate in item.candidates)
        await pilot.press("u")
        assert "nothing to undo" in shown(app, "#place")
        assert [decision[0] for decision in logged(suggested)][4:] == ["undo"] * 4


async def test_redo_brings_again_what_was_undone_until_something_new_is_decided(
    suggested: StudyFolder,
) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first = segment(app)
        await pilot.press("a", "r", "u", "u", "ctrl+r")
        assert segment(app) == first
        assert "Restored: accept" in shown(app, "#place")
        assert len(list_quotes(suggested, codes=[logged(suggested)[0][2] or ""])) == 1
        await pilot.press("ctrl+r", "ctrl+r")
        assert "nothing to redo" in shown(app, "#place")
        await pilot.press("u", "s", "ctrl+r")
        assert "nothing to redo" in shown(app, "#place")
        assert [decision[0] for decision in logged(suggested)] == [
            *("accept", "reject", "undo", "undo", "undo", "undo", "undo", "skip"),
        ]


async def test_a_code_is_chosen_by_typing_part_of_its_name(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first = segment(app)
        await pilot.press("c")
        assert isinstance(app.screen, ChooseCodeScreen)
        await pilot.press(*"wait")
        assert app.screen.query_one(Input).value == "wait"
        await pilot.press("enter")
        await pilot.pause()
        assert logged(suggested)[-1][1:] == (first, "long wait")
        assert segment(app) == first


async def test_a_code_is_also_found_by_one_of_its_terms(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", *"patch", "enter")
        await pilot.pause()
        assert logged(suggested)[-1][2] == "quick fix"


async def test_escape_leaves_the_choice_without_a_decision(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "q", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, ChooseCodeScreen)
        assert logged(suggested) == []


async def test_a_code_applied_by_hand_can_be_taken_off(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first = segment(app)
        await pilot.press("c", *"Families", "enter")
        await pilot.pause()
        assert app.review.current().quote.codes == ("Families",)  # type: ignore[union-attr]
        while chosen(app) != "Families":
            await pilot.press("down")
        await pilot.press("r")
        assert logged(suggested) == [("apply", first, "Families"), ("remove", first, "Families")]


def stances(study: StudyFolder) -> dict[int, dict[str, tuple[Stance, ...]]]:
    return {quote.id: dict(quote.stances) for quote in list_quotes(study) if quote.stances}


async def test_a_confirmed_code_takes_one_stance_after_the_other_and_undo_takes_them_back(
    suggested: StudyFolder,
) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(100, 30)) as pilot:
        first, code = segment(app), chosen(app)
        await pilot.press("a", "up")
        assert chosen(app) == code
        seen: list[dict[int, dict[str, tuple[Stance, ...]]]] = []
        for stance in (*Stance, None):
            await pilot.press("t")
            await pilot.pause()
            assert chosen(app) == code
            expected: dict[int, dict[str, tuple[Stance, ...]]] = {}
            if stance is not None:
                expected[first] = {code: (stance,)}
            assert stances(suggested) == expected
            seen.append(expected)
            line = str(app.screen.query_one(CandidateList).get_option_at_index(0).prompt)
            assert line.endswith(f"confirmed, {stance.value}" if stance else "confirmed")
            assert (stance.value if stance else "no stance") in shown(app, "#place")
        for before in (*reversed(seen[:-1]), {}):
            await pilot.press("u")
            await pilot.pause()
            assert "Took back: mark" in shown(app, "#place")
            assert stances(suggested) == before
        assert [decision[0] for decision in logged(suggested)] == ["accept", *["mark"] * 4, *["undo"] * 4]


async def test_what_only_waits_or_was_rejected_takes_no_stance(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("t")
        assert "needs a confirmed code" in shown(app, "#place")
        await pilot.press("r", "up", "t")
        assert [decision[0] for decision in logged(suggested)] == ["reject"]
        assert stances(suggested) == {}


async def test_another_coders_confirmation_takes_a_stance_only_with_ones_own(
    suggested: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_segment(suggested, 1, Action.APPLY, "Families", stance=Stance.SUPPORTS)
    monkeypatch.setenv("QUOTEGRID_CODER", "second")
    app = Workbench(suggested)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.review.go_to(1)
        app.screen.query_one(CandidateList).highlighted = 3
        await pilot.press("t")
        await pilot.pause()
        assert len(logged(suggested)) == 1


async def test_next_and_back_decide_nothing(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        first = segment(app)
        await pilot.press("n")
        assert segment(app) != first
        await pilot.press("b")
        assert segment(app) == first
        await pilot.press("b")
        assert "first passage" in shown(app, "#place")
        assert logged(suggested) == []


async def test_evidence_is_marked_in_the_words_and_explained(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        while chosen(app) != "quick fix":
            await pilot.press("down")
        await pilot.pause()
        content = app.screen.query_one("#passage", Static).content
        marked = {str(content)[span.start : span.end] for span in content.spans}  # type: ignore[union-attr]
        assert "quick fix" in marked
        assert any("it is a quick fix" in words for words in marked)
        assert "Nearest to" in shown(app, "#evidence")


async def test_progress_counts_decisions_by_group_and_code(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("a")
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = shown(app, "#progress-text")
        assert re.search(r"school\s+[█░]+\s+1/\d+\s+1", text)
        assert re.search(r"parent\s+[█░]+\s+0/\d+\s+0", text)


async def test_progress_is_one_key_away_in_a_narrow_window(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        panel = app.screen.query_one("#progress")
        assert panel.size.height == 0
        await pilot.press("p")
        await pilot.pause()
        assert panel.size.height > 5
        assert app.screen.query_one(PassageView).size.height == 0


async def test_help_lists_the_keys_and_closes(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)


async def test_text_from_a_source_is_never_markup_nor_a_terminal_escape(empty_study: StudyFolder) -> None:
    from quotegrid.corpus.sources.read_source import ReadingOptions
    from quotegrid.workflows.sources.import_sources import import_sources
    from quotegrid.workflows.suggestions.suggest import suggest_codes

    file = empty_study.root / "corpus" / "odd.txt"
    file.write_text(
        "I: So?\n\nANN: It is [red]a quick fix[/red] \x1b[31mand[/] [/nonsense] waits.\n", encoding="utf-8"
    )
    import_sources(empty_study, [file], ReadingOptions())
    suggest_codes(empty_study, at_least=0.0)
    app = Workbench(empty_study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = shown(app, "#passage")
        assert "[red]a quick fix[/red]" in text
        assert "\x1b" not in text
        assert "␛[31m" in text


async def test_an_empty_study_says_what_to_do_instead_of_showing_nothing(empty_study: StudyFolder) -> None:
    app = Workbench(empty_study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "r", "s", "u", "c", "n", "b")
        assert "i  import transcripts" in shown(app, "#place") or "nothing to undo" in shown(app, "#place")
        assert logged(empty_study) == []


async def test_suggesting_runs_in_the_background_and_shows_its_result(study: StudyFolder) -> None:
    app = Workbench(study)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not app.review.has_suggestions
        await pilot.press("g")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.review.has_suggestions
        assert "suggestions for" in shown(app, "#place")
        app.post_message(Workbench.StudyChanged(Change((), is_rebuilt=True)))
        await pilot.pause()
        assert "suggestions for" in shown(app, "#place")


async def test_segments_without_suggestions_can_be_read_and_coded(study: StudyFolder) -> None:
    app = Workbench(study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "down", "down", "enter")
        await pilot.pause()
        first = segment(app)
        await pilot.press("c", *"quick", "enter")
        await pilot.pause()
        assert logged(study) == [("apply", first, "quick fix")]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_every_size_shows_the_words_and_the_codes(
    suggested: StudyFolder, size: tuple[int, int]
) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.screen.query_one(PassageView).size.height >= 3
        assert app.screen.query_one(CandidateList).size.height >= 1
        assert app.screen.query_one(OptionList).option_count == 3


async def test_what_was_decided_is_there_when_the_workbench_opens_again(suggested: StudyFolder) -> None:
    first = Workbench(suggested)
    async with first.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "r", "r")
    again = Workbench(suggested)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert segment(again) != logged(suggested)[0][1]
        await pilot.press("b")
        item = again.review.current()
        assert item is not None
        assert [candidate.decision for candidate in item.candidates] == [
            Action.ACCEPT,
            Action.REJECT,
            Action.REJECT,
        ]


async def test_a_key_marks_the_source_of_the_passage_as_read_and_stays_there(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        before = segment(app)
        await pilot.press("R")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert '"head.md" is read to the end.' in shown(app, "#place")
        assert segment(app) == before
        await pilot.press("u")
        await pilot.pause()
        assert 'Took back the mark that "head.md" is read to the end.' in shown(app, "#place")
        assert not any(entry.counts for entry in read_history(suggested, kind="read"))
