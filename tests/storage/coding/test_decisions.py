from __future__ import annotations

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from quotegrid.domain.coding.decisions import Action, Decision, Stance, fold, last_action, taken_back
from quotegrid.errors import RepairError
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.decision_log import (
    coding_summary,
    decisions_of_entries,
    entry_of_decision,
    list_decisions,
    own_stance,
    standing_on,
    state,
)
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.journal import last_undo, last_undoable
from quotegrid.storage.suggestions.suggestions import decided, skipped
from quotegrid.storage.tables import CodingRow, DecisionRow, MemoRow, SegmentRow
from tests.engines import REFUSED, contents, outside, skip_sqlites_own, told
from tests.profiles import examples
from tests.storage.decisions import add_decision, all_codings
from tests.storage.undo import undo_last

ON_BOTH_ENGINES = True


def _decide(
    session: Session,
    coder: str,
    action: Action,
    segment: int,
    code: str | None = None,
    memo: str = "",
    stance: Stance | None = None,
) -> int:
    return add_decision(
        session,
        coder=coder_id(session, coder),
        action=action,
        segment=segment,
        code=None if code is None else code_ids(session)[code],
        memo=memo,
        stance=stance,
    )


def _undo(session: Session, coder: str) -> int | None:
    """Take back the coder's latest decision that counts; returns its number."""
    undone = undo_last(session, coder)
    return None if undone is None else undone[0]


def _log(session: Session) -> list[Decision[str]]:
    return [
        Decision(
            decision.id,
            decision.coder,
            decision.action,
            decision.segment,
            decision.code,
            decision.undoes,
            decision.stance,
        )
        for decision in list_decisions(session)
    ]


def _folded(session: Session) -> list[tuple[int, str, str, int]]:
    """Return the codings that the domain makes of the whole log, in the form of `all_codings`."""
    return [(coding.segment, coding.code, coding.coder, coding.decision) for coding in fold(_log(session))]


def _stances(session: Session) -> dict[tuple[int, str, str], Stance | None]:
    """The stance that is stored with each coding, by segment, code and coder."""
    return {
        (segment, code, coder): own_stance(session, segment, code, coder)
        for segment, code, coder, _ in all_codings(session)
    }


def _folded_stances(session: Session) -> dict[tuple[int, str, str], Stance | None]:
    return {(coding.segment, coding.code, coding.coder): coding.stance for coding in fold(_log(session))}


def test_a_decision_is_logged_with_its_place_and_time(database: Database) -> None:
    with database.session(write=True) as session:
        number = add_decision(
            session,
            coder=coder_id(session, "jo"),
            action=Action.ACCEPT,
            segment=2,
            code=code_ids(session)["long wait"],
            score=0.75,
            memo="fourteen months",
        )
        _decide(session, "jo", Action.SKIP, 3)
    with database.session() as session:
        first, second = list_decisions(session)
        place = session.get_one(SegmentRow, 2)
        assert list_decisions(session, only=[number]) == [first]
    assert (first.id, first.coder, first.action, first.segment) == (number, "jo", Action.ACCEPT, 2)
    assert (first.code, first.score, first.memo, first.undoes) == ("long wait", 0.75, "fourteen months", None)
    assert (first.source, first.start, first.end) == ("talk.txt", place.start, place.end)
    assert first.at <= second.at
    assert first.at.endswith("+00:00")
    assert first.guid != second.guid
    assert (second.code, second.score, second.memo) == (None, None, None)


