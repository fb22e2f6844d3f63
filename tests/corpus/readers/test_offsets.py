"""For every reader: a turn or segment says what the text has at its offsets, and no word is lost."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document as OpenDocument
from odfdo import Paragraph
from openpyxl import Workbook

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.readers import TABLES
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source, WarningKind, segment_guid
from quotegrid.domain.text.non_speech import non_speech, spoken
from quotegrid.domain.text.normalise import normalise
from quotegrid.errors import ReadError
from tests.profiles import examples

Turns = list[tuple[str, str]]
MARKED_TIME = "#00:01:02#"
"""A time that belongs to a turn where most turns have one, and to the words elsewhere."""
WORDS = st.sampled_from(
    "we wait. waited? Yes, 3:1, caf\u00e9 cafe\u0301 \u201cno\u201d it\u2019s [laughs] (...) (2019) [town] "
    "#00:01:02# half-time in\u00adfor\u00adming \u00a35m Dr. etc. \U0001f642 \u4e2d a\u200bb & <b> * _ \\ "
    "{x} ; = -".split()
)
TURNS: st.SearchStrategy[Turns] = st.lists(
    st.tuples(
        st.sampled_from(["JO FIELD", "ADA STONE", "RAY MOSS"]), st.lists(WORDS, min_size=1, max_size=12)
    ),
    min_size=1,
    max_size=6,
).map(lambda turns: [(speaker, " ".join(words)) for speaker, words in turns])


def text(path: Path, turns: Turns) -> None:
    path.write_text("\r\n\r\n".join(f"{speaker}: {words}" for speaker, words in turns), encoding="utf-8")


def word(path: Path, turns: Turns) -> None:
    document = Document()
    for number, (speaker, words) in enumerate(turns):
        if number % 3 == 2:
            row = document.add_table(rows=1, cols=2).rows[0].cells
            row[0].text, row[1].text = speaker, words
        else:
            run = document.add_paragraph(f"{speaker}: ").add_run(words)
            document.add_comment(run, text="So.", author="Jo", initials="J")
    document.save(str(path))


def open_document(path: Path, turns: Turns) -> None:
    document = OpenDocument("text")
    document.body.clear()
    for speaker, words in turns:
        document.body.append(Paragraph(f"{speaker}: {words}"))
    document.save(path)


def web_page(path: Path, turns: Turns) -> None:
    rows = "".join(f"<p><b>{speaker}</b>: {html.escape(words)}</p>" for speaker, words in turns)
    path.write_text(f'<meta charset="utf-8"><body>{rows}</body>', encoding="utf-8")


def rich_text(path: Path, turns: Turns) -> None:
    out = ""
    for speaker, words in turns:
        units = words.encode("utf-16-le")
        codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
        escaped = "".join(
            f"\\'{code:02x}" if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?"
            for code in codes
        )
        out += f"{{\\b {speaker}: }}{escaped}\\par\n"
    path.write_text(f"{{\\rtf1\\ansi\\ansicpg1252\\uc1 {out}}}", encoding="ascii")


def pdf(path: Path, turns: Turns) -> None:
    document = FPDF()
    document.set_font("helvetica", size=11)
    document.add_page()
    for speaker, words in turns:
        plain = normalise(f"{speaker}: {words}").encode("latin-1", "ignore").decode("latin-1")
        document.multi_cell(0, 6, plain, align="L", new_x="LMARGIN", new_y="NEXT")
        document.ln(5)
    document.output(str(path))


def captions(path: Path, turns: Turns) -> None:
    cues = "".join(
        f"00:00:{at:02}.000 --> 00:00:{at:02}.900\n<v {speaker}>{html.escape(words)}</v>\n\n"
        for at, (speaker, words) in enumerate(turns)
    )
    path.write_text(f"WEBVTT\n\n{cues}", encoding="utf-8")


def subrip(path: Path, turns: Turns) -> None:
    cues = "".join(
        f"{at}\n00:00:{at:02},000 --> 00:00:{at:02},900\n<v {speaker}>{html.escape(words)}\n\n"
        for at, (speaker, words) in enumerate(turns, start=1)
    )
    path.write_text(cues, encoding="utf-8")


def comma_table(path: Path, turns: Turns) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("case", "text"), *turns])


def tab_table(path: Path, turns: Turns) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, dialect="excel-tab").writerows([("case", "text"), *turns])


def json_lines(path: Path, turns: Turns) -> None:
    lines = [json.dumps({"case": speaker, "text": words}) + "\n" for speaker, words in turns]
    path.write_text("".join(lines), encoding="utf-8")


def workbook(path: Path, turns: Turns) -> None:
    book = Workbook()
    book.active.append(["case", "text"])
    for row in turns:
        book.active.append(row)
        book.active.cell(book.active.max_row, 2).data_type = "s"
    book.save(path)


WRITERS: dict[str, Callable[[Path, Turns], None]] = {
    ".txt": text,
    ".md": text,
    ".docx": word,
    ".odt": open_document,
    ".html": web_page,
    ".rtf": rich_text,
    ".pdf": pdf,
    ".vtt": captions,
    ".srt": subrip,
    ".csv": comma_table,
    ".tsv": tab_table,
    ".jsonl": json_lines,
    ".xlsx": workbook,
}
MARK_THE_WORDS = frozenset({".vtt", ".srt", *TABLES})
"""Formats that tell speaker and words apart themselves, so that everything said is somebody's."""
LOSES_LETTERS = frozenset({".pdf"})
"""The writer's own letters do not go beyond Latin 1."""


