from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session

from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.sources.sources import add_source
from quotegrid.storage.suggestions.suggestions import (
    decided,
    find_suggestion,
    list_suggestions,
    pending_codes,
    replace_suggestions,
    skipped,
    suggested_scores,
)
from tests.storage.decisions import add_decision
from tests.storage.samples import interview
from tests.storage.undo import undo_last

ON_BOTH_ENGINES = True
Row = tuple[int, int, float, int, dict[str, Any]]
FIX, PLAN, WAIT = 2, 3, 5
"""The numbers of three codes of the codebook in tests/storage/samples.py."""


@pytest.fixture(autouse=True)
def _numbers_are_right(database: Database) -> None:
    with database.session() as session:
        numbers = code_ids(session)
    assert (numbers["quick fix"], numbers["room to plan"], numbers["long wait"]) == (FIX, PLAN, WAIT)


def _suggest(database: Database, *rows: Row, model: str = "small") -> tuple[int, int]:
    """Returns how many suggestions there are then, and on how many segments."""
    with database.session(write=True) as session:
        return replace_suggestions(session, rows, model)


def _decide(session: Session, coder: str, action: Action, segment: int, code: int | None = None) -> int:
    return add_decision(session, coder=coder_id(session, coder), action=action, segment=segment, code=code)


def _undo(session: Session, coder: str) -> None:
    assert undo_last(session, coder) is not None


def test_suggestions_are_listed_by_segment_and_rank(database: Database) -> None:
    evidence = {"sentence": {"text": "It is a quick fix. 🙂"}, "nearest": None}
    counts = _suggest(database, (2, WAIT, 0.9, 1, {}), (1, PLAN, 0.25, 2, {}), (1, FIX, 0.75, 1, evidence))
    assert counts == (3, 2)
    with database.session() as session:
        found = list_suggestions(session)
        assert [
            (suggestion.segment, suggestion.code, suggestion.code_id, suggestion.score, suggestion.rank)
            for suggestion in found
        ] == [
            (1, "quick fix", FIX, 0.75, 1),
            (1, "room to plan", PLAN, 0.25, 2),
            (2, "long wait", WAIT, 0.9, 1),
        ]
        assert found[0].evidence == evidence
        assert {suggestion.model for suggestion in found} == {"small"}
        assert list_suggestions(session, segments=[2, 3]) == found[2:]
        assert list_suggestions(session, segments=[]) == []


def test_a_suggestion_that_is_made_again_keeps_its_number(database: Database) -> None:
    _suggest(database, (1, FIX, 0.75, 1, {}), (1, PLAN, 0.25, 2, {}), (2, WAIT, 0.9, 1, {}))
    with database.session() as session:
        before = {
            (suggestion.segment, suggestion.code_id): suggestion.id
            for suggestion in list_suggestions(session)
        }
    counts = _suggest(
        database,
        (3, FIX, 0.5, 1, {}),
        (1, PLAN, 0.8, 1, {"phrase": "room"}),
        (1, FIX, 0.75, 2, {}),
        model="large",
    )
    assert counts == (3, 2)
    with database.session() as session:
        after = {
            (suggestion.segment, suggestion.code_id): suggestion for suggestion in list_suggestions(session)
        }
        assert find_suggestion(session, before[2, WAIT]) is None
    assert set(after) == {(1, FIX), (1, PLAN), (3, FIX)}
    assert after[1, FIX].id == before[1, FIX]
    assert after[1, PLAN].id == before[1, PLAN]
    assert after[3, FIX].id not in before.values()
    plan = after[1, PLAN]
    assert (plan.score, plan.rank, plan.evidence, plan.model) == (0.8, 1, {"phrase": "room"}, "large")
    assert after[1, FIX].model == "large"


