from __future__ import annotations

from quotegrid.corpus.reading import ReadingOptions
from quotegrid.workflows.case_changes import set_case
from quotegrid.workflows.folder import StudyFolder, open_study
from quotegrid.workflows.import_sources import import_sources
from quotegrid.workflows.records import case_records
from quotegrid.workflows.show_case import show_case


def _import(study: StudyFolder) -> int:
    return import_sources(study, [study.root / "corpus"], ReadingOptions()).values_changed


def test_a_changed_row_about_an_area_reaches_its_cases_once(study: StudyFolder) -> None:
    table = study.root / "corpus" / "attributes.csv"
    table.write_text("area,wave,region\nWesthay,1,far west\nEastlow,2,east\n", encoding="utf-8")
    # One value of the case, and one of its source.
    assert _import(study) == 2
    assert _import(study) == 0
    assert [one["attributes"]["region"] for one in case_records(study)] == ["far west", "east"]


def test_an_area_set_by_hand_brings_its_attributes_at_once(study: StudyFolder) -> None:
    set_case(study, "RAY MOSS", {"area": "Westhay"})
    ray = show_case(study, "RAY MOSS")
    assert ray.attributes == {"region": "west", "wave": "1"}
    assert [(one.origin, one.place, one.line) for one in ray.values if one.field == "region"] == [
        ("derived", "attributes.csv", 2)
    ]
    assert _import(study) == 0
    assert show_case(study, "RAY MOSS").attributes == {"region": "west", "wave": "1"}


def test_a_cell_that_is_emptied_says_nothing_any_more(study: StudyFolder) -> None:
    table = study.root / "corpus" / "people.csv"
    table.write_text("speaker,role,site\nRAY MOSS,Nurse,north\n", encoding="utf-8")
    assert _import(study) == 2
    assert show_case(study, "RAY MOSS").role == "Nurse"
    table.write_text("speaker,role,site\nRAY MOSS,,north\n", encoding="utf-8")
    assert _import(study) == 1
    assert show_case(study, "RAY MOSS").role == "Parent"
    assert show_case(study, "RAY MOSS").attributes["site"] == "north"


def test_a_role_that_gets_a_group_in_the_settings_is_followed(study: StudyFolder) -> None:
    talk = "Participant: SAM REED\nTitle: Talk\nRole: Beekeeper\n\nI: So?\n\nSAM REED: Yes.\n"
    (study.root / "corpus" / "talk.txt").write_text(talk, encoding="utf-8")
    _import(study)
    assert show_case(study, "SAM REED").group is None
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[stakeholders]\n", '[stakeholders]\nbees = ["beekeeper"]\n', 1), "utf-8")
    again = open_study(study.root)
    assert _import(again) == 1
    assert show_case(again, "SAM REED").group == "bees"
    again.close()