def is_consistent(source: Source) -> bool:
    """Whether all places of a source are in its text, in order, and say what they should."""
    length = len(source.text)
    assert normalise(source.text) == source.text
    before = 0
    for turn in source.turns:
        assert before <= turn.start < turn.end <= length
        said = source.text[turn.start : turn.end]
        assert said == said.strip()
        before = turn.end
    before = 0
    for segment in source.segments:
        assert before <= segment.start < segment.end <= length
        assert segment.turn is not None
        turn = source.turns[segment.turn]
        assert turn.start <= segment.start < segment.end <= turn.end
        assert not turn.is_interviewer
        words = source.text[segment.start : segment.end]
        assert words == words.strip()
        for mark in non_speech(words):
            assert words[mark.start : mark.end] in source.text
        assert set(spoken(words).text) <= {*words, " "}
        before = segment.end
    for comment in source.comments:
        assert 0 <= comment.start <= comment.end <= length
    assert list(source.pages) == sorted(source.pages)
    guids = [segment_guid("a", segment.start, segment.end) for segment in source.segments]
    assert len(set(guids)) == len(guids)
    return True


@pytest.mark.parametrize("suffix", WRITERS)
@examples(25, quick=10)
@given(turns=TURNS)
def test_every_place_says_what_it_should_and_no_word_is_lost_in_silence(
    tmp_path: Path, suffix: str, turns: Turns
) -> None:
    path = tmp_path / f"a{suffix}"
    WRITERS[suffix](path, turns)
    columns = Columns(("text",), case="case") if suffix in TABLES else None
    try:
        read = read_source(path, path.name, ReadingOptions(columns=columns), Stakeholders({}))
    except ReadError as error:
        assert suffix in LOSES_LETTERS and "no text" in error.what
        return
    source = read.source
    assert is_consistent(source)
    if suffix in LOSES_LETTERS:
        return
    spoken_letters = letters(" ".join(words for _, words in turns))
    inside = letters("".join(source.text[turn.start : turn.end] for turn in source.turns))
    if suffix in MARK_THE_WORDS:
        assert inside == spoken_letters
        assert (
            letters("".join(source.text[segment.start : segment.end] for segment in source.segments))
            == inside
        )
    else:
        assert letters(source.text) == letters(" ".join(f"{speaker} {words}" for speaker, words in turns))
        timed = letters(" ".join(words.replace(MARKED_TIME, "") for _, words in turns))
        is_told = any(warning.kind is WarningKind.SPEAKER for warning in read.warnings)
        assert len(inside) >= len(timed) or is_told


def letters(said: str) -> list[str]:
    return [char for char in normalise(said) if char.isalnum()]
