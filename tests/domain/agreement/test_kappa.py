from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from quotegrid.domain.agreement.kappa import agreements
from quotegrid.domain.coding.decisions import Action, Decision

_PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30)


def _log(pairs: list[tuple[bool, bool]]) -> list[Decision[str]]:
    log: list[Decision[str]] = []
    for segment, pair in enumerate(pairs):
        for coder, stands in zip(("ana", "ben"), pair, strict=True):
            action = Action.ACCEPT if stands else Action.REJECT
            log.append(Decision(len(log) + 1, coder, action, segment, "a"))
    return log


@given(_PAIRS)
def test_kappa_is_that_of_a_library(pairs: list[tuple[bool, bool]]) -> None:
    (found,) = agreements(_log(pairs))
    assert (found.first, found.second, found.decided) == ("ana", "ben", len(pairs))
    assert found.alike == sum(mine is theirs for mine, theirs in pairs)
    if found.kappa is None:
        assert len({code for pair in pairs for code in pair}) == 1
    else:
        first, second = zip(*pairs, strict=True)
        assert found.kappa == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)


def test_only_what_both_decided_counts_and_the_last_that_was_not_undone() -> None:
    log = [
        Decision(1, "ana", Action.ACCEPT, 1, "a"),
        Decision(2, "ben", Action.REJECT, 1, "a"),
        Decision(3, "ben", Action.ACCEPT, 2, "a"),
        Decision(4, "ben", Action.APPLY, 1, "a"),
        Decision(5, "ana", Action.SKIP, 2),
    ]
    assert [(agreement.decided, agreement.alike) for agreement in agreements(log)] == [(1, 1)]
    undone = [*log, Decision(6, "ben", Action.UNDO, 1, undoes=4)]
    assert [(agreement.decided, agreement.alike) for agreement in agreements(undone)] == [(1, 0)]
    assert agreements(log[:1]) == []
