"""Labels of rows and columns that cannot be taken for each other, nor for a table's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotegrid.domain.matrix.measures import BASE_ROWS

NOT_KNOWN = "not known"
SEPARATOR = " / "
_OWN_WORDS = frozenset(
    {"all", "total", NOT_KNOWN, "not heard", *(label.casefold() for label, _ in BASE_ROWS)}
)
"""The words by which tables call their own columns, rows and cells."""


def told_apart(value: str) -> str:
    """Return a value of the data as a label: in quotation marks where it reads like a table's own word."""
    is_in_marks = len(value) > 1 and value[0] == value[-1] == '"'
    return f'"{value}"' if is_in_marks or value.strip().casefold() in _OWN_WORDS else value


def value_of(label: str) -> str:
    """Return the value whose label this is: the inverse of `told_apart`."""
    return label[1:-1] if len(label) > 1 and told_apart(label[1:-1]) == label else label


def joined_label(path: Sequence[str]) -> str:
    """Return the label of several values, the outer one first: "Eastmere / parent".

    Where they are several, a value that contains the separator is in quotation marks.
    """
    parts = [value for value in path if value]
    if len(parts) == 1:
        return parts[0]
    return SEPARATOR.join(f'"{part}"' if SEPARATOR in part else part for part in parts)


def numbered(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels of which none comes twice: the second of two alike is followed by "(2)"."""
    labels = tuple(labels)
    given, taken = set(labels), set[str]()
    found: list[str] = []
    for label in labels:
        name, number = label, 1
        while name in taken or (number > 1 and name in given):
            number += 1
            name = f"{label} ({number})"
        taken.add(name)
        found.append(name)
    return tuple(found)
