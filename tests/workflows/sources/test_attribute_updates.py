from __future__ import annotations

from pathlib import Path

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.sources.model import SourceKind
from quotegrid.workflows.people.change_cases import merge_cases
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.people.show_case import show_case
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from tests.profiles import IS_DEEP

ON_BOTH_ENGINES = IS_DEEP


def _import(study: StudyFolder) -> int:
    return import_sources(study, [study.root / "corpus"], ReadingOptions()).values_changed


def test_a_changed_row_about_an_area_reaches_its_cases_once(study: StudyFolder) -> None:
    table = study.root / "corpus" / "attributes.csv"
    table.write_text("area,wave,region\nWesthay,1,far west\nEastlow,2,east\n", encoding="utf-8")
    assert _import(study) == 1
    assert _import(study) == 0
    assert [record["attributes"]["region"] for record in case_records(study)] == ["far west", "east"]


def test_an_area_set_by_hand_brings_its_attributes_at_once(study: StudyFolder) -> None:
    set_case(study, "RAY MOSS", {"area": "Westhay"})
    ray = show_case(study, "RAY MOSS")
    assert ray.attributes == {"region": "west", "wave": "1"}
    assert [(value.origin, value.place, value.line) for value in ray.values if value.field == "region"] == [
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
    config.write_text(
        text.replace("\n[stakeholders]\n", '\n[stakeholders]\nbees = ["beekeeper"]\n', 1), "utf-8"
    )
    again = open_study(study.root)
    assert show_case(again, "SAM REED").group == "bees"
    assert _import(again) == 0
    again.close()


def test_groups_as_written_and_roles_of_quotes_join_the_groups_that_the_settings_get_later(
    tmp_path: Path, address: str
) -> None:
    study = init_study(tmp_path / "fresh", "Fresh", address)
    corpus = study.root / "corpus"
    (corpus / "survey.csv").write_text(
        "ID,Group,Answer\nR1,Porter,Far.\nR2,porters,Too far.\nR3,manager,Fine.\n", encoding="utf-8"
    )
    (corpus / "talk.txt").write_text(
        "Interviewer: So?\n\nAnn (night porter): Far.\n\nInterviewer: And?\n\nAnn: Too far.\n",
        encoding="utf-8",
    )
    report = (
        "# Views\n\nFar to walk. - *Night porter*\n\nText.\n\n"
        "Too few beds. - *Baker*\n\nEnd, says the text.\n"
    )
    (corpus / "views.md").write_text(report, encoding="utf-8")
    import_sources(study, [corpus / "survey.csv", corpus / "talk.txt"], ReadingOptions())
    import_sources(study, [corpus / "views.md"], ReadingOptions(kind=SourceKind.REPORT))

    def groups(folder: StudyFolder) -> list[tuple[str | None, str | None]]:
        return [(quote.group, quote.role) for quote in list_quotes(folder)]

    assert groups(study) == [
        ("Porter", None), ("porters", None), ("manager", None),
        ("night porter", None), ("night porter", None), (None, "Night porter"), (None, "Baker")
    ]  # fmt: skip
    study.close()
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f'{text}\n[stakeholders]\nportering = ["porter"]\n', "utf-8")
    again = open_study(study.root)
    import_sources(again, [corpus], ReadingOptions())
    assert groups(again) == [
        ("portering", None), ("portering", None), ("manager", None),
        ("portering", None), ("portering", None), ("portering", "Night porter"), (None, "Baker")
    ]  # fmt: skip
    again.close()


REPORT = """\
# What we heard

"It came late." (P7, parent, West Hay)

"We waited." (P3, parent)

"It never came." (P3, parent, Southby)

"We rang." (parent, West Hay)
"""


def test_areas_of_a_reports_quotes_get_standard_names_with_the_settings_and_keep_to_the_report(
    study: StudyFolder,
) -> None:
    table = study.root / "corpus" / "people.csv"
    (study.root / "corpus" / "heard.md").write_text(REPORT, encoding="utf-8")
    table.write_text("area,site\nWest Hay,far\nSouthby,near\nWesthay,far\n", encoding="utf-8")
    _import(study)
    assert [(quote.area, quote.case) for quote in list_quotes(study, sources=["heard.md"])] == [
        ("West Hay", "heard P7"),
        (None, "heard P3"),
        ("Southby", "heard P3"),
        ("West Hay", None),
    ]
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f'{text}\n[areas]\nWesthay = ["West Hay"]\nSouthby = []\nEastlow = []\n', "utf-8")
    again = open_study(study.root)
    table.write_text("source,area,site\nheard.md,Eastlow,mid\n", encoding="utf-8")
    _import(again)
    assert [quote.area for quote in list_quotes(again, sources=["heard.md"])] == [
        "Westhay",
        None,
        "Southby",
        "Westhay",
    ]
    # The table speaks of the report now, and no more of its people.
    assert show_case(again, "heard P7").attributes["site"] == "far"
    assert [quote.attributes.get("site") for quote in list_quotes(again, sources=["heard.md"])][1] == "mid"
    assert [record["area"] for record in case_records(again) if record["name"].startswith("heard")] == [
        None,
        "Westhay",
    ]
    again.close()


def test_a_participant_of_a_report_is_told_more_about_by_the_label_after_a_merge(study: StudyFolder) -> None:
    (study.root / "corpus" / "heard.md").write_text(REPORT, encoding="utf-8")
    _import(study)
    merge_cases(study, "heard P7", "RAY MOSS")
    table = study.root / "corpus" / "people.csv"
    table.write_text("source,speaker,site\nheard.md,P7,north\n", encoding="utf-8")
    assert _import(study) == 1
    assert show_case(study, "RAY MOSS").attributes["site"] == "north"


def test_a_table_of_the_same_answers_may_say_other_things_of_those_who_gave_them(study: StudyFolder) -> None:
    answers = study.root / "corpus" / "answers.csv"
    answers.write_text("case,role,answer\nK1,Parent,It came late.\nK2,,We waited.\n", encoding="utf-8")
    _import(study)
    assert (show_case(study, "K1").role, show_case(study, "K1").group) == ("Parent", "parent")
    set_case(study, "K2", {"role": "Carer"})
    answers.write_text(
        "case,role,answer\nK1,Headteacher,It came late.\nK2,Nurse,We waited.\n", encoding="utf-8"
    )
    done = import_sources(study, [study.root / "corpus"], ReadingOptions())
    assert ("answers.csv" in done.unchanged, done.values_changed) == (True, 2)
    assert (show_case(study, "K1").role, show_case(study, "K1").group) == ("Headteacher", "school")
    assert [
        (value.value, value.origin) for value in show_case(study, "K2").values if value.field == "role"
    ] == [
        ("Carer", "by hand"),
        ("Nurse", "column"),
    ]
