"""A measure that is one object and a format that is one row are found everywhere, with no other change."""

from __future__ import annotations

import csv
import io
import json
import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from textual.widgets import Input, OptionList, Static

from quotegrid import Study
from quotegrid.cli import options
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix.measures import CASES, DEVIATIONS, MEASURES, Measure, measure_named
from quotegrid.exports.carriers import comment
from quotegrid.exports.formats import FORMATS, ExportKind, FileFormat, formats_of
from quotegrid.exports.matrix.picture_cells import bar_text
from quotegrid.tui.app import Workbench
from quotegrid.tui.matrix.table import MatrixTable
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, choice_of, make_matrix, options_of
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result, command_tree
from tests.reading import read_everything

Run = Callable[..., Result]
TOY = Measure(
    name="quotes-per-case",
    counts="quotes with the code for each case heard in the column",
    base="cases",
    value=lambda cell, base, row, everybody: cell.quotes / base.cases if base.cases else None,
    text="{:.2f} a head".format,
    number_format='0.00" a head"',
)
FORMAT = FileFormat(
    "toy",
    (".toy",),
    comment(b"(", b")\n", "brackets at the end"),
    "a toy",
    {
        ExportKind.MATRIX: lambda made: f"{made.matrix.count}: {made.matrix.cells}\n".encode(),
        ExportKind.REPORT: lambda report: f"{report.title}\n".encode(),
        ExportKind.FRAMEWORK: lambda framework: f"{len(framework.charts)} charts\n".encode(),
        ExportKind.LIST: lambda listing, rows: f"{len(rows)} of {listing.__name__}\n".encode(),
        ExportKind.COVERAGE: lambda coverage: f"{coverage.rows_are}\n".encode(),
        ExportKind.PLOT: lambda *curves: b"curves\n",
    },
)


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> Measure:
    """The toy among the measures, until the test ends."""
    monkeypatch.setitem(MEASURES, TOY.name, TOY)
    return TOY


@pytest.fixture
def form() -> Iterator[FileFormat]:
    """The toy among the formats, until the test ends."""
    FORMATS.append(FORMAT)
    command_tree.cache_clear()
    yield FORMAT
    FORMATS.remove(FORMAT)
    command_tree.cache_clear()


@pytest.fixture
def coded(suggested: StudyFolder) -> StudyFolder:
    """Two of a head's passages and one of a parent's are coded: 2.00, 1.00 and 1.50 a head."""
    for words, code in (
        ("patch on a roof", "quick fix"),
        ("It buys time", "quick fix"),
        ("Fourteen months", "quick fix"),
    ):
        quote = list_quotes(suggested, text=words)[0]
        decide_segment(suggested, quote.id, Action.APPLY, code)
    return suggested


@pytest.mark.parametrize("printed", ["table", "csv", "json", "markdown"])
def test_a_measure_is_counted_and_printed(
    run: Run, coded: StudyFolder, measure: Measure, printed: str
) -> None:
    done = run("-C", coded.root, "matrix", "--count", measure.name, "--format", printed)
    assert done.code == 0
    assert f"Counted: {measure.counts}." in " ".join(done.out.split())
    assert ("2.00 a head" in done.out) is (printed in ("table", "markdown"))
    assert "2.0" in done.out


def test_a_measure_and_a_format_are_offered_and_taken(
    run: Run, coded: StudyFolder, measure: Measure, form: FileFormat
) -> None:
    told = " ".join(run("matrix", "--help").out.split())
    assert f"|{measure.name}>" in told
    for command in ("matrix", "report", "framework"):
        assert ".toy" in run(command, "--help").out, command
        refused = run("-C", coded.root, command, "-o", coded.root / "x.nothing")
        assert (refused.code, ".toy" in refused.err) == (2, True), command
    assert ".toy" in run("evaluate", "--help").out
    assert f"'{measure.name}'" in run("-C", coded.root, "matrix", "--count", "x").err
    file = coded.root / "exports" / "x.toy"
    done = run("-C", coded.root, "matrix", "--count", measure.name, "-o", file)
    assert (done.code, done.err) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(
        f"{measure.name}: ((2.0, 1.0), (0.0, 0.0))\n(quotegrid"
    )
    assert run("-C", coded.root, "matrix", "--count", measure.name, "-o", file).code == 0
    verified = run("-C", coded.root, "verify", file)
    assert "The study gives the same numbers today." in verified.out
    assert f"--count={measure.name}" in verified.out
    file.write_text("somebody else's", encoding="utf-8")
    assert run("-C", coded.root, "matrix", "-o", file).code == 2


def test_a_format_of_lists_is_offered_where_they_are_printed(form: FileFormat) -> None:
    offered = runpy.run_path(options.__file__)["Format"]
    assert [printed.value for printed in offered] == [
        "table",
        *(row.name for row in FORMATS if ExportKind.LIST in row.writers),
    ]
    assert form.name in list(offered)


