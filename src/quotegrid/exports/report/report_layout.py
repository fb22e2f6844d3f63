"""A report as headings, paragraphs, lists, tables and quotes, which each format writes in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.coverage import Coverage, CoverageFigures
from quotegrid.domain.matrix.measures import Base
from quotegrid.domain.report.model import Report, ThemeSection
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.exports.matrix.layout import ALL, column_texts, matrix_title
from quotegrid.exports.matrix.shading import shade, shading_note
from quotegrid.exports.matrix.text import base_rows, notes
from quotegrid.exports.report.coverage_text import NOT_KNOWN
from quotegrid.exports.report.coverage_text import notes as coverage_notes

NOTHING_SHOWN = "There is no quote to show."
NOTHING_PUBLISHED = "There is no quote that can be published."
TO_ANSWER = "To answer: "


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 for the report's parts, 2 for their sections."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is a term, which may be empty, and a text."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names the rows."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1
    """The number of columns, from the left, that hold text and not numbers."""
    bases: tuple[tuple[str, ...], ...] = ()
    """Further rows, set apart: how much was heard in each column."""
    shades: tuple[tuple[str, ...], ...] = ()
    """For pages, a class for each number of each row; empty where the table is no matrix."""
    shading: str = ""
    """The number that a shade shows, in a sentence; empty for a table without shades."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote with its attribution."""

    text: str
    attribution: str
    reference: str
    """The quote's number in the study; empty in a publication."""


Block = Heading | Paragraph | Bullets | Table | Quotation


def use_of(report: Report) -> str:
    """Return the report's permitted use, which each format prints under its title."""
    return dict(report.provenance.lines())["Use"]


def laid_out(report: Report) -> Iterator[Block]:
    """Return the report's blocks in order, without its title."""
    is_published = report.provenance.minimum_cases is not None
    yield Heading(1, "Who was heard")
    if report.coverage is not None:
        yield _coverage_table(report.coverage)
        yield from (Paragraph(note, is_note=True) for note in _coverage_notes(report.coverage))
    else:
        yield Paragraph(_who_was_heard(report.matrix.total_base))
    yield Heading(1, "What they spoke of")
    yield _matrix_table(report)
    yield from (Paragraph(note, is_note=True) for note in notes(report.matrix))
    yield Heading(1, "Theme by theme")
    yield from (Paragraph(note, is_note=True) for note in report.notes)
    for theme in report.themes:
        yield from _theme(theme, is_published=is_published)
    if report.codebook:
        yield Heading(1, "The codebook")
        yield from _codebook(report.codebook)
    yield Heading(1, "How this was made")
    yield Bullets(tuple(report.provenance.lines()))
    sources = " and ".join(f"{checklist.name} ({checklist.source})" for checklist in report.checklists)
    yield Paragraph(
        f"The items below are those of {sources}, in our own words. What the study's data tell is filled in; "
        "the rest is for its researchers to answer."
    )
    for checklist in report.checklists:
        yield Table(
            checklist.title,
            ("No.", "Item", "Answer"),
            tuple(
                (
                    str(item.number),
                    item.topic,
                    item.answer if item.answer is not None else f"{TO_ANSWER}{item.question}",
                )
                for item in checklist.items
            ),
            text_columns=3,
        )


def _who_was_heard(base: Base) -> str:
    if not base.cases and base.unnamed:
        return (
            f"{counted(base.unnamed, 'quote')} of people who are not named; so how many people that is "
            "cannot be told. The table below has the quotes of each group."
        )
    heard = (
        "1 person or organisation was" if base.cases == 1 else f"{base.cases} people or organisations were"
    )
    return f"{heard} heard; the table below has the base of each group."


