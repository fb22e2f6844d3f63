"""The tables of measures and of formats, and that the documentation and other tables say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotegrid import Study
from quotegrid.domain.matrix.measures import MEASURES
from quotegrid.errors import UsageError
from quotegrid.exports.formats import FORMATS, ExportKind, Writer, format_of, formats_of, one_of
from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs"
OF_MATRIX = [row for row in FORMATS if ExportKind.MATRIX in row.writers]
WRITERS = {
    f"{row.name} of a {kind.value}": writer
    for row in FORMATS
    for kind, writer in row.writers.items()
    if isinstance(writer, Writer)
}


def _told(page: str, head: str) -> dict[str, str]:
    """Return what the first table of a page whose head begins so says of each name in its first column."""
    lines = (DOCS / page).read_text(encoding="utf-8").split(f"\n| {head} |", 1)[1].split("\n\n", 1)[0]
    cells = [line.strip("| ").split(" | ") for line in lines.splitlines()[2:]]
    return {name: line[1] for line in cells for name in _names(line[0])}


def _names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_is_there(name: str) -> None:
    assert callable(WRITERS[name].function())


def test_every_end_of_a_name_stands_once() -> None:
    suffixes = [suffix for row in FORMATS for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert len(FORMATS) == len({row.name for row in FORMATS})
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("a.tidy.csv", ExportKind.MATRIX, "tidy csv"),
        ("a.TIDY.csv", ExportKind.MATRIX, "tidy csv"),
        ("a.b.csv", ExportKind.MATRIX, "csv"),
        ("a.tidy.csv", ExportKind.LIST, "csv"),
        ("a.quotes.docx", ExportKind.REPORT, "docx"),
        ("a.MARKDOWN", ExportKind.LIST, "markdown"),
        ("a.pdf", ExportKind.PLOT, "pdf"),
    ],
)
def test_the_longer_end_goes_before_the_shorter(name: str, kind: ExportKind, form: str) -> None:
    assert format_of(Path(name), kind).name == form


@pytest.mark.parametrize("kind", ExportKind)
@pytest.mark.parametrize("name", ["a.nothing", "a", ".csv"])
def test_what_is_no_format_is_refused_with_those_there_are(name: str, kind: ExportKind) -> None:
    with pytest.raises(UsageError, match=f"is not a format for a {kind.value}") as caught:
        format_of(Path(name), kind)
    assert caught.value.todo == f"End the name in one of {', '.join(formats_of(kind))}."


@pytest.mark.parametrize(
    ("suffixes", "told"),
    [([".a"], ".a"), ([".a", ".b"], ".a or .b"), ([".a", ".b", ".c"], ".a, .b or .c")],
)
def test_ends_of_names_are_offered_in_words(suffixes: list[str], told: str) -> None:
    assert one_of(suffixes) == told


def test_the_page_on_formats_has_a_line_for_each() -> None:
    assert _told("formats.md", "end of the name") == {row.suffixes[0]: row.use for row in OF_MATRIX}


def test_the_page_on_exports_says_where_each_manifest_is() -> None:
    places = {
        row.suffixes[0]: row.carrier.place
        for row in FORMATS
        if row.carrier is not None and row.suffixes[0].count(".") == 1
    }
    assert _told("exports.md", "Format") == places


def test_the_readme_names_every_format_of_a_matrix() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    said = readme.split("The end of the file's name says", 1)[1].split("docs/formats.md", 1)[0]
    assert set(_names(said)) >= {row.suffixes[0] for row in OF_MATRIX}


def test_every_measure_is_documented() -> None:
    assert list(_told("matrix.md", "`--count`")) == list(MEASURES)
    fields = (DOCS / "fields.md").read_text(encoding="utf-8").splitlines()
    line = next(line for line in fields if line.startswith("| `count` | what a cell counts"))
    assert _names(line)[1:] == list(MEASURES)
    line = next(line for line in (Study.matrix.__doc__ or "").splitlines() if "count: " in line)
    assert re.findall(r'"([\w-]+)"', line) == list(MEASURES)
