from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import heard_quotes
from quotegrid.domain.report.exemplars import exemplar_basis
from quotegrid.domain.report.voices import (
    DISPUTE_WITHHELD,
    NO_STANCE_SAID,
    NOBODY_DISPUTES,
    Voices,
    voices,
)
from quotegrid.domain.sources.model import SegmentKind

_KINDS = (None, Stance.SUPPORTS, Stance.DISPUTES, Stance.MIXED)


def _said(cases: list[tuple[int | None, Stance | None]]) -> list[Quote]:
    return [
        Quote(
            id=number,
            text=f"Words number {number}.",
            kind=SegmentKind.TURN,
            source="a.txt",
            start=0,
            end=1,
            case=None if case is None else f"Case {case}",
            group="parent",
            role=None,
            area=None,
            heading=None,
            codes=("fix",),
            stances={"fix": (stance,)} if stance else {},
        )
        for number, (case, stance) in enumerate(cases)
    ]


def _voices(quotes: list[Quote], shown: list[Quote], code: str, most: int, **options: Any) -> Voices:
    numbers = [quote.id for quote in shown]
    return voices(heard_quotes(quotes), numbers, [code], most, exemplar_basis(quotes), **options)


_QUOTES = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 7)), st.sampled_from(_KINDS)), max_size=14
).map(_said)


def _cases(quotes: list[Quote], *stances: Stance) -> set[str | None]:
    return {
        quote.case
        for quote in quotes
        if quote.case is not None
        and (not stances or quote.stances.get("fix", ())[:1] in [(s,) for s in stances])
    }


@given(quotes=_QUOTES, most=st.integers(1, 5))
def test_a_team_is_told_who_disputes_each_from_another_case(quotes: list[Quote], most: int) -> None:
    found = _voices(quotes, quotes, "FIX", most)
    disputing = [quote for quote in quotes if quote.stances.get("fix") == (Stance.DISPUTES,)]
    assert set(found.disputing) <= {quote.id for quote in disputing}
    assert len(found.disputing) == min(
        most, len({quote.case if quote.case is not None else quote.id for quote in disputing})
    )
    case_of = {quote.id: quote.case for quote in quotes}
    for kind in (found.speaking, found.disputing, found.mixed):
        named = Counter(case for number in kind if (case := case_of[number]) is not None)
        assert all(times == 1 for times in named.values())
    cases = len(_cases(quotes, Stance.DISPUTES))
    if not any(quote.stances for quote in quotes):
        assert found.on_dissent == NO_STANCE_SAID
    elif not disputing:
        assert found.on_dissent == NOBODY_DISPUTES
    elif cases:
        assert found.on_dissent.startswith(f"{cases} of the {len(_cases(quotes))} case")
    else:
        assert found.on_dissent.startswith(f"{len(disputing)} quote")


@given(quotes=_QUOTES, most=st.integers(1, 5), is_told=st.booleans(), minimum=st.integers(3, 5))
@example(quotes=_said([(None, Stance.MIXED)] * 3), most=1, is_told=True, minimum=3)
def test_a_publication_tells_no_few_who_dispute_nor_marks_their_words(
    quotes: list[Quote], most: int, is_told: bool, minimum: int
) -> None:
    found = _voices(quotes, quotes, "fix", most, minimum=minimum, is_told=is_told)
    everybody, against = len(_cases(quotes)), len(_cases(quotes, Stance.DISPUTES))
    few = any(0 < number < minimum for number in (everybody, against, everybody - against))
    disputing = {quote.id for quote in quotes if quote.stances.get("fix") == (Stance.DISPUTES,)}
    if disputing and (few or not is_told):
        assert found.on_dissent == DISPUTE_WITHHELD
        assert found.disputing == ()
        assert disputing.intersection(found.speaking)
    elif disputing:
        assert set(found.disputing) <= disputing
        assert len(found.disputing) == min(most, len(disputing))
    numbers = [*found.speaking, *found.disputing, *found.mixed]
    assert len(numbers) == len(set(numbers))
    assert max(map(len, (found.speaking, found.disputing, found.mixed))) <= most
    if len(_cases(quotes, Stance.MIXED)) in range(1, minimum):
        assert found.mixed == ()
    # Quotes of a kind that stands apart are shown there alone, also where only some of them find room.
    mixed = {quote.id for quote in quotes if quote.stances.get("fix") == (Stance.MIXED,)}
    kept_apart = (disputing if found.disputing else set()) | (mixed if found.mixed else set())
    assert len(found.speaking) == min(most, len([quote for quote in quotes if quote.id not in kept_apart]))


def test_what_is_not_on_the_theme_says_nothing() -> None:
    quotes = _said([(1, Stance.DISPUTES), (2, None)])
    found = _voices(quotes, [], "other", 3)
    assert (found.speaking, found.disputing, found.on_dissent) == ((), (), NO_STANCE_SAID)


def test_a_quote_that_names_nobody_counts_by_itself() -> None:
    quotes = _said([(None, Stance.DISPUTES), (1, Stance.SUPPORTS)])
    assert _voices(quotes, quotes, "fix", 3).on_dissent == "1 quote that names nobody disputes it."
