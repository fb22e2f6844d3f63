"""Passages that repeat each other are offered once."""

from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.review import Walk, WalkScope
from quotegrid.tui.app import Workbench
from quotegrid.workflows.coding.review.repeats import Repeats
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.conftest import PARENT
from tests.profiles import IS_DEEP

PASTED = "It was a quick fix and nothing more than that."

ON_BOTH_ENGINES = IS_DEEP


@pytest.fixture
def pasted(study: StudyFolder) -> StudyFolder:
    """With a third interview in which one answer stands three times among others."""
    said = [PASTED, "We waited long for it.", PASTED, "There was room to plan at last.", PASTED]
    body = "".join(f"RAY MOSS: {text}\n\nINTERVIEWER: Yes?\n\n" for text in said)
    file = study.root / "corpus" / "long.txt"
    file.write_text(PARENT.split("INTERVIEWER: How")[0] + body, encoding="utf-8")
    import_sources(study, [file], ReadingOptions())
    suggest_codes(study, at_least=0.0)
    return study


def walked(review: Review) -> list[str]:
    """Return the words of the segments in the order in which they are offered, each decided whole."""
    seen = []
    while (item := review.current()) is not None:
        seen.append(item.quote.text)
        while waiting := [candidate.code for candidate in item.candidates if candidate.waits]:
            review.reject(waiting[0])
            item = review.current()
            assert item is not None
        if not review.go_to_next_waiting():
            break
    return seen


def test_what_was_decided_on_comes_again_only_after_everything_else(pasted: StudyFolder) -> None:
    review = Review(pasted)
    review.load()
    seen = walked(review)
    places = [place for place, said in enumerate(seen) if said == PASTED]
    assert len(seen) == 10 and len(places) == 3
    assert places[1:] == [8, 9] and places[0] < 8
    assert review.waiting == 0


def test_it_is_told_how_many_others_say_the_same(pasted: StudyFolder) -> None:
    review = Review(pasted)
    review.load()
    told = {}
    while (item := review.current()) is not None:
        told[item.quote.text] = item.repeats
        if not review.move(1):
            break
    assert told.pop(PASTED) == 2
    assert set(told.values()) == {0}


def test_a_random_sample_stays_in_its_order(pasted: StudyFolder) -> None:
    review = Review(pasted)
    review.draw()
    review.choose(Walk(which=WalkScope.DRAWN))
    positions = []
    while (item := review.current()) is not None:
        positions.append(item.position)
        review.skip()
        if not review.go_to_next_waiting():
            break
    assert positions == list(range(1, 11))


def test_what_was_met_stays_met_when_everything_is_read_again() -> None:
    repeats = Repeats({1: "a", 2: "a", 3: "b", 4: "b"})
    repeats.meet(1)
    repeats.meet(99)
    later = repeats.renewed({2: "a", 4: "b", 5: "a", 6: "b"})
    assert [later.can_wait(number) for number in (2, 4, 5, 7)] == [True, False, True, False]
    assert (later.others(5), later.others(7)) == (1, 0)


async def test_the_review_says_so(pasted: StudyFolder) -> None:
    app = Workbench(pasted)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while (item := app.review.current()) is not None and not item.repeats:
            await pilot.press("n")
        await pilot.pause()
        assert "2 others say the same (A)" in str(app.screen.query_one("#place").render())
