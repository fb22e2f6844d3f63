"""The writing of a query's quotes to a file."""

from __future__ import annotations

from pathlib import Path

from quotegrid.domain.search.query import Sort
from quotegrid.errors import UsageError
from quotegrid.workflows.exchange.keep_export import Export, keep_export
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.search.quote_records import ListedQuote, quote_records
from quotegrid.workflows.study.folder import StudyFolder

FORMATS = (".md", ".markdown", ".csv", ".json")


def export_quotes(study: StudyFolder, query: str, path: Path, *, sort: Sort | None = None) -> int:
    """Write all quotes that match, with names and places: not for publication.

    Args:
        study: The study.
        query: The query.
        path: The file, whose ending determines the format.
        sort: The order; None for the nearest first with `near:`, else by source and place.

    Returns:
        How many quotes were written.

    Raises:
        UsageError: If the name ends in no format for a list, or there is a file that quotegrid did not make.
        QueryError: If the query cannot be read.
        UnknownNameError: If it names what the study does not have.
    """
    from quotegrid.exports.listing.records import listing_as, quotes_markdown

    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(
            f'"{path.suffix or path.name}" is not a format for a list.',
            file=path,
            todo=f"End the name in one of {', '.join(FORMATS)}.",
        )
    quotes = find_quotes(study, query, sort=sort).quotes
    records = quote_records(quotes)
    if suffix in (".json", ".csv"):
        text = listing_as(suffix[1:], ListedQuote, records)
    else:
        text = quotes_markdown(records)
    arguments = [*([query] if query else []), *(["--sort", sort.value] if sort is not None else [])]
    keep_export(path, text.encode("utf-8"), Export(what="quotes", arguments=arguments), study)
    return len(quotes)
