"""The time that a command takes to start, and what it must not load. Each runs in a process of its own."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time

import pytest

from quotegrid.workflows.study.folder import StudyFolder

HEAVY = (
    "torch",
    "spacy",
    "sklearn",
    "textual",
    "transformers",
    "sentence_transformers",
    "matplotlib",
    "psycopg",
)
QUICK = (
    *HEAVY,
    "quotegrid.settings",
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "numpy",
    "rich.console",
    "openpyxl",
    "docx",
)
LOADED = """\
import shlex
import sys
from quotegrid.cli.main import main
for arguments in sys.argv[2:]:
    try:
        main(shlex.split(arguments))
    except SystemExit as stop:
        assert not stop.code, stop.code
found = [name for name in sys.argv[1].split(",") if name in sys.modules]
print("LOADED:", *found, file=sys.stderr)
"""


def loaded(forbidden: tuple[str, ...], *commands: str) -> str:
    """Return what one process has loaded of the forbidden modules after several commands."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, ",".join(forbidden), *commands],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    return done.stderr.strip().splitlines()[-1]


def seconds(*arguments: str) -> float:
    """Time a start, of a user who has byte code from the second one on."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def test_help_loads_nothing_heavy() -> None:
    assert loaded(QUICK, "--help", "quotes --help", "--version") == "LOADED:"


def test_listing_loads_no_model_and_no_screen(suggested: StudyFolder) -> None:
    asked = ("quotes", "quotes --format json", "matrix", "matrix --include-suggested", "status", "coverage")
    commands = [f"-C {shlex.quote(str(suggested.root))} {words}" for words in asked]
    assert loaded(HEAVY, *commands) == "LOADED:"


@pytest.mark.timing
def test_help_takes_at_most_four_times_as_long_as_typer() -> None:
    bare = ("-c", "import typer")
    ours = ("-m", "quotegrid", "--help")
    for warm in (bare, ours):
        seconds(*warm)
    times = [(seconds(*bare), seconds(*ours)) for _ in range(3)]
    assert min(took for _, took in times) <= 4 * min(took for took, _ in times)


@pytest.mark.timing
@pytest.mark.parametrize("command", ["quotes", "matrix"])
def test_listing_takes_at_most_three_times_as_long_as_the_libraries_it_stands_on(
    suggested: StudyFolder, command: str
) -> None:
    bare = ("-c", "import typer, sqlmodel, numpy, rich.console")
    ours = ("-m", "quotegrid", "-C", str(suggested.root), command)
    for warm in (bare, ours):
        seconds(*warm)
    times = [(seconds(*bare), seconds(*ours)) for _ in range(3)]
    assert min(took for _, took in times) <= 3 * min(took for took, _ in times)