def test_a_suggestion_that_was_decided_on_stays_when_it_is_not_made_again(database: Database) -> None:
    _suggest(database, (1, FIX, 0.75, 1, {}), (1, PLAN, 0.5, 2, {}), (2, WAIT, 0.9, 1, {}))
    with database.session() as session:
        before = {
            (suggestion.segment, suggestion.code_id): suggestion for suggestion in list_suggestions(session)
        }
    with database.session(write=True) as session:
        _decide(session, "jo", Action.ACCEPT, 1, FIX)
        _decide(session, "jo", Action.SKIP, 1)
        _decide(session, "sam", Action.REJECT, 2, WAIT)
    assert _suggest(database, (3, PLAN, 0.6, 1, {})) == (3, 3)
    with database.session() as session:
        after = {
            (suggestion.segment, suggestion.code_id): suggestion for suggestion in list_suggestions(session)
        }
    assert set(after) == {(1, FIX), (2, WAIT), (3, PLAN)}
    assert after[1, FIX] == before[1, FIX]
    with database.session(write=True) as session:
        _undo(session, "sam")
    assert _suggest(database, (3, PLAN, 0.6, 1, {})) == (2, 2)
    with database.session() as session:
        assert {(suggestion.segment, suggestion.code_id) for suggestion in list_suggestions(session)} == {
            (1, FIX),
            (3, PLAN),
        }


def test_more_suggestions_than_one_statement_can_name_are_taken_back(database: Database) -> None:
    turns = [("Ray", f"Answer {number}.") for number in range(600)]
    with database.session(write=True) as session:
        add_source(session, interview("long.txt", *turns))
    _suggest(database, *[(4 + number, FIX, 0.5, 1, {}) for number in range(600)])
    assert _suggest(database, (1, FIX, 0.5, 1, {})) == (1, 1)
    with database.session() as session:
        assert [suggestion.segment for suggestion in list_suggestions(session)] == [1]


def test_a_suggestion_is_found_by_its_number_or_its_place(database: Database) -> None:
    _suggest(database, (1, FIX, 0.75, 1, {}), (1, PLAN, 0.25, 2, {}))
    with database.session() as session:
        first, second = list_suggestions(session)
        assert find_suggestion(session, first.id) == first
        assert find_suggestion(session, second.id) == second
        assert find_suggestion(session, 99) is None
        assert suggested_scores(session, [1, 2]) == {(1, FIX): 0.75, (1, PLAN): 0.25}
        assert suggested_scores(session, [2]) == {}


def test_a_decision_by_anybody_takes_a_suggestion_off_the_list_until_it_is_undone(
    database: Database,
) -> None:
    _suggest(database, (1, FIX, 0.75, 1, {}), (1, PLAN, 0.25, 2, {}), (2, FIX, 0.9, 1, {}))
    with database.session(write=True) as session:
        _decide(session, "jo", Action.ACCEPT, 1, FIX)
        _decide(session, "sam", Action.REJECT, 2, FIX)
        assert decided(session) == {(1, FIX): Action.ACCEPT, (2, FIX): Action.REJECT}
        assert decided(session, segments=[2]) == {(2, FIX): Action.REJECT}
        assert pending_codes(session) == {1: ("room to plan",)}
        _undo(session, "sam")
        assert decided(session) == {(1, FIX): Action.ACCEPT}
        assert pending_codes(session) == {1: ("room to plan",), 2: ("quick fix",)}


def test_the_last_of_two_coders_decides_what_is_listed(database: Database) -> None:
    with database.session(write=True) as session:
        _decide(session, "jo", Action.ACCEPT, 1, FIX)
        _decide(session, "sam", Action.REJECT, 1, FIX)
        assert decided(session) == {(1, FIX): Action.REJECT}
        _undo(session, "sam")
        assert decided(session) == {(1, FIX): Action.ACCEPT}


def test_a_segment_is_skipped_until_something_else_is_decided_on_it(database: Database) -> None:
    _suggest(database, (1, FIX, 0.75, 1, {}))
    with database.session(write=True) as session:
        _decide(session, "jo", Action.SKIP, 1)
        _decide(session, "jo", Action.SKIP, 2)
        assert skipped(session) == {1, 2}
        assert skipped(session, segments=[2]) == {2}
        assert decided(session) == {}
        assert pending_codes(session) == {1: ("quick fix",)}
        _decide(session, "sam", Action.REJECT, 1, FIX)
        assert skipped(session) == {2}
        _undo(session, "sam")
        _undo(session, "jo")
        assert skipped(session) == {1}
