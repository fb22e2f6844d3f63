from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import SourceKind
from quotegrid.workflows.people.change_cases import rename_case
from quotegrid.workflows.people.check_cases import CaseGap, OfferedRole, check_cases, nearest_group
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import PARENT

STRANGER = "Title: A talk\nParticipant: SAM REED\nRole: Headteecher\n\nI: So?\n\nSAM REED: Yes.\n"
UNNAMED = "I: And you?\n\nP1: I'm a SENCO in a primary school.\n\nI: Is she?\n\nP1: She is a governor.\n"


def _import(study: StudyFolder, name: str, text: str, options: ReadingOptions | None = None) -> None:
    file = study.root / "corpus" / name
    file.write_text(text, encoding="utf-8")
    import_sources(study, [file], options or ReadingOptions())


def test_who_lacks_what_others_have_is_listed(study: StudyFolder) -> None:
    assert check_cases(study) == []
    _import(study, "talk.txt", STRANGER)
    assert check_cases(study) == [
        CaseGap(
            "SAM REED",
            "Headteecher",
            ("talk.txt",),
            ["group", "area", "region", "wave"],
            "school",
            conflicts=[],
        )
    ]


def test_a_speaker_with_only_a_label_is_not_named_and_what_they_say_of_themselves_is_offered(
    study: StudyFolder,
) -> None:
    _import(study, "third.txt", UNNAMED)
    (gap,) = check_cases(study)
    start = UNNAMED.index("I'm")
    assert (gap.case, gap.is_named, gap.role) == ("third P1", False, None)
    assert gap.offered == [
        OfferedRole(
            "SENCO in a primary school",
            "school",
            "I'm a SENCO in a primary school",
            "third.txt",
            start,
            UNNAMED.index(".\n"),
        )
    ]
    rename_case(study, "third P1", "Maya Hill")
    set_case(study, "Maya Hill", {"role": "SENCO", "area": "Westhay"})
    assert check_cases(study) == []


def test_conflicts_are_listed_until_somebody_settles_them(study: StudyFolder) -> None:
    _import(study, "again.txt", PARENT.replace("Fourteen", "Nine").replace("Role: Parent", "Role: Carer"))
    (gap,) = check_cases(study)
    assert (gap.case, gap.missing) == ("RAY MOSS", [])
    assert gap.conflicts == [
        'the role is "Parent" (header, parent.txt, line 6), but "Carer" (header, again.txt, line 6); '
        '"Parent" stands.'
    ]
    set_case(study, "RAY MOSS", {"role": "Carer"})
    assert check_cases(study) == []


def test_roles_of_reports_in_no_group_are_listed_with_the_nearest(study: StudyFolder) -> None:
    text = "We saw it. - *Headteecher*\n\nGone. - *Astronaut*\n\nWe did. - *LA lead*\n"
    _import(study, "report.txt", text, ReadingOptions(kind=SourceKind.REPORT))
    found = [(gap.case, gap.role, gap.missing, gap.nearest_group) for gap in check_cases(study)]
    assert found == [(None, "Astronaut", ["group"], None), (None, "Headteecher", ["group"], "school")]


def test_an_area_that_is_none_of_the_study_is_listed_with_the_nearest(study: StudyFolder) -> None:
    config = study.root / "quotegrid.toml"
    config.write_text(config.read_text(encoding="utf-8") + "\n[areas]\nWesthay = []\nEastlaw = []\n", "utf-8")
    again = open_study(study.root)
    (gap,) = check_cases(again)
    again.close()
    assert (gap.case, gap.missing, gap.nearest_area) == ("RAY MOSS", [], "Eastlaw")


@pytest.mark.parametrize(
    ("role", "group"), [("Head-teacher", "school"), ("carers", "parent"), ("Astronaut", None), (None, None)]
)
def test_a_group_is_offered_only_where_the_role_is_spelt_much_like_one_of_its(
    role: str | None, group: str | None
) -> None:
    table = Stakeholders({"school": ("headteacher",), "parent": ("carer",)})
    assert nearest_group(role, table) == group
