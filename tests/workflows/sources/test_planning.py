from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.matrix.coverage import CoverageFigures
from quotegrid.errors import UsageError
from quotegrid.workflows.matrix.coverage import make_coverage
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.import_summary import ImportSummary
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import HEAD


def imported(study: StudyFolder, text: str, name: str = "plan.csv") -> ImportSummary:
    (study.root / "corpus" / name).write_text(text, encoding="utf-8")
    return import_sources(study, [study.root / "corpus"], ReadingOptions())


def test_a_plan_in_the_folder_is_found_and_says_names_as_the_study_does(study: StudyFolder) -> None:
    summary = imported(study, "group,area,planned\nParents,eastlow,2\n")
    assert (summary.plan_files, summary.planned, summary.problems) == (["plan.csv"], 2, [])
    found = make_coverage(study)
    assert (found.rows, found.columns) == (("Eastlow", "Westhay"), ("school", "parent"))
    assert found.cells[0] == (CoverageFigures(0, 0, 0, 0, read=0), CoverageFigures(1, 0, 2, 1, read=0))


def test_a_group_that_the_study_does_not_list_is_planned_as_written(study: StudyFolder) -> None:
    summary = imported(study, "group,planned\nparents,1\nmartians,2\n")
    assert not summary.problems
    assert "martians" in make_coverage(study).columns


def test_an_area_that_the_study_does_not_know_leaves_the_plan_out(study: StudyFolder) -> None:
    said = 'plan.csv, line 3: the area "Westhey" is not one of'
    summary = imported(study, "area,planned\nWesthay,1\nWesthey,2\n")
    assert [said in str(problem) for problem in summary.problems] == [True]
    assert summary.plan_files == []
    assert not make_coverage(study).has_plan


def test_the_nearest_area_is_offered(study: StudyFolder) -> None:
    (problem,) = imported(study, "area,planned\nWesthey,2\n").problems
    assert "Did you mean Westhay?" in str(problem)


def test_without_a_list_of_areas_one_that_nobody_comes_from_is_a_warning(study: StudyFolder) -> None:
    (study.root / "corpus" / "attributes.csv").unlink()
    summary = imported(study, "area,planned\nWesthay,1\nNewby,2\n")
    assert [(name, str(warning)) for name, warning in summary.warnings] == [
        ("plan.csv", 'line 3: no case comes from the area "Newby" so far. The areas are Eastlow, Westhay.')
    ]
    assert summary.places["plan.csv"] == "corpus/plan.csv"
    assert make_coverage(study).total == CoverageFigures(2, 0, 3, 2, read=0)


def test_a_new_plan_stands_in_place_of_the_old_one_and_a_bad_one_does_not(study: StudyFolder) -> None:
    imported(study, "group,planned\nparents,4\n")
    assert make_coverage(study).total.planned == 4
    imported(study, "group,planned\nparents,5\n")
    assert make_coverage(study).total.planned == 5
    assert len(imported(study, "group,planned\nparents,many\n").problems) == 1
    assert make_coverage(study).total.planned == 5


def test_two_plans_count_together_only_where_they_go_by_the_same(study: StudyFolder) -> None:
    imported(study, "group,planned\nparents,4\n")
    summary = imported(study, "group,planned\nschools,2\n", "plan2.csv")
    assert (summary.plan_files, summary.planned) == (["plan.csv", "plan2.csv"], 6)
    (problem,) = imported(study, "group,planned\nschools,2\nPARENT,1\n", "plan2.csv").problems
    assert "plan2.csv, line 3: the same values stand in plan.csv, line 2." in str(problem)
    (problem,) = imported(study, "area,planned\nWesthay,2\n", "plan2.csv").problems
    assert "plan2.csv, line 1: this plan goes by area, and plan.csv by group." in str(problem)


def test_a_plan_can_be_given_whatever_its_columns_are(study: StudyFolder) -> None:
    plan = study.root / "frame.csv"
    plan.write_text("area,wave,planned\nWesthay,1,2\n", encoding="utf-8")
    summary = import_sources(study, [study.root / "corpus"], ReadingOptions(), plans=[plan])
    assert (summary.plan_files, summary.planned) == (["frame.csv"], 2)
    found = make_coverage(study, rows="wave", columns="area")
    assert found.cells[found.rows.index("1")][found.columns.index("Westhay")] == CoverageFigures(
        1, 0, 2, 1, read=0
    )
    with pytest.raises(UsageError, match="there is no such plan"):
        import_sources(study, [study.root / "corpus"], ReadingOptions(), plans=[study.root / "none.csv"])


def test_an_attributes_table_that_looks_like_a_plan_can_be_given_as_one(study: StudyFolder) -> None:
    table = study.root / "corpus" / "targets.csv"
    table.write_text("area,target\nWesthay,5\nEastlow,7\n", encoding="utf-8")
    summary = import_sources(study, [study.root / "corpus"], ReadingOptions(), attributes=[table])
    assert (summary.plan_files, summary.attributes_files) == ([], ["attributes.csv", "targets.csv"])
    assert [record["attributes"]["target"] for record in case_records(study)] == ["5", "7"]


def test_a_preview_checks_the_plan_against_what_it_has_read(empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / "plan.csv").write_text("area,planned\nWesthay,1\nNewby,2\n", encoding="utf-8")
    found = preview_import(empty_study, [corpus], ReadingOptions())
    assert (found.plan_files, found.planned) == (["plan.csv"], 3)
    assert [warning.line for _, warning in found.other_warnings] == [3]
    assert not make_coverage(empty_study).has_plan


def test_a_plan_may_spell_areas_as_the_settings_do_and_name_those_nobody_comes_from(
    study: StudyFolder,
) -> None:
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f'{text}\n[areas]\nWesthay = ["West Hay"]\nEastlow = []\nNewby = []\n', "utf-8")
    again = open_study(study.root)
    summary = imported(again, "area,planned\nWest-Hay,1\nNewby,2\n")
    assert (summary.problems, summary.warnings, summary.planned) == ([], [], 3)
    assert set(make_coverage(again).rows) == {"Eastlow", "Newby", "Westhay"}
    again.close()
