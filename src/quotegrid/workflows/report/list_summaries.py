"""Records of summaries, of cells without one, and of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.summaries import CASES
from quotegrid.domain.exchange.listing import Record, as_record, column, moment, record_of
from quotegrid.domain.matrix.labels import value_of
from quotegrid.domain.matrix.model import Rows
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.report.summarise import read_names, standing_summaries
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class ListedSummary:
    """A summary that stands."""

    id: int = column("its number in the log; the number that `--replaces` takes")
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    code: str = column("the theme or code of the cell")
    columns: str = column("the attribute of the cell")
    value: str = column("the attribute's value; of a case its name today")
    text: str = column(
        'Markdown, with quotes as `[q:12]`, and "[quote no longer there]" where a source was read anew and '
        "has no such quote"
    )
    quotes: Sequence[int] = column("the numbers of the quotes that it names")
    coder: str = column("who wrote it")
    at: str = column("when (UTC)")


@dataclass(frozen=True, slots=True)
class EmptyCell:
    """A cell that has quotes and no summary."""

    code: str = column("the theme or code", place=1, longest=0)
    columns: str = column("the attribute")
    value: str = column("the attribute's value", place=2, longest=0)
    quotes: Sequence[int] = column(
        "the numbers of the cell's quotes",
        place=3,
        cell=lambda record: str(len(record["quotes"])),
        layout={"justify": "right"},
    )


@dataclass(frozen=True, slots=True)
class SummaryEntry:
    """An entry of the log of summaries."""

    id: int = column("its number in the log", place=1)
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    at: str = column("when (UTC)", place=2, heading="when", cell=moment)
    coder: str = column("who wrote it", place=3, longest=0)
    action: str = column(
        "`write`, `remove` or `undo`",
        place=4,
        cell=lambda record: record["action"] + (f" of {record['undoes']}" if record["undoes"] else ""),
    )
    code: str = column("the theme or code of the cell", place=5, longest=0)
    columns: str = column("the attribute of the cell")
    value: str = column("the attribute's value", place=6, longest=0)
    text: str = column("what was written", place=7)
    replaces: Sequence[int] = column(
        "what stood in the cell, one number for each case that was merged into it"
    )
    undoes: int | None = column("the entry taken back; else null")


def summary_records(study: StudyFolder, columns: str | None = None) -> list[Record]:
    """Return the summaries that stand, in the codebook's order; of one attribute where one is named."""
    place = {code.name: number for number, code in enumerate(current_codebook(study).walk())}
    attribute = None if columns is None else make_matrix(study, columns=columns, with_quotes=False)
    wanted = None if attribute is None else attribute.matrix.columns_are
    found = [
        summary
        for several in standing_summaries(study).values()
        for summary in several
        if wanted is None or summary.attribute == wanted
    ]
    found.sort(
        key=lambda summary: (
            place.get(summary.code, len(place)),
            summary.attribute,
            summary.value.casefold(),
            summary.number,
        )
    )
    return [
        record_of(ListedSummary, summary, id=summary.number, columns=summary.attribute) for summary in found
    ]


def empty_cell_records(study: StudyFolder, *, rows: Rows = Rows.CODE, columns: str = CASES) -> list[Record]:
    """Return the cells of a matrix that have quotes and no summary, row by row, with their quotes."""
    matrix = make_matrix(study, rows=rows, columns=columns, with_quotes=False).matrix
    written = standing_summaries(study)
    names = [value_of(name) if columns == CASES else name for name in matrix.columns]
    return [
        as_record(EmptyCell(*cell, matrix.members[row, number]))
        for row, number in matrix.members
        if (cell := (matrix.row_codes[row][0], matrix.columns_are, names[number])) not in written
    ]


def summary_log_records(study: StudyFolder) -> list[Record]:
    """Return the log of summaries, oldest first."""
    from quotegrid.storage.coding.summaries import summary_log

    with study.reading_session() as session:
        log = summary_log(session)
        names = read_names(session, log)
    records = []
    for entry in log:
        shown = names.shown(entry)
        action = "undo" if entry.undoes is not None else "write" if entry.text else "remove"
        records.append(
            record_of(
                SummaryEntry,
                entry,
                id=entry.number,
                action=action,
                code=shown.code,
                columns=shown.attribute,
                value=shown.value,
                text=shown.text,
            )
        )
    return records
