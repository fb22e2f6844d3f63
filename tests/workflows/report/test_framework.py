from __future__ import annotations

import pytest
from openpyxl import load_workbook

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.report.framework import ChartCell, Framework
from quotegrid.domain.report.manifest import Difference
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.exports.formats import ExportKind, formats_of
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.exchange.keep_export import Export
from quotegrid.workflows.people.change_cases import merge_cases
from quotegrid.workflows.people.reversing import undo_case_change
from quotegrid.workflows.report.export_framework import (
    export_framework,
    refuse_published_framework,
)
from quotegrid.workflows.report.make_framework import make_framework
from quotegrid.workflows.report.summarise import write_summary
from quotegrid.workflows.report.verify import verify_export
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.study.folder import StudyFolder

ADA, RAY = "Ada Stone", "RAY MOSS"


def _cell(made: Framework, theme: str, code: str, case: str) -> ChartCell:
    (chart,) = [decision for decision in made.charts if decision.theme == theme]
    place = [column.label for column in chart.columns].index(code)
    (row,) = [line for line in chart.rows if line.case == case]
    return row.cells[place]


def test_a_chart_a_theme_a_row_a_case_a_column_a_code(study: StudyFolder) -> None:
    mark_read(study, ["head.md"])
    decide_segment(study, 1, Action.APPLY, "quick fix")
    made = make_framework(study)
    assert [chart.theme for chart in made.charts] == ["Money", "Families"]
    assert [column.label for column in made.charts[0].columns] == ["quick fix", "room to plan"]
    assert [(row.group, row.case, row.about) for row in made.charts[0].rows] == [
        ("school", ADA, "Headteacher, Westhay"),
        ("parent", RAY, "Parent, Eastlow, not read to the end"),
    ]
    assert _cell(made, "Money", "quick fix", ADA) == ChartCell((), (1,))
    assert _cell(made, "Money", "quick fix", RAY) == ChartCell()
    assert [quote.id for quote in made.quotes] == [1]
    assert made.notes == ("0 of 1 cell with quotes have a summary.",)


