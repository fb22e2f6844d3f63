"""Reads Word documents: the body's final paragraphs and tables row by row, separated by blank lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotegrid.corpus.readers.blocks import (
    Led,
    Styled,
    StyledWords,
    arrange_paragraphs,
    join_paragraphs,
    join_row,
    with_telling_look,
)
from quotegrid.corpus.readers.comments import MARK, Edge, Remark, place_comments
from quotegrid.corpus.readers.guard import BROKEN_PACKAGE
from quotegrid.domain.sources.model import Comment, ParagraphStyle, ReadText
from quotegrid.errors import ReadError

_EDGES = {
    "commentRangeStart": Edge.START,
    "commentRangeEnd": Edge.END,
    "commentReference": Edge.POINT,
}
_AROUND_BLOCKS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
"""Elements that may enclose paragraphs without being one: content controls, tracked insertions."""


def read(path: Path) -> ReadText:
    """Read a .docx file, and its comments.

    Raises:
        ReadError: If the file is empty or is not a Word document.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    if path.stat().st_size == 0:
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    try:
        document = Document(str(path))
        read = join_paragraphs(with_telling_look(_paragraphs(document.element.body, None)))
        comments = _comments(document, read.text)
    except (PackageNotFoundError, *BROKEN_PACKAGE) as error:
        raise ReadError(
            "this Word document is broken or is not one.",
            file=path,
            todo="Open it in Word or LibreOffice and save it again as .docx.",
        ) from error
    return replace(read, comments=comments)


def _comments(document: Any, text: str) -> tuple[Comment, ...]:
    remarks = {
        str(comment.comment_id): Remark(
            author=comment.author or None,
            date=None if comment.timestamp is None else comment.timestamp.isoformat(),
            text=comment.text,
        )
        for comment in document.comments
    }
    if not remarks:
        return ()
    edges: list[tuple[str, Edge]] = []
    marked = "\n\n".join(arrange_paragraphs(_paragraphs(document.element.body, edges)))
    return place_comments(text, marked, edges, remarks)


_Edges = list[tuple[str, Edge]] | None
"""Collects the comments' edges while marks are put into the text; None to leave the text unmarked."""


def _paragraphs(parent: Any, edges: _Edges) -> Iterator[str]:
    for block in parent:
        kind = _name(block)
        if kind == "p":
            words, style = _text(block, edges), _style(block) if edges is None else None
            lead = _lead(block, words) if edges is None and style is None else 0
            if style is not None:
                yield Styled(words, style)
            elif lead:
                yield Led(words, lead)
            else:
                yield words if edges is not None else StyledWords(words, _look(block))
        elif kind == "tbl":
            for row in block.tr_lst:
                yield join_row("\n".join(_paragraphs(cell, edges)) for cell in _cells(row))
        elif kind in _AROUND_BLOCKS:
            yield from _paragraphs(block, edges)
        elif kind in _EDGES and edges is not None:
            yield _mark(block, edges)


def _cells(row: Any) -> Iterator[Any]:
    """Yield the cells of a row; a cell merged with the one above has that one's words."""
    for cell in row.tc_lst:
        while cell.vMerge == "continue":
            cell = cell._tc_above
        yield cell


def _text(paragraph: Any, edges: _Edges) -> str:
    """Return a paragraph with tracked changes applied: insertions are kept, deletions are left out."""
    from docx.text.run import Run

    gone = "ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent"
    wanted = [f".//w:r[not({gone})]", *(f".//w:{name}" for name in _EDGES if edges is not None)]
    parts = []
    for element in paragraph.xpath(" | ".join(wanted)):
        if edges is not None and _name(element) in _EDGES:
            parts.append(_mark(element, edges))
        else:
            parts.append(Run(element, paragraph).text)
    return "".join(parts)


def _style(paragraph: Any) -> ParagraphStyle | None:
    """Return the look of a paragraph whose every word has it; None for plain ones."""
    from docx.text.paragraph import Paragraph

    name = (paragraph.style or "").casefold()
    if name.startswith(("heading", "title", "subtitle", "berschrift", "titre", "kop", "rubrik")):
        return ParagraphStyle.HEADING
    runs = [run for run in Paragraph(paragraph, None).runs if run.text.strip()]
    if runs and (
        all(run.bold for run in runs) or all(run.italic for run in runs) or all(run.underline for run in runs)
    ):
        return ParagraphStyle.EMPHASISED
    if paragraph.pPr is not None and paragraph.pPr.numPr is not None:
        return ParagraphStyle.NUMBERED
    return None


def _look(paragraph: Any) -> tuple[str, ...]:
    """Return the style, the list, the indent and, if all words share them, the colours of a paragraph."""
    told = [str(paragraph.style or "")]
    for path in ("w:pPr/w:numPr/w:ilvl/@w:val", "w:pPr/w:ind/@w:left", "w:pPr/w:shd/@w:fill"):
        told += ["".join(paragraph.xpath(path))]
    runs = [run for run in paragraph.xpath(".//w:r") if "".join(run.itertext()).strip()]
    for path in ("w:rPr/w:color/@w:val", "w:rPr/w:highlight/@w:val", "w:rPr/w:rStyle/@w:val"):
        values = {"".join(run.xpath(path)) for run in runs}
        told.append(values.pop() if len(values) == 1 else "")
    return tuple(told)


def _lead(paragraph: Any, words: str) -> int:
    """Return the number of characters in bold at a paragraph's beginning, before others that are not."""
    from docx.text.paragraph import Paragraph

    lead = ""
    for run in Paragraph(paragraph, None).runs:
        if run.text.strip() and not run.bold:
            break
        lead += run.text
    return len(lead.rstrip()) if lead.strip() and words.startswith(lead) else 0


def _mark(element: Any, edges: list[tuple[str, Edge]]) -> str:
    from docx.oxml.ns import qn

    edges.append((element.get(qn("w:id")), _EDGES[_name(element)]))
    return MARK


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
