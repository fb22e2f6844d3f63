from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.search.relations import PassagePlace, Relation, Scope, related


def placed(rows: list[tuple[int, int | None, int | None, int, int]]) -> list[PassagePlace]:
    return [
        PassagePlace(
            number, source, None if turn is None else 10 * source + turn, case, start, start + length
        )
        for number, (source, turn, case, start, length) in enumerate(rows)
    ]


NUMBERS = st.sampled_from([None, 1, 2])
PLACES = st.lists(
    st.tuples(st.integers(1, 2), NUMBERS, NUMBERS, st.integers(0, 9), st.integers(1, 5)), max_size=8
).map(placed)


def is_related(first: PassagePlace, second: PassagePlace, relation: Relation, scope: Scope) -> bool:
    overlap = first.source == second.source and first.start < second.end and second.start < first.end
    shared = {
        Scope.PASSAGE: overlap,
        Scope.TURN: first.turn is not None and first.turn == second.turn,
        Scope.SOURCE: first.source == second.source,
        Scope.CASE: first.case is not None and first.case == second.case,
    }[scope]
    if relation is Relation.BEFORE:
        return shared and first.source == second.source and first.end <= second.start
    return shared or (scope is Scope.TURN and overlap)


@pytest.mark.parametrize(
    ("relation", "scope"),
    [
        *((Relation.NEAR, scope) for scope in Scope),
        *((Relation.BEFORE, scope) for scope in Scope if scope is not Scope.PASSAGE),
    ],
)
@given(passages=PLACES, others=PLACES)
def test_passages_are_related_as_each_two_of_them_are(
    passages: list[PassagePlace], others: list[PassagePlace], relation: Relation, scope: Scope
) -> None:
    expected = [
        passage.segment
        for passage in passages
        if any(is_related(passage, other, relation, scope) for other in others)
    ]
    assert sorted(related(passages, others, relation, scope)) == expected
