"""The file formats that are written, one row of a table each; all lists and messages are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from quotegrid.errors import UsageError
from quotegrid.exports.carriers import ARCHIVE, CSV, JSON, LATEX, MARKDOWN, MARKUP, PNG, Carrier


class ExportKind(StrEnum):
    """A kind of thing that can be written to a file."""

    MATRIX = "matrix"
    LIST = "list"
    REPORT = "report"
    FRAMEWORK = "Framework matrix"
    COVERAGE = "coverage"
    PLOT = "plot"


@dataclass(frozen=True, slots=True)
class Writer:
    """A function that writes something; its module is imported only when it is called.

    Attributes:
        place: The module below `quotegrid.exports` and the function's name: "matrix.tidy:matrix_tidy".
        parts: The attributes of the thing that the function takes; empty where it takes the thing itself.
        options: Further arguments of the function.
    """

    place: str
    parts: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def function(self) -> Callable[..., str | bytes]:
        """Import the function."""
        module, _, name = self.place.partition(":")
        function: Callable[..., str | bytes] = getattr(import_module(f"quotegrid.exports.{module}"), name)
        return function

    def __call__(self, *made: Any, **options: Any) -> bytes:
        """Return the file's content."""
        given = [getattr(made[0], part) for part in self.parts] if self.parts else made
        written = self.function()(*given, **self.options, **options)
        return written.encode() if isinstance(written, str) else written


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format, with a writer for each kind of thing that can be written in it."""

    name: str
    suffixes: tuple[str, ...]
    """The endings of its file names, in lower case; the first is the one that is offered."""
    carrier: Carrier | None
    """The way in which a file carries its manifest; None where there is no room for one."""
    use: str
    """The use of a matrix in this format, for the documentation; empty where there is none."""
    writers: Mapping[ExportKind, Callable[..., bytes]]
    is_picture: bool = False
    """Whether a matrix in it is drawn, as one of several pictures."""


def _matrix(place: str, *parts: str, **options: Any) -> dict[ExportKind, Writer]:
    return {ExportKind.MATRIX: Writer(f"matrix.{place}", ("matrix", "provenance", *parts), options)}


def _list(form: str) -> dict[ExportKind, Writer]:
    coverage = Writer(f"report.coverage_text:coverage_{form}")
    return {
        ExportKind.LIST: Writer("listing.records:listing_as", options={"form": form}),
        ExportKind.COVERAGE: coverage,
    }


def _report(name: str) -> dict[ExportKind, Writer]:
    return {ExportKind.REPORT: Writer(f"report.{name}:{name}")}


def _framework(name: str) -> dict[ExportKind, Writer]:
    return {ExportKind.FRAMEWORK: Writer(f"report.{name}:{name}")}


def _plot(form: str) -> dict[ExportKind, Writer]:
    return {ExportKind.PLOT: Writer("report.evaluation_picture:evaluation_picture", options={"form": form})}


FORMATS = [
    FileFormat("xlsx", (".xlsx",), ARCHIVE, "a workbook: counts that lead to their quotes",
               _matrix("xlsx:matrix_xlsx", "quotes") | _framework("framework_xlsx")),
    FileFormat("docx", (".docx",), ARCHIVE, "a table for a report in Word",
               _matrix("docx:matrix_docx") | _report("report_docx") | _framework("framework_docx")),
    FileFormat("docx with quotes", (".quotes.docx",), ARCHIVE, "the same, with the quotes behind each row",
               _matrix("docx:matrix_docx", "quotes", with_quotes=True)),
    FileFormat("html", (".html",), MARKUP,
               "a page on which every number leads to its quotes ([html.md](html.md))",
               _matrix("html:matrix_html", "quotes", "definitions") | _report("report_html")
               | _framework("framework_html")),
    FileFormat("csv", (".csv",), CSV,
               "the table as it is printed, with the bases and lines that begin with `#` below it",
               _matrix("text:matrix_csv") | _list("csv")),
    FileFormat("tidy csv", (".tidy.csv",), CSV, "one line a cell, for R, pandas or a statistics package",
               _matrix("tidy:matrix_tidy")),
    FileFormat("markdown", (".md", ".markdown"), MARKDOWN, "a table for Markdown",
               _matrix("text:matrix_markdown") | _list("markdown") | _report("report_markdown")),
    FileFormat("tex", (".tex",), LATEX, "a table for LaTeX", _matrix("latex:matrix_latex")),
    FileFormat("json", (".json",), JSON,
               "everything, for programs; [docs/fields.md](fields.md#matrix) has its fields",
               _matrix("text:matrix_json") | _list("json")),
    FileFormat("svg", (".svg",), MARKUP, "a heat map, or with `--picture bars` bars",
               _matrix("picture:matrix_svg") | _plot("svg"), is_picture=True),
    FileFormat("png", (".png",), PNG, "a heat map, or with `--picture bars` bars",
               _matrix("picture:matrix_png") | _plot("png"), is_picture=True),
    FileFormat("pdf", (".pdf",), None, "", _plot("pdf")),
]  # fmt: skip
"""All formats, in the order in which they are offered."""


def formats_of(kind: ExportKind) -> dict[str, FileFormat]:
    """Return the formats that something can be written in, by each ending of a file name."""
    return {suffix: row for row in FORMATS if kind in row.writers for suffix in row.suffixes}


def format_of(path: Path, kind: ExportKind) -> FileFormat:
    """Return the format that a file name's ending stands for; the longest ending takes precedence.

    Raises:
        UsageError: If this cannot be written in any format with that ending.
    """
    formats = formats_of(kind)
    for suffix in ("".join(path.suffixes[-2:]).lower(), path.suffix.lower()):
        if suffix in formats:
            return formats[suffix]
    raise UsageError(
        f'"{path.suffix or path.name}" is not a format for a {kind.value}.',
        file=path,
        todo=f"End the name in one of {', '.join(formats)}.",
    )


def written_as(name: str, kind: ExportKind, *made: Any) -> bytes:
    """Return something in a format.

    Args:
        name: The format's name, in which it can be written.
        kind: What it is.
        made: What its writer takes.
    """
    writer = next(row.writers[kind] for row in FORMATS if row.name == name and kind in row.writers)
    return writer(*made)


def offered(kind: ExportKind) -> list[str]:
    """Return the usual file name ending of each format that something can be written in."""
    return [row.suffixes[0] for row in FORMATS if kind in row.writers]


def one_of(suffixes: list[str]) -> str:
    """Return endings as words to choose from: ".html, .docx or .md"."""
    *others, last = suffixes
    return f"{', '.join(others)} or {last}" if others else last


def picture_suffixes() -> list[str]:
    """Return the file name endings of pictures of a matrix."""
    return [suffix for suffix, row in formats_of(ExportKind.MATRIX).items() if row.is_picture]
