"""Folds text for the search: what is typed and what is indexed are brought to one form.

Ligatures and letters that many keyboards lack become plain letters; marks that are often left out go; letters
of scripts without spaces stand alone, so that any run of them is found as a phrase. In languages with a
stemmer of their own, words are reduced to their stems besides. Whoever changes a form adds a migration that
makes the index anew.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quotegrid.domain.text.languages import stemmer_of
from quotegrid.domain.text.scripts import HANGUL, UNSPACED, UNSPACED_MARKS

LETTERS = {
    "\u00c6": "ae", "\u00e6": "ae", "\u0152": "oe", "\u0153": "oe", "\u00df": "ss", "\u1e9e": "ss",
    "\u00d8": "o", "\u00f8": "o", "\u0141": "l", "\u0142": "l", "\u0110": "d", "\u0111": "d",
    "\u0126": "h", "\u0127": "h", "\u0131": "i", "\u00d0": "d", "\u00f0": "d", "\u00de": "th",
    "\u00fe": "th", "\u0166": "t", "\u0167": "t", "\u014a": "ng", "\u014b": "ng",
}  # fmt: skip
"""Letters that no decomposition makes plain, with how they are typed without them."""
COMPATIBLE = (
    "\u0132\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u0587\ufb00-\ufb06\ufb13-\ufb17"
    "\ufb1d-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
)
"""Ligatures, presentation forms and wide or ornamental letters and digits, which Unicode decomposes."""
IGNORED = (
    "\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200d"
)
"""Soft hyphens, the points of Hebrew and Arabic, lengthening strokes and joiners."""
UNIT = f"[{UNSPACED}{HANGUL}][{UNSPACED_MARKS}]*"
"""A letter that stands alone in the index."""
_CHANGED = re.compile(f"(?P<unit>{UNIT})|(?P<gone>[{IGNORED}])|(?P<letter>[{''.join(LETTERS)}{COMPATIBLE}])")
_IGNORED = re.compile(f"[{IGNORED}]")
_NOT_ASCII = re.compile("[^\\x00-\\x7f]")
_MOST_STEMS = 200_000


def forms(text: str) -> str:
    """Return the text as its word forms are indexed."""
    return text if text.isascii() else _CHANGED.sub(_form, text)


def stems(folded: str, language: str | None) -> str | None:
    """Return a text, folded by `forms`, with the stems of its words; None where the index makes the stems.

    Args:
        folded: The folded text.
        language: The code of its language; None if it is not known.
    """
    stemmer = stemmer_of(language)
    if stemmer is None:
        return None
    return str(_words().sub(lambda found: _stem(found.group(), stemmer), folded))


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A folded text whose characters know where they come from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """For each character the start and end, in the original text, of what it stands for."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original text that a range of the folded one stands for."""
        return self.starts[start], self.ends[end - 1]


def search_form(text: str, language: str | None = None, *, stemmed: bool = False) -> SearchForm:
    """Return a text as the index has it, with the places that its characters come from.

    Args:
        text: The text.
        language: The code of its language; None if it is not known.
        stemmed: Whether the index of stems is meant, and not the one of word forms.
    """
    form = _replaced(
        SearchForm(text, tuple(range(len(text))), tuple(range(1, len(text) + 1))), _CHANGED, _form
    )
    stemmer = stemmer_of(language) if stemmed else None
    if stemmer is None:
        return form
    return _replaced(form, _words(), lambda found: _stem(found.group(), stemmer))


def typed_form(text: str) -> SearchForm:
    """Return a text as it could be typed on any keyboard: without accents, ligatures and points."""
    whole = SearchForm(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    return whole if text.isascii() else _replaced(whole, _NOT_ASCII, _typed)


def _typed(found: re.Match[str]) -> str:
    char = found.group()
    if _IGNORED.match(char):
        return ""
    letters = unicodedata.normalize("NFKD", LETTERS.get(char, char))
    return unicodedata.normalize("NFC", "".join(part for part in letters if not unicodedata.combining(part)))


def _replaced(form: SearchForm, pattern: Any, replace: Any) -> SearchForm:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in pattern.finditer(form.text):
        first, last = found.span()
        new = replace(found)
        parts += form.text[at:first], new
        starts += (*form.starts[at:first], *[form.starts[first]] * len(new))
        ends += (*form.ends[at:first], *[form.ends[last - 1]] * len(new))
        if ends and not new:
            # A mark that is left out belongs to the letter before it.
            ends[-1] = form.ends[last - 1]
        at = last
    return SearchForm(
        "".join((*parts, form.text[at:])), (*starts, *form.starts[at:]), (*ends, *form.ends[at:])
    )


def _form(found: re.Match[str]) -> str:
    said = found.group()
    if found.lastgroup == "unit":
        return f" {unicodedata.normalize('NFKC', said) if said[0] >= chr(0xF900) else said} "
    if found.lastgroup == "gone":
        return ""
    return LETTERS.get(said) or unicodedata.normalize("NFKC", said)


@lru_cache(maxsize=_MOST_STEMS)
def _stem(word: str, stemmer: str) -> str:
    return str(_stemmer(stemmer).stemWord(word.casefold()))


@lru_cache(maxsize=8)
def _stemmer(name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(f"snowballstemmer.{name}_stemmer"), f"{name.capitalize()}Stemmer")()


@lru_cache(maxsize=1)
def _words() -> Any:
    import regex

    return regex.compile(r"\p{L}[\p{L}\p{M}]*")
