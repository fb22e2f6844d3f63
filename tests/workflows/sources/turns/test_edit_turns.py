"""Turns are put right, also after coding: codings keep their words, and an undo restores everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, fold
from quotegrid.domain.text.words import word_places
from quotegrid.errors import QuotegridError, UnknownNameError, UsageError
from quotegrid.storage import tables
from quotegrid.storage.coding.decision_log import decision_log
from quotegrid.storage.coding.decisions import coder_id, set_aside
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.segments import code_range
from quotegrid.workflows.coding.undo import redo, redo_in_words, undo, undo_in_words
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_turns import turn_records
from quotegrid.workflows.sources.turns.edit_turns import (
    TurnEdit,
    TurnEditSummary,
    asides_in,
    edit_turns,
    give_turn,
    join_turn,
    leave_out_turn,
    leave_out_words,
    mark_asking,
    split_turn,
)
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.conftest import HEAD, StudyTemplates
from tests.profiles import examples

ON_BOTH_ENGINES = True
WARD = """\
Interviewer: How was the night shift on the ward?

Mary: We were two nurses for thirty beds. Nobody answered the bells. Tom: That is a patch on a wound. It buys
time for the managers, and that is all that it buys.

Note: The porter came at four with the linen, for the first time in a week.

Interviewer: And after that?

Mary: After that I slept. Months of waiting for a rota.

Ann: I had a quick fix of coffee.
"""
NAME = "ward.txt"


def _import_ward(study: StudyFolder) -> None:
    for name, text in ((NAME, WARD), ("head.md", HEAD)):
        (study.root / "corpus" / name).write_text(text, encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())
    suggest_codes(study, at_least=0.0)


@pytest.fixture
def ward(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """A study with an interview in which "Tom:" stands within a turn, and a typist's note in another."""
    yield from studies.opened(studies.derived(studies.empty, _import_ward), tmp_path)


def said(study: StudyFolder) -> list[tuple[str | None, bool, str]]:
    return [(turn["speaker"], turn["asks"], turn["text"]) for turn in turn_records(study, NAME)]


def coded(study: StudyFolder) -> list[tuple[str | None, tuple[str, ...], str]]:
    return [
        (quote.case, tuple(quote.codes), quote.text)
        for quote in list_quotes(study, coded=True)
        if quote.source == NAME
    ]


def passage(study: StudyFolder, words: str) -> int:
    return next(quote.id for quote in list_quotes(study) if words in quote.text)


def edit(study: StudyFolder, change: TurnEdit) -> TurnEditSummary:
    return edit_turns(study, NAME, change)


def contents(study: StudyFolder) -> dict[str, Any]:
    """Return all that a study counts, without the numbers of rows that nobody sees."""
    with study.reading_session() as session:
        codings = session.exec(select(tables.CodingRow)).all()
        segments = session.exec(select(tables.SegmentRow)).all()
        cases = dict(session.exec(select(tables.CaseRow.id, tables.CaseRow.guid)).all())
        suggestions = session.exec(select(tables.SuggestionRow)).all()
        return {
            "turns": turn_records(study),
            "segments": sorted(
                (row.id, row.guid, cases.get(row.case_id), row.start, row.end) for row in segments
            ),
            "codings": sorted(row.model_dump_json(exclude={"id"}) for row in codings),
            "suggestions": sorted(row.model_dump_json(exclude={"id"}) for row in suggestions),
            "cases": sorted(
                row.model_dump_json(exclude={"id"}) for row in session.exec(select(tables.CaseRow))
            ),
        }


