from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.review import Order, Walk, WalkScope, arranged
from quotegrid.errors import QueryError
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.review import (
    expected_gains,
    segments_in_order,
    sources_of_segments,
    waiting_suggestions,
)
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.suggestions.suggestions import change_suggestions, decided, list_suggestions, skipped
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.review.progress import ReviewProgress
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.study.folder import StudyFolder
from tests.profiles import examples

ON_BOTH_ENGINES = True

CODES = ("quick fix", "room to plan", "long wait", "Families")


def test_segments_are_walked_in_the_order_of_the_quotes(suggested: StudyFolder) -> None:
    with suggested.reading_session() as session:
        assert segments_in_order(session) == [quote.id for quote in load_quotes(session)]


steps = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from([Action.ACCEPT, Action.REJECT, Action.REMOVE, Action.SKIP]),
            st.integers(1, 5),
            st.sampled_from(CODES),
        ),
        st.just("undo"),
    ),
    max_size=12,
)


@examples(15, quick=6)
@given(steps=steps)
def test_what_waits_and_how_far_one_is_follow_from_the_log_after_any_decisions(
    suggested: StudyFolder, steps: list[tuple[Action, int, str] | str]
) -> None:
    for step in steps:
        if isinstance(step, str):
            undo(suggested)
        else:
            action, segment, code = step
            decide_segment(suggested, segment, action, None if action is Action.SKIP else code)
    with suggested.reading_session() as session:
        done = decided(session)
        suggestions = list_suggestions(session)
        quotes = load_quotes(session)
        waiting = waiting_suggestions(session)
        is_skipped = skipped(session)
    review = Review(suggested)
    review.load()
    left = [suggestion for suggestion in suggestions if (suggestion.segment, suggestion.code_id) not in done]
    assert {number: pending.count for number, pending in waiting.items()} == {
        segment: sum(suggestion.segment == segment for suggestion in left)
        for segment in {suggestion.segment for suggestion in left}
    }
    assert review.waiting == len(left)
    progress = ReviewProgress(suggested)
    for row in progress.by_code():
        made = [suggestion for suggestion in suggestions if suggestion.code == row.name]
        assert row.total == len(made)
        assert row.done == sum((decision.segment, decision.code_id) in done for decision in made)
        assert row.coded == sum(row.name in quote.codes for quote in quotes)
    of_group = {quote.id: quote.group or "not known" for quote in quotes}
    for row in progress.by_group():
        made = [suggestion for suggestion in suggestions if of_group[suggestion.segment] == row.name]
        assert (row.total, row.coded) == (
            len(made),
            sum(bool(quote.codes) for quote in quotes if of_group[quote.id] == row.name),
        )
    for segment in is_skipped:
        review.go_to(segment)
        item = review.current()
        assert item is not None
        assert item.is_skipped


def test_progress_kept_in_step_is_what_counting_again_finds(suggested: StudyFolder) -> None:
    review = Review(suggested)
    review.count_progress()
    kept = review.progress
    assert kept is not None
    for _ in range(4):
        item = review.current()
        assert item is not None
        review.accept(item.candidates[0].code)
        review.reject(item.candidates[1].code)
        review.apply("Families")
        review.reject("Families")
        review.go_to_next_waiting()
        again = ReviewProgress(suggested)
        assert review.progress is kept
        assert (kept.by_group(), kept.by_code()) == (again.by_group(), again.by_code())


def test_another_walk_keeps_the_segment_and_another_order_begins_anew(suggested: StudyFolder) -> None:
    review = Review(suggested)
    review.move(1)
    here = review.current()
    assert here is not None
    review.choose(Walk(WalkScope.ALL))
    again = review.current()
    assert again is not None
    assert again.quote.id == here.quote.id
    review.choose(Walk(WalkScope.WAITING, Order.CERTAIN))
    first = review.current()
    assert first is not None
    assert first.position == 1
    scores = []
    for _ in range(first.total):
        item = review.current()
        assert item is not None
        scores.append(
            next(
                candidate.suggestion.score
                for candidate in item.candidates
                if candidate.suggestion is not None
            )
        )
        review.move(1)
    assert scores == sorted(scores, reverse=True)


def test_a_query_narrows_the_walk_and_one_that_cannot_be_read_changes_nothing(suggested: StudyFolder) -> None:
    review = Review(suggested)
    everything = Walk(WalkScope.ALL)
    review.choose(everything)
    total = review.current().total  # type: ignore[union-attr]
    review.choose(Walk(WalkScope.ALL, query="group:school"))
    item = review.current()
    assert item is not None
    assert 0 < item.total < total
    assert item.quote.group == "school"
    with pytest.raises(QueryError):
        review.choose(Walk(WalkScope.ALL, query="group:("))
    assert review.walk.query == "group:school"
    review.choose(Walk(WalkScope.ALL, query="group:school text:nobodysaidthis"))
    assert review.current() is None
    assert review.go_to(1)
    assert review.walk.query == ""


def test_what_no_more_changes_the_matrix_comes_last(suggested: StudyFolder) -> None:
    review = Review(suggested)
    review.choose(Walk(WalkScope.WAITING, Order.MATRIX))
    first = review.current()
    assert first is not None and first.quote.case is not None
    code = first.candidates[0].code
    with suggested.reading_session() as session:
        before = expected_gains(session)
    assert before[first.quote.id] == max(before.values()) > 0
    review.accept(code)
    with suggested.reading_session() as session:
        after = expected_gains(session)
        of_case = [quote.id for quote in load_quotes(session) if quote.case == first.quote.case]
    assert all(after.get(segment, 0) < before[segment] for segment in of_case)
    others = set(before) - set(of_case)
    assert others and all(after[other] == before[other] for other in others)


def test_the_spread_order_knows_the_sources(suggested: StudyFolder) -> None:
    with suggested.writing_session("trying") as session:
        everything = segments_in_order(session)
        code = code_ids(session)["long wait"]
        evidence = {"nearest": None}
        scores = {
            segment: {code: (0.5 + place / 100, 1, evidence)} for place, segment in enumerate(everything)
        }
        change_suggestions(session, scores, "m")
    with suggested.reading_session() as session:
        waiting = waiting_suggestions(session)
        source_of = sources_of_segments(session)
    assert len(set(source_of.values())) == 2
    review = Review(suggested)
    walk = Walk(WalkScope.WAITING, Order.SPREAD)
    review.choose(walk)
    seen = []
    while (item := review.current()) is not None:
        seen.append(item.quote.id)
        if not review.move(1):
            break
    assert seen == arranged(everything, walk, waiting, source_of=source_of)
    assert seen != arranged(everything, Walk(WalkScope.WAITING, Order.UNCERTAIN), waiting)
