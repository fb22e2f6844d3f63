"""Tells in words what changes of the values of people and sources."""

from __future__ import annotations

from collections.abc import Mapping

from quotegrid.domain.people.sheet import NOT_KNOWN


def differences(before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return in words what changes of the people and sources that were there before.

    Args:
        before: Their values by field, by their names.
        after: The values as they are then; who is not there any more is left out.
    """
    found = []
    for subject, old in before.items():
        new = after.get(subject, old)
        for field in sorted(old.keys() | new.keys()):
            if new.get(field) != old.get(field):
                was = _in_words(old.get(field))
                found.append(f"{subject}: {field.replace('_', ' ')} {_in_words(new.get(field))}, was {was}")
    return found


def _in_words(value: str | None) -> str:
    return NOT_KNOWN if value is None else f'"{value}"'
