from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotegrid.domain.decisions import Action
from quotegrid.errors import DataError, UnknownNameError
from quotegrid.workflows.decide import Decided, decide_from_file, decide_segment, decide_suggestion, undo
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.list_quotes import list_quotes
from quotegrid.workflows.records import decision_records, suggestion_records


def codes_on(study: StudyFolder, segment: int) -> tuple[str, ...]:
    return next(quote.codes for quote in list_quotes(study) if quote.id == segment)


def test_accepting_a_suggestion_keeps_its_score(suggested: StudyFolder) -> None:
    score = suggestion_records(suggested)[0]["score"]
    assert decide_suggestion(suggested, 1, Action.ACCEPT) == Decided(1, Action.ACCEPT, 1, "quick fix")
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


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from([Action.APPLY, Action.REJECT, Action.REMOVE, Action.SKIP]),
            st.integers(1, 3),
            st.sampled_from(["quick fix", "long wait"]),
        ),
        max_size=8,
    )
)
def test_undoing_everything_leads_back_through_every_state(
    study: StudyFolder, steps: list[tuple[Action, int, str]]
) -> None:
    def state() -> list[tuple[str, ...]]:
        return [quote.codes for quote in list_quotes(study)]

    while undo(study) is not None:
        pass
    history = [state()]
    for action, segment, code in steps:
        done = decide_segment(study, segment, action, None if action is Action.SKIP else code)
        if done.number is None:
            assert state() == history[-1]
        else:
            history.append(state())
    while len(history) > 1:
        history.pop()
        assert undo(study) is not None
        assert state() == history[-1]
    assert undo(study) is None
    assert state() == [()] * 5


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
