"""Help shared by the commands: opening the study, printing lists, showing progress."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from quotegrid.cli.options import JSON, MARKDOWN, TABLE, Format
from quotegrid.disk import write_for_members
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import escaped, visible
from quotegrid.errors import CancelledError, DataError, NoStudyError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from quotegrid.domain.matrix.published import PublishedTable
    from quotegrid.workflows.study.folder import StudyFolder

_QUIET_SECONDS = 1.0
_PROGRESS = "quotegrid.progress"


@dataclass(frozen=True, slots=True)
class Destination:
    """The place to which a command writes its result, and the format."""

    context: typer.Context
    """The context of the command, which knows what was asked for."""
    form: Format = TABLE
    output: Path | None = None
    """The file; None to print."""
    force: bool = False
    """Whether to replace a file that quotegrid did not make or that was changed."""
    publish: bool = False
    """Whether it is made for publication."""
    tables: Sequence[PublishedTable] = ()
    """The tables that a publication tells."""
    in_study: bool = True
    """Whether it comes from a study, and is recorded there."""

    @property
    def format(self) -> str:
        """The name of the format that the file's suffix says, or of the one asked for.

        Raises:
            UsageError: If the suffix says none.
        """
        if self.output is None:
            return self.form.value
        from quotegrid.exports.formats import ExportKind, format_of

        return format_of(self.output, ExportKind.LIST).name


@contextmanager
def study_of(context: typer.Context) -> Iterator[StudyFolder]:
    """Open the study that a command works on, and close it again; show the progress of what is written."""
    from quotegrid.workflows.study.folder import open_study

    with _exporting(context):
        study = open_study(context.obj)
        write_for_members(study.root)
        try:
            yield study
        finally:
            study.close()
            if study.backup_trouble:
                say(study.backup_trouble, err=True)


@contextmanager
def _exporting(context: typer.Context) -> Iterator[None]:
    """Show progress where the command writes a file, and say that it was not written if it is interrupted.

    Raises:
        CancelledError: If it is interrupted.
    """
    output = context.params.get("output")
    if not isinstance(output, Path) or report_of(context) is not None:
        yield
        return
    try:
        with progress(f"Making {output.name}") as report:
            context.meta[_PROGRESS] = report
            yield
    except KeyboardInterrupt:
        raise CancelledError(f"Cancelled; {visible(str(output))} was not written.") from None
    finally:
        context.meta.pop(_PROGRESS, None)


def report_of(context: typer.Context) -> ProgressReport | None:
    """Return what the progress of a command's export is told to; None where it writes no file."""
    report: ProgressReport | None = context.meta.get(_PROGRESS)
    return report


@contextmanager
def progress_in(context: typer.Context) -> Iterator[ProgressReport]:
    """Show progress in the bar of the command's export where there is one, else in a bar of its own."""
    report = report_of(context)
    if report is not None:
        yield report
        return
    with progress() as own:
        yield own


def open_workbench(where: Path) -> None:
    """Open the workbench on a study."""
    from quotegrid.workflows.study.folder import open_study

    is_served = "TEXTUAL_DRIVER" in os.environ
    is_terminal = is_served or (sys.stdin.isatty() and sys.stdout.isatty())
    first_import = None
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
        first_import = corpus if any(corpus.iterdir()) else None
    write_for_members(study.root)
    if not is_terminal:
        raise UsageError("the workbench needs a terminal.", todo='"quotegrid --help" lists the commands.')
    from quotegrid.tui.app import run_workbench
    from quotegrid.workflows.study.check_study import seal

    try:
        message = run_workbench(study, at_first=first_import)
        if message and not is_served:
            say(message)
    finally:
        study.close()
        seal(study)


def say(text: str, *, err: bool = False) -> None:
    """Print a line in which nothing that a file or a name holds acts on the terminal."""
    typer.echo(visible(text), err=err)


def is_sure(question: str, *, yes: bool) -> bool:
    """Return whether the user wants it; asked unless they said so with --yes.

    Raises:
        UsageError: If nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("nothing was changed: nobody can be asked here.", todo="--yes does it.")
    if typer.confirm(question):
        return True
    say("Nothing was changed.")
    return False


def say_uncounted(study: StudyFolder) -> None:
    """Say on standard error how many codings of which codes no count includes."""
    from quotegrid.workflows.codebook.uncounted import uncounted_notes

    for note in uncounted_notes(study):
        say(note, err=True)


def console() -> Console:
    """Return a console that takes nothing for markup, and is wide enough where there is no terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 120
    return Console(markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)


def emit(text: str, to: Destination) -> None:
    """Print a text, or write it to a file that the study knows again.

    A program that reads what is printed gets it as it is; on a terminal no character of it acts.
    """
    if to.output is None:
        if sys.stdout.isatty():
            text = escaped(text) if to.format == JSON else visible(text)
        sys.stdout.write(text)
    else:
        emit_bytes(text.encode("utf-8"), to.output, to)


