from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.review import Walk, WalkScope
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import UsageError
from quotegrid.workflows.coding.add_decisions import DecisionRequest
from quotegrid.workflows.coding.decide import decide_many, decide_segment
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.segments import segment_at
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.profiles import examples


def walked(review: Review) -> list[int]:
    """The segments of the walk, from the first to the last."""
    while review.move(-1):
        pass
    found = []
    while (item := review.current()) is not None:
        found.append(item.quote.id)
        if not review.move(1):
            break
    return found


@examples(25, quick=8)
@given(
    steps=st.lists(st.tuples(st.integers(0, 7), st.sampled_from(Side)), max_size=8),
    which=st.sampled_from([WalkScope.ALL, WalkScope.SUGGESTED]),
)
def test_the_walk_is_always_what_reading_it_anew_gives(
    suggested: StudyFolder, steps: list[tuple[int, Side]], which: WalkScope
) -> None:
    while undo(suggested) is not None:
        pass
    review = Review(suggested)
    review.choose(Walk(which=which))
    for step, side in steps:
        try:
            match step:
                case 0:
                    review.accept("long wait")
                case 1:
                    review.undo()
                case 2:
                    review.redo()
                case 3 | 4:
                    review.move(1 if step == 3 else -1)
                case 5:
                    review.cuts.widen(side)
                case 6:
                    review.cuts.narrow(side)
                case _:
                    sentences = review.cuts.sentences()
                    review.cuts.split(sentences[0][0] if sentences else 0)
        except UsageError:
            pass
        item = review.current()
        assert item is not None
        quotes = {quote.id: quote for quote in list_quotes(suggested)}
        assert item.quote.id in quotes
        assert item.is_draft or item.quote == quotes[item.quote.id]
    again = Review(suggested)
    again.choose(Walk(which=which))
    assert (walked(review), review.waiting) == (walked(again), again.waiting)


def test_segments_of_several_sources_come_and_go_at_once(study: StudyFolder) -> None:
    places = [("head.md", 333, 363), ("head.md", 364, 405), ("parent.txt", 170, 206)]
    made = [segment_at(study, *place) for place in places]
    review = Review(study)
    review.choose(Walk(which=WalkScope.ALL))
    assert walked(review) == [1, 2, 3, 4, 5]
    decide_many(study, [DecisionRequest(segment, Action.APPLY, "Money") for segment in made])
    review.look_again(made)
    assert walked(review) == [1, 2, made[0], made[1], 3, 4, made[2], 5]
    review.undo()
    assert walked(review) == [1, 2, 3, 4, 5]


def test_a_chosen_range_is_of_its_segment_alone(suggested: StudyFolder) -> None:
    review = Review(suggested)
    first = review.current()
    assert first is not None
    review.cuts.narrow(Side.AFTER)
    item = review.current()
    assert item is not None
    assert item.is_draft
    assert first.quote.text.startswith(item.quote.text)
    review.move(1)
    other = review.current()
    assert other is not None
    assert not other.is_draft
    review.move(-1)
    decide_segment(suggested, first.quote.id, Action.APPLY, "Families")
    review.look_again({first.quote.id})
    review.cuts.narrow(Side.BEFORE)
    item = review.current()
    assert item is not None
    assert not item.is_draft
    assert item.quote.codes == ("Families",)
    with pytest.raises(UsageError, match="only one sentence"):
        review.cuts.narrow(Side.BEFORE)
