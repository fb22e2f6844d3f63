"""The time that a command takes to start, and what it must not load. Each runs in a process of its own."""

from __future__ import annotations

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
import sys
from quotegrid.cli.main import main
try:
    main(sys.argv[2:])
except SystemExit as stop:
    assert not stop.code, stop.code
found = [name for name in sys.argv[1].split(",") if name in sys.modules]
print("LOADED:", *found, file=sys.stderr)
"""


def loaded(forbidden: tuple[str, ...], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, ",".join(forbidden), *arguments],
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


@pytest.mark.parametrize("arguments", [("--help",), ("quotes", "--help"), ("--version",)])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(QUICK, *arguments) == "LOADED:"


@pytest.mark.parametrize(
    "arguments",
    [
        ("quotes",),
        ("quotes", "--format", "json"),
        ("matrix",),
        ("matrix", "--include-suggested"),
        ("status",),
        ("coverage",),
    ],
)
def test_listing_loads_no_model_and_no_screen(suggested: StudyFolder, arguments: tuple[str, ...]) -> None:
    assert loaded(HEAVY, "-C", str(suggested.root), *arguments) == "LOADED:"


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
