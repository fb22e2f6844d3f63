"""Manifests: the data inside an export by which it can later be identified and checked."""

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
_OLDER_BASES = [name for name, field in BASE_ROWS if field != "read"]
"""The bases in an export that was made before it was kept who is read."""
_FIELDS = ("export", "what", "made_at", "version", "content", "options", "codebook", "numbers")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The data carried inside an exported file.

    A published file carries only `export`, `what`, `made_at`, `version` and `content`. These are random or
    can be read from the file itself, so that nothing withheld can be worked out from them.
    """

    export: str
    """A random name, by which the study finds its record of the export."""
    what: str
    """The command: matrix, quotes, ..."""
    made_at: str
    """UTC, ISO 8601."""
    version: str
    """The version of quotegrid."""
    content: str
    """The SHA-256 of the file without its manifest."""
    options: Mapping[str, Any] | None = None
    """The options of the export; None in a published file."""
    codebook: str | None = None
    """The codebook's hash; None in a published file."""
    numbers: str | None = None
    """The SHA-256 of the numbers; None in a published file, where it could reveal small counts."""


def pack_manifest(manifest: Manifest) -> str:
    """Return the manifest as one ASCII line that is safe in HTML, XML and LaTeX comments."""
    known = {name: getattr(manifest, name) for name in _FIELDS if getattr(manifest, name) is not None}
    text = json.dumps({"quotegrid": 1, **known}, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    # These signs occur only in JSON strings: no number is negative and no field has a hyphen.
    for sign in "<>&-%'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"{MARK}{text} end"


def unpack_manifest(content: bytes) -> Manifest | None:
    """Return the last manifest in a file's bytes, or None if there is none that can be read."""
    found = _FOUND.findall(content)
    if not found:
        return None
    try:
        values = json.loads(found[-1])
        manifest = Manifest(**{name: value for name, value in values.items() if name != "quotegrid"})
    except (ValueError, TypeError):
        return None
    texts = (manifest.export, manifest.what, manifest.made_at, manifest.version, manifest.content)
    return manifest if all(isinstance(text, str) for text in texts) else None


def digest(value: bytes | Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, of bytes or of an object as canonical JSON.

    The JSON has sorted names and no spaces.
    """
    if not isinstance(value, bytes):
        value = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(value).hexdigest()


def numbers_of(matrix: Matrix) -> dict[str, Any]:
    """Return all numbers of a matrix as a JSON object, with "[c]" for those withheld."""
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


def knows_no_read(numbers: Mapping[str, Any]) -> bool:
    """Return whether numbers are of a time at which it was not kept who is read."""
    return all(len(values) == len(_OLDER_BASES) for values in numbers.get("bases", ()))


def without_read(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `numbers_of` returned before it was kept who is read."""
    kept = [place for place, (name, _) in enumerate(BASE_ROWS) if name in _OLDER_BASES]
    return {**numbers, "bases": [[values[place] for place in kept] for values in numbers["bases"]]}


def _value(value: float | int | None) -> float | int | None:
    return round(value, 9) if isinstance(value, float) else value


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that has changed; a row or column that was added or removed has None on one side."""

    row: str
    column: str
    then: float | int | str | None
    now: float | int | str | None


def compare_numbers(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Return the differences between two results of `numbers_of`, in the order of the earlier one.

    Rows and columns are identified by name, so that another order is not a difference.
    """
    if knows_no_read(then):
        now = without_read(now)
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
        names = _OLDER_BASES if knows_no_read(numbers) else [name for name, _ in BASE_ROWS]
        found.update({(name, column): value for name, value in zip(names, values, strict=True)})
    if numbers["unconfirmed"] is not None:
        for row, counts in zip(numbers["rows"], numbers["unconfirmed"], strict=True):
            for column, value in zip(columns[:-1], counts, strict=True):
                found[row, f"{column} (unconfirmed)"] = value
    return found