def test_a_turn_read_wrong_is_put_right_after_coding_and_back(ward: StudyFolder) -> None:
    decide_segment(ward, passage(ward, "patch on a wound"), Action.APPLY, "quick fix")
    before = contents(ward)
    done = edit(ward, split_turn(WARD.index("Tom:"), "Tom"))
    assert done.what == f"Split a turn at {WARD.index('Tom:')} in ward.txt."
    assert done.notes == (
        "1 coding was cut where turns now begin and end; each part keeps its words.",
        '"quick fix" (tester) is set aside: "Tom:" is no participant\'s now.',
        '"Tom" is a new case.',
    )
    assert ("Tom", False, WARD[WARD.index("That is a patch") : WARD.index("\n\nInterviewer: And")]) in said(
        ward
    )
    assert coded(ward) == [
        ("Mary", ("quick fix",), "We were two nurses for thirty beds. Nobody answered the bells."),
        (
            "Tom",
            ("quick fix",),
            "That is a patch on a wound. It buys\ntime for the managers, and that is all that it buys.",
        ),
    ]
    after = contents(ward)
    assert undo_in_words(ward).startswith("Took back an edit of turns: split a turn at")
    assert contents(ward) == before
    assert redo_in_words(ward).startswith("Restored an edit of turns: split a turn at")
    assert {**contents(ward), "suggestions": []} == {**after, "suggestions": []}
    told = [entry.what for entry in read_history(ward, kind="turns")]
    assert told[0] == f"split a turn at {WARD.index('Tom:')} in ward.txt"
    assert len(told) == 3


def test_who_asks_is_context_and_no_data_until_it_is_given_back(ward: StudyFolder) -> None:
    decide_segment(ward, passage(ward, "coffee"), Action.APPLY, "quick fix")
    done = edit(ward, mark_asking(5, asks=True))
    assert '"Ann" says nothing any more, and is no case now.' in done.notes
    assert asides_in(ward, NAME) == (
        '"quick fix" (tester) is set aside: "I had a quick fix of coffee." is no participant\'s now.',
    )
    assert coded(ward) == []
    assert not [quote for quote in list_quotes(ward) if "coffee" in quote.text]
    edit(ward, mark_asking(5, asks=False))
    assert coded(ward) == [("Ann", ("quick fix",), "I had a quick fix of coffee.")]
    assert asides_in(ward, NAME) == ()


def test_all_turns_of_a_label_are_given_at_once(ward: StudyFolder) -> None:
    edit(ward, give_turn(2, "ada stone", all_of_label=True))
    assert {case for _, case in ((turn["speaker"], turn["case"]) for turn in turn_records(ward, NAME))} == {
        None,
        "Ada Stone",
        "Ann",
    }


def test_words_that_nobody_says_leave_the_passages(ward: StudyFolder) -> None:
    start = WARD.index("Note:")
    edit(ward, leave_out_words(start, WARD.index("\n\nInterviewer: And")))
    assert not [quote for quote in list_quotes(ward) if "porter" in quote.text]
    edit(ward, leave_out_turn(1))
    assert said(ward)[0][0] == "Mary"


def test_joined_turns_keep_their_passages_and_a_label_between_is_no_words(ward: StudyFolder) -> None:
    edit(ward, split_turn(WARD.index("Tom:"), "Tom"))
    ids = [quote.id for quote in list_quotes(ward)]
    edit(ward, give_turn(3, "Mary"))
    edit(ward, join_turn(3))
    assert [quote.id for quote in list_quotes(ward)] == ids
    assert all("Tom:" not in quote.text for quote in list_quotes(ward))


def test_a_coding_that_was_cut_is_one_quote_again_once_a_turn_holds_it(ward: StudyFolder) -> None:
    number = passage(ward, "patch on a wound")
    decide_segment(ward, number, Action.APPLY, "quick fix")
    start = WARD.index("Nobody")
    code_range(ward, NAME, start, WARD.index("It buys"), "long wait")
    before, passages = coded(ward), [(quote.id, quote.text) for quote in list_quotes(ward)]
    edit(ward, split_turn(WARD.index("That is a"), "Tom"))
    edit(ward, split_turn(WARD.index("time for the managers"), "Ann"))
    cut = contents(ward)
    assert [codes for _, codes, _ in coded(ward)].count(("quick fix",)) == 3
    done = edit(ward, join_turn(4))
    assert "2 parts of codings that had been cut belong together again." in done.notes
    edit(ward, join_turn(3))
    assert coded(ward) == before
    assert [(quote.id, quote.text) for quote in list_quotes(ward)] == passages
    undo(ward)
    undo(ward)
    assert {**contents(ward), "suggestions": []} == {**cut, "suggestions": []}
    edit(ward, join_turn(3))
    assert [words[:11] for _, codes, words in coded(ward) if codes == ("quick fix",)] == [
        "We were two",
        "time for th",
    ]


