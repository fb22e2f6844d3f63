"""The command that tells how much is still to be found: audit."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import Destination, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted, visible


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("audit")(audit)


def audit(
    context: typer.Context,
    draw: Annotated[
        int | None,
        typer.Option("--draw", min=1, help="Draw so many passages at random that nobody has decided on."),
    ] = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Tell how many passages of each code are still to be found, from some drawn at random and looked at."""
    from quotegrid.workflows.coding.stopping import ListedCodeEstimate, audit_records, draw_audit
    from quotegrid.workflows.coding.stopping import audit as audit_of

    with study_of(context) as study:
        drawn = None if draw is None else draw_audit(study, draw)
        found = audit_of(study)
    if drawn is not None:
        say(f"{counted(drawn, 'passage')} drawn.")
    if found is None:
        say('Nothing has been drawn yet: "quotegrid audit --draw 60" draws passages at random.')
        return
    to = Destination(context, form, output, force)
    print_listing(ListedCodeEstimate, audit_records(found), to)
    if to.format == TABLE:
        say(
            f"{found.looked_at} of {found.drawn} looked at, drawn by {visible(found.by)} "
            f"from {counted(found.population, 'passage')}."
        )
        if found.looked_at < found.drawn:
            say("Look at them in the review: f, then “drawn at random for the audit”; s where no code fits.")
