from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.errors import DataError, UnknownNameError, UsageError
from quotegrid.workflows.coding.add_decisions import DecisionOutcome, DecisionRequest, stance_named
from quotegrid.workflows.coding.decide import (
    decide_from_file,
    decide_many,
    decide_segment,
    decide_suggestion,
)
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.undo import redo, reversal_in_words, undo
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.list_suggestions import suggestion_records
from tests.profiles import IS_DEEP, examples, often

ON_BOTH_ENGINES = IS_DEEP


def codes_on(study: StudyFolder, segment: int) -> tuple[str, ...]:
    return next(quote.codes for quote in list_quotes(study) if quote.id == segment)


def stances_on(study: StudyFolder, segment: int) -> dict[str, tuple[Stance, ...]]:
    return next(dict(quote.stances) for quote in list_quotes(study) if quote.id == segment)


def test_accepting_a_suggestion_keeps_its_score(suggested: StudyFolder) -> None:
    score = suggestion_records(suggested)[0]["score"]
    assert decide_suggestion(suggested, 1, Action.ACCEPT) == DecisionOutcome(1, Action.ACCEPT, 1, "quick fix")
    assert decision_records(suggested)[0]["score"] == score
    assert codes_on(suggested, 1) == ("quick fix",)


@pytest.mark.parametrize(
    ("actions", "standing", "numbers"),
    [
        ([Action.APPLY, Action.APPLY], ("quick fix",), [1, None]),
        ([Action.APPLY, Action.ACCEPT], ("quick fix",), [1, None]),
        ([Action.APPLY, Action.REJECT], (), [1, 2]),
        ([Action.APPLY, Action.REMOVE, Action.REMOVE], (), [1, 2, None]),
        ([Action.REMOVE], (), [None]),
        ([Action.REJECT, Action.REJECT, Action.APPLY], ("quick fix",), [1, None, 2]),
        ([Action.APPLY, Action.SKIP, Action.SKIP], ("quick fix",), [1, 2, None]),
    ],
)
def test_what_stands_follows_from_the_last_decision(
    study: StudyFolder, actions: list[Action], standing: tuple[str, ...], numbers: list[int | None]
) -> None:
    made = [
        decide_segment(study, 2, action, None if action is Action.SKIP else "quick fix").number
        for action in actions
    ]
    assert made == numbers
    assert codes_on(study, 2) == standing


@pytest.mark.parametrize(("segment", "code"), [(99, "quick fix"), (10**30, "quick fix"), (1, "no such code")])
def test_an_unknown_segment_or_code_decides_nothing(study: StudyFolder, segment: int, code: str) -> None:
    with pytest.raises(UnknownNameError, match="there is no"):
        decide_segment(study, segment, Action.APPLY, code)
    assert decision_records(study) == []


@examples(20, quick=6)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from([Action.APPLY, Action.REJECT, Action.REMOVE, Action.SKIP, Action.MARK]),
            st.integers(1, 3),
            st.sampled_from(["quick fix", "long wait"]),
            st.sampled_from([None, *Stance]),
        ),
        max_size=8,
    )
)
def test_undoing_everything_leads_back_through_every_state(
    study: StudyFolder, steps: list[tuple[Action, int, str, Stance | None]]
) -> None:
    def state() -> list[tuple[tuple[str, ...], dict[str, tuple[Stance, ...]]]]:
        return [(quote.codes, dict(quote.stances)) for quote in list_quotes(study)]

    while undo(study) is not None:
        pass
    history = [state()]
    for action, segment, code, stance in steps:
        said = stance if action in (Action.APPLY, Action.MARK) else None
        try:
            on = None if action is Action.SKIP else code
            done = decide_segment(study, segment, action, on, stance=said)
        except UsageError:
            assert action is Action.MARK
            assert state() == history[-1]
            continue
        if done.number is None:
            assert state() == history[-1]
        else:
            history.append(state())
    for before in reversed(history[:-1]):
        assert undo(study) is not None
        assert state() == before
    assert undo(study) is None
    assert state() == [((), {})] * 5
    for after in history[1:]:
        assert redo(study) is not None
        assert state() == after
    # What earlier examples undid can be redone as long as nothing new was decided.
    if len(history) > 1:
        assert redo(study) is None


