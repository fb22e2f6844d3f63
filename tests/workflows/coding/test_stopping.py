"""When to stop, told from passages drawn at random."""

from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.review import Walk, WalkScope
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import UsageError
from quotegrid.storage.coding.review import segments_in_order
from quotegrid.storage.coding.stopping import latest_draw
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.workflows.api.study import Study
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.segments import narrow
from quotegrid.workflows.coding.stopping import Audit, CodeEstimate, audit, draw_audit
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import PARENT


@pytest.fixture
def long_study(study: StudyFolder) -> StudyFolder:
    """With a third interview of 95 answers: 100 passages in all."""
    body = "".join(f"RAY MOSS: Answer number {n} of many.\n\nINTERVIEWER: Yes?\n\n" for n in range(95))
    file = study.root / "corpus" / "long.txt"
    file.write_text(PARENT.split("INTERVIEWER: How")[0] + body, encoding="utf-8")
    import_sources(study, [file], ReadingOptions())
    return study


def drawn(study: StudyFolder) -> list[int]:
    with study.reading_session() as session:
        draw = latest_draw(session)
    return [] if draw is None else list(draw.segments)


def told(study: StudyFolder) -> Audit:
    found = audit(study)
    assert found is not None
    return found


def of_code(found: Audit, code: str) -> CodeEstimate:
    return next(estimate for estimate in found.codes if estimate.code == code)


def a_code(study: StudyFolder) -> str:
    return current_codebook(study).assignable()[0].name


def test_before_a_draw_nothing_is_told(study: StudyFolder) -> None:
    assert audit(study) is None


def test_the_sample_is_of_what_nobody_has_decided_on_and_the_same_for_everybody(
    long_study: StudyFolder,
) -> None:
    with long_study.reading_session() as session:
        everything = segments_in_order(session)
    for segment in everything[:10]:
        decide_segment(long_study, segment, Action.SKIP)
    assert draw_audit(long_study, 30) == 30
    first = drawn(long_study)
    assert len(set(first)) == 30 and not set(first) & set(everything[:10])
    assert first != sorted(first)
    draw_audit(long_study, 30)
    assert drawn(long_study) == first
    assert told(long_study).population == len(everything) - 10


def test_what_is_left_follows_from_the_sample_and_from_what_was_found(long_study: StudyFolder) -> None:
    code = a_code(long_study)
    with long_study.reading_session() as session:
        everything = segments_in_order(session)
    draw_audit(long_study, 40)
    assert of_code(told(long_study), code).left is None
    sample = drawn(long_study)
    for place, segment in enumerate(sample):
        if place % 4 == 0:
            decide_segment(long_study, segment, Action.ACCEPT, code)
        else:
            decide_segment(long_study, segment, Action.SKIP)
    left = of_code(told(long_study), code).left
    assert left is not None
    assert left.about == round(len(everything) * 10 / 40) - 10
    assert left.low <= left.about <= left.high
    elsewhere = next(number for number in everything if number not in sample)
    decide_segment(long_study, elsewhere, Action.ACCEPT, code)
    later = of_code(told(long_study), code)
    assert later.found == 11 and later.left is not None
    assert (later.left.about, later.left.high) == (left.about - 1, left.high - 1)
    undo(long_study)
    assert of_code(told(long_study), code).left == left


def test_only_what_was_looked_at_in_order_counts(long_study: StudyFolder) -> None:
    draw_audit(long_study, 20)
    sample = drawn(long_study)
    for segment in (sample[0], sample[1], sample[5]):
        decide_segment(long_study, segment, Action.SKIP)
    assert told(long_study).looked_at == 2


def test_codes_found_before_the_draw_do_not_count_against_it(long_study: StudyFolder) -> None:
    code = a_code(long_study)
    with long_study.reading_session() as session:
        everything = segments_in_order(session)
    for segment in everything[:30]:
        decide_segment(long_study, segment, Action.ACCEPT, code)
    draw_audit(long_study, 10)
    for segment in drawn(long_study):
        decide_segment(long_study, segment, Action.ACCEPT, code)
    estimate = of_code(told(long_study), code)
    assert estimate.found == 40 and estimate.left is not None
    assert estimate.left.about == len(everything) - 30 - 10


def test_a_code_that_was_narrowed_still_counts_for_the_passage_that_was_drawn(study: StudyFolder) -> None:
    code = a_code(study)
    draw_audit(study)
    sample = drawn(study)
    with study.reading_session() as session:
        texts = {quote.id: quote.text for quote in load_quotes(session)}
    segment = next(number for number in sample if "It is a patch" in texts[number])
    decide_segment(study, segment, Action.ACCEPT, code)
    for other in sample:
        if other != segment:
            decide_segment(study, other, Action.SKIP)
    before = of_code(told(study), code)
    narrow(study, segment, Side.AFTER)
    with study.reading_session() as session:
        assert not any(code in quote.codes for quote in load_quotes(session, only=[segment]))
    assert of_code(told(study), code) == before
    assert before.found == 1


def test_where_everything_is_decided_there_is_nothing_to_draw(study: StudyFolder) -> None:
    with study.reading_session() as session:
        everything = segments_in_order(session)
    for segment in everything:
        decide_segment(study, segment, Action.SKIP)
    with pytest.raises(UsageError, match="nothing is left to draw from"):
        draw_audit(study)


def test_the_review_walks_through_the_sample_in_its_order(long_study: StudyFolder) -> None:
    draw_audit(long_study, 12)
    sample = drawn(long_study)
    review = Review(long_study)
    review.choose(Walk(which=WalkScope.DRAWN))
    seen = []
    for _ in sample:
        item = review.current()
        assert item is not None
        seen.append(item.quote.id)
        review.skip()
        review.go_to_next_waiting()
    assert seen == sample
    assert review.drawn == (12, 12)
    assert not review.go_to_next_waiting()


def test_python_tells_it_too(long_study: StudyFolder) -> None:
    with Study.open(long_study.root) as study:
        assert study.audit() == []
        assert study.draw_audit(5) == 5
        first = study.audit()[0]
    assert first == {
        "code": first["code"],
        "found": 0,
        "left": None,
        "low": None,
        "high": None,
        "looked_at": 0,
        "drawn": 5,
        "population": first["population"],
    }
