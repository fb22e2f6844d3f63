"""The claims command: whether the codings bear out what a draft report says."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import (
    Destination,
    arguments_of,
    console,
    print_listing,
    say,
    say_uncounted,
    study_of,
)
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OfOption, OutputOption
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.text.normalise import counted, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BAD_DATA = 3

claims_app = typer.Typer(
    help="Check what a draft report claims.", no_args_is_help=True, rich_markup_mode=None
)


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.add_typer(claims_app, name="claims")


@claims_app.command("check")
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A draft: .md, .txt or .docx.")],
    strict: Annotated[
        bool,
        typer.Option("--strict", help="End with exit code 3 when a claim is not borne out or not read."),
    ] = False,
    of: OfOption = SharesOf.READ,
    comments: Annotated[
        Path | None,
        typer.Option("--comments", help="Write the verdicts as comments into this copy of a .docx draft."),
    ] = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Check sentences such as "Most school leaders spoke of [[who pays]]" against the codings."""
    from quotegrid.exports.report.claims_text import claims_markdown
    from quotegrid.workflows.exchange.keep_export import Export
    from quotegrid.workflows.report.check_claims import Verdict, check_claims
    from quotegrid.workflows.report.comment_draft import comment_draft, refuse_no_copy
    from quotegrid.workflows.report.list_claims import ListedClaim, claim_records

    if comments is not None:
        refuse_no_copy(file, comments)
    with study_of(context) as study:
        found = check_claims(study, file, of)
        say_uncounted(study)
        records = claim_records(found)
        if comments is not None:
            export = Export("claims check", arguments_of(context))
            comment_draft(study, file, comments, records, export, force=force)
            say(f"Wrote {comments}: {counted(len(records), 'comment')}.", err=True)
    print_listing(
        ListedClaim,
        records,
        Destination(context, form, output, force),
        shown=_print_claims,
        markdown=claims_markdown,
    )
    counts = Counter(claim.verdict for claim in found)
    failing = [
        f"{counts[verdict]} {verdict}"
        for verdict in (Verdict.NOT_BORNE_OUT, Verdict.UNREAD)
        if counts[verdict]
    ]
    if strict and failing:
        say(f"{', '.join(failing)}.", err=True)
        raise typer.Exit(_BAD_DATA)


def _print_claims(records: Sequence[Mapping[str, Any]]) -> None:
    from quotegrid.exports.report.claims_text import claim_quotes, claim_statements

    width = console().width
    lines = []
    for record in records:
        head = typer.style(f"{record['line']:>5}  ", dim=True) + typer.style(record["verdict"], bold=True)
        lines.append(f"{head}  [{visible(record['code'])}]")
        lines.append(_filled(width, one_line(record["sentence"])))
        lines += [_filled(width, statement) for statement in claim_statements(record)]
        lines += [_filled(width, quote, deep=True) for quote in claim_quotes(record)]
        lines.append("")
    counts = Counter(record["verdict"] for record in records)
    summary = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    lines.append(f"{summary}." if summary else "No sentence names a code in double square brackets.")
    typer.echo("\n".join(lines))


def _filled(width: int, text: str, *, deep: bool = False) -> str:
    indent = " " * (9 if deep else 7)
    return textwrap.fill(visible(text), width, initial_indent=indent, subsequent_indent=indent + "  " * deep)
