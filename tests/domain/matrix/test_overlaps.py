from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.quotes import Quote, counted_quotes, number_of_quotes
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.bases import heard_quotes
from quotegrid.domain.matrix.cooccurrence import Unit, count_together
from quotegrid.domain.matrix.model import Rows, build_matrix
from quotegrid.domain.sources.model import SegmentKind
from tests.profiles import examples

CODES = ("Cuts", "Delay", "Parents")
BOOK = Codebook((Code("Money"), Code("Cuts", parent="Money"), Code("Delay", parent="Money"), Code("Parents")))
TEXT = "one two three four five six seven eight nine ten " * 2
TURN = 40
"""The length of a turn; the speakers take turns."""
_SPEAKERS = (("a.txt", "Ada", "school"), ("a.txt", "Ben", "parent"), ("b.txt", "Ada", "school"))


def _passage(
    number: int, speaker: int, start: int, end: int, codes: Sequence[str] = (), *, by_hand: bool = False
) -> Quote:
    source, case, group = _SPEAKERS[speaker]
    return Quote(
        id=number,
        text=TEXT[start:end],
        kind=SegmentKind.TURN,
        source=source,
        start=start,
        end=end,
        case=case,
        group=group,
        role=None,
        area=None,
        heading=None,
        codes=tuple(codes),
        made_by="jo" if by_hand else None,
    )


_codes = st.sets(st.sampled_from(CODES)).map(sorted)


@st.composite
def _turns(draw: st.DrawFn) -> list[Quote]:
    """One turn of each speaker, cut into passages by an import and into further ones by hand."""
    found: list[Quote] = []
    for speaker in range(len(_SPEAKERS)):
        first = 0 if speaker == 2 else speaker * TURN
        inside = draw(st.sets(st.integers(first + 1, first + TURN - 1), max_size=3))
        bounds = sorted({first, first + TURN, *inside})
        for start, end in pairwise(bounds):
            found.append(_passage(len(found) + 1, speaker, start, end, draw(_codes)))
        for start, length in draw(
            st.lists(st.tuples(st.integers(0, TURN - 2), st.integers(1, TURN)), max_size=4, unique=True)
        ):
            end = min(start + length, TURN)
            codes = draw(st.sets(st.sampled_from(CODES), min_size=1).map(sorted))
            cut = _passage(len(found) + 1, speaker, first + start, first + end, codes, by_hand=True)
            if all((cut.start, cut.end) != (known.start, known.end) for known in found):
                found.append(cut)
    return found


def _stretches(quotes: Sequence[Quote]) -> int:
    """Count the stretches of words by the characters that are coded, one by one."""
    covered: dict[tuple[str, str | None], set[int]] = {}
    joined: dict[tuple[str, str | None], set[int]] = {}
    for quote in quotes:
        covered.setdefault((quote.source, quote.case), set()).update(range(quote.start, quote.end))
        # A boundary between two characters is joined where a quote goes over it.
        joined.setdefault((quote.source, quote.case), set()).update(range(quote.start + 1, quote.end))
    return sum(len(places - joined[speaker]) for speaker, places in covered.items())


@examples(300, quick=60)
@given(_turns())
def test_a_cell_counts_the_stretches_of_words_and_a_base_the_uncut_passages(quotes: list[Quote]) -> None:
    made = build_matrix(quotes, BOOK, rows=Rows.CODE)
    for row, codes in enumerate(made.row_codes):
        coded = [quote for quote in quotes if set(codes) & set(quote.codes)]
        for column, group in enumerate(made.columns):
            assert made.cells[row][column] == _stretches([quote for quote in coded if quote.group == group])
        assert made.totals[row] == _stretches(coded) == number_of_quotes(coded)
    for group in made.columns:
        uncut = [quote for quote in quotes if quote.group == group and quote.made_by is None]
        assert made.bases[group].quotes == len(uncut)


@examples(300, quick=60)
@given(_turns())
def test_matrices_of_what_was_heard_once_are_those_of_what_was_heard_anew(quotes: list[Quote]) -> None:
    heard = heard_quotes(quotes)
    for columns in ("group", "case", ("source", "group")):
        for rows in Rows:
            for count in (measures.QUOTES, measures.WORDS, measures.CASES):
                later = build_matrix(heard, BOOK, rows=rows, columns=columns, count=count)
                anew = build_matrix(quotes, BOOK, rows=rows, columns=columns, count=count)
                assert (later.tallies, later.total_tallies) == (anew.tallies, anew.total_tallies)
                assert (later.bases, later.total_base) == (anew.bases, anew.total_base)
    assert heard.coded_cases == {quote.case for quote in quotes if quote.codes}


