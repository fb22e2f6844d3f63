"""The `quotegrid` command. Without a sub-command it opens the workbench."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from quotegrid import __version__
from quotegrid.cli.codebook import edit as codebook
from quotegrid.cli.coding import decide as coding
from quotegrid.cli.coding import segments
from quotegrid.cli.coding import stopping as audit
from quotegrid.cli.context import open_workbench, say
from quotegrid.cli.exchange import verify
from quotegrid.cli.matrix import cooccurrence, coverage, publications
from quotegrid.cli.matrix import table as matrix
from quotegrid.cli.people import cases, stakeholders
from quotegrid.cli.report import amounts, claims, framework, summaries
from quotegrid.cli.report import write as report
from quotegrid.cli.search import quotes
from quotegrid.cli.sources import memos, sources, turns
from quotegrid.cli.study import backup, check, serve, settings
from quotegrid.cli.study import init as setup
from quotegrid.cli.study import status as listings
from quotegrid.cli.suggestions import candidate_themes as themes
from quotegrid.cli.suggestions import evaluate
from quotegrid.disk import private_files
from quotegrid.errors import CancelledError, DataError, QuotegridError

_INTERRUPTED = 130

app = typer.Typer(
    name="quotegrid",
    help="Code interview transcripts in the terminal: import, suggest, confirm, and export a "
    "theme-by-stakeholder matrix. Without a command it opens the workbench.",
    no_args_is_help=False,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotegrid {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    study: Annotated[
        Path, typer.Option("--study", "-C", help="The study's folder.", envvar="QUOTEGRID_STUDY")
    ] = Path(),
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Open the workbench, or run a command."""
    context.obj = study
    if context.invoked_subcommand is None:
        open_workbench(study)


setup.add_to(app)
settings.add_to(app)
check.add_to(app)
coding.add_to(app)
serve.add_to(app)
backup.add_to(app)
segments.add_to(app)
listings.add_to(app)
sources.add_to(app)
quotes.add_to(app)
codebook.add_to(app)
themes.add_to(app)
cases.add_to(app)
stakeholders.add_to(app)
memos.add_to(app)
turns.add_to(app)
matrix.add_to(app)
summaries.add_to(app)
framework.add_to(app)
verify.add_to(app)
report.add_to(app)
amounts.add_to(app)
claims.add_to(app)
cooccurrence.add_to(app)
coverage.add_to(app)
publications.add_to(app)
evaluate.add_to(app)
audit.add_to(app)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error becomes one message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with private_files():
            app(args=arguments)
    except CancelledError as error:
        say(str(error), err=True)
        sys.exit(error.exit_code)
    except QuotegridError as error:
        say(f"quotegrid: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"quotegrid: {where}{error.strerror or error}.", err=True)
        sys.exit(DataError.exit_code)
    except SystemExit as stop:
        if stop.code == _INTERRUPTED:
            say("quotegrid: stopped; what was finished is kept.", err=True)
        raise
