"""What is compared with what: a code is many short texts, a segment is itself and its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.non_speech import spoken


class ViewKind(StrEnum):
    """Which part of a code's description a text is."""

    NAME = "name"
    DEFINITION = "definition"
    USE_WHEN = "use when"
    EXAMPLE = "example"
    TERM = "term"
    DO_NOT_USE_WHEN = "do not use when"


@dataclass(frozen=True, slots=True)
class CodeView:
    """One text that stands for a code, or (do not use when) against it."""

    code: int
    """The code's place in the list of codes."""
    kind: ViewKind
    text: str


@dataclass(frozen=True, slots=True)
class SegmentText:
    """A segment's words and its sentences."""

    id: int
    text: str
    """Its text in the source, with what is not speech."""
    start: int
    """Where the segment begins in its source."""
    sentences: tuple[tuple[int, int], ...]
    """Offsets in `text` of the sentences in which something is said."""
    question: str = ""
    """What the interviewer said before it, without what is not speech; empty where that is not known."""

    @property
    def said(self) -> str:
        """What is compared: the text without what is not speech."""
        return spoken(self.text).text

    def sentence_texts(self) -> list[str]:
        """What is said in each sentence, in order."""
        return [spoken(self.text[start:end]).text for start, end in self.sentences]


def code_views(codes: Sequence[Code]) -> list[CodeView]:
    """Return all texts that stand for or against the codes.

    The definition stands together with the name, because a definition alone often leaves it out.
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
