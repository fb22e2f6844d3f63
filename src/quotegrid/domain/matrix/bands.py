"""Bands of numbers, so that an attribute such as a deficit per head can be a matrix column."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotegrid.domain.text.normalise import counted
from quotegrid.domain.text.numbers import as_number

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of a number: where each begins and what it is called.

    The first band holds everything below `starts[0]`; `labels` has one more entry than `starts`.
    """

    starts: tuple[float, ...]
    labels: tuple[str, ...]

    def of(self, value: str | None) -> str | None:
        """Return the band of a value; None where there is none, the value itself where it is no number.

        A value that is no number and yet reads like a band is in quotation marks.
        """
        if value is None:
            return None
        number = as_number(value)
        if number is None:
            return f'"{value}"' if value in self.labels else value
        return self.labels[bisect_right(self.starts, number)]


def by_thresholds(starts: Sequence[float]) -> Bands:
    """Return bands between thresholds, called after them: "under 400", "400 to under 600", "600 and over"."""
    ordered = sorted(set(starts))
    between = [f"{_shown(low)} to under {_shown(high)}" for low, high in pairwise(ordered)]
    return Bands(tuple(ordered), (f"under {_shown(ordered[0])}", *between, f"{_shown(ordered[-1])} and over"))


def by_names(starts: dict[str, float]) -> Bands:
    """Return bands with names, each from its number on, after one for what is under the first."""
    ordered = sorted(starts.items(), key=lambda band: band[1])
    first = f"under {_shown(ordered[0][1])}"
    return Bands(tuple(number for _, number in ordered), (first, *(name for name, _ in ordered)))


def by_quantiles(values: Iterable[str], parts: int) -> Bands | None:
    """Divide values into bands of nearly equal size; return None for fewer than two different numbers.

    The cuts are those of `statistics.quantiles` (inclusive method: the values are all there are).
    """
    numbers = [number for value in values if (number := as_number(value)) is not None]
    if len(set(numbers)) < 2:
        return None
    cuts = statistics.quantiles(numbers, n=parts, method="inclusive")
    return by_thresholds([round(cut, 6) for cut in cuts])


def reading_notes(attribute: str, values: Sequence[str], bands: Bands, parts: int | None) -> list[str]:
    """Say which values of an attribute were read as other numbers than they are written, and which were not.

    Args:
        attribute: The attribute, in words.
        values: Its value for each case.
        bands: Its bands.
        parts: How many bands of equal size were to be made; None where the bands were given.
    """
    told = []
    read = {
        value: number
        for value in values
        if (number := as_number(value)) is not None and not _PLAIN.fullmatch(value.strip())
    }
    if read:
        examples = [f'"{value}" as {_shown(number)}' for value, number in [*read.items()][:_MOST_SHOWN]]
        more = f" and {len(read) - _MOST_SHOWN} more" if len(read) > _MOST_SHOWN else ""
        told.append(
            f"{attribute}: read as numbers are {', '.join(examples)}{more}; signs such as % and £ count for "
            "nothing."
        )
    left = Counter(value for value in values if as_number(value) is None)
    if left:
        named = [f'"{value}" ({counted(count, "case")})' for value, count in left.most_common(_MOST_SHOWN)]
        more = f" and {len(left) - _MOST_SHOWN} more" if len(left) > _MOST_SHOWN else ""
        told.append(f"{attribute}: in no band, as no number is read in it: {', '.join(named)}{more}.")
    if parts is not None and len(bands.labels) < parts:
        told.append(
            f"{attribute}: many cases have the same value, so there are {len(bands.labels)} bands and "
            f"not {parts}."
        )
    return told


def _shown(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(float(number))
