from __future__ import annotations

from itertools import combinations

import pytest

from quotegrid.domain.exchange.listing import csv_fields
from quotegrid.domain.matrix.cooccurrence import Unit
from quotegrid.domain.matrix.model import Rows
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.matrix.cooccurrence import ListedPair, make_cooccurrence, pair_records
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.engines import outside
from tests.workflows.report.test_make_report import code_at_random, large

__all__ = ["large"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rows", Rows)
def test_pairs_are_those_of_the_quotes_in_their_turns_and_cases(
    large: StudyFolder, seed: int, rows: Rows
) -> None:
    code_at_random(large, seed)
    code_at_random(large, seed + 20)
    book = current_codebook(large)
    quotes = all_quotes(large)
    names = {
        quote.id: {book.theme_of(code) if rows is Rows.THEME else code for code in quote.codes}
        for quote in quotes
    }
    with outside(large.database) as execute:
        turns = dict(execute("SELECT id, coalesce(turn_id, -id) FROM segment"))
    assert len(set(turns.values())) < len(quotes)
    places: dict[Unit, dict[int, object]] = {
        Unit.SEGMENT: {quote.id: quote.id for quote in quotes},
        Unit.CASE: {quote.id: quote.case for quote in quotes if quote.case is not None},
        Unit.TURN: turns,
    }
    for unit, place in places.items():
        found = make_cooccurrence(large, unit, rows=rows, with_segments=True)
        units: dict[str, set[object]] = {}
        for quote in quotes:
            for name in names[quote.id] if quote.id in place else ():
                units.setdefault(name, set()).add(place[quote.id])
        shown = {name.removesuffix(" (itself)"): name for name in found.codes}
        if unit is not Unit.CASE:
            assert set(shown) == set(units)
        for first, second in combinations(units, 2):
            pair = found.pair(shown[first], shown[second])
            assert (pair.together, pair.either) == (
                len(units[first] & units[second]),
                len(units[first] | units[second]),
            )
            both = units[first] & units[second]
            assert set(pair.segments) == {
                quote.id
                for quote in quotes
                if place.get(quote.id) in both and names[quote.id] & {first, second}
            }
        told = pair_records(found)
        assert {tuple(record) for record in told} <= {csv_fields(ListedPair)}
        assert all(record["together"] for record in told)


def test_a_publication_has_no_quotes_and_no_small_count(large: StudyFolder) -> None:
    for seed in range(4):
        code_at_random(large, seed)
    found = make_cooccurrence(large, publish=True, with_segments=True)
    assert all(pair.segments == () for pair in found.pairs)
    in_cases = make_cooccurrence(large, Unit.CASE)
    for pair in found.pairs:
        cases = in_cases.pair(pair.first, pair.second)
        if pair.together:
            assert (cases.together or 0) >= 3
    assert None in {counted.together for counted in found.pairs}
