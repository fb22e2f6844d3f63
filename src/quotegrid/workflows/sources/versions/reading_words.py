"""The options with which a file is read, as one line of words that is read and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quotegrid.corpus.sources.reading_options import ReadingOptions
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.domain.sources.model import SourceKind
from quotegrid.errors import UsageError
from quotegrid.workflows.sources.languages import language_from

NAMES = ("interviewer", "participant", "speakers", "kind", "language")
"""The options that can be given when a source is read again."""
_NAME = re.compile(rf"(?:^|,)\s*({'|'.join(NAMES)})\s*=", re.IGNORECASE)


def options_in_words(options: Mapping[str, str]) -> str:
    """Return the options of a reading in one line: "interviewer=RAY, speakers=NAME:"."""
    return ", ".join(f"{name}={value}" for name, value in sorted(options.items()))


def options_from_words(line: str) -> ReadingOptions:
    """Return the options that a line such as "interviewer=RAY, speakers=NAME:" gives.

    Raises:
        UsageError: If it says something else, or a value cannot be used.
    """
    found = list(_NAME.finditer(line))
    before = line[: found[0].start()] if found else line
    if before.strip():
        raise UsageError(
            f'"{before.strip()}" is no option of reading.',
            todo=f"Write NAME=VALUE, several with commas between; the names are {', '.join(NAMES)}.",
        )
    edges = [*(match.start() for match in found), len(line)]
    given = {
        match.group(1).lower(): line[match.end() : end].strip()
        for match, end in zip(found, edges[1:], strict=True)
    }
    options: dict[str, Any] = {name: value for name, value in given.items() if value}
    if "speakers" in options:
        options["speakers"] = parse_convention(options["speakers"])
    if "language" in options:
        options["language"] = language_from(options["language"])
    if "kind" in options:
        kinds = [kind.value for kind in SourceKind]
        if options["kind"] not in kinds:
            raise UsageError(f'"{options["kind"]}" is no kind of source.', todo=f"Kinds: {', '.join(kinds)}.")
        options["kind"] = SourceKind(options["kind"])
    return ReadingOptions(**options)
