"""The writing of a query's quotes to a file."""

from __future__ import annotations

from pathlib import Path

from quotegrid.domain.search.query import Sort
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.workflows.exchange.keep_export import Export, keep_export
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.search.quote_records import ListedQuote, quote_records
from quotegrid.workflows.study.folder import StudyFolder


def export_quotes(
    study: StudyFolder,
    query: str,
    path: Path,
    *,
    sort: Sort | None = None,
    report: ProgressReport | None = None,
) -> int:
    """Write all quotes that match, with names and places: not for publication.

    Args:
        study: The study.
        query: The query.
        path: The file, whose ending determines the format.
        sort: The order; None for the nearest first with `near:`, else by source and place.
        report: Called with the progress; to raise an error there ends the work with nothing written.

    Returns:
        How many quotes were written.

    Raises:
        UsageError: If the name ends in no format for a list, or there is a file that quotegrid did not make.
        QueryError: If the query cannot be read.
        UnknownNameError: If it names what the study does not have.
    """
    from quotegrid.exports.formats import ExportKind, format_of
    from quotegrid.exports.listing.records import quotes_markdown

    form = format_of(path, ExportKind.LIST)
    quotes = find_quotes(study, query, sort=sort, report=report).quotes
    records = quote_records(quotes)
    if form.name == "markdown":
        content = quotes_markdown(records).encode()
    else:
        content = form.writers[ExportKind.LIST](ListedQuote, records)
    arguments = [*([query] if query else []), *(["--sort", sort.value] if sort is not None else [])]
    if report is not None:
        report(f"Keeping {path.name}", 0, 0)
    keep_export(path, content, Export(what="quotes", arguments=arguments), study)
    return len(quotes)
