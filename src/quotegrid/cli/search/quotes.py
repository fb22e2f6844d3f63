"""Commands that ask: quotes, and the queries that are saved."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import (
    Destination,
    console,
    pair,
    print_listing,
    progress_in,
    say,
    say_uncounted,
    study_of,
)
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption, PublishOption
from quotegrid.cli.report.publication import refuse_foreign_log, say_withheld
from quotegrid.domain.coding.quotes import codes_with_stances, counted_quotes, number_of_quotes
from quotegrid.domain.search.query import Sort
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.domain.text.normalise import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quotegrid.workflows.search.find_quotes import FoundQuotes

_INDENT = " " * 7


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("quotes")(quotes)
    app.command("queries")(queries)


def quotes(
    context: typer.Context,
    query: Annotated[
        str,
        typer.Argument(
            help="What to ask, as in 'group:parent text:wait*' (docs/queries.md); @NAME asks a saved one."
        ),
    ] = "",
    group: Annotated[list[str] | None, typer.Option("--group", "-g", help="A stakeholder group.")] = None,
    area: Annotated[list[str] | None, typer.Option("--area", "-a", help="An area.")] = None,
    role: Annotated[list[str] | None, typer.Option("--role", help="A role.")] = None,
    code: Annotated[
        list[str] | None, typer.Option("--code", "-c", help="A code or theme that somebody confirmed.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="A source.")] = None,
    case: Annotated[list[str] | None, typer.Option("--case", help="A case.")] = None,
    kind: Annotated[list[SegmentKind] | None, typer.Option("--kind", help="Where it comes from.")] = None,
    text: Annotated[str, typer.Option("--text", "-t", help="Words that it must hold.")] = "",
    coded: Annotated[
        bool | None, typer.Option("--coded/--uncoded", help="Only quotes with, or without, a code.")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="Another attribute, as name=value.")
    ] = None,
    sort: Annotated[Sort | None, typer.Option("--sort", help="The order.")] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=0, help="How many a page; 0 for all. Without it a table has 50, a file all."
        ),
    ] = None,
    page: Annotated[int, typer.Option("--page", min=1, help="Which page.")] = 1,
    save: Annotated[str, typer.Option("--save", help="Keep the query under this name.")] = "",
    publish: PublishOption = False,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List quotes; a query and options combine, an option given twice means either."""
    from quotegrid.exports.listing.records import quotes_markdown
    from quotegrid.workflows.matrix.publish import published_quote_list, refuse_chosen_few
    from quotegrid.workflows.search.find_quotes import PAGE, asks_for_nearness, find_quotes
    from quotegrid.workflows.search.list_quotes import all_quotes, narrowed
    from quotegrid.workflows.search.quote_records import (
        ListedQuote,
        PublishedQuote,
        published_quote_records,
        quote_records,
    )
    from quotegrid.workflows.search.saved_queries import save_query

    to = Destination(context, form, output, force, publish=publish)
    with study_of(context) as study:
        asked = narrowed(
            query,
            groups=group or (),
            areas=area or (),
            roles=role or (),
            codes=code or (),
            sources=source or (),
            cases=case or (),
            kinds=kind or (),
            text=text,
            coded=coded,
            attributes=dict(pair(condition, "--where wave=2") for condition in where or ()),
        )
        if publish:
            refuse_chosen_few(study, asked)
        if limit is None and (page > 1 or to.format == TABLE or asks_for_nearness(study, asked)):
            limit = PAGE
        with progress_in(context) as report:
            found = find_quotes(study, asked, sort=sort, page=page, limit=limit or None, report=report)
        say_uncounted(study)
        if save:
            say(save_query(study, save, asked), err=True)
        if publish:
            published, withheld, table = published_quote_list(study, found.quotes, all_quotes(study), asked)
    if publish:
        refuse_foreign_log(to)
        to = replace(to, tables=(table,))
        records = published_quote_records(published)
        print_listing(PublishedQuote, records, to, shown=_lister(found, {}), markdown=quotes_markdown)
        say_withheld(withheld, to)
        return
    records = quote_records(found.quotes)
    print_listing(ListedQuote, records, to, shown=_lister(found, found.places), markdown=quotes_markdown)


def queries(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the saved queries."""
    from quotegrid.workflows.search.saved_queries import SavedQuery

    with study_of(context) as study:
        saved = [SavedQuery(name, query) for name, query in study.settings.queries.items()]
    print_listing(SavedQuery, saved, Destination(context, form, output, force))


def _lister(
    found: FoundQuotes, places: Mapping[int, Sequence[tuple[int, int]]]
) -> Callable[[Sequence[dict[str, Any]]], None]:
    """Return a function that prints quotes as lines of text, which is faster than a table.

    Args:
        found: What was found, of which the records are a page.
        places: Where each quote has the words that were asked for.
    """

    def show(records: Sequence[dict[str, Any]]) -> None:
        width = console().width
        lines = []
        for record in records:
            number = record.get("id", 0)
            lines += [
                _head(record, found.similarity.get(number)),
                _words(record["text"], places.get(number, ()), width),
                "",
            ]
        typer.echo("\n".join([*lines, _counted(found, len(records))]))

    return show


def _head(record: Mapping[str, Any], similarity: float | None) -> str:
    head = typer.style(f"{record.get('id', ''):>5}  ", dim=True)
    head += typer.style(visible(record["attribution"]), bold=True)
    if "source" in record:
        who = f"{record['case']}, " if record["case"] else ""
        head += typer.style(f"  {visible(who + record['source'])}", dim=True)
    if record.get("certainty") == "unsure":
        head += typer.style("  (not certain who is quoted)", dim=True)
    if record["codes"]:
        head += f"  [{visible(', '.join(codes_with_stances(record['codes'], record['stances'])))}]"
    if similarity is not None:
        head += typer.style(f"  near {similarity:.2f}", dim=True)
    return head


def _words(text: str, places: Sequence[tuple[int, int]], width: int) -> str:
    """Return the text in lines, with the words that were asked for in bold and underlined."""
    begins, ends = (
        next(char for char in map(chr, range(first, 0xF8FF)) if char not in text)
        for first in (0xE000, 0xF000)
    )
    marked, last = "", 0
    for start, end in places:
        if start >= last:
            marked += f"{text[last:start]}{begins}{text[start:end]}{ends}"
            last = end
    shown = visible(one_line(marked + text[last:]))
    filled = textwrap.fill(shown, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
    return filled.replace(begins, "\x1b[1;4m").replace(ends, "\x1b[0m")


def _counted(found: FoundQuotes, shown: int) -> str:
    if shown == found.total:
        return f"{counted_quotes(number_of_quotes(found.quotes), shown)}."
    if not shown:
        return f"No quotes on this page; there are {found.total:,}."
    last = found.first + shown - 1
    more = " --page shows more, --limit 0 all." if last < found.total else ""
    return f"Quotes {found.first:,} to {last:,} of {found.total:,}.{more}"