def _theme(theme: ThemeSection, *, is_published: bool) -> Iterator[Block]:
    yield Heading(2, theme.name)
    if theme.definition:
        yield Paragraph(theme.definition)
    if theme.codes:
        yield Table(
            f"Codes of {theme.name}",
            ("Code", "What it means", "Cases"),
            tuple((code.name, one_line(code.definition), code.cases) for code in theme.codes),
            text_columns=2,
        )
    yield Paragraph(theme.overall)
    yield Bullets(tuple(("", sentence) for sentence in theme.amounts))
    yield Heading(3, "Dissent")
    yield Paragraph(theme.on_dissent)
    yield from _quotations(theme.dissent, is_published=is_published)
    if theme.mixed:
        yield Heading(3, "For and against at once")
        yield from _quotations(theme.mixed, is_published=is_published)
    yield Heading(3, "In their words")
    if not theme.exemplars:
        yield Paragraph(NOTHING_PUBLISHED if is_published else NOTHING_SHOWN)
    yield from _quotations(theme.exemplars, is_published=is_published)


def _quotations(quotes: Sequence[Quote], *, is_published: bool) -> Iterator[Block]:
    for quote in quotes:
        yield Quotation(quote.text, quote.attribution, "" if is_published else f"q:{quote.id}")


def _matrix_table(report: Report) -> Table:
    matrix = report.matrix
    columns = [column_texts(matrix, column) for column in range(len(matrix.columns) + 1)]
    rows = tuple((name, *(texts[row] for texts in columns)) for row, name in enumerate(matrix.rows))
    shades = tuple(
        (*(shade(matrix, row, column) for column in range(len(matrix.columns))), "")
        for row in range(len(matrix.rows))
    )
    bases = tuple((label, *map(str, values)) for label, values in base_rows(matrix))
    header = (matrix.rows_are.value.capitalize(), *matrix.columns, ALL)
    return Table(
        f"{matrix_title(matrix)}: {matrix.count.name}",
        header,
        rows,
        bases=bases,
        shades=shades,
        shading=shading_note(matrix),
    )


def _codebook(codes: Sequence[Code]) -> Iterator[Block]:
    """Return a table for each theme: its own line first, then those of the codes below it."""
    parts: list[list[Code]] = []
    for code in codes:
        if code.parent is None:
            parts.append([])
        parts[-1].append(code)
    for part in parts:
        yield Table(
            f"Codebook: {part[0].name}",
            ("Code", "What it means", "Use when", "Do not use when"),
            tuple(
                (
                    code.name,
                    one_line(code.definition),
                    _sentences(code.use_when),
                    _sentences(code.do_not_use_when),
                )
                for code in part
            ),
            text_columns=4,
        )


def _sentences(texts: Sequence[str]) -> str:
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in map(one_line, texts))


def _coverage_table(coverage: Coverage) -> Table:
    planned = " of those planned" if coverage.has_plan else ""
    totals = (ALL, *map(_heard, coverage.column_totals), _heard(coverage.total))

    def line(name: str, cells: Sequence[CoverageFigures], total: CoverageFigures) -> tuple[str, ...]:
        return (name, *map(_heard, cells), _heard(total))

    return Table(
        f"Cases heard{planned}, by {_words(coverage.rows_are)} and {_words(coverage.columns_are)}",
        (_words(coverage.rows_are).capitalize(), *coverage.columns, ALL),
        (*map(line, coverage.rows, coverage.cells, coverage.row_totals), totals),
    )


def _coverage_notes(coverage: Coverage) -> list[str]:
    counted = "Counted: cases who speak; a dash where nobody was to be heard and nobody was."
    said = [counted, *coverage_notes(coverage)[1:-1]]
    missing = coverage.total.missing
    return [*said, f"Still to be heard: {missing}."] if missing else said


def _words(attribute: str) -> str:
    return attribute.replace("_", " ")


def _heard(cell: CoverageFigures) -> str:
    if not cell.heard and not cell.planned:
        return NOT_KNOWN
    return str(cell.heard) if cell.planned is None else f"{cell.heard} of {cell.planned}"
