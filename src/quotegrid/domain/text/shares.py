"""Prints shares, the same way wherever one stands."""

from __future__ import annotations

from fractions import Fraction

_MOST_PEOPLE = 10**7


def share_text(share: float | Fraction, digits: int = 0) -> str:
    """Print a share as a percentage, rounded half away from nought.

    What is not 0 never prints as 0, and what is not all never as all: "<1%", ">99%".

    Args:
        share: The share, from 0 to 1.
        digits: The digits after the point.
    """
    exact = exact_share(share) * 100
    step = Fraction(1, 10**digits)
    rounded = _half_up(exact, digits)
    if exact > 0 and rounded == 0:
        return f"<{_fixed(step, digits)}%"
    if exact < 100 and rounded == 100:
        return f">{_fixed(100 - step, digits)}%"
    return f"{_fixed(rounded, digits)}%"


def index_text(index: float | Fraction) -> str:
    """Print an index from 0 to 1 with two digits, rounded half away from nought.

    What is not 0 never prints as 0, and what is not 1 never as 1: "<0.01", ">0.99".
    """
    exact = exact_share(index)
    rounded = _half_up(exact, 2)
    if exact > 0 and rounded == 0:
        return "<0.01"
    return ">0.99" if exact < 1 and rounded == 1 else _fixed(rounded, 2)


def exact_share(share: float | Fraction) -> Fraction:
    """Return the share of whole numbers that a number stands for, so that 1/8 is not a little less."""
    return share if isinstance(share, Fraction) else Fraction(share).limit_denominator(_MOST_PEOPLE)


def _half_up(number: Fraction, digits: int) -> Fraction:
    scaled = number * 10**digits
    return Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**digits)


def _fixed(number: Fraction, digits: int) -> str:
    return f"{float(number):.{digits}f}"