def test_summaries_stand_in_their_cells_and_bring_the_quotes_that_they_name(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    write_summary(study, "quick fix", ADA, "Covers up [q:2].")
    write_summary(study, "quick fix", "school", "Not of a case.", "group")
    made = make_framework(study)
    cell = _cell(made, "Money", "quick fix", ADA)
    assert ([summary.text for summary in cell.summaries], cell.named_only) == (["Covers up [q:2]."], (2,))
    assert [quote.id for quote in made.quotes] == [1, 2]
    assert made.notes[0] == "1 of 1 cell with quotes has a summary."
    assert made.notes[1].startswith("Summaries by tester, ")


def test_a_theme_has_a_column_of_its_own_where_something_is_said_of_it_alone(study: StudyFolder) -> None:
    write_summary(study, "Money", RAY, "Nothing much.")
    decide_segment(study, 1, Action.APPLY, "Families")
    made = make_framework(study)
    assert [column.label for column in made.charts[0].columns] == [
        "Money (as a whole)",
        "quick fix",
        "room to plan",
    ]
    assert [summary.text for summary in _cell(made, "Money", "Money (as a whole)", RAY).summaries] == [
        "Nothing much."
    ]
    assert _cell(made, "Families", "Families (as a whole)", ADA).quotes == (1,)


def test_every_coding_is_in_exactly_one_cell_of_its_case(study: StudyFolder) -> None:
    for number, code in (
        (1, "quick fix"),
        (1, "room to plan"),
        (2, "quick fix"),
        (3, "long wait"),
        (4, "long wait"),
    ):
        decide_segment(study, number, Action.APPLY, code)
    made = make_framework(study)
    found = sorted(
        (number, column.code, row.case)
        for chart in made.charts
        for row in chart.rows
        for column, cell in zip(chart.columns, row.cells, strict=True)
        for number in cell.quotes
    )
    assert found == sorted(
        (quote.id, code, quote.case) for quote in list_quotes(study) for code in quote.codes
    )


def test_a_merged_case_has_both_summaries_in_one_cell_until_the_merge_is_undone(study: StudyFolder) -> None:
    write_summary(study, "quick fix", RAY, "Of Ray.")
    write_summary(study, "quick fix", ADA, "Of Ada.")
    merge_cases(study, RAY, ADA, despite_groups=True)
    made = make_framework(study)
    assert [row.case for row in made.charts[0].rows] == [ADA]
    assert [summary.text for summary in _cell(made, "Money", "quick fix", ADA).summaries] == [
        "Of Ray.",
        "Of Ada.",
    ]
    undo_case_change(study)
    assert [
        summary.text for summary in _cell(make_framework(study), "Money", "quick fix", RAY).summaries
    ] == ["Of Ray."]


def test_only_some_themes(study: StudyFolder) -> None:
    assert [chart.theme for chart in make_framework(study, only=["families"]).charts] == ["Families"]
    with pytest.raises(UnknownNameError, match='no theme "quick fix"'):
        make_framework(study, only=["quick fix"])


@pytest.mark.parametrize("suffix", formats_of(ExportKind.FRAMEWORK))
def test_every_format_is_written_recorded_and_known_again(study: StudyFolder, suffix: str) -> None:
    write_summary(study, "quick fix", ADA, "Covers up [q:1].")
    path = study.root / "exports" / f"framework{suffix}"
    export_framework(make_framework(study), path, Export("framework"), study)
    found = verify_export(study, path)
    assert (found.what, found.is_unchanged, found.is_published) == ("framework", True, False)
    assert (found.is_same, found.differences, found.changes) == (True, (), ())
    write_summary(study, "quick fix", ADA, "Another.", base=[1])
    decide_segment(study, 4, Action.APPLY, "long wait")
    found = verify_export(study, path)
    assert found.is_same is False
    assert found.differences == (
        Difference("Money: quick fix", ADA, "quotes none; summaries 1", "quotes none; summaries 2"),
        Difference("Families: long wait", RAY, None, "quotes 4; summaries none"),
    )
    assert found.changes[1:] == ("Summaries of cells were written or taken back.",)


def test_somebody_elses_file_is_not_replaced(study: StudyFolder) -> None:
    path = study.root / "exports" / "framework.html"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not replaced"):
        export_framework(make_framework(study), path, Export("framework"), study)
    assert path.read_text(encoding="utf-8") == "mine"
    export_framework(make_framework(study), path, Export("framework"), study, force=True)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_another_suffix_and_publication_are_refused(study: StudyFolder) -> None:
    with pytest.raises(UsageError, match="not a format for a Framework matrix"):
        export_framework(make_framework(study), study.root / "a.csv", Export("framework"), study)
    with pytest.raises(UsageError, match="each of its rows is one person"):
        refuse_published_framework()


def test_a_study_without_anything_gives_a_readable_file(empty_study: StudyFolder) -> None:
    path = empty_study.root / "exports" / "framework.xlsx"
    export_framework(make_framework(empty_study), path, Export("framework"), empty_study)
    assert load_workbook(path).sheetnames == ["Money", "Families", "Quotes", "How to read this"]


def test_a_case_with_two_waves_has_a_row_for_each(study: StudyFolder) -> None:
    rows = "".join(f"R1,{wave},porters,{said}\n" for wave, said in ((1, "No pumps."), (2, "Some pumps now.")))
    table = study.root / "corpus" / "waves.csv"
    table.write_text(f"id,wave,group,answer\n{rows}R2,1,porters,None at all.\n", encoding="utf-8")
    columns = Columns(("answer",), case="id", group="group", attributes=("wave",))
    import_sources(study, [table], ReadingOptions(columns=columns))
    first, second = (quote.id for quote in list_quotes(study, "case:R1"))
    for number in (first, second):
        decide_segment(study, number, Action.APPLY, "quick fix")
    write_summary(study, "quick fix", "R1", f"Better now [q:{second}].")
    made = make_framework(study)
    names = [row.case for row in made.charts[0].rows if row.case.startswith(("R1", "R2"))]
    assert names == ["R1 (wave 1)", "R1 (wave 2)", "R2"]
    cells = [_cell(made, "Money", "quick fix", name) for name in names]
    assert [cell.quotes for cell in cells] == [(first,), (second,), ()]
    assert [len(cell.summaries) for cell in cells] == [0, 1, 0]