@pytest.mark.parametrize(
    ("command", "content"), [("coverage", "area\n("), ("sources", "2 of ListedSource\n(")]
)
def test_a_format_is_written_of_a_list(
    run: Run, coded: StudyFolder, form: FileFormat, command: str, content: str
) -> None:
    file = coded.root / "exports" / "x.toy"
    assert run("-C", coded.root, command, "-o", file).code == 0
    assert file.read_text(encoding="utf-8").startswith(content)
    assert run("-C", coded.root, command, "-o", file).code == 0


@pytest.mark.parametrize(
    ("command", "content"),
    [
        ("report", "Trial\n("),
        ("framework", "2 charts\n("),
    ],
)
def test_a_format_is_written_of_whatever_it_can_hold(
    run: Run, coded: StudyFolder, form: FileFormat, command: str, content: str
) -> None:
    file = coded.root / "exports" / "x.toy"
    done = run("-C", coded.root, command, "-o", file)
    assert (done.code, done.err) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(content)
    assert "as it was written" in run("-C", coded.root, "verify", file).out


@pytest.mark.parametrize("suffix", formats_of(ExportKind.MATRIX))
def test_a_measure_is_in_every_file(run: Run, coded: StudyFolder, measure: Measure, suffix: str) -> None:
    file = coded.root / "exports" / f"x{suffix}"
    assert run("-C", coded.root, "matrix", "--count", measure.name, "-o", file).code == 0
    told, texts = _read(file, suffix)
    if suffix == ".tidy.csv":
        assert told.count(measure.name) == 4
        assert "2" in texts
    else:
        assert measure.counts in told
        shown = {".csv": "2.0000", ".json": "2.0", ".xlsx": '2 as 0.00" a head"'}.get(suffix, "2.00 a head")
        assert shown in texts


def _read(file: Path, suffix: str) -> tuple[str, str]:
    """Return the text of a file, and that of its cells."""
    if suffix.endswith(".docx"):
        document = Document(str(file))
        told = "\n".join(paragraph.text for paragraph in document.paragraphs)
        return told, "\n".join(cell.text for cell in document.tables[0]._cells)
    if suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        cells = [cell for row in book["Matrix"].iter_rows() for cell in row if cell.value is not None]
        told = "\n".join(str(cell.value) for cell in cells)
        return told, "\n".join(f"{cell.value} as {cell.number_format}" for cell in cells)
    content = file.read_bytes()
    text = content.decode("latin-1" if suffix == ".png" else "utf-8")
    if suffix.endswith(".csv"):
        return text, "\n".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)
    return " ".join(text.split()), text


def test_a_measure_is_known_by_its_name(coded: StudyFolder, measure: Measure) -> None:
    choice = MatrixChoice(count=measure)
    assert json.loads(json.dumps(options_of(choice)))["count"] == measure.name
    assert choice_of(options_of(choice)).count is measure
    with Study.open(coded.root) as study:
        counted = study.matrix(count=measure.name)
    assert counted.cells == make_matrix(coded, choice).matrix.cells
    with pytest.raises(ValueError, match=r"is not one of 'quotes', .*'quotes-per-case'"):
        measure_named("nothing")


async def test_a_measure_and_a_format_are_in_the_workbench(
    coded: StudyFolder, measure: Measure, form: FileFormat
) -> None:
    app = Workbench(coded)
    async with app.run_test(size=(100, 30)) as pilot:

        async def settle() -> None:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()

        await pilot.press("5")
        await settle()
        await pilot.press("c")
        await settle()
        choices = app.screen.query_one(OptionList)
        names = [str(choices.get_option_at_index(place).prompt) for place in range(choices.option_count)]
        assert names == list(MEASURES)
        await pilot.press("end", "enter")
        await settle()
        grid = app.screen.query_one(MatrixTable).grid
        assert [cell.text for cell in grid.lines[0]] == ["2.00 a head", "1.00 a head", "1.50 a head"]
        assert [bool(cell.fill) for cell in grid.lines[0]] == [True, True, False]
        assert f"counting {measure.name}" in str(app.screen.query_one("#place", Static).render())
        await pilot.press("e")
        await settle()
        assert ".toy" in str(app.screen.query_one("#choose-definition", Static).render())
        app.screen.query_one(Input).value = "exports/x.toy"
        await pilot.press("enter")
        await settle()
    assert (coded.root / "exports" / "x.toy").read_bytes().startswith(b"quotes-per-case: ")


@pytest.mark.parametrize(
    ("toy", "bar"),
    [
        (replace(CASES, text="{:.1f}".format), "1.0"),
        (replace(CASES, share_of="column"), "1 1/1"),
        (replace(CASES, base="quotes", share_of="row"), "1 2/3"),
        (
            replace(CASES, value=lambda cell, base, row, everybody: -cell.quotes, scale=DEVIATIONS),
            "\N{MINUS SIGN}2",
        ),
    ],
)
def test_a_bar_is_labelled_as_the_measure_says(coded: StudyFolder, toy: Measure, bar: str) -> None:
    assert bar_text(make_matrix(read_everything(coded), count=toy).matrix, 0, 0) == bar
