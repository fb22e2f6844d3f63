"""Commands about the codebook: its codes, changing them, and what they have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, print_listing, say, say_uncounted, study_of
from quotegrid.cli.options import TABLE, BelowOption, ForceOption, FormatOption, OutputOption
from quotegrid.cli.study.status import codes
from quotegrid.domain.text.normalise import counted, visible
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook

if TYPE_CHECKING:
    from quotegrid.workflows.codebook.edit_codebook import CodebookEdit

app = typer.Typer(name="codebook", rich_markup_mode=None)
CodeArgument = Annotated[str, typer.Argument(help="A code.")]
BeforeOption = Annotated[
    str | None, typer.Option("--before", help="The code there before which it goes; without it the end.")
]


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.add_typer(app)


@app.callback(invoke_without_command=True)
def codebook(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the codebook, or change it: in the study and in its file."""
    if context.invoked_subcommand is None:
        codes(context, form, output, force)


@app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The new code.")],
    below: BelowOption = None,
    before: BeforeOption = None,
    definition: Annotated[str, typer.Option("--definition", help="What it means.")] = "",
) -> None:
    """Add a code."""
    from quotegrid.domain.codebook.codes import Code
    from quotegrid.workflows.codebook.edit_codebook import add_code

    with study_of(context) as study:
        _say(add_code(study, Code(name, parent=below, definition=definition), before=before))


@app.command("rename")
def rename(
    context: typer.Context, name: CodeArgument, new: Annotated[str, typer.Argument(help="Its new name.")]
) -> None:
    """Give a code another name; its codings go along."""
    from quotegrid.workflows.codebook.edit_codebook import rename_code

    with study_of(context) as study:
        _say(rename_code(study, name, new))


@app.command("move")
def move(
    context: typer.Context, name: CodeArgument, below: BelowOption = None, before: BeforeOption = None
) -> None:
    """Put a code, and all below it, below another one; without --below at the top."""
    from quotegrid.workflows.codebook.edit_codebook import move_code

    with study_of(context) as study:
        _say(move_code(study, name, below, before=before))


@app.command("merge")
def merge(
    context: typer.Context,
    name: CodeArgument,
    into: Annotated[str, typer.Argument(help="The code that it becomes a part of.")],
) -> None:
    """Make one code of two: every coding of the first becomes one of the second."""
    from quotegrid.workflows.codebook.edit_codebook import merge_codes

    with study_of(context) as study:
        _say(merge_codes(study, name, into))


@app.command("deprecate")
def deprecate(
    context: typer.Context,
    name: CodeArgument,
    again: Annotated[bool, typer.Option("--use-again", help="Take it into use again.")] = False,
) -> None:
    """Take a code out of use: what is coded with it counts, and it is not suggested any more."""
    from dataclasses import replace

    from quotegrid.workflows.codebook.edit_codebook import describe_code, known_code

    with study_of(context) as study:
        code = known_code(current_codebook(study), name)
        _say(describe_code(study, name, replace(code, is_deprecated=not again)))


@app.command("remove")
def remove(context: typer.Context, name: CodeArgument) -> None:
    """Remove a code on which nothing is coded from the codebook; codes below it move up."""
    from quotegrid.workflows.codebook.edit_codebook import remove_code

    with study_of(context) as study:
        _say(remove_code(study, name))


@app.command("changes")
def changes(
    context: typer.Context,
    take_in: Annotated[
        bool, typer.Option("--take-in", help="Let the study follow the file, even if codings are lost.")
    ] = False,
    put_back_file: Annotated[
        bool, typer.Option("--put-back", help="Write the file again as the study holds it.")
    ] = False,
) -> None:
    """Show what was changed by hand in the file since it was last read, and take nothing in unless told."""
    from quotegrid.workflows.codebook.codebook_file import (
        FileState,
        describe_loss,
        file_change,
        file_state,
        put_back,
        read_in_file,
    )

    if take_in and put_back_file:
        raise UsageError("the file is either taken in or put back.", todo="Leave out one of the two.")

    with study_of(context) as study:
        if file_state(study) in (FileState.IN_STEP, FileState.BEHIND):
            say("The file says what the study says.")
            return
        if put_back_file:
            put_back(study)
            say(f"Wrote {study.codebook_path} as the study holds it.")
            return
        change = read_in_file(study, damaged_too=True) if take_in else file_change(study)
        if take_in:
            say_uncounted(study)
    for line in change.lines or ("Nothing that a code says: comments or layout alone.",):
        say(visible(line))
    for loss in () if take_in else describe_loss(change):
        say(f"{loss} would not be counted any more; put it back and merge it.", err=True)


@app.command("history")
def history(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="A code; without it the whole codebook.")] = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List how the codebook has changed, or what one code has meant and what was coded under each meaning."""
    from quotegrid.workflows.codebook import code_history

    with study_of(context) as study:
        records = (
            code_history.history_records(study) if name is None else code_history.meaning_records(study, name)
        )
    print_listing(
        code_history.ListedVersion if name is None else code_history.ListedMeaning,
        records,
        Destination(context, form, output, force),
        below=f"{counted(len(records), 'change')}.",
    )


def _say(edited: CodebookEdit) -> None:
    moved = f" {counted(edited.moved, 'coding')} moved with it." if edited.moved else ""
    say(visible(f"{edited.what}{moved}") if edited.what else "Nothing was changed.")