def emit_bytes(content: bytes, output: Path, to: Destination) -> None:
    """Write a file that the study knows again, whatever its format."""
    from quotegrid.workflows.exchange.keep_export import Export, keep_export

    export = Export(
        what=" ".join(command_words(to.context)),
        arguments=arguments_of(to.context),
        is_published=to.publish,
        tables=to.tables,
    )
    with study_of(to.context) if to.in_study else nullcontext() as study:
        keep_export(output, content, export, study, force=to.force)
    say(f"Wrote {output}")


def command_words(context: typer.Context) -> list[str]:
    """Return the command without the program's name and without hidden commands: ["cases", "show"]."""
    words: list[str] = []
    command: Any = context
    while command.parent is not None:
        if not command.command.hidden:
            words.insert(0, str(command.info_name))
        command = command.parent
    return words


_NOT_ASKED = ("output", "force", "form", "format")
"""Parameters that say how something is written, not what."""


def arguments_of(context: typer.Context) -> list[str]:
    """Return what was asked for on the command line, so that it can be asked for again."""
    found: list[str] = []
    values: list[str] = []
    for parameter in context.command.params:
        name = str(parameter.name)
        value = context.params.get(name)
        if name in _NOT_ASKED or value is None or value == parameter.default:
            continue
        several = [*value] if isinstance(value, list | tuple) else [value]
        if parameter.param_type_name == "argument":
            values += [_plain(item) for item in several]
        elif isinstance(value, bool):
            if value or parameter.secondary_opts:
                found.append(parameter.opts[0] if value else parameter.secondary_opts[0])
        else:
            found += [f"{parameter.opts[0]}={_plain(item)}" for item in several]
    return [*found, *(["--", *values] if values else [])]


def _plain(value: object) -> str:
    return str(value.value if isinstance(value, StrEnum) else value)


def print_listing(
    listing: type[Any],
    rows: Sequence[Any],
    to: Destination,
    *,
    below: str = "",
    shown: Callable[[Sequence[Any]], None] | None = None,
    markdown: Callable[[Sequence[Any]], str] | None = None,
) -> None:
    """Print or write a listing in the format asked for.

    Args:
        listing: The dataclass that declares its columns.
        rows: Instances of the dataclass, or records with its fields.
        to: Where it goes.
        below: What is said below the table.
        shown: Prints it in the terminal where a table would not do.
        markdown: Tells it in Markdown where a table would not do.
    """
    from quotegrid.exports.formats import ExportKind, written_as
    from quotegrid.exports.listing.records import listing_table

    form = to.format
    if form == MARKDOWN and markdown is not None:
        emit(markdown(rows), to)
    elif form != TABLE:
        with _exporting(to.context):
            content = written_as(form, ExportKind.LIST, listing, rows).decode()
        emit(content, to)
    elif shown is not None:
        shown(rows)
    else:
        out = console()
        out.print(listing_table(listing, rows))
        if below:
            out.print(below)


def pair(text: str, example: str) -> tuple[str, str]:
    """Return what stands before and behind the = of an argument."""
    name, separator, value = text.partition("=")
    if not separator or not name.strip():
        raise UsageError(f'"{text}" is not name=value.', todo=f"Example: {example}")
    return name.strip(), value.strip()


def read_text(path: Path) -> str:
    """Return the content of a text file.

    Raises:
        UsageError: If it cannot be read.
        DataError: If it is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"this file cannot be read ({error.strerror}).", file=path) from error
    except UnicodeDecodeError as error:
        raise DataError("this is not a text in UTF-8.", file=path, todo="Save it as UTF-8.") from error


@contextmanager
def progress(what: str = "") -> Iterator[ProgressReport]:
    """Show a progress bar on standard error once the work takes over a second.

    Args:
        what: What is being done, until something more is reported.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    screen = Console(stderr=True, markup=False)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[steps]}", markup=False),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )
    task = bar.add_task(visible(what), total=None, steps="")
    ending = threading.Lock()
    is_over = False

    def show() -> None:
        with ending:
            if not is_over:
                bar.start()

    # Work that reports nothing for a while is shown too.
    waiting = threading.Timer(_QUIET_SECONDS, show)
    waiting.daemon = True
    if screen.is_terminal:
        waiting.start()

    def report(what: str, done: int, total: int) -> None:
        steps = f"{done:,}/{total:,}" if total else ""
        bar.update(task, description=visible(what), completed=done, total=total or None, steps=steps)
        if what.startswith("Loading") and screen.is_terminal:
            bar.start()

    try:
        yield report
    finally:
        waiting.cancel()
        with ending:
            is_over = True
            bar.stop()