def test_a_coder_is_added_once(database: Database) -> None:
    with database.session(write=True) as session:
        jo = coder_id(session, "jo")
        sam = coder_id(session, "sam")
    with database.session(write=True) as session:
        assert (coder_id(session, "jo"), coder_id(session, "sam")) == (jo, sam)
    assert jo != sam


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE decision SET action = 'reject'",
        "UPDATE decision SET score = 0.5 WHERE id = 1",
        "UPDATE OR REPLACE decision SET id = 2 WHERE id = 1",
        "UPDATE OR IGNORE decision SET coder_id = 2 WHERE id = 1",
        "DELETE FROM decision",
        "DELETE FROM decision WHERE id = 2",
        "INSERT OR REPLACE INTO decision SELECT id, entry_id, coder_id, 'reject', segment_id, "
        'code_id, source_id, start, "end", score, stance FROM decision WHERE id = 1',
        "INSERT OR REPLACE INTO decision SELECT 9, entry_id, coder_id, 'reject', segment_id, "
        'code_id, source_id, start, "end", score, stance FROM decision WHERE id = 1',
    ],
)
def test_the_log_refuses_to_be_changed_whoever_asks(database: Database, change: str) -> None:
    skip_sqlites_own(database, change)
    with database.session(write=True) as session:
        _decide(session, "jo", Action.APPLY, 1, "quick fix")
        _decide(session, "sam", Action.SKIP, 1)
    before = contents(database)
    with pytest.raises(RepairError, match="decisions are only ever added"):
        with database.session(write=True) as session:
            session.connection().exec_driver_sql(change)
    with (
        pytest.raises(REFUSED, match="decisions are only ever added"),
        outside(database) as execute,
    ):
        execute(change)
    assert contents(database) == before


def test_a_row_that_is_changed_in_memory_is_not_stored(database: Database) -> None:
    with database.session(write=True) as session:
        number = _decide(session, "jo", Action.APPLY, 1, "quick fix")
    with pytest.raises(RepairError, match="decisions are only ever added"):
        with database.session(write=True) as session:
            session.get_one(DecisionRow, number).action = "reject"
    with pytest.raises(RepairError, match="decisions are only ever added"):
        with database.session(write=True) as session:
            # Nothing else may stand in the way of deleting it but the trigger.
            session.delete(session.exec(select(CodingRow)).one())
            session.flush()
            session.delete(session.get_one(DecisionRow, number))
    with database.session() as session:
        assert [decision.action for decision in list_decisions(session)] == [Action.APPLY]
        assert len(all_codings(session)) == 1


def test_undo_adds_to_the_log_and_goes_back_step_by_step(database: Database) -> None:
    with database.session(write=True) as session:
        first = _decide(session, "jo", Action.APPLY, 1, "quick fix")
        second = _decide(session, "jo", Action.REMOVE, 1, "quick fix")
        third = _decide(session, "jo", Action.SKIP, 2)
        assert all_codings(session) == []
        assert [_undo(session, "jo"), _undo(session, "jo")] == [third, second]
        assert all_codings(session) == [(1, "quick fix", "jo", first)]
        assert _undo(session, "jo") == first
        assert all_codings(session) == []
        assert _undo(session, "jo") is None
    with database.session() as session:
        log = list_decisions(session)
    assert [decision.undoes for decision in log] == [None, None, None, third, second, first]
    assert {decision.action for decision in log[3:]} == {Action.UNDO}


def test_each_coder_undoes_only_what_is_theirs(database: Database) -> None:
    with database.session(write=True) as session:
        mine = _decide(session, "jo", Action.APPLY, 1, "quick fix")
        theirs = _decide(session, "sam", Action.APPLY, 1, "quick fix")
        assert _undo(session, "jo") == mine
        assert _undo(session, "jo") is None
        assert all_codings(session) == [(1, "quick fix", "sam", theirs)]


def test_when_the_first_of_two_acceptances_is_undone_the_second_makes_the_coding(database: Database) -> None:
    with database.session(write=True) as session:
        first = _decide(session, "jo", Action.ACCEPT, 1, "quick fix")
        second = _decide(session, "jo", Action.APPLY, 1, "quick fix")
        assert all_codings(session) == [(1, "quick fix", "jo", first)]
        jo = coder_id(session, "jo")
        entry = entry_of_decision(session, first)
        taken_back = add_decision(session, coder=jo, action=Action.UNDO, segment=1, code=None, undoes=entry)
        assert all_codings(session) == [(1, "quick fix", "jo", second)]
        entry = entry_of_decision(session, taken_back)
        add_decision(session, coder=jo, action=Action.UNDO, segment=1, code=None, undoes=entry)
        assert all_codings(session) == [(1, "quick fix", "jo", first)]


