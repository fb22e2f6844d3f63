from __future__ import annotations

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.errors import UnknownNameError
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.list_quotes import all_quotes, list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.profiles import IS_DEEP

ON_BOTH_ENGINES = IS_DEEP


def test_a_theme_stands_for_everything_below_it(study: StudyFolder) -> None:
    decide_segment(study, 2, Action.APPLY, "room to plan")
    decide_segment(study, 3, Action.APPLY, "Families")
    assert [quote.id for quote in list_quotes(study, codes=["money"])] == [2]
    assert [quote.id for quote in list_quotes(study, codes=["families"])] == [3]
    assert list_quotes(study, codes=["long wait"]) == []


def test_a_group_is_found_by_any_of_its_roles(study: StudyFolder) -> None:
    assert [quote.id for quote in list_quotes(study, groups=["headteachers"])] == [1, 2, 3]


def test_a_group_that_the_study_knows_and_did_not_hear_has_no_quotes(study: StudyFolder) -> None:
    assert list_quotes(study, groups=["SENDIASS"]) == []
    with pytest.raises(UnknownNameError, match='no group "martians"'):
        list_quotes(study, groups=["martians"])


def test_kinds_and_attributes_combine(study: StudyFolder) -> None:
    found = list_quotes(study, kinds=[SegmentKind.TURN], attributes={"WAVE": "1", "region": "West"})
    assert [quote.id for quote in found] == [1, 2, 3]


def test_suggestions_come_along_only_when_asked_for_and_undecided(suggested: StudyFolder) -> None:
    assert all(quote.suggested == () for quote in all_quotes(suggested))
    decide_segment(suggested, 1, Action.ACCEPT, "quick fix")
    decide_segment(suggested, 1, Action.REJECT, "long wait")
    first = all_quotes(suggested, with_suggestions=True)[0]
    assert (first.codes, first.suggested) == (("quick fix",), ("room to plan",))
