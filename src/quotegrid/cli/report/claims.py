"""The claims command: whether the codings bear out what a draft report says."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import Destination, console, print_listing, say, say_uncounted, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OfOption, OutputOption
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.text.normalise import one_line, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BAD_DATA = 3
_SHOWN = 3
"""How many quotes of each kind the table shows."""

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
        bool, typer.Option("--strict", help="End with exit code 3 when a claim is not borne out.")
    ] = False,
    of: OfOption = SharesOf.READ,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Check sentences such as "Most school leaders spoke of [[who pays]]" against the codings."""
    from quotegrid.exports.report.claims_text import claims_markdown
    from quotegrid.workflows.report.check_claims import Verdict, check_claims
    from quotegrid.workflows.report.list_claims import ListedClaim, claim_records

    with study_of(context) as study:
        found = check_claims(study, file, of)
        say_uncounted(study)
    print_listing(
        ListedClaim,
        claim_records(found),
        Destination(context, form, output, force),
        shown=_print_claims,
        markdown=claims_markdown,
    )
    failing = sum(claim.verdict is Verdict.NOT_BORNE_OUT for claim in found)
    if strict and failing:
        say(f"{failing} not borne out.", err=True)
        raise typer.Exit(_BAD_DATA)


def _print_claims(records: Sequence[Mapping[str, Any]]) -> None:
    from quotegrid.exports.report.claims_text import claim_read

    width = console().width
    lines = []
    for record in records:
        head = typer.style(f"{record['line']:>5}  ", dim=True) + typer.style(record["verdict"], bold=True)
        lines.append(f"{head}  [{visible(record['code'])}]")
        lines.append(_filled(width, one_line(record["sentence"])))
        fitting = f" Fitting: {record['fitting']}." if record["fitting"] else ""
        lines.append(_filled(width, f"{record['why'][:1].upper()}{record['why'][1:]}{fitting}"))
        read = claim_read(record)
        if read:
            lines.append(_filled(width, f"Read as: {read}."))
        for name, label in (("quotes_against", "against"), ("quotes_for", "for")):
            quotes = record[name]
            for quote in quotes[:_SHOWN]:
                words = shortened(one_line(quote["text"]), 150)
                lines.append(
                    _filled(width, f"{label} {quote['id']}, {quote['attribution']}: {words}", deep=True)
                )
            if len(quotes) > _SHOWN:
                lines.append(_filled(width, f"{label}: {len(quotes) - _SHOWN} more", deep=True))
        lines.append("")
    counts = Counter(record["verdict"] for record in records)
    summary = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    lines.append(f"{summary}." if summary else "No sentence names a code in double square brackets.")
    typer.echo("\n".join(lines))


def _filled(width: int, text: str, *, deep: bool = False) -> str:
    indent = " " * (9 if deep else 7)
    return textwrap.fill(visible(text), width, initial_indent=indent, subsequent_indent=indent + "  " * deep)
