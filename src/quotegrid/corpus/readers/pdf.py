"""Reads PDFs: the text layer in reading order, without page furniture such as running headers."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotegrid.corpus.readers.pdf_glyphs import Run, runs_of
from quotegrid.corpus.readers.pdf_layout import lay_out
from quotegrid.corpus.readers.pdf_paragraphs import compose_text
from quotegrid.corpus.text.limits import Limit
from quotegrid.domain.sources.model import ReadText, ReadWarning, WarningKind
from quotegrid.domain.text.repairs import Repair
from quotegrid.errors import ReadError

_MARK_WITHIN = 1024
"""The number of bytes at either end that must contain a PDF's marks, by Adobe's implementation notes."""
_PASSWORD = re.compile("password", re.IGNORECASE)
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff]")
_OCR = 'Run OCR on it, for example "ocrmypdf in.pdf out.pdf", and import the result.'


def read(path: Path) -> ReadText:
    """Read a .pdf file.

    Raises:
        ReadError: If the file is empty, not a PDF, cut short, broken or protected by a password, or has no
            readable text layer.
    """
    _refuse_incomplete(path)
    with _silence():
        pages, scanned = _pages(path)
    letters = "".join(word.text for page in pages for run in page for word in run.words)
    if letters and 2 * len(_MEANINGLESS.findall(letters)) > len(letters):
        raise ReadError("the PDF does not say which letters its glyphs stand for.", file=path, todo=_OCR)
    composed = compose_text(lay_out(pages))
    text = composed.text
    if 2 * len(scanned) > len(pages) or (scanned and not text.strip()):
        raise ReadError("this PDF holds pictures of pages and no text (it is a scan).", file=path, todo=_OCR)
    if not text.strip():
        raise ReadError("there is no text in this PDF.", file=path, todo="Leave it out of the import.")
    told = tuple(
        ReadWarning(WarningKind.TEXT, f"page {number} is a picture without text; what it says was not read.")
        for number in scanned
    )
    repairs = {Repair.LINE_HYPHENS.value: composed.mended} if composed.mended else {}
    return ReadText(text=text, pages=composed.pages, warnings=told, repairs=repairs, styles=composed.styles)


def _refuse_incomplete(path: Path) -> None:
    """Raise an error for a damaged PDF, which the library would repair silently, losing its last pages.

    Raises:
        ReadError: If the file is empty, does not begin as a PDF, or does not end as one.
    """
    data = path.read_bytes()
    if not data.strip():
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    if b"%PDF-" not in data[:_MARK_WITHIN]:
        raise ReadError(
            "this is not a PDF, whatever its name says.", file=path, todo="Import the original document."
        )
    if b"%%EOF" not in data.rstrip(b"\0\t\n\r ")[-_MARK_WITHIN:]:
        raise ReadError(
            "this PDF is cut short: its end is missing.",
            file=path,
            todo="Copy or download it again.",
        )


@contextmanager
def _silence() -> Iterator[None]:
    """Suppress the library's warnings and its log."""
    logger = logging.getLogger("pypdfium2")
    before = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before


def _pages(path: Path) -> tuple[list[list[Run]], list[int]]:
    """Return the runs of each page, and the numbers of the pages that hold a picture but no text.

    Raises:
        ReadError: If the file is broken or protected by a password.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError as error:
        if _PASSWORD.search(str(error)):
            raise ReadError(
                "this PDF is protected by a password.",
                file=path,
                todo="Open it, print or save it as a PDF without a password, and import that.",
            ) from error
        raise _broken(path) from error
    try:
        pages: list[list[Run]] = []
        scanned: list[int] = []
        Limit.PAGES.hold(len(document))
        for index in range(len(document)):
            page = document[index]
            pages.append(list(runs_of(page)))
            if not pages[-1] and _has_picture(page):
                scanned.append(index + 1)
            page.close()
    except PdfiumError as error:
        raise _broken(path) from error
    finally:
        document.close()
    if not pages:
        raise _broken(path)
    return pages, scanned


def _broken(path: Path) -> ReadError:
    return ReadError(
        "this PDF is broken.", file=path, todo="Open it in a PDF reader and print it to a new PDF."
    )


def _has_picture(page: Any) -> bool:
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