def test_undo_and_redo_go_on_without_end(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix", stance=Stance.MIXED)
    for _ in range(often(200, quick=30)):
        assert undo(study) is not None
        assert redo(study) is not None
    assert redo(study) is None
    assert stances_on(study, 1) == {"quick fix": (Stance.MIXED,)}
    for segment in (1, 2, 3):
        for code in ("long wait", "Families"):
            decide_segment(study, segment, Action.APPLY, code)
    for _ in range(often(30, quick=4)):
        assert [undo(study) is not None for _ in range(7)] == [True] * 7
        assert undo(study) is None
        assert [codes_on(study, segment) for segment in (1, 2, 3)] == [(), (), ()]
        assert [redo(study) is not None for _ in range(7)] == [True] * 7
    assert codes_on(study, 1) == ("quick fix", "Families", "long wait")


def test_a_new_decision_ends_redo_and_one_that_changes_nothing_does_not(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 2, Action.APPLY, "long wait")
    undo(study)
    decide_segment(study, 1, Action.APPLY, "quick fix")
    brought = redo(study)
    assert brought is not None
    assert reversal_in_words(brought) == 'decision 2: apply "long wait" on passage 2.'
    undo(study)
    decide_segment(study, 3, Action.SKIP)
    assert redo(study) is None
    assert undo(study) is not None
    assert redo(study) is not None
    assert redo(study) is None
    assert codes_on(study, 2) == ()


def test_decisions_that_belong_together_are_undone_and_redone_at_once(study: StudyFolder) -> None:
    decide_segment(study, 3, Action.APPLY, "quick fix", stance=Stance.DISPUTES)
    wanted = [
        DecisionRequest(1, Action.APPLY, "QUICK FIX", Stance.SUPPORTS),
        DecisionRequest(3, Action.REMOVE, "quick fix"),
        DecisionRequest(2, Action.ACCEPT, "quick fix"),
        DecisionRequest(2, Action.APPLY, "quick fix"),
        DecisionRequest(2, Action.MARK, "quick fix", Stance.MIXED),
        DecisionRequest(4, Action.REMOVE, "long wait"),
        DecisionRequest(5, Action.SKIP),
    ]
    made = decide_many(study, wanted, "all alike")
    assert [decision.number for decision in made] == [2, 3, 4, None, 5, None, 6]
    assert made[0] == DecisionOutcome(2, Action.APPLY, 1, "quick fix")
    after = [(quote.codes, dict(quote.stances)) for quote in list_quotes(study)]
    assert after == [
        (("quick fix",), {"quick fix": (Stance.SUPPORTS,)}),
        (("quick fix",), {"quick fix": (Stance.MIXED,)}),
        *[((), {})] * 3,
    ]
    log = decision_records(study)
    assert [decision["together"] for decision in log] == [None, 2, 2, 2, 2, 2]
    assert [decision["memo"] for decision in log] == [None, "all alike", None, None, None, None]
    for _ in range(3):
        taken = undo(study)
        assert taken is not None
        assert (len(taken.decisions), taken.segment, taken.code) == (5, 1, None)
        assert stances_on(study, 3) == {"quick fix": (Stance.DISPUTES,)}
        assert [codes_on(study, segment) for segment in (1, 2)] == [(), ()]
        brought = redo(study)
        assert brought is not None
        assert [decision.id for decision in brought.decisions] == [2, 3, 4, 5, 6]
        assert brought.segment == 5
        assert [(quote.codes, dict(quote.stances)) for quote in list_quotes(study)] == after
    assert brought is not None
    assert reversal_in_words(brought) == (
        "decisions 2 to 6, which belong together: apply and mark supports, remove, apply, mark mixed, skip "
        "on 4 passages."
    )
    assert redo(study) is None


def test_of_decisions_that_belong_together_all_are_made_or_none(study: StudyFolder) -> None:
    good = DecisionRequest(1, Action.APPLY, "quick fix")
    for bad, said in (
        (DecisionRequest(99, Action.APPLY, "quick fix"), "there is no passage 99"),
        (DecisionRequest(2, Action.APPLY, "quik fix"), "there is no code"),
        (DecisionRequest(2, Action.MARK, "quick fix", Stance.MIXED), "does not stand on passage 2"),
    ):
        with pytest.raises(UsageError, match=said):
            decide_many(study, [good, bad, good])
    assert decision_records(study) == []
    assert decide_many(study, []) == []
    assert decide_many(study, [DecisionRequest(1, Action.REMOVE, "quick fix")])[0].number is None
    assert undo(study) is None


def test_a_file_says_on_which_line_a_row_with_line_breaks_begins(study: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        'segment,code,decision,memo\n1,quick fix,apply,"one\ntwo\nthree"\n99,quick fix,apply,"a\nb"\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        decide_from_file(study, file)
    assert caught.value.line == 5
    assert decision_records(study) == []


def test_columns_may_stand_in_any_order(study: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text("decision,notes,segment,code\napply,mine,2,long wait\n", encoding="utf-8")
    assert decide_from_file(study, file).made == 1
    assert codes_on(study, 2) == ("long wait",)


def test_each_row_of_a_file_is_an_entry_of_its_own(study: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        "segment,code,decision,coder,memo\n"
        "1,quick fix,apply,jo,a patch\n"
        "1,long wait,reject,ada,\n"
        "1,Quick Fix,accept,jo,not kept\n"
        "1,quick fix,reject,jo,\n"
        "2,long wait,apply,ada,queues\n",
        encoding="utf-8",
    )
    summary = decide_from_file(study, file)
    assert (summary.made, summary.unchanged, summary.coders) == (4, 1, ("ada", "jo"))
    kept = [
        (record["id"], record["coder"], record["decision"], record["segment"], record["memo"])
        for record in decision_records(study)
    ]
    assert kept == [
        (1, "jo", "apply", 1, "a patch"),
        (2, "ada", "reject", 1, None),
        (3, "jo", "reject", 1, None),
        (4, "ada", "apply", 2, "queues"),
    ]
    decided = read_history(study, kind="decision")
    assert [entry.coder for entry in decided] == ["jo", "ada", "jo", "ada"]
    assert [entry.group for entry in decided] == [entry.number for entry in decided]
    assert decide_from_file(study, file).made == 2
    assert codes_on(study, 1) == ()


def test_a_passage_that_a_row_cuts_out_is_in_use_below_it_while_it_is_coded(
    study: StudyFolder, tmp_path: Path
) -> None:
    quote = list_quotes(study)[0]
    end = quote.start + len(quote.text.split()[0])
    place = f"{quote.source},{quote.start},{end}"
    name = f"{quote.source}:{quote.start}-{end}"
    rows = [
        "segment,source,start,end,code,decision",
        f",{place},quick fix,apply",
        f"{name},,,,long wait,apply",
        f"{name},,,,quick fix,remove",
        f"{name},,,,long wait,remove",
    ]
    file = tmp_path / "decisions.csv"
    file.write_text("\n".join([*rows, f"{name},,,,quick fix,apply"]), encoding="utf-8")
    with pytest.raises(DataError, match="there is no passage") as caught:
        decide_from_file(study, file)
    assert caught.value.line == 6
    assert decision_records(study) == []
    file.write_text("\n".join(rows), encoding="utf-8")
    summary = decide_from_file(study, file)
    assert (summary.made, summary.cut_out) == (4, 1)


def test_the_decisions_of_a_file_are_written_together(study: StudyFolder, tmp_path: Path) -> None:
    def statements(rows: list[str]) -> int:
        file = tmp_path / "decisions.csv"
        file.write_text("\n".join(["segment,code,decision", *rows]), encoding="utf-8")
        asked: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            assert decide_from_file(study, file).made == len(rows)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(asked)

    numbers = [quote.id for quote in list_quotes(study)]
    few = statements([f"{number},quick fix,apply" for number in numbers[:2]])
    many = statements(
        [f"{number},{code},reject" for number in numbers for code in ("long wait", "quick fix")]
    )
    assert len(numbers) > 2
    assert many <= few + 2


def test_a_stance_is_said_with_the_decision_or_marked_afterwards(suggested: StudyFolder) -> None:
    done = decide_suggestion(suggested, 1, Action.ACCEPT, stance=Stance.DISPUTES)
    assert done == DecisionOutcome(1, Action.ACCEPT, 1, "quick fix")
    assert stances_on(suggested, 1) == {"quick fix": (Stance.DISPUTES,)}
    done = decide_segment(suggested, 1, Action.MARK, "Quick fix", stance=Stance.MIXED)
    assert done == DecisionOutcome(2, Action.MARK, 1, "quick fix")
    assert stances_on(suggested, 1) == {"quick fix": (Stance.MIXED,)}


def test_accepting_again_with_a_stance_marks_and_without_one_changes_nothing(study: StudyFolder) -> None:
    decide_segment(study, 2, Action.APPLY, "quick fix", stance=Stance.DISPUTES)
    assert decide_segment(study, 2, Action.APPLY, "quick fix").number is None
    assert decide_segment(study, 2, Action.APPLY, "quick fix", stance=Stance.DISPUTES).number is None
    assert decide_segment(study, 2, Action.MARK, "quick fix", stance=Stance.DISPUTES).number is None
    assert stances_on(study, 2) == {"quick fix": (Stance.DISPUTES,)}
    again = decide_segment(study, 2, Action.ACCEPT, "quick fix", stance=Stance.SUPPORTS)
    assert (again.number, again.action) == (2, Action.MARK)
    assert stances_on(study, 2) == {"quick fix": (Stance.SUPPORTS,)}
    assert decide_segment(study, 2, Action.MARK, "quick fix").number == 3
    assert stances_on(study, 2) == {}
    assert codes_on(study, 2) == ("quick fix",)


def test_what_does_not_stand_by_ones_own_decision_takes_no_stance(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_segment(study, 2, Action.APPLY, "quick fix")
    monkeypatch.setenv("QUOTEGRID_CODER", "second")
    with pytest.raises(UsageError, match="does not stand on passage 2 by your decision"):
        decide_segment(study, 2, Action.MARK, "quick fix", stance=Stance.DISPUTES)
    assert len(decision_records(study)) == 1


def test_two_coders_may_see_different_stances(study: StudyFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    decide_segment(study, 2, Action.APPLY, "quick fix", stance=Stance.SUPPORTS)
    monkeypatch.setenv("QUOTEGRID_CODER", "second")
    decide_segment(study, 2, Action.APPLY, "quick fix", stance=Stance.DISPUTES)
    assert codes_on(study, 2) == ("quick fix",)
    assert stances_on(study, 2) == {"quick fix": (Stance.DISPUTES, Stance.SUPPORTS)}


def test_a_file_has_stances_with_and_without_memos(study: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        "segment,code,decision,stance\n1,quick fix,apply,disputes\n2,quick fix,apply,\n3,long wait,apply\n",
        encoding="utf-8",
    )
    assert decide_from_file(study, file).made == 3
    assert stances_on(study, 1) == {"quick fix": (Stance.DISPUTES,)}
    assert stances_on(study, 2) == {}
    file.write_text(
        "segment,code,decision,memo,stance\n"
        "1,quick fix,mark,on reflection,mixed\n"
        "2,quick fix,accept,,supports\n"
        "3,long wait,mark,,none\n",
        encoding="utf-8",
    )
    summary = decide_from_file(study, file)
    assert (summary.made, summary.marked, summary.accepted, summary.unchanged) == (2, 2, 1, 1)
    assert stances_on(study, 1) == {"quick fix": (Stance.MIXED,)}
    assert stances_on(study, 2) == {"quick fix": (Stance.SUPPORTS,)}
    assert decision_records(study)[3]["memo"] == "on reflection"
    assert decide_from_file(study, file).made == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,quick fix,reject,disputes", 'a stance cannot be said with "reject"'),
        ("1,quick fix,skip,disputes", 'a stance cannot be said with "skip"'),
        ("1,quick fix,apply,against", '"against" is not a stance'),
        ("1,quick fix,mark,disputes", "does not stand on passage 1"),
    ],
)
def test_a_stance_that_cannot_be_is_refused_with_its_line(
    study: StudyFolder, tmp_path: Path, row: str, said: str
) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(f"segment,code,decision,stance\n2,quick fix,apply,mixed\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=said) as caught:
        decide_from_file(study, file)
    assert caught.value.line == 3
    assert decision_records(study) == []


def test_stances_are_named_case_aside() -> None:
    assert [stance_named(name) for name in ("Supports", "DISPUTES", "mixed", "None")] == [*Stance, None]
