"""One invented interview as plain text and in other formats: who speaks and what is data must be the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers"
STAKEHOLDERS = Stakeholders({"neighbour": ("Allotment holder",), "council": ("Warden",)})
TWIN = """\
Title: The shed
Date: 2025-03-04
Interviewer: JO FIELD
Participant: ADA STONE
Role: Allotment holder
Area: Westhay

JO FIELD: What\u2019s in the shed?

ADA STONE: Caf\u00e9 chairs, mostly \u2013 \u201ctemporary\u201d ones, at 5 < 6 & 7. They came in 2019. \
Nobody asked for them. Then there were pots. We counted 41. Half were cracked.

It rained in as well.

JO FIELD: And now?

ADA STONE: Yes.
"""
PARAGRAPHS = [line for line in TWIN.split("\n") if line]

needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def what_counts(source: Source) -> tuple[object, ...]:
    """Return everything that must not depend on the format that an interview is kept in."""
    return (
        source.kind,
        source.title,
        source.date,
        source.speakers,
        [(turn.label, turn.is_interviewer) for turn in source.turns],
        [source.text[segment.start : segment.end].split() for segment in source.segments],
    )


def read_twin(folder: Path) -> Source:
    """The interview as plain text."""
    path = folder / "twin.txt"
    path.write_text(TWIN, encoding="utf-8")
    return read_source(path, "twin.txt", ReadingOptions(), STAKEHOLDERS).source


def is_like_its_twin(path: Path) -> bool:
    """Whether a file of the interview says the same as the plain text."""
    source = read_source(path, path.name, ReadingOptions(), STAKEHOLDERS).source
    assert what_counts(source) == what_counts(read_twin(path.parent))
    return len(source.segments) > 1


def converted(path: Path, suffix: str) -> Path:
    """A file in another format by LibreOffice, with a profile of its own so that runs do not meet."""
    folder = path.parent / "converted"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return folder / f"{path.stem}.{suffix}"
