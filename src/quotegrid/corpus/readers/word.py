"""Word documents: the paragraphs of the body, tables read row by row, a blank line between."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotegrid.domain.sources import ReadText
from quotegrid.domain.text import normalise
from quotegrid.errors import ReadError


def read(path: Path) -> ReadText:
    """Read a .docx file.

    Raises:
        ReadError: If the file is empty or is not a Word document.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    if path.stat().st_size == 0:
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    try:
        document = Document(str(path))
        paragraphs = [text for text in _paragraphs(document) if text.strip()]
    except (PackageNotFoundError, zipfile.BadZipFile, SyntaxError, KeyError, ValueError, OSError) as error:
        raise ReadError(
            "this Word document is broken or is not one.",
            file=path,
            todo="Open it in Word or LibreOffice and save it again as .docx.",
        ) from error
    return ReadText(text=normalise("\n\n".join(paragraphs) + "\n"))


def _paragraphs(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = [cell.text.strip() for cell in row.cells]
                yield ": ".join(cell for cell in cells if cell)
        else:
            yield block.text
