"""Parts that all our Word documents share: styles, captions, tables with header rows, fixed bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.text.normalise import visible

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY = 255
TABLE_STYLE = "Quotegrid table"
_INK = "1F2937"
_GREY = "595959"
_FAINT = "BFBFBF"
_PARAGRAPH_STYLES = (
    # name, based on, size in points, bold, grey, side, points after
    ("Table text", "Normal", 9, False, False, "left", 0),
    ("Table header", "Table text", 9, True, False, "left", 0),
    ("Table header number", "Table header", 9, True, False, "right", 0),
    ("Table header group", "Table header", 9, True, False, "center", 0),
    ("Table number", "Table text", 9, False, False, "right", 0),
    ("Table base", "Table text", 8.5, False, True, "left", 0),
    ("Table base number", "Table base", 8.5, False, True, "right", 0),
    ("Table note", "Normal", 8.5, False, True, "left", 2),
    ("Attribution", "Normal", 9.5, False, True, "left", 8),
    ("After table", "Normal", 10.5, False, False, "left", 6),
    ("Footer note", "Normal", 8.5, False, True, "center", 0),
    ("toc 1", "Normal", 10.5, False, False, "left", 2),
    ("toc 2", "toc 1", 10.5, False, False, "left", 2),
)
_TABLE_STYLE_XML = f"""
<w:style {{namespaces}} w:type="table" w:customStyle="1" w:styleId="QuotegridTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_FAINT}"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="45" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="45" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>
"""


def new_document(title: str, provenance: Provenance, *, is_wide: bool) -> Any:
    """Return an empty A4 document with the tool's styles and its properties filled in; landscape if wide."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if is_wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _add_styles(document)
    made_at = datetime.fromisoformat(provenance.made_at).astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = visible(title)[:_LONGEST_PROPERTY]
    properties.subject = visible(provenance.study)[:_LONGEST_PROPERTY]
    is_published = provenance.minimum_cases is not None
    properties.author = "" if is_published else visible(", ".join(provenance.coders))[:_LONGEST_PROPERTY]
    properties.last_modified_by = ""
    properties.comments = f"Made by quotegrid {provenance.version}"
    properties.keywords = ""
    properties.language = "en-GB"
    properties.created = properties.modified = made_at
    properties.revision = 1
    return document


def _add_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Mm, Pt, RGBColor

    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "en-GB")
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "Quote"):
        style = styles[name]
        style.hidden = False
        style.font.color.rgb = RGBColor.from_string(_INK)
    styles["Caption"].font.size = Pt(10)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_before = Pt(10)
    styles["Caption"].paragraph_format.space_after = Pt(4)
    styles["Quote"].font.italic = False
    styles["Quote"].paragraph_format.keep_with_next = True
    styles["Quote"].paragraph_format.space_after = Pt(1)
    for name, parent, size, bold, grey, side, after in _PARAGRAPH_STYLES:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[parent]
        style.quick_style = True
        style.font.size, style.font.bold = Pt(size), bold
        if grey:
            style.font.color.rgb = RGBColor.from_string(_GREY)
        style.paragraph_format.alignment = getattr(WD_ALIGN_PARAGRAPH, side.upper())
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.0
    styles["Table note"].paragraph_format.space_before = Pt(3)
    styles["After table"].paragraph_format.space_before = Pt(8)
    for name, indent in (("Quote", 8), ("Attribution", 8), ("toc 2", 6)):
        styles[name].paragraph_format.left_indent = Mm(indent)
    styles.element.append(parse_xml(_TABLE_STYLE_XML.format(namespaces=nsdecls("w"))))


def add_caption(document: Any, text: str) -> None:
    """Add a caption whose number Word counts itself, so that it can be referred to and listed."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph = document.add_paragraph("Table ", style="Caption")
    number = len(document.tables) + 1
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" SEQ Table \\* ARABIC ">'
            f"<w:r><w:t>{number}</w:t></w:r></w:fldSimple>"
        )
    )
    paragraph.add_run(f". {visible(text)}")


def add_table(document: Any, rows: int, widths: Sequence[float], *, header_rows: int, alt_text: str) -> Any:
    """Add an empty table in the tool's style; its header rows are flagged and repeat on every page.

    Args:
        document: The document.
        rows: How many rows it has, the headers among them.
        widths: The columns' widths, in proportion; together they are as wide as the text.
        header_rows: How many of the rows are headers.
        alt_text: The description for screen readers.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Emu

    table = document.add_table(rows, len(widths), style=TABLE_STYLE)
    table.autofit = False
    section = document.sections[-1]
    whole = section.page_width - section.left_margin - section.right_margin
    in_emu = [Emu(int(whole * width / sum(widths))) for width in widths]
    for column, width in zip(table.columns, in_emu, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number < header_rows:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width in zip(row.cells, in_emu, strict=True):
            cell.width = width
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), visible(alt_text))
    table._tbl.tblPr.append(description)
    return table


def fill(cell: Any, text: str, style: str) -> None:
    """Put a text into a cell, in a paragraph of a style."""
    _write(cell.paragraphs[0], text, style)


def add_paragraph(document: Any, text: str, style: str) -> None:
    """Add a paragraph, or a heading, in a style."""
    _write(document.add_paragraph(), text, style)


def _write(paragraph: Any, text: str, style: str) -> None:
    # Looking a style up by its name takes longer than all the rest, and a report has thousands of quotes.
    paragraph._p.style = style.replace(" ", "")
    paragraph.add_run(visible(text))


def document_bytes(document: Any) -> bytes:
    """Return the document as a file; the same document always gives the same bytes."""
    written = io.BytesIO()
    document.save(written)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(part))
    return out.getvalue()
