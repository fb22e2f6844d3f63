from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from quotegrid.domain.decisions import Action, Coding, Decision, fold, taken_back


def _log(*entries: tuple[str, str, int, str | None]) -> list[Decision]:
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


_DECIDED = st.lists(
    st.tuples(
        st.sampled_from(["jo", "sam"]),
        st.sampled_from(["accept", "reject", "apply", "remove", "skip"]),
        st.integers(1, 3),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=50)
@given(_DECIDED)
def test_undoing_everything_leaves_nothing_and_each_step_what_stood_before(
    entries: list[tuple[str, str, int, str]],
) -> None:
    log = _log(*entries)
    before = [fold(log[:length]) for length in range(len(log) + 1)]
    whole = list(log)
    for length in range(len(log), 0, -1):
        last = log[length - 1]
        whole.append(Decision(len(whole) + 1, last.coder, Action.UNDO, last.segment, undoes=last.number))
        assert fold(whole) == before[length - 1]


@settings(deadline=None, max_examples=50)
@given(_DECIDED, st.randoms(use_true_random=False))
def test_the_fold_asks_for_numbers_and_not_for_the_order_of_rows(
    entries: list[tuple[str, str, int, str]], random: Random
) -> None:
    log = _log(*entries)
    shuffled = list(log)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(log)
    last = {(one.coder, one.segment, one.code): one.action for one in log if one.action is not Action.SKIP}
    standing = {key for key, action in last.items() if action in (Action.ACCEPT, Action.APPLY)}
    assert {(one.coder, one.segment, one.code) for one in fold(log)} == standing
