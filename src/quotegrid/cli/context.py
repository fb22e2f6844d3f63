"""What several commands share: the open study, how lists are printed, how progress is shown."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.domain.text.normalise import counted, shortened, visible
from quotegrid.errors import NoStudyError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from quotegrid.workflows.study.folder import StudyFolder

_QUIET_SECONDS = 1.0


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file instead; its suffix says the format."),
]
ForceOption = Annotated[
    bool,
    typer.Option("--force", help="Replace the file also if quotegrid did not make it or it was changed."),
]
_SUFFIXES = {".csv": Format.CSV, ".json": Format.JSON, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}


@contextmanager
def study_of(context: typer.Context) -> Iterator[StudyFolder]:
    """The study that a command works on."""
    from quotegrid.workflows.study.folder import open_study

    study = open_study(context.obj)
    try:
        yield study
    finally:
        study.close()


def open_workbench(where: Path) -> None:
    """Open the workbench on a study."""
    from quotegrid.workflows.study.folder import open_study

    is_served = "TEXTUAL_DRIVER" in os.environ
    is_terminal = is_served or (sys.stdin.isatty() and sys.stdout.isatty())
    begin = None
    try:
        study = open_study(where)
    except NoStudyError:
        if not is_terminal or not where.is_dir():
            raise
        from quotegrid.tui.first_run_app import FirstRun

        made = FirstRun(where).run()
        if made is None:
            return
        study, corpus = made, made.root / "corpus"
        begin = corpus if any(corpus.iterdir()) else None
    if not is_terminal:
        raise UsageError("the workbench needs a terminal.", todo='"quotegrid --help" lists the commands.')
    from quotegrid.tui.app import run_workbench

    try:
        said = run_workbench(study, at_first=begin)
        if said and not is_served:
            say(said)
    finally:
        study.close()


def say(text: str, *, err: bool = False) -> None:
    """Print a line in which nothing that a file or a name holds acts on the terminal."""
    typer.echo(visible(text), err=err)


def console() -> Console:
    """A console that takes nothing for markup, and is wide enough where there is no terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 120
    return Console(markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)


def format_for(output: Path | None, form: Format) -> Format:
    """The format that a file's suffix names, or the one asked for."""
    if output is None:
        return form
    suffix = output.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(
            f'"{suffix or output.name}" is not a format for a list.',
            file=output,
            todo=f"End the name in one of {', '.join(_SUFFIXES)}.",
        )
    return _SUFFIXES[suffix]


def emit(text: str, output: Path | None, context: typer.Context, *, in_study: bool = True) -> None:
    """Print a text, or write it to a file that the study knows again.

    Args:
        text: What to print.
        output: The file; None to print.
        context: The command's, which says what was asked for and whether to replace what is there.
        in_study: Whether it comes from a study, and is recorded there.
    """
    if output is None:
        sys.stdout.write(text)
        return
    emit_bytes(text.encode("utf-8"), output, context, in_study=in_study)


def emit_bytes(content: bytes, output: Path, context: typer.Context, *, in_study: bool = True) -> None:
    """Write a file that the study knows again, as `emit` does."""
    from quotegrid.workflows.exchange.keep_export import Export, keep_export

    force = bool(context.params.get("force"))
    export = Export(
        what=" ".join(command_words(context)),
        arguments=arguments_of(context),
        is_published=bool(context.params.get("publish")),
    )
    if in_study:
        with study_of(context) as study:
            keep_export(output, content, export, study, force=force)
    else:
        keep_export(output, content, export, None, force=force)
    say(f"Wrote {output}")


def command_words(context: typer.Context) -> list[str]:
    """The command without the program's name: ["cases", "show"]."""
    words: list[str] = []
    at: Any = context
    while at.parent is not None:
        words.insert(0, str(at.info_name))
        at = at.parent
    return words


_NOT_ASKED = ("output", "force", "form", "format")
"""Parameters that say how something is written, not what."""


def arguments_of(context: typer.Context) -> list[str]:
    """What was asked for on the command line, so that it can be asked for again."""
    found: list[str] = []
    values: list[str] = []
    for parameter in context.command.params:
        name = str(parameter.name)
        value = context.params.get(name)
        if name in _NOT_ASKED or value is None or value == parameter.default:
            continue
        several = [*value] if isinstance(value, list | tuple) else [value]
        if parameter.param_type_name == "argument":
            values += [_plain(one) for one in several]
        elif isinstance(value, bool):
            if value or parameter.secondary_opts:
                found.append(parameter.opts[0] if value else parameter.secondary_opts[0])
        else:
            found += [f"{parameter.opts[0]}={_plain(one)}" for one in several]
    return [*found, *(["--", *values] if values else [])]


def _plain(value: object) -> str:
    return str(value.value if isinstance(value, StrEnum) else value)


def print_records(
    context: typer.Context,
    records: Sequence[dict[str, Any]],
    fields: Sequence[str],
    form: Format,
    output: Path | None,
    table: Callable[[Console, Sequence[dict[str, Any]]], None],
    markdown: Callable[[Sequence[dict[str, Any]]], str] | None = None,
) -> None:
    """Print records in the format asked for."""
    from quotegrid.exports.listing.records import listing_csv, listing_json, listing_markdown

    form = format_for(output, form)
    if form is Format.JSON:
        emit(listing_json(records), output, context)
    elif form is Format.CSV:
        emit(listing_csv(records, fields), output, context)
    elif form is Format.MARKDOWN:
        emit(markdown(records) if markdown else listing_markdown(records, fields), output, context)
    else:
        table(console(), records)


def simple_table(columns: Sequence[str], what: str) -> Callable[[Console, Sequence[dict[str, Any]]], None]:
    """A table of some fields of records, and under it how many there are, unless `what` is empty."""

    def show(out: Console, records: Sequence[dict[str, Any]]) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        numbers = ("turns", "segments")
        for column in columns:
            table.add_column(column, justify="right" if column in numbers else "left")
        for record in records:
            cells = []
            for column in columns:
                value = record[column]
                text = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
                cells.append(Text(visible(shortened(text, 60))))
            table.add_row(*cells)
        out.print(table)
        if what:
            out.print(f"{counted(len(records), what)}.")

    return show


def pair(text: str, example: str) -> tuple[str, str]:
    """What stands before and behind the = of an argument."""
    name, separator, value = text.partition("=")
    if not separator or not name.strip():
        raise UsageError(f'"{text}" is not name=value.', todo=f"Example: {example}")
    return name.strip(), value.strip()


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error that shows itself only when the work takes over a second."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    screen = Console(stderr=True, markup=False)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )
    began = time.monotonic()
    task = bar.add_task("", total=None)
    running = False

    def report(what: str, done: int, total: int) -> None:
        nonlocal running
        if not running and time.monotonic() - began > _QUIET_SECONDS:
            bar.start()
            running = True
        bar.update(task, description=what, completed=done, total=total)
        if what.startswith("Loading") and not running:
            bar.start()
            running = True

    try:
        yield report
    finally:
        if running:
            bar.stop()
