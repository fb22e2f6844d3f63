"""The report command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotegrid.cli.context import Destination, arguments_of, say, study_of
from quotegrid.cli.options import ForceOption, OfOption, PublishOption
from quotegrid.cli.report.publication import refuse_foreign_log, say_withheld
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.text.normalise import counted
from quotegrid.exports.formats import ExportKind, offered, one_of


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("report")(report)


def report(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=f"Write to this {one_of(offered(ExportKind.REPORT))} file.")
    ] = Path("exports/report.html"),
    exemplars: Annotated[
        int, typer.Option("--exemplars", min=1, help="How many quotes speak for a theme at the most.")
    ] = 6,
    of: OfOption = SharesOf.READ,
    publish: PublishOption = False,
    force: ForceOption = False,
) -> None:
    """Write a report: who was heard, theme by theme what they said and who disagrees, and the method."""
    from quotegrid.workflows.exchange.keep_export import Export
    from quotegrid.workflows.report.export_report import export_report
    from quotegrid.workflows.report.make_report import make_report

    to = Destination(context, output=output, force=force, publish=publish)
    with study_of(context) as study:
        made = make_report(study, publish=publish, most_exemplars=exemplars, of=of)
        if publish:
            refuse_foreign_log(to)
        export = Export("report", arguments_of(context), is_published=publish)
        export_report(made, output, export, study, force=force)
    themes = made.report.themes
    quotes = sum(len(theme.exemplars) + len(theme.dissent) + len(theme.mixed) for theme in themes)
    say(f"Wrote {output}: {counted(len(themes), 'theme')}, {counted(quotes, 'quote')}.")
    if publish:
        say_withheld(made.withheld, to)
