"""Words and phrases of a sentence: people, organisations, documents, names and pronouns that can speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from quotegrid.corpus.reports import reporting_words as words
from quotegrid.domain.sources.model import Voice
from quotegrid.domain.text.normalise import one_line

_TOKEN = re.compile(r"[^\W_]+(?:[-'\u2019.][^\W_]+)*|[^\w\s]")


class PhraseKind(Enum):
    """The kind of thing that a phrase names."""

    PERSON = auto()
    ORGANISATION = auto()
    DOCUMENT = auto()
    NAME = auto()
    PRONOUN = auto()
    REFERRING = auto()
    """A quantity that refers to people named before: "Another said"."""
    AUTHORS = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, with its offsets into the text."""

    text: str
    low: str
    """The case-folded text, with straight apostrophes and without a possessive ending."""
    start: int
    end: int
    owns: bool = False
    """Whether it is a possessive."""

    @property
    def is_word(self) -> bool:
        """Return whether it begins with a letter or digit."""
        return self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A person, organisation, document or pronoun that can speak, as token indices of its sentence."""

    first: int
    """The first token, including determiners."""
    core: int
    """The first token of the name itself."""
    last: int
    """The last token of the name itself."""
    kind: PhraseKind
    role: str
    """The words as printed, without determiners."""
    voice: Voice
    in_preposition: bool
    """Whether a preposition precedes it, so that it is not a subject."""
    owns: bool


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words and signs of `text[start:end]`, with offsets into `text`."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        said = match.group()
        low = said.casefold().replace("\u2019", "'")
        owns = False
        if low.endswith("'s") and low not in {
            "it's",
            "he's",
            "she's",
            "that's",
            "what's",
            "who's",
            "there's",
        }:
            low, owns = low[:-2], True
        elif low.endswith("s") and text[match.end() : match.end() + 1] in ("'", "\u2019"):
            owns = match.end() < end
        found.append(Token(said, low, match.start(), match.end(), owns))
    return found


def is_adverb(low: str) -> bool:
    """Return whether a word may come between a subject and its verb without changing either."""
    return low in words.ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in {"family", "early"})


def join_tokens(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    """Return the text from one token to another on one line, without a possessive ending."""
    said = one_line(text[tokens[first].start : tokens[last].end])
    return re.sub("['\u2019]s$", "", said)
