"""Checked claims as comments in a copy of the Word document that makes them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import groupby
from pathlib import Path
from typing import Any

from quotegrid.domain.text.normalise import visible
from quotegrid.exports.report.claims_text import claim_quotes, claim_statements

_AUTHOR, _INITIALS = "quotegrid", "qg"
_GONE = "ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent"


def commented_copy(path: Path, records: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a Word document with a comment on the sentence of each checked claim.

    Args:
        path: The document, which is not changed.
        records: Its claims in their order, as `workflows.report.list_claims` lists them.
    """
    from docx import Document

    document = Document(str(path))
    paragraphs = [_Paragraph(element) for element in document.element.body.xpath(".//w:p")]
    place, after = 0, 0
    for (_, sentence), group in groupby(records, key=lambda record: (record["line"], record["sentence"])):
        claims = list(group)
        # The cells of a table's row are read as one text, joined by colons.
        parts = (sentence, sentence.rstrip(" :"), *(part for part in sentence.split(": ") if "[[" in part))
        tries = (_find(paragraphs, part, *begin) for part in parts for begin in ((place, after), (0, 0)))
        found = next(filter(None, tries), None)
        if found is None:
            # What a field shows may be no text of the paragraph: the document's first words are never wrong.
            runs = next(paragraph.runs() for paragraph in paragraphs if paragraph.runs())[:1]
        else:
            place, start, after = found
            runs = paragraphs[place].cover(start, after)
        for claim in claims:
            document.add_comment(runs, visible(_comment(claim)), author=_AUTHOR, initials=_INITIALS)
    _ = document.core_properties  # makes the part that carries the manifest where the draft has none
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _comment(record: Mapping[str, Any]) -> str:
    head = f"{record['verdict'].capitalize()} [{record['code']}]"
    return "\n".join([head, *claim_statements(record), *claim_quotes(record)])


def _find(
    paragraphs: Sequence[_Paragraph], sentence: str, place: int, after: int
) -> tuple[int, int, int] | None:
    """Return the next paragraph with a sentence, and the sentence's start and end there."""
    for number in range(place, len(paragraphs)):
        found = paragraphs[number].find(sentence, after if number == place else 0)
        if found is not None:
            return number, *found
    return None


class _Paragraph:
    """A paragraph whose text is that of its runs, with white space as the reader of drafts leaves it."""

    def __init__(self, element: Any) -> None:
        self._element = element
        self._words = _words("".join(run.text for run in self.runs()))

    def runs(self) -> list[Any]:
        from docx.text.paragraph import Paragraph
        from docx.text.run import Run

        parent = Paragraph(self._element, None)
        return [Run(run, parent) for run in self._element.xpath(f".//w:r[not({_GONE})]")]

    def find(self, sentence: str, after: int) -> tuple[int, int] | None:
        """Return start and end, in the runs' text, of a sentence that begins at an offset or behind it."""
        wanted = sentence.split()
        words = [word for word, _ in self._words]
        for first in range(len(words) - len(wanted) + 1):
            start = self._words[first][1]
            if start >= after and words[first : first + len(wanted)] == wanted:
                last, begins = self._words[first + len(wanted) - 1]
                return start, begins + len(last)
        return None

    def cover(self, start: int, end: int) -> list[Any]:
        """Return the runs of a range, divided at its ends where they hold nothing but text."""
        for offset in (start, end):
            self._divide(offset)
        covered = [run for run, first, last in self._places() if first < end and last > start]
        return [covered[0], covered[-1]]

    def _places(self) -> Iterator[tuple[Any, int, int]]:
        at = 0
        for run in self.runs():
            yield run, at, at + len(run.text)
            at += len(run.text)

    def _divide(self, offset: int) -> None:
        for run, first, last in self._places():
            content = [str(part.tag).rsplit("}", 1)[-1] for part in run._r]
            if first < offset < last and [name for name in content if name != "rPr"] == ["t"]:
                text = run.text
                rest = deepcopy(run._r)
                run._r.addnext(rest)
                run.text = text[: offset - first]
                type(run)(rest, run._parent).text = text[offset - first :]
                return


def _words(text: str) -> list[tuple[str, int]]:
    """Return the words of a text with their places."""
    words: list[tuple[str, int]] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        words.append((word, at))
        at += len(word)
    return words