def test_the_state_is_the_coders_last_decision_that_counts(database: Database) -> None:
    with database.session(write=True) as session:
        jo, sam = coder_id(session, "jo"), coder_id(session, "sam")
        code = code_ids(session)["quick fix"]
        assert state(session, 1, code, jo) is None
        _decide(session, "jo", Action.APPLY, 1, "quick fix")
        _decide(session, "jo", Action.SKIP, 1)
        _decide(session, "jo", Action.REJECT, 1, "quick fix")
        assert state(session, 1, code, jo) is Action.REJECT
        assert state(session, 1, None, jo) is Action.SKIP
        assert state(session, 1, code, sam) is None
        assert state(session, 2, code, jo) is None
        _undo(session, "jo")
        assert state(session, 1, code, jo) is Action.APPLY
        _undo(session, "jo")
        assert state(session, 1, None, jo) is None


def test_a_mark_is_stored_with_the_coding_and_is_no_state_of_its_own(database: Database) -> None:
    with database.session(write=True) as session:
        jo, code = coder_id(session, "jo"), code_ids(session)["quick fix"]
        first = _decide(session, "jo", Action.APPLY, 1, "quick fix", stance=Stance.SUPPORTS)
        _decide(session, "jo", Action.MARK, 1, "quick fix", stance=Stance.DISPUTES)
        _decide(session, "sam", Action.APPLY, 1, "quick fix")
        assert state(session, 1, code, jo) is Action.APPLY
        assert decided(session) == {(1, code): Action.APPLY}
        assert own_stance(session, 1, "quick fix", "jo") is Stance.DISPUTES
        assert own_stance(session, 1, "quick fix", "sam") is None
        assert own_stance(session, 1, "quick fix", "kim") is None
        (found,) = standing_on(session, 1, jo)
        assert (found.decision, found.stance) == (first, Stance.DISPUTES)
        _undo(session, "jo")
        assert own_stance(session, 1, "quick fix", "jo") is Stance.SUPPORTS
        _undo(session, "jo")
        assert standing_on(session, 1, jo) == []


def test_a_coding_is_listed_and_summed_up_while_it_stands(database: Database) -> None:
    with database.session() as session:
        assert coding_summary(session) == ([], None, None, 0)
    with database.session(write=True) as session:
        decision = _decide(session, "sam", Action.ACCEPT, 3, "room to plan")
        two = _decide(session, "jo", Action.APPLY, 1, "Money")
        _decide(session, "kim", Action.REJECT, 1, "Money")
        three = _decide(session, "jo", Action.APPLY, 3, "room to plan")
        assert all_codings(session) == [
            (3, "room to plan", "sam", decision),
            (1, "Money", "jo", two),
            (3, "room to plan", "jo", three),
        ]
    with database.session() as session:
        log = list_decisions(session)
        assert coding_summary(session) == (["jo", "sam"], log[0].at, log[-1].at, 3)
    with database.session(write=True) as session:
        _undo(session, "sam")
        coders, first, _, count = coding_summary(session)
        assert (coders, first, count) == (["jo"], log[0].at, 2)


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["jo", "sam"]),
        st.sampled_from([*Action, Action.UNDO]),
        st.integers(1, 2),
        st.sampled_from(["Money", "quick fix"]),
        st.integers(0, 30),
        st.sampled_from([None, *Stance]),
    ),
    max_size=15,
)


def _assert_the_answers_are_those_of_the_fold(session: Session) -> None:
    """Assert that SQL answers about the log as the domain does from the whole log."""
    log = _log(session)
    gone = taken_back(log)
    counting = [
        decision for decision in log if decision.number not in gone and decision.action is not Action.UNDO
    ]
    codes = code_ids(session)
    deciding = [
        decision for decision in counting if decision.code is not None and decision.action is not Action.MARK
    ]
    assert decided(session) == {
        (decision.segment, codes[decision.code or ""]): decision.action for decision in deciding
    }
    latest = {decision.segment: decision.action for decision in counting}
    assert skipped(session) == {segment for segment, action in latest.items() if action is Action.SKIP}
    for coder in ("jo", "sam"):
        number = coder_id(session, coder)
        own = [decision for decision in log if decision.coder == coder]
        for segment, code in product((1, 2), (None, "Money", "quick fix")):
            asked = state(session, segment, None if code is None else codes[code], number)
            assert asked is last_action(own, segment, code)
        last = decisions_of_entries(session, [entry.number for entry in last_undoable(session, coder)])
        assert last == [decision.number for decision in counting if decision.coder == coder][-1:]
        actions = {decision.number: decision.action for decision in log}
        made = max((decision.number for decision in own if decision.action is not Action.UNDO), default=0)
        undos = [
            entry.number
            for entry in own
            if entry.undoes is not None
            and actions[entry.undoes] is not Action.UNDO
            and entry.number not in gone
            and entry.number > made
        ]
        undo = decisions_of_entries(session, [entry.number for entry in last_undo(session, coder)])
        assert undo == undos[-1:]


