"""Tables of contents and page numbers in Word documents: fields that Word keeps up to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotegrid.domain.text.normalise import visible

_MARK = "_Toc{:08d}"
_INSTRUCTION = ' TOC \\o "1-2" \\h \\z \\u '


def add_contents(document: Any, headings: Sequence[tuple[int, str]]) -> None:
    """Add a table of contents that leads to the headings; Word adds the pages when it updates its fields.

    Args:
        document: The document.
        headings: The level, 1 or 2, and the text of each heading, which `bookmark` marks by its place here.
    """
    paragraph = None
    for number, (level, text) in enumerate(headings):
        paragraph = document.add_paragraph(style=f"toc {level}")
        if number == 0:
            _add_field_part(paragraph, "begin")
            paragraph.add_run()._r.append(_element("w:instrText", {"xml:space": "preserve"}, _INSTRUCTION))
            _add_field_part(paragraph, "separate")
        link = _element("w:hyperlink", {"w:anchor": _MARK.format(number), "w:history": "1"})
        run = paragraph.add_run(visible(text))
        paragraph._p.append(link)
        link.append(run._r)
    if paragraph is not None:
        _add_field_part(paragraph, "end")


def bookmark(paragraph: Any, number: int) -> None:
    """Mark a heading as the entry with that number in the contents."""
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": _MARK.format(number)})
    runs = paragraph.runs
    if runs:
        runs[0]._r.addprevious(start)
    else:
        paragraph._p.append(start)
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


def add_page_numbers(document: Any, text: str) -> None:
    """Add a text and the page number at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Footer note"
    paragraph.add_run(f"{visible(text)} \N{MIDDLE DOT} ")
    field = _element("w:fldSimple", {"w:instr": " PAGE "})
    run = paragraph.add_run("1")
    paragraph._p.append(field)
    field.append(run._r)


def _add_field_part(paragraph: Any, kind: str) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", {"w:fldCharType": kind}))


def _element(name: str, attributes: dict[str, str], text: str | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if key == "xml:space" else qn(key), value)
    if text is not None:
        made.text = text
    return made
