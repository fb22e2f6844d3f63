"""Words for the number of cases heard that said something; quotes are never counted.

A word of a scale covers shares from its lower limit up to but not including its upper one. None, one and all
are themselves, whatever the scale says, and small bases are given as numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from quotegrid.settings_values import DEFAULT_AMOUNTS, EXACT_AMOUNTS

NONE, ONE, ALL, BOTH, NEITHER = EXACT_AMOUNTS
NOBODY_HEARD = "nobody was asked"
NOT_READ = "not read yet"


@dataclass(frozen=True, slots=True)
class Scale:
    """Words for shares, from the smallest share to the largest, without a gap from 0 to 1."""

    words: Mapping[str, tuple[float, float]]
    smallest_base: int = 5
    """The smallest base for which words are used; smaller ones are given as numbers."""

    def word(self, cases: int, base: int) -> str:
        """Return the scale's word for a share, whatever the base.

        Raises:
            ValueError: If nobody was heard.
        """
        share = _share(cases, base)
        names = list(self.words)
        return next((name for name in names if share < _limit(self.words[name][1])), names[-1])


DEFAULT_SCALE = Scale(DEFAULT_AMOUNTS)


def _limit(value: float) -> Fraction:
    """Return a limit exactly as written, so that 0.15 is 15 of 100 and not slightly less."""
    return Fraction(str(value))


def _share(cases: int, base: int) -> Fraction:
    if base < 1 or not 0 <= cases <= base:
        raise ValueError(f"{cases} of {base} is not a share")
    return Fraction(cases, base)


def amount_word(cases: int, base: int, scale: Scale = DEFAULT_SCALE) -> str | None:
    """Return the word for a number of cases heard, or None if a number is better or nobody was heard."""
    if base == 0:
        return None
    _share(cases, base)
    if cases == 0:
        return NONE
    if cases == base:
        return BOTH if base == 2 else ALL
    if cases == 1:
        return ONE
    return None if base < scale.smallest_base else scale.word(cases, base)


def amount(cases: int, base: int, scale: Scale = DEFAULT_SCALE) -> str:
    """Return the amount with its base: "most of the 9", "2 of the 3", "none of the 4", "both".

    Args:
        cases: The number of cases that said it.
        base: The number of cases heard; with 0, "nobody was asked".
        scale: The words.
    """
    if base == 0:
        return NOBODY_HEARD
    word = amount_word(cases, base, scale)
    if base == 1:
        return "the only one" if cases else "none of the 1"
    if word == BOTH:
        return BOTH
    return f"{cases if word is None else word} of the {base}"


def describe_amount(
    cases: int | None, base: int, who: str, scale: Scale = DEFAULT_SCALE, *, is_part: bool = False
) -> str:
    """Return who said it, as the beginning of a sentence: "Most (7 of 9) of the school leaders".

    Args:
        cases: The number of cases that said it; None if the base is 0.
        base: The number of cases heard.
        who: The name of these cases, in the plural.
        scale: The words.
        is_part: Whether further cases were heard and are not read to the end, which is then said.
    """
    if base == 0 or cases is None:
        return f"Nobody of the {who} was asked"
    word = amount_word(cases, base, scale)
    if base == 1:
        if is_part:
            only = f"The only one read to the end of the {who}"
            return only if cases else f"None of the {who} read to the end (1 is)"
        return f"The only one heard of the {who}" if cases else f"None of the {who} (1 was heard)"
    if is_part:
        who = f"{who} read to the end"
    if word == NONE and base == 2:
        return f"Neither of the 2 {who}"
    if word in (NONE, ONE):
        return f"{word.capitalize()} of the {base} {who}"
    if word == BOTH:
        return f"Both {who}"
    if word == ALL:
        return f"All {base} {who}"
    if word is None:
        return f"{cases} of the {base} {who}"
    return f"{word[:1].upper()}{word[1:]} ({cases} of {base}) of the {who}"


def fits(word: str, cases: int, base: int, scale: Scale = DEFAULT_SCALE) -> bool:
    """Return whether a word describes a number of cases: the inverse of `amount_word`, on any base.

    Raises:
        KeyError: If the scale has no such word.
    """
    wanted = word.strip().casefold()
    known = {name.strip().casefold(): name for name in scale.words}
    if wanted not in known and wanted not in EXACT_AMOUNTS:
        raise KeyError(word)
    if base == 0:
        return False
    _share(cases, base)
    if wanted == NONE:
        return cases == 0
    if wanted == NEITHER:
        return cases == 0 and base == 2
    if wanted == ONE:
        return cases == 1
    if wanted == ALL:
        return cases == base
    if wanted == BOTH:
        return cases == base == 2
    return 1 < cases < base and scale.word(cases, base) == known[wanted]
