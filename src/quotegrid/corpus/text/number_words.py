"""Converts numbers written in words or with separators into plain digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"\[\[[^\[\]]*\]\]")
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:(?:,\d{3})+|(?:[ \u00a0\u202f]\d{3})+)(?!\w|[.,]\d)")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
"""Hyphens as word processors write them."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_PRONOUN = re.compile(r"\b(?:no|not|any|every|each|some)[\s-]+$", re.IGNORECASE)
_ARTICLE = re.compile(r"\ba\s+$", re.IGNORECASE)
_SCALES = ("hundred", "thousand", "million")
_UNCOUNTED = ("hundreds", "thousands", "millions")
"""Words that text2num reads as numbers although nobody counted the amount."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a run of spaces or a punctuation mark, in the form that text2num expects."""

    word: str
    start: int

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: _Token) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return self.word.isdecimal()


def convert_numbers(sentence: str) -> str:
    """Return an English sentence with its cardinal numbers in plain digits, such as 1004 and 22.

    "1,004" and "1 004", "twenty-two" and "a hundred and four" are recognised, with the library text2num.
    Ordinals, codes in double square brackets, and "one" where it is not a number ("no one", "every one") stay
    as they are.

    Args:
        sentence: A sentence of a draft.
    """
    parts = []
    end = 0
    for code in _CODE.finditer(sentence):
        parts += [_words_in_digits(sentence[end : code.start()]), code.group()]
        end = code.end()
    return "".join([*parts, _words_in_digits(sentence[end:])])


def _words_in_digits(text: str) -> str:
    from text_to_num import find_numbers

    tokens = [_Token(match.group().translate(_HYPHENS), match.start()) for match in _TOKEN.finditer(text)]
    for found in reversed(
        find_numbers([_Token(token.word.casefold(), token.start) for token in tokens], "en", 0)
    ):
        start, end = tokens[found.start].start, tokens[found.end - 1].start + len(tokens[found.end - 1].word)
        words = text[start:end]
        if found.is_ordinal or not _DECIMAL.fullmatch(found.text) or words.casefold().endswith(_UNCOUNTED):
            continue
        if words.casefold() == "one" and _PRONOUN.search(text[:start]):
            continue
        article = _ARTICLE.search(text[:start]) if words.casefold().startswith(_SCALES) else None
        text = text[: start if article is None else article.start()] + found.text + text[end:]
    return _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
