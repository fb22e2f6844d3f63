from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from quotegrid.corpus.reading import ReadingOptions
from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.workflows.check_cases import CaseGap, check_cases, nearest_group
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.import_sources import import_sources
from tests.conftest import Result

STRANGER = "Title: A talk\nParticipant: SAM REED\nRole: Headteecher\n\nI: So?\n\nSAM REED: Yes.\n"


def test_who_lacks_what_others_have_is_listed(study: StudyFolder) -> None:
    assert check_cases(study) == []
    file = study.root / "corpus" / "talk.txt"
    file.write_text(STRANGER, encoding="utf-8")
    import_sources(study, [file], ReadingOptions())
    assert check_cases(study) == [
        CaseGap("SAM REED", "Headteecher", ("talk.txt",), ["group", "area", "region", "wave"], "school")
    ]


def test_the_check_is_a_table_and_a_list(study: StudyFolder, run: Callable[..., Result]) -> None:
    assert run("-C", study.root, "cases", "check").out.endswith("0 cases lack something.\n")
    file = study.root / "corpus" / "talk.txt"
    file.write_text(STRANGER, encoding="utf-8")
    import_sources(study, [file], ReadingOptions())
    shown = run("-C", study.root, "cases", "check").out
    assert "SAM REED" in shown
    assert "group, area, region, wave" in shown
    told = json.loads(run("-C", study.root, "cases", "check", "--format", "json").out)
    assert [(one["case"], one["nearest_group"]) for one in told] == [("SAM REED", "school")]
    assert len(json.loads(run("-C", study.root, "cases", "--format", "json").out)) == 3


@pytest.mark.parametrize(
    ("role", "group"), [("Head-teacher", "school"), ("carers", "parent"), ("Astronaut", None), (None, None)]
)
def test_a_group_is_offered_only_where_the_role_is_spelt_much_like_one_of_its(
    role: str | None, group: str | None
) -> None:
    table = Stakeholders({"school": ("headteacher",), "parent": ("carer",)})
    assert nearest_group(role, table) == group