@examples(60, quick=15)
@given(steps=_STEPS)
def test_the_codings_are_always_what_follows_from_the_log(
    database: Database, steps: list[tuple[str, Action, int, str, int, Stance | None]]
) -> None:
    with database.session(write=True) as session:
        for coder, action, segment, code, which, stance in steps:
            if action is Action.UNDO:
                # Any of the coder's decisions, an undo among them, may be taken back.
                own = [decision for decision in list_decisions(session) if decision.coder == coder]
                if not own:
                    continue
                chosen = own[which % len(own)]
                add_decision(
                    session,
                    coder=coder_id(session, coder),
                    action=action,
                    segment=chosen.segment,
                    code=None,
                    undoes=entry_of_decision(session, chosen.id),
                )
            else:
                said = stance if action in (Action.ACCEPT, Action.APPLY, Action.MARK) else None
                on = None if action is Action.SKIP else code
                _decide(session, coder, action, segment, on, stance=said)
            assert _stances(session) == _folded_stances(session)
            assert all_codings(session) == _folded(session)
            _assert_the_answers_are_those_of_the_fold(session)
        for coding in session.exec(select(CodingRow)):
            place = session.get_one(SegmentRow, coding.segment_id)
            assert (coding.source_id, coding.start, coding.end) == (place.source_id, place.start, place.end)
        # The log cannot be emptied, so each example takes place in a transaction that is given up.
        session.rollback()


_DECIDING = """\
import sys
from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.coding.decisions import coder_id
from tests.storage.decisions import add_decision
from tests.engines import opened
from tests.storage.undo import undo_last

database = opened(sys.argv[1])
step = 0
while True:
    step += 1
    with database.session(write=True) as session:
        coder = coder_id(session, "jo")
        if step % 4 == 0:
            number = undo_last(session, "jo")[1][0]
        else:
            number = add_decision(
                session, coder=coder, action=Action.APPLY, segment=step % 3 + 1, code=step % 5 + 1, memo="why"
            )
        if len(sys.argv) > 2 and step == int(sys.argv[2]):
            print("half-way", flush=True)
            sys.stdin.readline()
    print(number, flush=True)
"""


def _killed(database: Database, *, after: int, half_way: bool) -> list[str]:
    """Return the lines that a deciding program printed until it was killed."""
    command = [sys.executable, "-c", _DECIDING, told(database)]
    said: list[str] = []
    with subprocess.Popen(
        [*command, str(after)] if half_way else command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        while len(said) < after:
            said.append(process.stdout.readline().strip())
        process.kill()
        said += [line.strip() for line in process.stdout]
    return said


def _assert_whole(database: Database, decisions: int) -> None:
    with database.session() as session:
        log = list_decisions(session)
        numbers = [decision.id for decision in log]
        assert len(numbers) == decisions
        # PostgreSQL gives no number twice, not even that of a decision that came to nothing.
        assert numbers == list(range(1, decisions + 1)) or database.at.is_shared
        assert all_codings(session) == _folded(session)
        # A decision and its memo are written together.
        assert len(session.exec(select(MemoRow)).all()) == sum(
            decision.action is Action.APPLY for decision in log
        )
        if database.at.is_shared:
            return
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_a_program_that_is_killed_loses_no_decision_that_it_had_made(database: Database) -> None:
    said = _killed(database, after=7, half_way=False)
    with database.session() as session:
        decisions = len(list_decisions(session))
    # The last one may have been made without there being time to say so.
    assert 7 <= len(said) <= decisions <= len(said) + 1
    _assert_whole(database, decisions)


def test_a_program_that_is_killed_half_way_leaves_no_half_decision(database: Database) -> None:
    said = _killed(database, after=6, half_way=True)
    assert said == ["1", "2", "3", "4", "5", "half-way"]
    _assert_whole(database, 5)
    with database.session(write=True) as session:
        assert _decide(session, "jo", Action.SKIP, 1) == (7 if database.at.is_shared else 6)
