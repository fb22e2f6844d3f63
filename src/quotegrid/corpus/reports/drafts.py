"""Reads the sentences of a draft report, each with the line on which it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.corpus.readers.word import read as read_word
from quotegrid.corpus.text.sentences import BLANK, sentence_spans
from quotegrid.errors import DataError, UsageError

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKDOWN = (".md", ".markdown", ".txt")
WORD = (".docx",)


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of a draft, on one line."""

    text: str
    line: int
    """The line on which it begins, counted from 1; in a Word document the paragraph."""


def draft_sentences(path: Path, pipeline: str = BLANK) -> list[DraftSentence]:
    """Return the sentences of a draft in Markdown or Word, leaving out what is marked as code.

    Args:
        path: The file.
        pipeline: "blank", or the name of an installed spaCy pipeline.

    Raises:
        UsageError: If the file has another suffix or does not exist.
        DataError: If the file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix not in (*MARKDOWN, *WORD):
        raise UsageError(
            f'"{suffix or path.name}" is not a draft that can be read.',
            file=path,
            todo=f"Save it as one of {', '.join((*MARKDOWN, *WORD))}.",
        )
    if not path.is_file():
        raise UsageError("there is no such file.", file=path)
    passages = _paragraphs(path) if suffix in WORD else _blocks(path)
    return [
        DraftSentence(" ".join(text[start:end].split()), line + text.count("\n", 0, start))
        for text, line in passages
        for start, end in sentence_spans(text.replace("\n", " "), 0, len(text), pipeline)
    ]


def _paragraphs(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of a Word document that are not empty, with their numbers."""
    for number, text in enumerate(filter(None, read_word(path).text.split("\n\n")), start=1):
        yield text.replace("\n", " "), number


def _blocks(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the text of each paragraph, heading, item and cell of a Markdown file, with its first line."""
    from markdown_it import MarkdownIt

    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("this is not UTF-8 text.", file=path, todo="Save it as UTF-8.") from error
    except OSError as error:
        raise DataError(f"this file cannot be read ({error.strerror}).", file=path) from error
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "inline" and token.map is not None:
            yield "".join(map(_shown, token.children or ())), token.map[0] + 1


def _shown(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "code_inline":
        return " " * len(token.content)
    return token.content if token.type == "text" else ""
