from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records


def test_the_table_shows_what_is_planned_heard_coded_and_missing(run: Run, study: StudyFolder) -> None:
    plan = study.root / "corpus" / "plan.csv"
    plan.write_text("group,area,planned\nparents,Eastlow,3\nschools,Westhay,1\n", encoding="utf-8")
    done = run("-C", study.root, "import", study.root / "corpus")
    assert "plan from plan.csv (4 to interview)" in done.out
    run("-C", study.root, "sources", "read", "parent.txt")
    shown = run("-C", study.root, "coverage")
    assert shown.code == 0
    lines = [line.split() for line in shown.out.splitlines()]
    assert lines[:6] == [
        ["area", "cases", "school", "parent", "all"],
        ["Eastlow", "planned", "0", "3", "3"],
        ["heard", "0", "1", "1"],
        ["read", "0", "1", "1"],
        ["coded", "0", "0", "0"],
        ["missing", "0", "2", "2"],
    ]
    assert ["all", "planned", "1", "3", "4"] in lines
    assert "Not heard: local authority, college, health, parent carer forum" in shown.out.replace("\n", " ")


def test_without_a_plan_it_says_how_to_have_one(run: Run, study: StudyFolder) -> None:
    shown = run("-C", study.root, "coverage", "--rows", "wave", "--columns", "region")
    assert shown.code == 0
    assert shown.out.splitlines()[0].split() == ["wave", "cases", "east", "west", "all"]
    assert "planned" not in shown.out.splitlines()[1]
    assert "There is no plan; import a table with the columns group, area and planned." in shown.out


def test_every_format_says_the_same(run: Run, study: StudyFolder) -> None:
    found = records(run("-C", study.root, "coverage", "--format", "json"))
    assert found["total"] == {"heard": 2, "read": 0, "coded": 0, "planned": None, "missing": None}
    assert "all,all,2,0,0\n" in run("-C", study.root, "coverage", "--format", "csv").out
    assert "| all | heard | 1 | 1 | 2 |" in run("-C", study.root, "coverage", "--format", "markdown").out
    file = study.root / "exports" / "coverage.csv"
    assert run("-C", study.root, "coverage", "-o", file).code == 0
    assert file.read_text(encoding="utf-8").endswith("all,all,2,0,0\n")


def test_a_plan_is_given_with_a_flag(run: Run, study: StudyFolder) -> None:
    plan = study.root / "frame.csv"
    plan.write_text("area,wave,planned\nWesthay,1,2\n", encoding="utf-8")
    assert run("-C", study.root, "import", study.root / "corpus", "--plan", plan).code == 0
    assert records(run("-C", study.root, "coverage", "--format", "json"))["total"]["planned"] == 2
    missing = run("-C", study.root, "import", study.root / "corpus", "--plan", "none.csv")
    assert_refused(missing, 2, "none.csv", "there is no such plan", "Nothing was imported.")


def test_what_is_not_there_is_refused(run: Run, study: StudyFolder) -> None:
    assert_refused(run("-C", study.root, "coverage", "--rows", "regio"), 2, "Did you mean region?")
    assert_refused(run("-C", study.root, "coverage", "-o", "x.pdf"), 2, "not a format")


def test_a_published_coverage_is_by_one_attribute_and_tells_small_groups_as_one(
    run: Run, publishable: StudyFolder, tmp_path: Path
) -> None:
    done = run("-C", publishable.root, "coverage", "--publish", "-o", tmp_path / "coverage.csv")
    assert done.code == 0, done.err
    text = (tmp_path / "coverage.csv").read_text(encoding="utf-8")
    assert "all,school / parent,3," in text
    assert "Westhay" not in text
    assert "Not for publication" not in text
    log = (tmp_path / "coverage.csv.withheld.csv").read_text(encoding="utf-8")
    assert "fewer than 3 cases were heard in some of these" in log


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--rows", "area"), "by one attribute"), (("--columns", "case"), "cannot be published")],
)
def test_a_published_coverage_by_two_attributes_or_by_person_is_refused(
    run: Run, publishable: StudyFolder, options: tuple[str, str], said: str
) -> None:
    result = run("-C", publishable.root, "coverage", *options, "--publish")
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_coverage_of_too_few_people_is_not_published(run: Run, suggested: StudyFolder) -> None:
    result = run("-C", suggested.root, "coverage", "--publish")
    assert (result.code, result.out) == (2, "")
    assert "fewer than 3 cases" in result.err
