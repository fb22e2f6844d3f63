from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.sources.model import SourceKind
from quotegrid.storage.people.cases import list_cases
from quotegrid.workflows.coding.undo import undo_in_words
from quotegrid.workflows.people.joins.joining import join, leave, rename
from quotegrid.workflows.people.joins.spellings import Spellings
from quotegrid.workflows.people.joins.written_areas import offered_areas, written_areas
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.init_study import init_study
from tests.conftest import Result

REPORT = """Night care on the wards

Many wards were visited in spring.

Eastlow's Lantern Rounds

Eastlow lights every bay. Rounds began in Eastlow in May. One sister said: 'we were tired of the dark'.

Patients slept longer, and so did others in Eastlow.

A second sister said of the Lantern Rounds that they were 'worth every hour'.

Tamsins' "long watch" at night

Tamsins has two wards, and nurses in Tamsins sat there. One porter said: 'nobody watched before'.

Building trust at night in Marrow Bay

The wards in Marrow Bay met each week. A nurse said: 'we talk now', and the people of Marrow Bay noticed.

Patients' views

Patients were asked. One patient said: 'it was loud'.
"""
ANSWERS = "id,area,answer\nR1,Eastlow,No pumps.\nR2,East-low,No time.\nR3,Easlow,No lifts.\nR4,Hill,None.\n"


@pytest.fixture
def study(tmp_path: Path) -> StudyFolder:
    study = init_study(tmp_path / "ward", "Ward")
    (study.root / "corpus" / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    (study.root / "corpus" / "report.txt").write_text(REPORT, encoding="utf-8")
    import_sources(study, [study.root / "corpus" / "answers.csv"], ReadingOptions())
    report = ReadingOptions(kind=SourceKind.REPORT)
    import_sources(study, [study.root / "corpus" / "report.txt"], report)
    return study


def areas(study: StudyFolder) -> dict[str, str | None]:
    return {quote.text: quote.area for quote in all_quotes(study) if quote.source == "report.txt"}


def people(study: StudyFolder) -> list[str | None]:
    with study.reading_session() as session:
        return [case.area for case in list_cases(session)]


def test_names_of_headings_are_offered_and_give_the_quotes_below_their_area(study: StudyFolder) -> None:
    assert areas(study)["we were tired of the dark"] is None
    spelt, *named = offered_areas(study)
    assert (spelt.spellings, spelt.people) == (("Easlow", "East-low", "Eastlow"), 3)
    assert [offer.told for offer in named] == [
        'Tamsins (1 quote) from the heading "Tamsins\' "long watch" at night"'
    ]
    said = join(study, Spellings.AREAS, ["East-low", "Easlow"], "Eastlow")
    assert said.endswith('joined under "Eastlow", an area of 3 people and 2 quotes of reports now.')
    join(study, Spellings.AREAS, [], "Tamsins")
    assert areas(study) == {
        "we were tired of the dark": "Eastlow",
        "worth every hour": "Eastlow",
        "nobody watched before": "Tamsins",
        "we talk now": "Marrow Bay",
        "it was loud": None,
    }
    assert people(study) == ["Eastlow", "Eastlow", "Eastlow", "Hill"]
    assert [record["written"] for record in written_areas(study) if record["joined"] == "Eastlow"] == [
        "Eastlow",
        "Easlow",
        "East-low",
    ]
    assert offered_areas(study) == []
    said = rename(study, Spellings.AREAS, "Eastlow", "Eastlow Trust")
    assert said == '"Eastlow" is called "Eastlow Trust" now, an area of 3 people and 2 quotes of reports.'
    leave(study, Spellings.AREAS, ["Eastlow Trust", "Tamsins"])
    assert people(study) == ["Eastlow", "East-low", "Easlow", "Hill"]
    assert areas(study) == {
        "we were tired of the dark": None,
        "worth every hour": None,
        "nobody watched before": None,
        "we talk now": "Marrow Bay",
        "it was loud": None,
    }
    undo_in_words(study)
    assert people(study) == ["Eastlow Trust", "Eastlow Trust", "Eastlow Trust", "Hill"]
    assert areas(study)["nobody watched before"] == "Tamsins"
    set_case(study, "R4", {"area": "East low"})
    assert people(study)[-1] == "Eastlow Trust"
    leave(study, Spellings.AREAS, ["Eastlow Trust"])
    assert people(study)[-1] == "East low"
    study.close()


def test_the_commands_list_offer_join_and_leave(study: StudyFolder, run: Callable[..., Result]) -> None:
    study.close()
    listed = run("-C", study.root, "areas").out
    assert "Easlow, East-low, Eastlow (3 people): join them?" in listed
    assert 'from the heading "Tamsins\' "long watch" at night": an area?' in listed
    assert listed.endswith('[areas]\n"Easlow" = ["East-low", "Eastlow"]\n"Tamsins" = []\n')
    joined = run("-C", study.root, "areas", "join", "Easlow", "--under", "Eastlow")
    assert joined.out == 'Easlow: joined under "Eastlow", an area of 2 people and 2 quotes of reports now.\n'
    assert run("-C", study.root, "areas", "rename", "Eastlow", "East").code == 0
    assert run("-C", study.root, "areas", "leave", "East").out == "East: joined to no area any more.\n"
    refused = run("-C", study.root, "areas", "leave", "East")
    assert refused.code == 2
    assert '"East" is not in [areas] of quotegrid.toml.' in refused.err
