"""Reads files: one module per format, each with `read(path) -> ReadText`."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from quotegrid.corpus.readers.guard import check_package
from quotegrid.corpus.text.limits import Limit, check_text
from quotegrid.domain.sources.model import ReadText
from quotegrid.errors import ReadError

READERS = {
    ".txt": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".docx": "word",
    ".htm": "web",
    ".html": "web",
    ".json": "recordings.segments",
    ".odt": "opendocument",
    ".otr": "recordings.otranscribe",
    ".pdf": "pdf",
    ".rtf": "richtext",
    ".srt": "subrip",
    ".vtt": "captions",
}
TABLES = (".csv", ".tsv", ".xlsx", ".jsonl")
"""Suffixes of tables of answers, which `corpus.answers.tables` reads."""
_PACKAGES = (".docx", ".odt")
PARAGRAPHS_APART = frozenset({".docx", ".htm", ".html", ".odt", ".otr", ".pdf", ".rtf"})
"""Formats with paragraphs, which become a blank line apart in the text, including a header's fields."""


def list_suffixes(suffixes: Iterable[str]) -> str:
    """Return suffixes as a message names them: ".a, .b or .c"."""
    *others, last = suffixes
    return f"{', '.join(others)} or {last}" if others else last


def can_read(path: Path) -> bool:
    """Return whether there is a reader for a file's suffix."""
    return path.suffix.lower() in READERS


def not_worth_reading(path: Path) -> str | None:
    """Return why a file is not read unless the user names it, or None if it is: JSON may hold anything."""
    if path.suffix.lower() != ".json":
        return None
    from quotegrid.corpus.readers.recordings.segments import has_speech

    return None if has_speech(path) else "it holds no segments of speech"


def read_file(path: Path) -> ReadText:
    """Read a file with the reader for its suffix.

    Raises:
        ReadError: If there is no reader for it, or the file is empty or broken.
    """
    module = READERS.get(path.suffix.lower())
    if module is None:
        raise ReadError(
            f'files of type "{path.suffix or "(none)"}" cannot be read yet.',
            file=path,
            todo=f"Use one of {list_suffixes(sorted(READERS))}.",
        )
    Limit.FILE.hold(path.stat().st_size)
    if path.suffix.lower() in _PACKAGES and zipfile.is_zipfile(path):
        check_package(path)
    read: Callable[[Path], ReadText] = import_module(f"quotegrid.corpus.readers.{module}").read
    result = read(path)
    check_text(result.text)
    if not result.text[result.body_start :].strip():
        raise ReadError("there is no text in this file.", file=path, todo="Leave it out of the import.")
    return result
