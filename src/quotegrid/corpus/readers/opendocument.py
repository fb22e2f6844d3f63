"""Reads OpenDocument texts: paragraphs of the body and tables row by row, separated by blank lines."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.corpus.readers.blocks import (
    Styled,
    StyledWords,
    arrange_paragraphs,
    join_paragraphs,
    join_row,
    with_telling_look,
)
from quotegrid.corpus.readers.comments import MARK, Edge, Remark, place_comments
from quotegrid.domain.sources.model import Comment, ParagraphStyle, ReadText
from quotegrid.errors import ReadError

if TYPE_CHECKING:
    from odfdo import Element

_MANIFEST = "META-INF/manifest.xml"
_PARAGRAPHS = frozenset({"text:p", "text:h"})
_NOT_TEXT = frozenset(
    {
        "text:tracked-changes",
        "office:forms",
        "text:table-of-content",
        "text:illustration-index",
        "text:table-index",
        "text:object-index",
        "text:alphabetical-index",
        "text:user-index",
        "text:bibliography",
    }
)
"""Elements among the paragraphs that are not text: deleted text, and lists that a program generates."""
_ASIDES = frozenset({"text:note", "text:ruby-text", "office:annotation", "office:event-listeners"})
_EDGES = {"office:annotation": Edge.START, "office:annotation-end": Edge.END}
_SPACES = re.compile("[ \t\r\n]+")
_MOST_SPACES = 1000


def read(path: Path) -> ReadText:
    """Read an .odt file.

    Deleted text of tracked changes, notes and text boxes are left out; comments are kept beside the text.

    Raises:
        ReadError: If the file is empty, protected by a password, or is not an OpenDocument text.
    """
    from odfdo import Document
    from odfdo.security import SecurityError

    if path.stat().st_size == 0:
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    try:
        document = Document(path)
        if b"encryption-data" in _manifest(path):
            raise ReadError(
                "this document is protected by a password.",
                file=path,
                todo="Open it in LibreOffice or Word and save it without one.",
            )
        if not document.get_type().startswith("text"):
            raise ValueError(document.get_type())
        found = join_paragraphs(with_telling_look(_paragraphs(document.body, None)))
        comments = _comments(document.body, found.text)
    except (
        zipfile.BadZipFile,
        zlib.error,
        SyntaxError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RuntimeError,
        EOFError,
        OSError,
        SecurityError,
    ) as error:
        raise ReadError(
            "this OpenDocument text is broken or is not one.",
            file=path,
            todo="Open it in LibreOffice or Word and save it again as .odt.",
        ) from error
    return replace(found, comments=comments)


def _manifest(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return b""
    with zipfile.ZipFile(path) as package:
        return package.read(_MANIFEST) if _MANIFEST in package.namelist() else b""


def _comments(body: Element, text: str) -> tuple[Comment, ...]:
    remarks: dict[str, Remark] = {}
    for number, annotation in enumerate(body.get_elements("descendant::office:annotation")):
        remarks[_name(annotation, number)] = Remark(
            author=_value(annotation, "dc:creator"),
            date=_value(annotation, "dc:date"),
            text="\n".join(_paragraphs(annotation, None)),
        )
    if not remarks:
        return ()
    edges: list[tuple[str, Edge]] = []
    marked = "\n\n".join(arrange_paragraphs(_paragraphs(body, edges)))
    return place_comments(text, marked, edges, remarks)


def _name(annotation: Element, number: int) -> str:
    """Return the name by which an annotation's end refers to it; one without an end may have none."""
    return annotation.get_attribute_string("office:name") or f"number {number}"


def _value(annotation: Element, tag: str) -> str | None:
    found = annotation.get_element(tag)
    return None if found is None else found.text or None


_Edges = list[tuple[str, Edge]] | None
"""Collects the comments' edges while marks are put into the text; None to leave the text unmarked."""


def _paragraphs(parent: Element, edges: _Edges) -> Iterator[str]:
    for block in parent.children:
        if block.tag in _PARAGRAPHS:
            words = _words(block, edges)
            if block.tag == "text:h":
                yield Styled(words, ParagraphStyle.HEADING)
            else:
                yield words if edges is not None else StyledWords(words, _look(block))
        elif block.tag == "table:table-row":
            yield join_row("\n".join(_paragraphs(cell, edges)) for cell in block.children)
        elif block.tag not in _NOT_TEXT and not block.tag.startswith("draw:"):
            yield from _paragraphs(block, edges)


def _look(paragraph: Element) -> tuple[str, ...]:
    """Return the style of a paragraph, that of what encloses all its words, and that of its list."""
    spans = paragraph.get_elements("text:span")
    is_enclosed = len(spans) == 1 and not (paragraph.text or spans[0].tail or "").strip()
    enclosing = [paragraph, *(spans if is_enclosed else ())]
    return tuple(element.get_attribute_string("text:style-name") or "" for element in enclosing)


def _words(paragraph: Element, edges: _Edges) -> str:
    """Return the text of a paragraph, with runs of white space as one space, as the format specifies."""
    out: list[str] = []
    _add_text(out, paragraph.text)
    _add_children(out, paragraph, edges)
    return "".join(out).strip(" ")


def _add_children(out: list[str], parent: Element, edges: _Edges) -> None:
    for child in parent.children:
        if child.tag == "text:s":
            out.append(" " * min(child.get_attribute_integer("text:c") or 1, _MOST_SPACES))
        elif child.tag == "text:tab":
            out.append("\t")
        elif child.tag == "text:line-break":
            out.append("\n")
        elif child.tag in _EDGES and edges is not None:
            count = sum(edge is Edge.START for _, edge in edges)
            edges.append((_name(child, count), _EDGES[child.tag]))
            out.append(MARK)
        elif child.tag not in _ASIDES and not child.tag.startswith("draw:"):
            _add_text(out, child.text)
            _add_children(out, child, edges)
        _add_text(out, child.tail or "")


def _add_text(out: list[str], raw: str) -> None:
    text = _SPACES.sub(" ", raw)
    if text.startswith(" ") and (not out or out[-1].endswith(" ")):
        text = text[1:]
    if text:
        out.append(text)
