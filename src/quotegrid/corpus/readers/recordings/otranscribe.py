"""Reads oTranscribe's files: a web page's text in JSON, with the typed labels and times of a transcript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quotegrid.corpus.readers.blocks import join_paragraphs
from quotegrid.corpus.readers.plain import decode
from quotegrid.corpus.readers.recordings.json_file import load_json
from quotegrid.corpus.readers.web import page_paragraphs
from quotegrid.domain.sources.model import ReadText
from quotegrid.errors import ReadError


def read(path: Path) -> ReadText:
    """Read an .otr file, whose speakers are told by their labels as in any typed transcript.

    Raises:
        ReadError: If the file is not JSON or holds no text.
    """
    decoded = decode(path)
    content: Any = load_json(decoded.text, path)
    page = content.get("text") if isinstance(content, dict) else None
    if not isinstance(page, str):
        raise ReadError(
            "this is not a file of oTranscribe.",
            file=path,
            todo="Export the transcript from oTranscribe again, as .otr, .txt or .md.",
        )
    return decoded.told_in(join_paragraphs(page_paragraphs(page)))
