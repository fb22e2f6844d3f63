"""Commands about sources: listing them, their language, and what is read to the end."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import Destination, pair, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.cli.sources import versions
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import UsageError

app = typer.Typer(name="sources", rich_markup_mode=None)


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    versions.add_to(app)
    main.add_typer(app)


@app.callback(invoke_without_command=True)
def sources(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the sources."""
    if context.invoked_subcommand is not None:
        return
    from quotegrid.workflows.sources.list_sources import ListedSource, source_records

    with study_of(context) as study:
        records = source_records(study)
    below = f"{counted(len(records), 'source')}."
    print_listing(ListedSource, records, Destination(context, form, output, force), below=below)


@app.command("set")
def set_values(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A source.")],
    value: Annotated[str, typer.Argument(help="language=German, language=de or language=unknown.")],
) -> None:
    """Say which language a source is in, where the guess is wrong."""
    from quotegrid.workflows.sources.languages import set_source_language

    field, language = pair(value, "language=German")
    if field.casefold() != "language":
        raise UsageError(f'a source has no "{field}" that can be set.', todo="Write language=German.")
    with study_of(context) as study:
        say(set_source_language(study, name, language))


@app.command("read")
def mark(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Sources.")],
    is_not: Annotated[bool, typer.Option("--not", help="They are not read to the end after all.")] = False,
) -> None:
    """Mark sources as read to the end, so that what nobody says in them counts as silence."""
    from quotegrid.workflows.sources.mark_read import mark_read

    with study_of(context) as study:
        say(mark_read(study, names, is_read=not is_not))
