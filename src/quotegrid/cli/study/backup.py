"""The commands that make, list, check and put back backups, and copy a whole study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotegrid.cli.context import Destination, is_sure, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import RepairError

backup = typer.Typer(help="Make, list, check and put back backups of the study.", rich_markup_mode=None)
_Name = Annotated[
    str, typer.Argument(help="A backup of the list, or the folder of one; without it the newest.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.add_typer(backup, name="backup")
    app.command("copy")(copy)


@backup.callback(invoke_without_command=True)
def listed(context: typer.Context) -> None:
    """List the backups."""
    if context.invoked_subcommand is None:
        list_command(context)


@backup.command("list")
def list_command(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the backups, oldest first, with when and why they were made."""
    from quotegrid.workflows.study.restoring import ListedBackup, list_backups

    with study_of(context) as study:
        found = list_backups(study)
    below = f"{counted(len(found), 'backup')}."
    to = Destination(context, form, output, force, in_study=False)
    print_listing(ListedBackup, found, to, below=below)


@backup.command("now")
def now(context: typer.Context) -> None:
    """Make a backup now; it is checked when it is written, and never thinned."""
    from quotegrid.workflows.study.restoring import back_up_by_hand

    with study_of(context) as study:
        made = back_up_by_hand(study)
    say(f"Wrote {made.folder}: {made.note.entries if made.note else 0:,} entries of the journal.")


@backup.command("restore")
def restore(
    context: typer.Context,
    name: _Name = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
) -> None:
    """Put a backup in the study's place; what stands there now is backed up before."""
    from quotegrid.workflows.study.restoring import lost_by_restoring, restore_backup

    with study_of(context) as study:
        say(lost_by_restoring(study, name))
        if not is_sure("Put it back?", yes=yes):
            return
        done = restore_backup(study, name)
    say(f"Put back {done.backup.name}.")
    if done.before is not None:
        say(
            f"What stood here before is in {done.before}; "
            f'"quotegrid backup restore {done.before.name}" undoes this.'
        )


@backup.command("verify")
def verify(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Backups; without any all of them.")
    ] = None,
) -> None:
    """Check that backups are whole and unchanged: every file by its digest, and the database page by page."""
    from quotegrid.workflows.study.restoring import verify_backups

    with study_of(context) as study:
        found = verify_backups(study, names or [])
    for checked, faults in found:
        say(f"{checked.name}: {'; '.join(faults) if faults else 'whole'}")
    damaged = sum(bool(faults) for _, faults in found)
    if damaged:
        raise RepairError(
            f"{counted(damaged, 'backup')} of {len(found)} cannot be used.",
            todo='"quotegrid backup now" makes another.',
        )
    say(f"{counted(len(found), 'backup')} checked.")


def copy(
    context: typer.Context, target: Annotated[Path, typer.Argument(help="A folder that is not there yet.")]
) -> None:
    """Copy the whole study, also while somebody works in it; the copy is as of one moment."""
    from quotegrid.workflows.study.copying import copy_study

    with study_of(context) as study:
        copied = copy_study(study, target)
    say(f"Copied {counted(copied, 'file')} to {target}.")
