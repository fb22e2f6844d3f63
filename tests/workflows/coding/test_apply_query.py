"""A query as the rule of a code."""

from __future__ import annotations

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import QueryError, UnknownNameError, UsageError
from quotegrid.workflows.coding.apply_query import apply_to_all, plan_application
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder


def coded(study: StudyFolder) -> list[int]:
    return [quote.id for quote in list_quotes(study, codes=["long wait"])]


def test_all_that_fit_are_coded_as_one_deed(study: StudyFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    decide_segment(study, 1, Action.APPLY, "long wait")
    monkeypatch.setenv("QUOTEGRID_CODER", "Bob")
    decide_segment(study, 2, Action.APPLY, "long wait")
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    plan = plan_application(study, "group:school", "LONG WAIT")
    assert (plan.segments, plan.already, plan.by_others) == ({2, 3}, 1, 1)
    assert [quote.id for quote in plan.first] == [2, 3]
    assert coded(study) == [1, 2]
    assert "2 passages" in apply_to_all(study, plan)
    assert coded(study) == [1, 2, 3]
    made = decision_records(study)[-2:]
    assert [record["memo"] for record in made] == ["by the query: group:school", None]
    undo(study)
    assert coded(study) == [1, 2]
    redo(study)
    assert coded(study) == [1, 2, 3]
    assert plan_application(study, "group:school", "long wait").segments == set()


@pytest.mark.parametrize(
    ("query", "code", "error"),
    [
        ("", "long wait", UsageError),
        ('near:"a roof"', "long wait", UsageError),
        ("group:nobody", "long wait", UnknownNameError),
        ("group:(", "long wait", QueryError),
        ("group:school", "no such code", UnknownNameError),
    ],
)
def test_what_is_no_rule_is_refused(
    study: StudyFolder, query: str, code: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        plan_application(study, query, code)
