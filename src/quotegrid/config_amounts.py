"""The words for amounts that a study's settings may give, and what keeps them from being a scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEFAULT_AMOUNTS: Mapping[str, tuple[float, float]] = {
    "a few": (0, 0.15), "some": (0.15, 0.5), "many": (0.5, 0.75), "most": (0.75, 0.9), "almost all": (0.9, 1),
}  # fmt: skip
"""Words for shares of cases; docs/amounts.md has their source."""
EXACT_AMOUNTS = ("none", "one", "all", "both", "neither")
"""Words that mean what they say and can be given no share."""


class AmountsFault(ValueError):
    """A setting of amounts that cannot be used.

    Args:
        key: Its name.
        why: What is wrong with it, in words; empty where its form says enough.
    """

    def __init__(self, key: str, why: str = "") -> None:
        super().__init__(key, why)
        self.key = key
        self.why = why


def amounts_settings(content: object) -> dict[str, Any]:
    """The settings that an `[amounts]` table holds, by the names of `Settings`.

    Raises:
        AmountsFault: If one of them cannot be used.
    """
    if not isinstance(content, dict):
        raise AmountsFault("amounts")
    found: dict[str, Any] = {}
    for key, value in content.items():
        if key == "smallest_base" and type(value) is int and value >= 1:
            found[key] = value
        elif (
            key == "people"
            and isinstance(value, dict)
            and all(isinstance(one, str) for one in value.values())
        ):
            found[key] = dict(value)
        elif key == "words" and isinstance(value, dict):
            if fault := _scale_fault(value):
                raise AmountsFault(key, fault)
            found["amounts"] = {word.strip(): tuple(map(float, limits)) for word, limits in value.items()}
        else:
            raise AmountsFault(key, "it is no table" if key == "words" else "")
    return found


def _scale_fault(words: Mapping[str, object]) -> str:
    """What keeps words from being a scale without gaps, in words; empty where nothing does."""
    end = 0.0
    seen: set[str] = set()
    for word, limits in words.items():
        name = word.strip().casefold()
        if name in ("", *EXACT_AMOUNTS, *seen):
            return f'"{word}" {"stands there twice" if name in seen else "can be given no share"}'
        if not isinstance(limits, list) or [_is_number(one) for one in limits] != [True, True]:
            return f'"{word}" needs two numbers'
        if limits[0] != end or limits[1] <= end:
            return f'"{word}" must begin at {end:g} and end above'
        seen.add(name)
        end = limits[1]
    return "" if end == 1 else f"the last word must end at 1, not at {end:g}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
