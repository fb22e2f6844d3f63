"""One invented interview through every writer and LibreOffice: the same turns and words come back."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from fpdf import FPDF
from odfdo import Document as OpenDocument
from odfdo import Paragraph
from openpyxl import Workbook

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source, SourceKind
from tests.corpus.readers.twins import converted, needs_soffice

JO, ADA, RAY = "JO FIELD", "ADA STONE", "RAY MOSS"
SAID = (
    (JO, "Thank you both for coming. What changed on the allotments this year?"),
    (
        ADA,
        "Honestly, it is a quick fix \u2013 \u201ca patch on a roof\u201d, my neighbour calls it. "
        "It doesn\u2019t mend the pump, which has been broken since 2019, and nobody has gone near the "
        "well-head in all that time.",
    ),
    (RAY, "We waited fourteen months [laughs] for a plot. Caf\u00e9 chairs arrived before the keys did."),
    (JO, "And who pays for the water?"),
    (
        ADA,
        "The council (it was 2021) said half-and-half. It became 3:1 within a year; \u00a3400 a plot, give "
        "or take. That is the long-term cost and no one has written it down anywhere that I have seen.",
    ),
    (RAY, "I do. My naïve brother-in-law pays as well."),
    (JO, "Is there anything else?"),
    (RAY, "No. (...) Well, the hedge."),
)
OPTIONS = ReadingOptions(interviewer=JO)
FONT = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)


def what_was_said(path: Path, options: ReadingOptions = OPTIONS) -> Source:
    return read_source(path, path.name, options, Stakeholders({})).source


def is_the_interview(source: Source) -> bool:
    assert source.kind is SourceKind.TRANSCRIPT
    found = [(turn.label, source.text[turn.start : turn.end].split()) for turn in source.turns]
    assert found == [(speaker, words.split()) for speaker, words in SAID]
    assert [turn.is_interviewer for turn in source.turns] == [speaker == JO for speaker, _ in SAID]
    assert set(source.speakers) == {ADA, RAY}
    assert source.non_speech() == 2
    return True


def word(folder: Path) -> Path:
    document = Document()
    for speaker, words in SAID:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{speaker}: ").bold = True
        for number, part in enumerate(words.split(" ")):
            paragraph.add_run(part if number == 0 else f" {part}")
        paragraph.paragraph_format.space_after = Pt(10)
    path = folder / "interview.docx"
    document.save(str(path))
    return path


def open_document(folder: Path) -> Path:
    document = OpenDocument("text")
    document.body.clear()
    for speaker, words in SAID:
        document.body.append(Paragraph(f"{speaker}: {words}"))
    path = folder / "interview.odt"
    document.save(path)
    return path


def web_page(folder: Path) -> Path:
    paragraphs = "".join(f"<p><b>{speaker}:</b> {html.escape(words)}</p>\n" for speaker, words in SAID)
    path = folder / "interview.html"
    path.write_text(f'<!DOCTYPE html><meta charset="utf-8"><main>{paragraphs}</main>', encoding="utf-8")
    return path


def text(folder: Path) -> Path:
    path = folder / "interview.txt"
    path.write_text("\n\n".join(f"{speaker}: {words}" for speaker, words in SAID), encoding="utf-8")
    return path


def markdown(folder: Path) -> Path:
    path = folder / "interview.md"
    path.write_text("\n\n".join(f"**{speaker}:** {words}" for speaker, words in SAID), encoding="utf-8")
    return path


def windows_text(folder: Path) -> Path:
    path = folder / "interview.txt"
    path.write_bytes("\r\n\r\n".join(f"{speaker}: {words}" for speaker, words in SAID).encode("cp1252"))
    return path


def rich_text(folder: Path) -> Path:
    path = folder / "interview.rtf"
    paragraphs = []
    for speaker, words in SAID:
        escaped = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in words)
        paragraphs.append(f"{{\\b {speaker}:}} {escaped}\\par\n")
    path.write_text("{\\rtf1\\ansi\\ansicpg1252\\uc1 " + "".join(paragraphs) + "}", encoding="ascii")
    return path


def pdf(folder: Path) -> Path:
    if FONT is None:
        pytest.skip("no font with all the letters is installed")
    document = FPDF()
    document.add_font("dejavu", fname=FONT)
    document.set_font("dejavu", size=11)
    document.add_page()
    for speaker, words in SAID:
        document.multi_cell(0, 6, f"{speaker}: {words}", align="L", new_x="LMARGIN", new_y="NEXT")
        document.ln(4)
    path = folder / "interview.pdf"
    document.output(str(path))
    return path


WRITERS = (word, open_document, web_page, text, markdown, windows_text, rich_text, pdf)


@pytest.mark.parametrize("write", WRITERS)
def test_what_a_library_writes_is_read_again(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    assert is_the_interview(what_was_said(write(tmp_path)))


@needs_soffice
@pytest.mark.parametrize("suffix", ["odt", "rtf", "pdf", "html", "txt", "docx"])
def test_what_libreoffice_makes_of_a_word_document_is_the_same_interview(tmp_path: Path, suffix: str) -> None:
    kind = "txt:Text (encoded):UTF8" if suffix == "txt" else suffix
    path = word(tmp_path)
    made = converted(path, kind)
    assert is_the_interview(what_was_said(made.with_suffix(f".{suffix}")))


NAMES = ("Case", "Group", "What changed?", "What next?")
ROWS = (
    ("P1", "neighbour", "It is a quick fix, \u201ca patch\u201d.\nNothing else.", "A pump; soon."),
    ("P2", "council", 'They said "soon" \u2013 it was not.', ""),
    ("P3", "neighbour", "", "=SUM(A1), as we say. Caf\u00e9 chairs, 3:1."),
)
COLUMNS = Columns(("What changed?", "What next?"), case="Case", group="Group")
ANSWERS = [
    (row[0], question, words)
    for row in ROWS
    for question, words in zip(NAMES[2:], row[2:], strict=True)
    if words
]


def workbook(folder: Path) -> Path:
    book = Workbook()
    for row in (NAMES, *ROWS):
        book.active.append(row)
    for cells in book.active.iter_rows():
        for cell in cells:
            cell.data_type = "s" if cell.value else cell.data_type
    path = folder / "answers.xlsx"
    book.save(path)
    return path


def comma_table(folder: Path) -> Path:
    path = folder / "answers.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([NAMES, *ROWS])
    return path


def tab_table(folder: Path) -> Path:
    path = folder / "answers.tsv"
    with path.open("w", encoding="utf-16", newline="") as stream:
        csv.writer(stream, dialect="excel-tab").writerows([NAMES, *ROWS])
    return path


def json_lines(folder: Path) -> Path:
    path = folder / "answers.jsonl"
    path.write_text(
        "".join(json.dumps(dict(zip(NAMES, row, strict=True))) + "\n" for row in ROWS), encoding="ascii"
    )
    return path


def are_the_answers(path: Path) -> bool:
    source = what_was_said(path, ReadingOptions(columns=COLUMNS))
    assert [
        (turn.label, turn.heading, source.text[turn.start : turn.end]) for turn in source.turns
    ] == ANSWERS
    assert {name: speaker.group for name, speaker in source.speakers.items()} == {
        row[0]: row[1] for row in ROWS
    }
    return True


@pytest.mark.parametrize("write", [workbook, comma_table, tab_table, json_lines])
def test_answers_that_a_library_writes_are_read_again(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    assert are_the_answers(write(tmp_path))


@needs_soffice
@pytest.mark.parametrize(
    "kind",
    ["csv:Text - txt - csv (StarCalc):44,34,76,1", "csv:Text - txt - csv (StarCalc):59,34,UTF-8,1", "xlsx"],
)
def test_answers_that_libreoffice_saves_again_are_the_same(tmp_path: Path, kind: str) -> None:
    made = converted(workbook(tmp_path), kind)
    assert are_the_answers(made.with_suffix(f".{kind.partition(':')[0]}"))
