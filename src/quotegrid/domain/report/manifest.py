"""What an export carries so that it can be told later what it is and whether it still holds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotegrid.domain.matrix.measures import BASE_ROWS
from quotegrid.domain.matrix.model import Matrix

MARK = "quotegrid manifest "
_FOUND = re.compile(rb"quotegrid manifest (\{[\x20-\x7e]*?\}) end")
_FIELDS = ("export", "what", "made_at", "version", "content", "options", "codebook", "numbers")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands inside an exported file.

    A published file carries no more than `export`, `what`, `made_at`, `version` and `content`. All of it is
    random, or can be read from the file itself, so that nothing withheld can be worked out from it.
    """

    export: str
    """A random name, by which the study finds its record of the export."""
    what: str
    """The command: matrix, quotes, ..."""
    made_at: str
    """UTC, ISO 8601."""
    version: str
    """Of quotegrid."""
    content: str
    """SHA-256 of the file without its manifest."""
    options: Mapping[str, Any] | None = None
    """What was asked for; None in a published file."""
    codebook: str | None = None
    """The codebook's hash; None in a published file."""
    numbers: str | None = None
    """SHA-256 of the numbers; None in a published file, whose small counts it could give away."""


def packed(manifest: Manifest) -> str:
    """The manifest as one line of ASCII that ends no comment of HTML, XML or LaTeX and needs no escaping."""
    known = {name: getattr(manifest, name) for name in _FIELDS if getattr(manifest, name) is not None}
    text = json.dumps({"quotegrid": 1, **known}, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    # Only strings of JSON hold these: no number here is negative and no field has a hyphen.
    for sign in "<>&-%'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"{MARK}{text} end"


def unpacked(content: bytes) -> Manifest | None:
    """The last manifest that stands in some bytes; None where there is none that can be read."""
    found = _FOUND.findall(content)
    if not found:
        return None
    try:
        values = json.loads(found[-1])
        manifest = Manifest(**{name: value for name, value in values.items() if name != "quotegrid"})
    except (ValueError, TypeError):
        return None
    texts = (manifest.export, manifest.what, manifest.made_at, manifest.version, manifest.content)
    return manifest if all(isinstance(one, str) for one in texts) else None


def digest(value: bytes | Mapping[str, Any]) -> str:
    """SHA-256 of bytes, or of an object as JSON with sorted names and no spaces, in hexadecimal."""
    if not isinstance(value, bytes):
        value = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(value).hexdigest()


def numbers_of(matrix: Matrix) -> dict[str, Any]:
    """All that a matrix tells in numbers, as an object of JSON; what is withheld stands as "[c]"."""
    cells = []
    for row, values in enumerate(matrix.cells):
        line = [
            "[c]" if (row, column) in matrix.withheld else _value(value)
            for column, value in enumerate(values)
        ]
        total = "[c]" if row in matrix.withheld_totals else _value(matrix.totals[row])
        cells.append([*line, total])
    bases = [*(matrix.bases[name] for name in matrix.columns), matrix.total_base]
    return {
        "rows": list(matrix.rows),
        "columns": [*matrix.columns, "all"],
        "count": matrix.count.name,
        "cells": cells,
        "bases": [[getattr(base, field) for _, field in BASE_ROWS] for base in bases],
        "unconfirmed": None if matrix.unconfirmed is None else [list(row) for row in matrix.unconfirmed],
    }


def _value(value: float | int | None) -> float | int | None:
    return round(value, 9) if isinstance(value, float) else value


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that is not what it was; a row or column that came or went has None on one side."""

    row: str
    column: str
    then: float | int | str | None
    now: float | int | str | None


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Where two results of `numbers_of` differ, in the order of the earlier one's rows and columns.

    Rows and columns are known by their names: another order of them is no difference.
    """
    before, after = _by_name(then), _by_name(now)
    places = [*before, *(place for place in after if place not in before)]
    return [
        Difference(place[0], place[1], before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place) or (place in before) != (place in after)
    ]


def _by_name(numbers: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    columns: Sequence[str] = numbers["columns"]
    found = {
        (row, column): value
        for row, cells in zip(numbers["rows"], numbers["cells"], strict=True)
        for column, value in zip(columns, cells, strict=True)
    }
    for column, values in zip(columns, numbers["bases"], strict=True):
        found.update({(name, column): value for (name, _), value in zip(BASE_ROWS, values, strict=True)})
    if numbers["unconfirmed"] is not None:
        for row, counts in zip(numbers["rows"], numbers["unconfirmed"], strict=True):
            for column, value in zip(columns[:-1], counts, strict=True):
                found[row, f"{column} (unconfirmed)"] = value
    return found