def test_what_was_decided_on_a_part_stays_when_the_parts_are_joined(ward: StudyFolder) -> None:
    number = passage(ward, "patch on a wound")
    decide_segment(ward, number, Action.APPLY, "quick fix")
    edit(ward, split_turn(WARD.index("That is a"), "Tom"))
    part = passage(ward, "time for the managers")
    decide_segment(ward, part, Action.APPLY, "long wait")
    decide_segment(ward, part, Action.REMOVE, "quick fix")
    edit(ward, join_turn(3))
    assert [(codes, words[:11]) for _, codes, words in coded(ward)] == [
        (("quick fix",), "We were two"),
        (("long wait",), "That is a p"),
    ]


def test_a_turn_that_others_changed_meanwhile_is_left_alone(ward: StudyFolder) -> None:
    from quotegrid.storage.sources.turns.turn_edits import placed_turns

    with ward.reading_session() as session:
        number = session.exec(select(tables.SourceRow.id).where(tables.SourceRow.name == NAME)).one() or 0
        seen = [place.turn for place in placed_turns(session, number)]
    edit(ward, give_turn(5, "Mary"))
    before = contents(ward)
    with pytest.raises(UsageError, match=r"tester has changed the turns of ward\.txt meanwhile"):
        edit_turns(ward, NAME, give_turn(1, "Ann"), expected=seen)
    assert contents(ward) == before


