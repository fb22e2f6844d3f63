from __future__ import annotations

import pytest

from quotegrid.corpus.reports.attributions import Attribution, read_attribution, voice_of
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Voice

STAKEHOLDERS = Stakeholders(
    {"local authority": ("LA",), "school": ("headteacher",), "parent": ("carer",), "SENDIASS": ()}
)
AREAS = ("Westhay", "North Eastlow")


def _read(printed: str) -> Attribution | None:
    return read_attribution(printed, STAKEHOLDERS, AREAS)


@pytest.mark.parametrize(
    ("printed", "role", "case", "area"),
    [
        ("Headteacher", "Headteacher", None, None),
        ("*Parent*, Westhay", "Parent", None, "Westhay"),
        ("Parent, north eastlow", "Parent", None, "North Eastlow"),
        ("Parent in Westhay", "Parent", None, "Westhay"),
        ("Parent \u2013 Westhay", "Parent", None, "Westhay"),
        ("Parent, Southby", "Parent, Southby", None, None),
        ("Parent, focus group\n3", "Parent, focus group 3", None, None),
        ("Focus group B", "Focus group B", None, None),
        ("Participant 12, female, 34", "Participant 12, female, 34", "Participant 12", None),
        ("Participant no. 12", "Participant no. 12", "Participant no. 12", None),
        ("Interviewee 4, local authority", "Interviewee 4, local authority", "Interviewee 4", None),
        ("P7", "P7", "P7", None),
        ("FG2-P3", "FG2-P3", "FG2-P3", None),
        ("P3-FG2", "P3-FG2", "P3-FG2", None),
        ("P7, Westhay", "P7", "P7", "Westhay"),
        ("carer, P7", "carer, P7", "P7", None),
        ("Headteacher 2", "Headteacher 2", "Headteacher 2", None),
        ("Nurse 3", "Nurse 3", "Nurse 3", None),
        ("Headteacher, School 3", "Headteacher, School 3", None, None),
        ("Nurse, F, 45-54", "Nurse, F, 45-54", None, None),
        ("Librarian", "Librarian", None, None),
        ("Westhay", "Westhay", None, None),
    ],
)
def test_roles_numbers_and_areas_are_told_apart(
    printed: str, role: str, case: str | None, area: str | None
) -> None:
    found = _read(printed)
    assert found is not None
    assert (found.role, found.case, found.area) == (role, case, area)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        " * ",
        "Smith, 2020",
        "Smith and Jones, 1998: 33",
        "Smith et al",
        "School census 2021",
        "see section 3 on schools",
        "Figure 2",
        "Table 4, parents",
        "pp. 3\u20134",
        "ibid",
        "including parents",
        "n = 34 parents",
        "March 2024",
        "12 May",
        "4 June",
        "Year 7",
        "Key stage 2",
        "KS2",
        "M25",
        "P3, P7",
        "Participant 3, Participant 4",
        "laughs",
        "Laughter",
        "Not all parents replied.",
        "Parents replied. Others did not",
        "https://example.org/parents",
        "parents, carers,",
        "a role of more than nine words that a parent could have had",
        "librarian",
        "Librarian, of the town",
    ],
)
def test_citations_references_dates_and_remarks_are_no_attributions(printed: str) -> None:
    assert _read(printed) is None


@pytest.mark.parametrize(
    ("printed", "strong"),
    [
        ("LA lead", True),
        ("P7", True),
        ("Focus group 3", True),
        ("Headteacher 2", True),
        ("Nurse 3", False),
        ("Smith", False),
    ],
)
def test_a_role_of_the_study_a_participant_and_a_focus_group_are_more_than_looks(
    printed: str, strong: bool
) -> None:
    found = _read(printed)
    assert found is not None
    assert found.is_strong is strong


@pytest.mark.parametrize(
    ("role", "voice"),
    [
        ("LA leaders", Voice.GROUP),
        ("Parents of children in Westhay", Voice.GROUP),
        ("Parents, Westhay", Voice.GROUP),
        ("School staff", Voice.GROUP),
        ("DCOs", Voice.GROUP),
        ("LA leader", Voice.PERSON),
        ("SENDIASS", Voice.PERSON),
        ("SENDIASS Lead", Voice.PERSON),
        ("Head of services", Voice.PERSON),
        ("Health services leader", Voice.PERSON),
        ("Member of staff", Voice.PERSON),
        ("", Voice.PERSON),
    ],
)
def test_a_plural_is_the_voice_of_several(role: str, voice: Voice) -> None:
    assert voice_of(role) is voice


def test_one_participant_is_one_voice_whatever_the_group_is_called() -> None:
    found = _read("P7, parents")
    assert found is not None
    assert found.voice is Voice.PERSON
