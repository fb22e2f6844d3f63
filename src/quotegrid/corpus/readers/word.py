"""Word documents: the body's paragraphs as finally read, tables row by row, a blank line between."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotegrid.corpus.readers.blocks import joined_row, text_of
from quotegrid.domain.sources import ReadText
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
        text = text_of(_paragraphs(document))
    except (PackageNotFoundError, zipfile.BadZipFile, SyntaxError, KeyError, ValueError, OSError) as error:
        raise ReadError(
            "this Word document is broken or is not one.",
            file=path,
            todo="Open it in Word or LibreOffice and save it again as .docx.",
        ) from error
    return ReadText(text=text)


def _paragraphs(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield joined_row("\n".join(map(_text, cell.paragraphs)) for cell in row.cells)
        else:
            yield _text(block)


def _text(paragraph: Any) -> str:
    """A paragraph as it finally reads: what tracked changes put in is there, what they took out is not."""
    from docx.text.run import Run

    gone = "ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent"
    return "".join(Run(run, paragraph).text for run in paragraph._p.xpath(f".//w:r[not({gone})]"))
