"""The commands that check whether a study is whole, and make again what of it can be made again."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import progress, say, study_of
from quotegrid.errors import RepairError

_SAID = "this study is damaged."


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("check")(check)
    app.command("repair")(repair)


def check(
    context: typer.Context,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what takes long, as on opening the workbench.")
    ] = False,
) -> None:
    """Check whether the study is whole: database, journal, texts, codings, full-text index, files."""
    from quotegrid.workflows.study.check_study import advice_on, check_study

    with study_of(context) as study, progress("Checking the study"):
        found = check_study(study, quick=quick)
    for note in found.notes:
        say(f"Note: {note}")
    if found.is_whole:
        size = f", and {found.size / 1e6:.1f} MB of database" if found.size else ""
        say(f"The study is whole: its journal up to number {found.entries:,}{size}.")
        return
    for fault in found.faults:
        say(f"Damaged: {fault}")
    raise RepairError(_SAID, file=study.database_path, todo=advice_on(study, found.faults))


def repair(context: typer.Context) -> None:
    """Make again what of a damaged study follows from its journal and texts, after a copy of it."""
    from quotegrid.workflows.study.check_study import advice_on
    from quotegrid.workflows.study.repair_study import repair_study

    with study_of(context) as study, progress("Repairing the study"):
        done = repair_study(study)
    for fault in done.made_again:
        say(f"Made again: {fault}")
    if done.copy is not None:
        say(f"The database as it was is kept as {done.copy.name}.")
    if not done.left:
        say("The study is whole.")
        return
    for fault in done.left:
        say(f"Cannot be made again: {fault}")
    raise RepairError(_SAID, file=study.database_path, todo=advice_on(study, done.left))
