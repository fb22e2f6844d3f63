"""An amount that a sentence states, and whether it is true of a number of cases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from quotegrid.domain.report.amounts import ALL, BOTH, NEITHER, NONE, ONE, Scale, fits


class AmountKind(StrEnum):
    """The kind of an amount."""

    WORD = "word"
    """A word of the scale, or one with a fixed meaning."""
    CASES = "cases"
    """A number of cases."""
    ALL_BUT = "all but"
    """All cases except a number."""
    SHARE = "share"
    """A share of the cases."""
    PERCENT = "percent"
    """A percentage in whole numbers."""
    MINORITY = "minority"
    """At least one, but fewer than half."""
    NOT_ALL = "not all"
    """Fewer than all."""
    UNREAD = "unread"
    """A number that is not read completely and so never guessed: "dozens", "1.004"."""


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount stated in a sentence, from `start` to `end`."""

    kind: AmountKind
    start: int
    end: int
    words: tuple[str, ...] = ()
    """The words of the scale, one of which must fit; for a number that is not read, its text."""
    number: Fraction = Fraction(0)
    bound: str = ""
    """"at least", "over", "under", "at most" or "about"; empty for exactly that number."""
    upper: Fraction | None = None
    """The end of a range that begins with `number`: "five to seven"; None for a single number."""
    base: int | None = None
    """The number of cases heard, if the sentence gives it."""
    stands_alone: bool = False
    """Whether it says by itself whom it is about: "everybody", "nobody"."""

    @property
    def label(self) -> str:
        """Return the amount in a standard form: "most", "7 of 9", "at least 3", "5 to 7", "75%"."""
        if self.kind in (AmountKind.WORD, AmountKind.UNREAD):
            told = " or ".join(self.words)
        elif self.kind is AmountKind.ALL_BUT:
            told = f"all but {self.number}"
        elif self.kind in (AmountKind.MINORITY, AmountKind.NOT_ALL):
            told = self.kind.value
        elif self.kind is AmountKind.PERCENT:
            told = f"{' to '.join(f'{float(number):g}' for number in self._numbers)}%"
        else:
            told = " to ".join(map(str, self._numbers))
        told = f"{self.bound} {told}".strip()
        return told if self.base is None else f"{told} of {self.base}"

    @property
    def _numbers(self) -> tuple[Fraction, ...]:
        return (self.number,) if self.upper is None else (self.number, self.upper)

    def holds(self, cases: int, base: int, scale: Scale) -> bool:
        """Return whether it is true of a number of the cases heard.

        A fraction is true of the nearest whole number; "about" allows one case more or fewer.

        Args:
            cases: The number of cases that said it.
            base: The number of cases heard.
            scale: The words.

        Raises:
            KeyError: If the scale has none of its words.
            ValueError: If its number is not read.
        """
        if self.kind is AmountKind.UNREAD:
            raise ValueError(self.words[0])
        if (self.base is not None and self.base != base) or self._is_over_all(base):
            return False
        if self.kind is AmountKind.WORD:
            known = [word for word in self.words if word in (ALL, NONE, ONE, BOTH, NEITHER, *scale.words)]
            if not known:
                raise KeyError(self.words[0])
            return any(fits(word, cases, base, scale) for word in known)
        if self.kind is AmountKind.NOT_ALL:
            return cases < base
        if self.kind is AmountKind.MINORITY:
            return 0 < 2 * cases < base
        if self.kind is AmountKind.ALL_BUT:
            return cases == base - self.number
        return self._compares(Fraction(cases), base)

    def _is_over_all(self, base: int) -> bool:
        """Return whether it exceeds the base: "up to 22 of the 3" is not an amount of three people."""
        whole = {
            AmountKind.CASES: base,
            AmountKind.ALL_BUT: base,
            AmountKind.SHARE: 1,
            AmountKind.PERCENT: 100,
        }.get(self.kind)
        return whole is not None and self._numbers[-1] > whole

    def _compares(self, cases: Fraction, base: int) -> bool:
        wanted, last = self._numbers[0], self._numbers[-1]
        slack = Fraction(0)
        if self.kind is AmountKind.SHARE:
            wanted, last, slack = wanted * base, last * base, Fraction(1, 2)
        elif self.kind is AmountKind.PERCENT:
            wanted, last, slack = wanted * base / 100, last * base / 100, Fraction(base, 200)
        if self.bound == "over":
            return cases > wanted
        if self.bound == "under":
            return cases < wanted
        if self.bound == "at least":
            return cases >= wanted
        if self.bound == "at most":
            return cases <= wanted
        slack += 1 if self.bound == "about" else 0
        return wanted - slack <= cases <= last + slack
