from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Action, Coding, Decision, Stance, fold, taken_back
from tests.profiles import examples


def _log(*entries: tuple[str, str, int, str | None]) -> list[Decision[str]]:
    """Decisions numbered from 1, as (coder, action, segment or undone number, code)."""
    return [
        Decision(
            number,
            coder,
            Action(action),
            0 if action == "undo" else segment,
            code,
            undoes=segment if action == "undo" else None,
        )
        for number, (coder, action, segment, code) in enumerate(entries, start=1)
    ]


def test_accepted_and_applied_codes_stand_in_the_order_of_deciding() -> None:
    log = _log(
        ("jo", "apply", 2, "b"), ("jo", "accept", 1, "a"), ("jo", "skip", 3, None), ("jo", "reject", 1, "c")
    )
    assert fold(log) == [Coding(2, "b", "jo", 1), Coding(1, "a", "jo", 2)]


def test_the_first_of_several_acceptances_makes_the_coding() -> None:
    log = _log(("jo", "accept", 1, "a"), ("jo", "apply", 1, "a"))
    assert fold(log) == [Coding(1, "a", "jo", 1)]


def test_a_code_falls_by_its_own_coder_only() -> None:
    log = _log(
        ("jo", "accept", 1, "a"),
        ("sam", "accept", 1, "a"),
        ("sam", "reject", 1, "a"),
        ("jo", "accept", 2, "a"),
    )
    assert fold(log) == [Coding(1, "a", "jo", 1), Coding(2, "a", "jo", 4)]
    assert fold([*log, Decision(5, "jo", Action.REMOVE, 1, "a")]) == [Coding(2, "a", "jo", 4)]


def test_undoing_a_rejection_lets_the_code_stand_again() -> None:
    log = _log(("jo", "accept", 1, "a"), ("jo", "reject", 1, "a"), ("jo", "undo", 2, None))
    assert fold(log) == [Coding(1, "a", "jo", 1)]


def test_an_undo_that_is_undone_does_not_count() -> None:
    log = _log(("jo", "accept", 1, "a"), ("jo", "undo", 1, None), ("jo", "undo", 2, None))
    assert taken_back(log) == {2}
    assert fold(log) == [Coding(1, "a", "jo", 1)]
    assert taken_back(log[:2]) == {1}


def _said(number: int, action: Action, stance: Stance | None) -> Decision[str]:
    return Decision(number, "jo", action, 1, "a", stance=stance)


def test_the_last_word_on_a_stance_stands_and_silence_says_nothing() -> None:
    accept = _said(1, Action.ACCEPT, Stance.SUPPORTS)
    mark = _said(2, Action.MARK, Stance.DISPUTES)
    again = _said(3, Action.APPLY, None)
    none = _said(4, Action.MARK, None)
    assert fold([accept]) == [Coding(1, "a", "jo", 1, Stance.SUPPORTS)]
    assert fold([accept, mark]) == [Coding(1, "a", "jo", 1, Stance.DISPUTES)]
    assert fold([accept, mark, again]) == [Coding(1, "a", "jo", 1, Stance.DISPUTES)]
    assert fold([accept, mark, again, none]) == [Coding(1, "a", "jo", 1, None)]


def test_a_code_that_fell_stands_again_without_its_old_stance() -> None:
    log = [
        _said(1, Action.ACCEPT, Stance.DISPUTES),
        _said(2, Action.REMOVE, None),
        _said(3, Action.MARK, Stance.SUPPORTS),
        _said(4, Action.APPLY, None),
    ]
    assert fold(log) == [Coding(1, "a", "jo", 4, None)]


_Entry = tuple[str, str, int, str, Stance | None]


def _stanced(entries: list[_Entry]) -> list[Decision[str]]:
    """Decisions numbered from 1; only what says that a code stands, or a mark, says a stance."""
    log = _log(*(entry[:4] for entry in entries))
    speaking = (Action.ACCEPT, Action.APPLY, Action.MARK)
    return [
        replace(decision, stance=entry[4]) if decision.action in speaking else decision
        for decision, entry in zip(log, entries, strict=True)
    ]


_DECIDED = st.lists(
    st.tuples(
        st.sampled_from(["jo", "sam"]),
        st.sampled_from(["accept", "reject", "apply", "remove", "skip", "mark"]),
        st.integers(1, 3),
        st.sampled_from(["a", "b"]),
        st.sampled_from([None, *Stance]),
    ),
    max_size=12,
)


@examples(50)
@given(_DECIDED)
def test_undoing_everything_leaves_nothing_and_each_step_what_stood_before(
    entries: list[_Entry],
) -> None:
    log = _stanced(entries)
    before = [fold(log[:length]) for length in range(len(log) + 1)]
    whole = list(log)
    for length in range(len(log), 0, -1):
        last = log[length - 1]
        whole.append(Decision(len(whole) + 1, last.coder, Action.UNDO, last.segment, undoes=last.number))
        assert fold(whole) == before[length - 1]


@examples(50)
@given(_DECIDED, st.randoms(use_true_random=False))
def test_the_fold_asks_for_numbers_and_not_for_the_order_of_rows(
    entries: list[_Entry], random: Random
) -> None:
    log = _stanced(entries)
    shuffled = list(log)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(log)
    silent = (Action.SKIP, Action.MARK)
    last = {
        (decision.coder, decision.segment, decision.code): decision.action
        for decision in log
        if decision.action not in silent
    }
    standing = {key for key, action in last.items() if action in (Action.ACCEPT, Action.APPLY)}
    assert {(coding.coder, coding.segment, coding.code) for coding in fold(log)} == standing


@examples(50)
@given(_DECIDED)
def test_the_stance_of_a_coding_is_the_last_that_was_said_since_it_stands(entries: list[_Entry]) -> None:
    log = _stanced(entries)
    for coding in fold(log):
        since = [
            entry
            for entry in log
            if (entry.coder, entry.segment, entry.code) == (coding.coder, coding.segment, coding.code)
            and entry.number >= coding.decision
            and (entry.action is Action.MARK or entry.stance is not None)
        ]
        assert coding.stance is (since[-1].stance if since else None)


@examples(50)
@given(_DECIDED)
def test_a_mark_never_makes_nor_ends_a_coding(entries: list[_Entry]) -> None:
    log = _stanced(entries)
    places = [(coding.segment, coding.code, coding.coder, coding.decision) for coding in fold(log)]
    without = [decision for decision in log if decision.action is not Action.MARK]
    assert [
        (coding.segment, coding.code, coding.coder, coding.decision) for coding in fold(without)
    ] == places
