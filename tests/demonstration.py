"""The demonstration as `make demo` makes it, in this process, and the picture of it that the README shows.

`python -m tests.demonstration docs/workbench.svg` draws the picture anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

REPOSITORY = Path(__file__).parent.parent
PARTS = ("corpus", "codebook", "docs", "exports", "quotegrid.toml", "Makefile", "pyproject.toml")
CODER = "reader"
SIZE = (100, 28)
SHOWN = "queue for a sandwich"
"""Words of the passage that the picture shows."""


def _as_the_coder() -> contextlib.AbstractContextManager[object]:
    return mock.patch.dict(os.environ, QUOTEGRID_CODER=CODER)


def called(folder: Path, *arguments: str) -> str:
    """Call the command line in this process, as if it had been started in a folder."""
    from quotegrid.cli.main import main

    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with contextlib.chdir(folder), redirect_stdout(out), redirect_stderr(err), _as_the_coder():
        try:
            main(list(arguments))
        except SystemExit as stop:
            code = stop.code
    assert not code, f"{shlex.join(arguments)}: {err.getvalue()}"
    return out.getvalue()


def records(folder: Path, *arguments: str) -> Any:
    return json.loads(called(folder, *arguments, "--format", "json"))


def copied(target: Path) -> Path:
    target.mkdir()
    for part in PARTS:
        place = REPOSITORY / part
        if place.is_dir():
            shutil.copytree(place, target / part, ignore=shutil.ignore_patterns("*.xlsx", "*.csv.tmp"))
        else:
            shutil.copy(place, target / part)
    for made in (target / "exports").iterdir():
        if made.name != "README.md":
            made.unlink()
    return target


def make(target: str) -> list[str]:
    """The commands that make would run for a target, apart from those that make the environment."""
    done = subprocess.run(
        ["make", "--dry-run", "--assume-old=.venv/.installed", target],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def demonstration_commands() -> Iterator[list[str]]:
    """The arguments of each command of quotegrid's own that `make demo` runs."""
    for line in make("demo"):
        words = shlex.split(line)
        if words and words[0].endswith("/quotegrid"):
            yield words[1:]


def made(folder: Path) -> tuple[Path, str]:
    """Make the demonstration in a new folder: the folder, and what the commands printed.

    The model computes in full precision, so that every processor gives the chances that the picture shows.
    """
    settings = copied(folder) / "quotegrid.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("[suggestions]\n", '[suggestions]\nprecision = "full"\n'), encoding="utf-8"
    )
    return folder, "".join(called(folder, *arguments) for arguments in demonstration_commands())


def picture(folder: Path) -> str:
    """Return the review of a copy of the demonstration as SVG, at a passage with several suggestions.

    Names that change with the content are made the same for ever, and no font is fetched from anywhere.
    """
    from quotegrid.tui.app import Workbench
    from quotegrid.workflows.search.list_quotes import list_quotes
    from quotegrid.workflows.study.folder import open_study

    async def draw() -> str:
        app = Workbench(study)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            app.review.go_to(list_quotes(study, text=SHOWN)[0].id)
            app.screen.show()  # type: ignore[attr-defined] # it is the review, which a workbench begins with
            await pilot.press("down")
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            return app.export_screenshot(title="quotegrid")

    study = open_study(folder)
    with contextlib.closing(study), _as_the_coder():
        drawn = asyncio.run(draw())
    drawn = re.sub(r"terminal-\d+-", "terminal-", drawn)
    return re.sub(r"[ \t]+$", "", re.sub(r",\s*url\([^)]*\) format\([^)]*\)", "", drawn), flags=re.MULTILINE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        Path(sys.argv[1]).write_text(picture(made(Path(place) / "study")[0]), encoding="utf-8")