@given(_turns(), st.data())
def test_coding_a_part_of_a_coded_passage_changes_no_count_and_no_base(
    quotes: list[Quote], data: st.DataObject
) -> None:
    coded = [quote for quote in quotes if quote.codes and quote.end - quote.start > 2]
    assume(coded)
    whole = data.draw(st.sampled_from(coded))
    start = data.draw(st.integers(whole.start, whole.end - 1))
    end = data.draw(st.integers(start + 1, whole.end))
    assume(all((start, end) != (quote.start, quote.end) for quote in quotes))
    code = data.draw(st.sampled_from(whole.codes))
    part = replace(
        whole, id=len(quotes) + 1, start=start, end=end, text=TEXT[start:end], codes=(code,), made_by="jo"
    )
    for count in (measures.QUOTES, measures.CASES, measures.SOURCES, measures.SHARE):
        before = build_matrix(quotes, BOOK, rows=Rows.CODE, count=count)
        after = build_matrix([*quotes, part], BOOK, rows=Rows.CODE, count=count)
        assert (after.cells, after.totals) == (before.cells, before.totals)
        assert (after.bases, after.total_base) == (before.bases, before.total_base)
    turn_of = {
        quote.id: 1 if quote.source == "b.txt" else 2 + quote.start // TURN for quote in (*quotes, part)
    }
    for unit in Unit:
        pairs_before, pairs_after = (
            {
                (pair.first, pair.second): (pair.together, pair.either)
                for pair in count_together(heard_quotes(told), BOOK, unit, turn_of=turn_of).pairs
            }
            for told in (quotes, [*quotes, part])
        )
        assert pairs_after == pairs_before


def test_codings_that_touch_are_two_and_a_chain_of_overlaps_is_one() -> None:
    touching = [_passage(1, 0, 0, 10, ["Cuts"], by_hand=True), _passage(2, 0, 10, 20, ["Cuts"], by_hand=True)]
    assert build_matrix(touching, BOOK, rows=Rows.CODE).totals[0] == 2
    chain = [*touching, _passage(3, 0, 5, 15, ["Cuts"], by_hand=True)]
    assert build_matrix(chain, BOOK, rows=Rows.CODE).totals[0] == 1
    assert counted_quotes(number_of_quotes(chain), len(chain)) == "1 quote in 3 passages"
    assert counted_quotes(number_of_quotes(touching), len(touching)) == "2 quotes"


def test_a_theme_merges_what_stands_on_any_of_its_codes() -> None:
    quotes = [_passage(1, 0, 0, 20, ["Cuts"]), _passage(2, 0, 5, 9, ["Delay"], by_hand=True)]
    assert build_matrix(quotes, BOOK).totals == (1, 0)
    assert build_matrix(quotes, BOOK, rows=Rows.CODE).totals == (1, 1, 0)


def test_a_suggestion_that_overlaps_what_is_confirmed_is_no_further_quote() -> None:
    suggested = replace(_passage(1, 0, 0, 20), suggested=("Cuts",))
    apart = replace(_passage(3, 0, 20, 40), suggested=("Cuts",))
    quotes = [suggested, _passage(2, 0, 5, 9, ["Cuts"], by_hand=True), apart]
    made = build_matrix(quotes, BOOK, rows=Rows.CODE, include_suggested=True)
    assert made.unconfirmed is not None
    assert (made.totals[0], made.unconfirmed[0]) == (2, (1,))


def test_a_passage_and_a_part_of_it_hold_their_codes_together() -> None:
    quotes = [
        _passage(1, 0, 0, 20, ["Cuts"]),
        _passage(2, 0, 5, 9, ["Delay"], by_hand=True),
        _passage(3, 0, 20, 40, ["Delay"]),
    ]
    pair = count_together(heard_quotes(quotes), BOOK, Unit.SEGMENT, with_segments=True).pair("Cuts", "Delay")
    assert (pair.together, pair.either, pair.segments) == (1, 2, (1, 2))


def test_a_part_of_a_quote_of_a_report_is_in_the_turn_of_that_quote() -> None:
    quotes = [_passage(1, 0, 0, 20, ["Cuts"]), _passage(2, 0, 5, 9, ["Delay"], by_hand=True)]
    pair = count_together(heard_quotes(quotes), BOOK, Unit.TURN, turn_of={}).pair("Cuts", "Delay")
    assert (pair.together, pair.either) == (1, 1)
