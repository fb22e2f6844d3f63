"""The texts that are compared: many short ones for a code, a segment and its sentences for a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.non_speech import spoken


class ViewKind(StrEnum):
    """The part of a code's description that a text comes from."""

    NAME = "name"
    DEFINITION = "definition"
    USE_WHEN = "use when"
    EXAMPLE = "example"
    TERM = "term"
    DO_NOT_USE_WHEN = "do not use when"


@dataclass(frozen=True, slots=True)
class CodeView:
    """A text that stands for a code or, with "do not use when", against it."""

    code: int
    """The code's index in the list of codes."""
    kind: ViewKind
    text: str


@dataclass(frozen=True, slots=True)
class SegmentText:
    """The words of a segment and its sentences."""

    id: int
    text: str
    """Its text in the source, including marks that are not speech."""
    start: int
    """The offset at which the segment begins in its source."""
    sentences: tuple[tuple[int, int], ...]
    """The start and end of each sentence with spoken words, as offsets into `text`."""
    question: str = ""
    """The interviewer's words before it, without marks that are not speech; empty if not known."""
    language: str | None = None
    """The code of its source's language; None if it is not known."""

    @property
    def said(self) -> str:
        """Return the text that is compared: without marks that are not speech."""
        return spoken(self.text).text

    def sentence_texts(self) -> list[str]:
        """Return the spoken words of each sentence, in order."""
        return [spoken(self.text[start:end]).text for start, end in self.sentences]


def code_views(codes: Sequence[Code]) -> list[CodeView]:
    """Return all texts that stand for or against the codes.

    The definition is combined with the name, because a definition alone often leaves the name out.
    """
    views = []
    for number, code in enumerate(codes):
        described = f"{code.name}: {code.definition}" if code.definition else code.name
        views.append(CodeView(number, ViewKind.DEFINITION, described))
        views.append(CodeView(number, ViewKind.NAME, code.name))
        views += [CodeView(number, ViewKind.USE_WHEN, text) for text in code.use_when]
        views += [CodeView(number, ViewKind.EXAMPLE, text) for text in code.examples]
        views += [CodeView(number, ViewKind.TERM, text) for text in code.terms]
        views += [CodeView(number, ViewKind.DO_NOT_USE_WHEN, text) for text in code.do_not_use_when]
    return views
