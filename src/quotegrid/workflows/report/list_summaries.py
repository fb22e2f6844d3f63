"""What is written of cells, what is still to be written, and the log, as plain records."""

from __future__ import annotations

from typing import Any

from quotegrid.domain.coding.summaries import CASES
from quotegrid.domain.matrix.model import Rows
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.report.summarise import read_names, standing_summaries
from quotegrid.workflows.study.folder import StudyFolder

Record = dict[str, Any]

SUMMARY_FIELDS = ("id", "code", "columns", "value", "text", "quotes", "coder", "at")
EMPTY_CELL_FIELDS = ("code", "columns", "value", "quotes")
SUMMARY_LOG_FIELDS = (
    "id", "at", "coder", "action", "code", "columns", "value", "text", "replaces", "undoes",
)  # fmt: skip


def summary_records(study: StudyFolder, columns: str | None = None) -> list[Record]:
    """The summaries that stand, in the codebook's order; only those of an attribute where one is named."""
    place = {code.name: number for number, code in enumerate(current_codebook(study).walk())}
    attribute = None if columns is None else make_matrix(study, columns=columns, with_quotes=False)
    wanted = None if attribute is None else attribute.matrix.columns_are
    found = [
        one
        for several in standing_summaries(study).values()
        for one in several
        if wanted is None or one.attribute == wanted
    ]
    found.sort(
        key=lambda one: (place.get(one.code, len(place)), one.attribute, one.value.casefold(), one.number)
    )
    return [
        {
            "id": one.number,
            "guid": one.guid,
            "code": one.code,
            "columns": one.attribute,
            "value": one.value,
            "text": one.text,
            "quotes": list(one.quotes),
            "coder": one.coder,
            "at": one.at,
        }
        for one in found
    ]


def empty_cell_records(study: StudyFolder, *, rows: Rows = Rows.CODE, columns: str = CASES) -> list[Record]:
    """The cells of a matrix that have quotes and no summary, row by row, with the numbers of their quotes."""
    matrix = make_matrix(study, rows=rows, columns=columns, with_quotes=False).matrix
    written = standing_summaries(study)
    return [
        {
            "code": matrix.row_codes[row][0],
            "columns": matrix.columns_are,
            "value": matrix.columns[column],
            "quotes": list(matrix.members[row, column]),
        }
        for row, column in matrix.members
        if (matrix.row_codes[row][0], matrix.columns_are, matrix.columns[column]) not in written
    ]


def summary_log_records(study: StudyFolder) -> list[Record]:
    """The log of all that was ever written of cells, oldest first."""
    from quotegrid.storage.coding.summaries import summary_log

    with study.reading_session() as session:
        log = summary_log(session)
        names = read_names(session, log)
    records = []
    for entry in log:
        shown = names.shown(entry)
        action = "undo" if entry.undoes is not None else "write" if entry.text else "remove"
        records.append(
            {
                "id": entry.number,
                "guid": entry.guid,
                "at": entry.at,
                "coder": entry.coder,
                "action": action,
                "code": shown.code,
                "columns": shown.attribute,
                "value": shown.value,
                "text": shown.text,
                "replaces": list(entry.replaces),
                "undoes": entry.undoes,
            }
        )
    return records
