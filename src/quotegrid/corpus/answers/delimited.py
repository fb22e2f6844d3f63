"""Reads the lines of files whose cells are separated by commas, semicolons, tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from quotegrid.corpus.readers.plain import decode
from quotegrid.domain.text.normalise import normalise
from quotegrid.errors import ReadError

_SEPARATORS = ",;\t|"
_SAID = re.compile(r"sep=(.)\n", re.IGNORECASE)
"""Matches the line by which Excel says which separator a file has."""


def delimited_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row of a file begins, counted from 1, and its cells.

    A quotation mark at the beginning of a cell encloses it only if one at its end closes it; otherwise it is
    one that somebody wrote.

    Raises:
        ReadError: If a quotation mark is never closed.
    """
    text = normalise(decode(path, stray_controls=True).text)
    line = 1
    said = _SAID.match(text)
    if said is not None:
        text, line = text[said.end() :], 2
    separator = (
        said[1] if said is not None else _separator(text, is_tabbed=path.suffix.lower() in (".tsv", ".txt"))
    )
    if separator == "\t" and _is_a_row_each(text):
        # A program that encloses no cells may begin one row with a mark and end another with one.
        for number, written in enumerate(text.split("\n"), start=line):
            yield from _rows(written, separator, number)
        return
    yield from _rows(text, separator, line, path)


def _separator(text: str, *, is_tabbed: bool) -> str:
    """Return the separator that occurs most often in the first line that has any."""
    for written in text.split("\n"):
        counts = {separator: written.count(separator) for separator in _SEPARATORS}
        if is_tabbed and counts["\t"]:
            return "\t"
        best = max(_SEPARATORS[:3], key=lambda separator: counts[separator])
        if counts[best] or counts["|"]:
            return best if counts[best] else "|"
    return "\t" if is_tabbed else ","


def _is_a_row_each(text: str) -> bool:
    """Return whether every line that is not blank has as many tabs as the first, so that it is one row."""
    counts = {written.count("\t") for written in text.split("\n") if written.strip()}
    return len(counts) == 1


@lru_cache(maxsize=8)
def _cell(separator: str) -> re.Pattern[str]:
    mark = re.escape(separator)
    return re.compile(
        rf'(?: *"(?P<enclosed>[^"]*(?:""[^"]*)*)" *(?={mark}|\n|\Z)|(?P<plain>[^{mark}\n]*))'
        rf"(?P<end>{mark}|\n|\Z)"
    )


def _rows(text: str, separator: str, line: int, path: Path | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text, from a line on; a file's are refused if a quotation mark is never closed."""
    cell, position, begins = _cell(separator), 0, line
    cells: list[str] = []
    while position < len(text) or cells:
        found = cell.match(text, position)
        if found is None:
            raise AssertionError("a cell ends at a separator, at the end of its line or of the file")
        enclosed = found["enclosed"]
        if enclosed is not None:
            cells.append(enclosed.replace('""', '"'))
            line += enclosed.count("\n")
        else:
            if path is not None:
                _refuse_unclosed(text, position, line, path)
            cells.append(found["plain"])
        position = found.end()
        if found["end"] == separator:
            continue
        yield begins, cells
        line += 1
        cells, begins = [], line


def _refuse_unclosed(text: str, position: int, line: int, path: Path) -> None:
    """Raise an error if a quotation mark opens a cell and there is no other in the rest of the file."""
    if text.startswith('"', position) and text.find('"', position + 1) < 0:
        raise ReadError(
            "this is not a valid table (a quotation mark opens here and none closes it).",
            file=path,
            line=line,
            todo='Close it, or write "" for a quotation mark within a cell.',
        )
