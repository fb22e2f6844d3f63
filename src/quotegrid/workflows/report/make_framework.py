"""The Framework matrix of a study: summaries and quotes, by case and code."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.summaries import CASES, ShownSummary
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.labels import value_of
from quotegrid.domain.matrix.model import NOT_KNOWN, Matrix, Rows
from quotegrid.domain.matrix.read_cases import read_cases
from quotegrid.domain.people.stakeholders import in_order
from quotegrid.domain.report.framework import Chart, ChartCell, ChartColumn, ChartRow, Framework
from quotegrid.domain.report.interviews import interviews_of_cases
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.uncounted import uncounted_notes
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.report.summarise import CASE_GONE, standing_summaries
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import resolve

NO_GROUP = "group not known"
NOT_READ = "not read to the end"
_Cells = Mapping[tuple[str, str], ChartCell]
_Row = tuple[str, str, str]
"""A case, what is known about it, and its group."""


def make_framework(study: StudyFolder, *, only: Sequence[str] = ()) -> Framework:
    """Return a chart for each theme.

    Args:
        study: The study.
        only: The themes wanted; empty for all.

    Raises:
        UnknownNameError: If there is no such theme.
    """
    from quotegrid.storage.people.cases import list_cases
    from quotegrid.storage.search.quotes import load_quotes

    codebook = current_codebook(study)
    themes = [code.name for code in codebook.themes()]
    wanted = {resolve(name, themes, "theme", "themes") for name in only} or set(themes)
    made = make_matrix(study, rows=Rows.CODE, columns=CASES, with_quotes=False)
    written = {
        (code, value): summaries
        for (code, attribute, value), summaries in standing_summaries(study).items()
        if attribute == CASES
    }
    cells = _cells(made.matrix, written)
    with study.reading_session() as session:
        cases = {case.name: case for case in list_cases(session)}
    read = {*read_cases(study.heard()), NOT_KNOWN}
    heard = {*map(value_of, made.matrix.columns), *(case for _, case in cells)} - {CASE_GONE}
    about = {name: (case.group, case.role, case.area) for name, case in cases.items() if name in heard}
    about |= dict.fromkeys(heard - set(about), (None, None, None))
    order = in_order((group or NO_GROUP for group, _, _ in about.values()), study.stakeholders.names)
    names = sorted(
        about,
        key=lambda name: (
            name == NOT_KNOWN,
            about[name][0] is None,
            order.index(about[name][0] or NO_GROUP),
            name.casefold(),
        ),
    )
    rows = [
        (
            name,
            ", ".join(one_line(part) for part in (role, area, "" if name in read else NOT_READ) if part),
            group or NO_GROUP,
        )
        for name in names
        for group, role, area in [about[name]]
    ]
    rows, cells = _by_interview(study.heard(), rows, cells)
    charts = tuple(
        _chart(codebook, theme, rows, cells) for theme in codebook.themes() if theme.name in wanted
    )
    shown = [cell for chart in charts for row in chart.rows for cell in row.cells]
    numbers = {number for cell in shown for number in (*cell.quotes, *cell.named_only)}
    with study.reading_session() as session:
        quotes = load_quotes(session, only=numbers)
    return Framework(charts, quotes, made.provenance, (*_notes(shown), *uncounted_notes(study)))


def _cells(matrix: Matrix, written: Mapping[tuple[str, str], tuple[ShownSummary, ...]]) -> _Cells:
    """Return the cells that are not empty, by code and case."""
    quotes = {
        (matrix.row_codes[row][0], value_of(matrix.columns[column])): matrix.members[row, column]
        for row, column in matrix.members
    }
    return {key: ChartCell(written.get(key, ()), quotes.get(key, ())) for key in {*quotes, *written}}


def _by_interview(heard: HeardQuotes, rows: Sequence[_Row], cells: _Cells) -> tuple[list[_Row], _Cells]:
    """Return the rows and cells with a row for each interview of cases of whom an attribute differs.

    A summary stands in the interview of the first of its quotes, or else in the case's first row.
    """
    interviews = interviews_of_cases(heard)
    parted: dict[tuple[str, str], ChartCell] = {}
    for (code, case), cell in cells.items():
        if case not in interviews:
            parted[code, case] = cell
            continue
        for label, part in _parts(cell, interviews[case], heard).items():
            parted[code, f"{case} ({label})"] = part
    found: list[_Row] = []
    for case, about, group in rows:
        labels = dict.fromkeys(interviews.get(case, {}).values())
        found += [(f"{case} ({label})", about, group) for label in labels] or [(case, about, group)]
    return found, parted


def _parts(cell: ChartCell, labels: Mapping[int, str], heard: HeardQuotes) -> dict[str, ChartCell]:
    """Return what of a cell belongs to each interview of its case, by what tells the interviews apart."""
    first = next(iter(labels.values()))

    def label_of(number: int) -> str | None:
        return labels.get(heard.speaker_of.get(number, -1))

    parts = {}
    for label in dict.fromkeys(labels.values()):
        quotes = tuple(number for number in cell.quotes if (label_of(number) or first) == label)
        summaries = tuple(
            summary
            for summary in cell.summaries
            if next(filter(None, map(label_of, summary.quotes)), first) == label
        )
        if quotes or summaries:
            parts[label] = ChartCell(summaries, quotes)
    return parts


def _chart(codebook: Codebook, theme: Code, rows: Sequence[_Row], cells: _Cells) -> Chart:
    columns = [
        ChartColumn(f"{code.name} (as a whole)" if below else code.name, code.name, code.definition)
        for name in codebook.family(theme.name)
        if (code := codebook.get(name)) is not None
        and (not (below := codebook.children(name)) or any(key[0] == name for key in cells))
    ]
    return Chart(
        theme.name,
        theme.definition,
        tuple(columns),
        tuple(
            ChartRow(
                case, about, group, tuple(cells.get((column.code, case), ChartCell()) for column in columns)
            )
            for case, about, group in rows
        ),
    )


def _notes(cells: Collection[ChartCell]) -> tuple[str, ...]:
    coded = [cell for cell in cells if cell.quotes]
    done = sum(not cell.is_waiting for cell in coded)
    have = "has" if done == 1 else "have"
    notes = [f"{done} of {counted(len(coded), 'cell')} with quotes {have} a summary."]
    summaries = [summary for cell in cells for summary in cell.summaries]
    if summaries:
        who = ", ".join(sorted({summary.coder for summary in summaries}))
        times = sorted(summary.at[:10] for summary in summaries)
        notes.append(f"Summaries by {who}, {times[0]} to {times[-1]}.")
    return tuple(notes)
