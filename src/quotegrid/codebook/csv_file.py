"""Reads a codebook from a table: one code per line, with its name and definition."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.text.normalise import normalise, one_line
from quotegrid.errors import CodebookError


def read_codebook_table(path: Path) -> Codebook:
    """Read a .csv codebook with the columns name and definition.

    Raises:
        CodebookError: If the file cannot be read, has no column "name", an empty name, or a name twice.
    """
    try:
        text = normalise(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CodebookError("this is not UTF-8 text.", file=path, todo="Save it as UTF-8.") from error
    except OSError as error:
        raise CodebookError(f"the codebook cannot be read ({error.strerror}).", file=path) from error
    reader = csv.DictReader(io.StringIO(text))
    columns = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    if "name" not in columns:
        raise CodebookError(
            'there is no column "name".', file=path, line=1, todo="The columns are name and definition."
        )
    codes: dict[str, Code] = {}
    for row in reader:
        name = one_line(row.get(columns["name"]) or "")
        if not name:
            raise CodebookError("this code has no name.", file=path, line=reader.line_num)
        if name.casefold() in codes:
            raise CodebookError(f'there are two codes "{name}".', file=path, line=reader.line_num)
        definition = one_line(row.get(columns.get("definition", "")) or "")
        codes[name.casefold()] = Code(name=name, definition=definition)
    if not codes:
        raise CodebookError("there are no codes in it.", file=path)
    return Codebook(tuple(codes.values()))