def test_an_undo_is_refused_once_others_have_changed_the_same_turns(
    ward: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(ward, give_turn(5, "Mary"))
    with monkeypatch.context() as context:
        context.setenv("QUOTEGRID_CODER", "ben")
        edit(ward, give_turn(5, "Ann"))
    before = contents(ward)
    with pytest.raises(UsageError, match=r"the turns that it changed have been changed again since"):
        undo(ward)
    assert contents(ward) == before


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (give_turn(99, "Ann"), "there is no turn 99 here"),
        (give_turn(2, "  "), "a turn needs a speaker"),
        (give_turn(2, "Mary"), "that would change nothing"),
        (join_turn(1), "there is none before it"),
        (split_turn(3), "nobody speaks here"),
        (split_turn(WARD.index("nurses") + 2), "in the middle of"),
        (split_turn(WARD.index("We were")), "the turn begins or ends here"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(ward: StudyFolder, change: TurnEdit, match: str) -> None:
    with pytest.raises(UsageError, match=match):
        edit(ward, change)


def test_a_source_that_is_not_there_is_named(ward: StudyFolder) -> None:
    with pytest.raises(UnknownNameError, match=r"wrad\.txt"):
        edit_turns(ward, "wrad.txt", give_turn(1, "Ann"))


def test_reading_the_file_again_keeps_the_edits(ward: StudyFolder) -> None:
    edit(ward, split_turn(WARD.index("Tom:"), "Tom"))
    before = contents(ward)
    import_sources(ward, [ward.root / "corpus"], ReadingOptions(interviewer="Ann"))
    assert contents(ward) == before


def letters(study: StudyFolder, *, only_counting: bool) -> dict[tuple[int, int], set[int]]:
    """The letters of words of the ward's text on which each coder's codes stand, by the log alone."""
    found: dict[tuple[int, int], set[int]] = {}
    with study.writing_session("looking") as session:
        rows = {
            stored_id(row.id): row for row in session.exec(select(tables.AnySegmentRow)) if row.kind == "turn"
        }
        coder = coder_id(session, "tester")
        aside = set_aside(session, set(rows))
        for coding in fold(decision_log(session, set(rows), coder)):
            row = rows[coding.segment]
            if only_counting and coding.segment in aside:
                continue
            places = found.setdefault((coding.code, row.source_id), set())
            for start, end in word_places(_text(session, row.source_id)):
                places.update(range(max(start, row.start), min(end, row.end)))
    return found


def _text(session: Session, source: int) -> str:
    return session.get_one(tables.SourceRow, source).text


EDITS = st.one_of(
    st.builds(
        give_turn, st.integers(1, 8), st.sampled_from(["Ann", "Mary", "Zoe"]), all_of_label=st.booleans()
    ),
    st.builds(
        split_turn, st.sampled_from([place for place, _ in word_places(WARD)]), st.sampled_from(["", "Zoe"])
    ),
    st.builds(join_turn, st.integers(1, 8)),
    st.builds(mark_asking, st.integers(1, 8), asks=st.booleans(), all_of_label=st.booleans()),
    st.builds(leave_out_turn, st.integers(1, 8), all_of_label=st.just(False)),
    st.builds(
        lambda first, last: leave_out_words(min(first[0], last[0]), max(first[1], last[1])),
        st.sampled_from(word_places(WARD)),
        st.sampled_from(word_places(WARD)),
    ),
    st.sampled_from([undo, redo]),
)


@pytest.mark.dear
@settings(examples(60, quick=12), suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(EDITS, min_size=1, max_size=8), at=st.sampled_from(["nurses", "porter", "slept"]))
def test_any_edits_and_undos_keep_the_words_of_codings(
    studies: StudyTemplates, tmp_path_factory: pytest.TempPathFactory, deeds: list[Any], at: str
) -> None:
    study = next(
        opened := studies.opened(studies.derived(studies.empty, _import_ward), tmp_path_factory.mktemp("s"))
    )
    decide_segment(study, passage(study, at), Action.APPLY, "quick fix")
    start = WARD.index("Nobody")
    code_range(study, NAME, start, WARD.index("It buys"), "long wait")
    words, before = letters(study, only_counting=False), contents(study)
    codings = [(quote.start, quote.end, quote.codes) for quote in list_quotes(study, coded=True)]
    made = 0
    for deed in deeds:
        try:
            edited = edit(study, deed) if isinstance(deed, TurnEdit) else deed(study)
        except QuotegridError:
            continue
        if not isinstance(deed, TurnEdit) and edited is not None:
            made += -1 if deed is undo else 1
        elif isinstance(deed, TurnEdit):
            made += 1
        if made < 0:
            redo(study)
            made = 0
        assert letters(study, only_counting=False) == words
        _check_recount(study)
        _check_quotes(study, codings)
    for _ in range(made):
        undo(study)
    assert contents(study) == before
    next(opened, None)


def _check_quotes(study: StudyFolder, codings: list[tuple[int, int, tuple[str, ...]]]) -> None:
    """Compare the quotes of each code with the participants' turns that hold words of what was coded."""
    expected: Counter[str] = Counter()
    for start, end, codes in codings:
        words = [place for place in word_places(WARD) if start <= place[0] and place[1] <= end]
        holding = {
            turn["number"]
            for turn in turn_records(study, NAME)
            if not turn["asks"] and any(turn["start"] <= first < turn["end"] for first, _ in words)
        }
        expected.update({code: len(holding) for code in codes if holding})
    quotes: Counter[str] = Counter(code for quote in list_quotes(study, coded=True) for code in quote.codes)
    assert quotes == expected


def _check_recount(study: StudyFolder) -> None:
    """Compare what is stored with what follows from the log and the turns alone."""
    counting = letters(study, only_counting=True)
    with study.reading_session() as session:
        stored: dict[tuple[int, int], set[int]] = {}
        in_use = {row.id: row for row in session.exec(select(tables.SegmentRow))}
        turns = {row.id: row for row in session.exec(select(tables.TurnRow))}
        for coding in session.exec(select(tables.CodingRow)):
            row = in_use[coding.segment_id]
            assert (coding.start, coding.end) == (row.start, row.end)
            places = stored.setdefault((coding.code_id, row.source_id), set())
            for start, end in word_places(_text(session, row.source_id)):
                places.update(range(max(start, row.start), min(end, row.end)))
        assert stored == counting
        passages: Counter[tuple[int, int]] = Counter()
        for segment in in_use.values():
            turn = turns[segment.turn_id or 0]
            assert turn.start <= segment.start < segment.end <= turn.end
            assert not turn.is_interviewer
            assert segment.case_id == turn.case_id
            if segment.made_by_id is None:
                passages.update((segment.source_id, place) for place in range(segment.start, segment.end))
        assert set(passages.values()) <= {1}
        places_of: dict[int, list[int]] = {}
        for turn in sorted(turns.values(), key=lambda turn: turn.start):
            places_of.setdefault(turn.source_id, []).append(turn.position)
        assert all(places == list(range(len(places))) for places in places_of.values())
