"""The framework command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotegrid.cli.context import arguments_of, say, study_of
from quotegrid.cli.options import ForceOption, PublishOption
from quotegrid.domain.text.normalise import counted
from quotegrid.exports.formats import ExportKind, offered, one_of


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("framework")(framework)


def framework(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help=f"Write to this {one_of(offered(ExportKind.FRAMEWORK))} file."),
    ] = Path("exports/framework.xlsx"),
    only: Annotated[
        list[str] | None, typer.Option("--only", help="A chart for this theme alone; give it again for more.")
    ] = None,
    publish: PublishOption = False,
    force: ForceOption = False,
) -> None:
    """Write the Framework matrix: a chart a theme, a row a case, your summaries above the quotes."""
    from quotegrid.workflows.exchange.keep_export import Export
    from quotegrid.workflows.report.export_framework import export_framework, refuse_published_framework
    from quotegrid.workflows.report.make_framework import make_framework

    if publish:
        refuse_published_framework()
    with study_of(context) as study:
        made = make_framework(study, only=only or ())
        export_framework(made, output, Export("framework", arguments_of(context)), study, force=force)
    say(f"Wrote {output}: {counted(len(made.charts), 'chart')}. {' '.join(made.notes)}")
