from __future__ import annotations

import csv

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.coverage import CoverageFigures
from quotegrid.domain.sources.model import SourceKind
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.matrix.coverage import make_coverage
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import HEAD, REPORT


def banded(study: StudyFolder, line: str) -> StudyFolder:
    config = study.root / "quotegrid.toml"
    config.write_text(f"{config.read_text(encoding='utf-8')}\n[bands]\n{line}\n", encoding="utf-8")
    return open_study(study.root)


def test_a_case_is_heard_when_it_speaks_and_coded_while_a_code_stands(study: StudyFolder) -> None:
    assert make_coverage(study).total == CoverageFigures(2, 0, read=0)
    for segment in (1, 2):
        decide_segment(study, segment, Action.APPLY, "quick fix")
    assert make_coverage(study).total == CoverageFigures(2, 1, read=0)
    undo(study)
    undo(study)
    assert make_coverage(study).total == CoverageFigures(2, 0, read=0)


def test_who_is_heard_is_the_base_of_the_matrix(study: StudyFolder) -> None:
    found = make_coverage(study, rows="wave")
    matrix = make_matrix(study, columns="wave", count=measures.CASES).matrix
    assert [total.heard for total in found.row_totals] == [matrix.bases[name].cases for name in found.rows]


def test_groups_that_nobody_heard_are_named_and_quotes_without_a_person_are_counted_apart(
    study: StudyFolder,
) -> None:
    report = study.root / "corpus" / "report.txt"
    report.write_text("Heard\n\n“It is a fix.” — *LA leaders*\n", encoding="utf-8")
    import_sources(study, [report], ReadingOptions(kind=SourceKind.REPORT))
    found = make_coverage(study)
    assert "health" in found.not_heard
    assert "parent" not in found.not_heard
    assert "local authority" not in found.not_heard
    assert (found.unnamed, found.total) == (1, CoverageFigures(2, 0, read=0))


def test_numbers_stand_in_their_bands(study: StudyFolder) -> None:
    opened = banded(study, "wave = {early = 1, late = 2}")
    (study.root / "corpus" / "plan.csv").write_text("group,wave,planned\nparents,late,2\n", encoding="utf-8")
    import_sources(opened, [study.root / "corpus"], ReadingOptions())
    found = make_coverage(opened, rows="wave")
    assert found.rows == ("early", "late")
    assert found.cells[1][found.columns.index("parent")] == CoverageFigures(1, 0, 2, 1, read=0)


def test_a_plan_by_another_attribute_puts_it_in_the_rows(study: StudyFolder) -> None:
    (study.root / "corpus" / "plan.csv").write_text("wave,planned\n1,2\n", encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())
    assert make_coverage(study).rows_are == "wave"
    assert make_coverage(study).row_totals[0] == CoverageFigures(1, 0, 2, 1, read=0)


def test_attributes_that_are_not_there_or_are_the_same_are_refused(study: StudyFolder) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean region"):
        make_coverage(study, rows="regio")
    with pytest.raises(UsageError, match="both group"):
        make_coverage(study, rows="Group")


@pytest.mark.skipif(not REPORT.exists(), reason="the seeds are not here")
def test_the_tables_of_a_real_report_make_attributes_and_bands(empty_study: StudyFolder) -> None:
    lines = REPORT.read_text(encoding="utf-8").splitlines()
    tables = [
        [line.split("\t") for line in lines[number + 2 : number + 7]]
        for number, line in enumerate(lines)
        if line.startswith(("Table 1:", "Table 2:")) and lines[number + 2].count("\t") == 6
    ]
    plans, independent = tables
    corpus = empty_study.root / "corpus"
    for wave, *_ in plans[1:]:
        text = HEAD.replace("Westhay", wave).replace("Ada Stone", f"Head of {wave}")
        (corpus / f"{wave}.md").write_text(text, encoding="utf-8")
    for name, table in (("plans", plans), ("independent", independent)):
        with (corpus / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            header = ["area", "LAs" if name == "plans" else "n", *(f"{name} {year}" for year in table[0][2:])]
            csv.writer(stream).writerows([header, *table[1:]])
    study = banded(
        empty_study, 'plans_2019 = [35, 40]\nindependent_2019 = "halves"\nLAs = {few = 1, many = 8}'
    )
    assert import_sources(study, [corpus], ReadingOptions()).problems == []
    for attribute, columns in (
        ("plans 2019", ("under 35", "35 to under 40", "40 and over")),
        ("independent 2019", ("under 4.2", "4.2 and over")),
        ("LAs", ("few", "many")),
    ):
        matrix = make_matrix(study, columns=attribute.replace(" ", "_"), count=measures.CASES).matrix
        assert matrix.columns == columns
        assert sum(base.cases for base in matrix.bases.values()) == 4
    found = make_coverage(study, rows="plans_2019")
    assert [total.heard for total in found.row_totals] == [1, 2, 1]
