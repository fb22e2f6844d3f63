"""Transcripts as services and programs write them: the same conversation, whatever wrote it down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source, SourceKind

JO, ADA = "Jo Field", "Ada Stone"
SAID = (
    (JO, "00:00:03", "What changed in your garden?"),
    (ADA, "00:00:08", "It buys time, I will say that. The cause is still there."),
    (JO, "00:00:31", "And the neighbours?"),
    (ADA, "00:00:35", "They waited fourteen months for a plot. Nobody rang."),
    (JO, "00:01:12", "Who pays for the water?"),
    (ADA, "00:01:15", "We do, mostly. The council said it was 3:1, and then it was not."),
    (JO, "01:02:09", "Is that fair?"),
    (ADA, "01:02:12", "No."),
)
TURNS = [(speaker, words) for speaker, _, words in SAID]
TIMES = [time for _, time, _ in SAID]


def short(time: str) -> str:
    """A time as most services print it: 0:03, 1:02:09."""
    hours, minutes, seconds = time.split(":")
    return f"{int(hours)}:{minutes}:{seconds}" if int(hours) else f"{int(minutes)}:{seconds}"


def later(time: str) -> str:
    hours, minutes, seconds = map(int, time.split(":"))
    return f"{hours:02}:{minutes:02}:{seconds + 2:02}"


def text_file(name: str, each: str, *, before: str = "", after: str = "") -> Callable[[Path], Path]:
    """A text file with one piece a turn."""

    def write(folder: Path) -> Path:
        path = folder / name
        pieces = [
            each.format(
                speaker=speaker, time=time, short=short(time), later=later(time), words=words, number=at
            )
            for at, (speaker, time, words) in enumerate(SAID, start=1)
        ]
        path.write_text(before + "".join(pieces) + after, encoding="utf-8")
        return path

    return write


def word_file(
    *each: str, before: tuple[str, ...] = (), after: tuple[str, ...] = ()
) -> Callable[[Path], Path]:
    """A Word document with some paragraphs a turn, the part of each before a bar in bold."""

    def write(folder: Path) -> Path:
        document = Document()
        for words in before:
            document.add_paragraph(words)
        for speaker, time, words in SAID:
            for shape in each:
                bold, _, plain = shape.rpartition("|")
                paragraph = document.add_paragraph()
                for part, is_bold in ((bold, True), (plain, False)):
                    said = part.format(
                        speaker=speaker, time=time, short=short(time), later=later(time), words=words
                    )
                    paragraph.add_run(said).bold = is_bold
        for words in after:
            document.add_paragraph(words)
        path = folder / "a.docx"
        document.save(str(path))
        return path

    return write


def word_table(*columns: str, names: tuple[str, ...] = ()) -> Callable[[Path], Path]:
    """A Word document with a table, one row a turn."""

    def write(folder: Path) -> Path:
        document = Document()
        table = document.add_table(rows=0, cols=len(columns))
        rows = [
            [column.format(speaker=s, time=t, short=short(t), words=w) for column in columns]
            for s, t, w in SAID
        ]
        for row in [list(names), *rows] if names else rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        path = folder / "a.docx"
        document.save(str(path))
        return path

    return write


def rich_table(folder: Path) -> Path:
    """Rich text with the three columns of a transcription program: from and to, the words, who speaks."""
    rows = [("Timespan", "Content", "Speaker")]
    rows += [(f"{short(time)}.0 - {short(later(time))}.0", words, speaker) for speaker, time, words in SAID]
    out = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Calibri;}}" + "\n"
    for row in rows:
        cells = "".join(rf"{cell}\cell " for cell in row)
        out += rf"\trowd\cellx2000\cellx7000\cellx9000\pard\intbl {cells}\row" + "\n"
    path = folder / "a.rtf"
    path.write_text(out + r"\pard\par}", encoding="ascii")
    return path


def google_document(folder: Path) -> Path:
    """A Google Meet transcript saved as a web page: who was there, and a heading every few minutes."""
    body = (
        "<p>Mar 4, 2025</p><h1>Garden talk - Transcript</h1><h2>Attendees</h2><p>Jo Field, Ada Stone</p>"
        "<h2>Transcript</h2><h3>00:00:00</h3><p>&nbsp;</p>"
    )
    for speaker, _, words in SAID:
        body += f'<p><span style="font-weight:700">{speaker}: </span><span>{words}</span></p>'
    path = folder / "a.html"
    path.write_text(f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>', encoding="utf-8")
    return path


TEAMS_CAPTION = "{number}f2c9-77aa/{number}-0\n{time}.760 --> {later}.520\n<v {speaker}>{words}</v>\n\n"
LAYOUTS: dict[str, tuple[Callable[[Path], Path], bool]] = {
    "Teams captions": (text_file("a.vtt", TEAMS_CAPTION, before="WEBVTT\n\n"), True),
    "Teams captions, without numbers": (
        text_file("a.vtt", "{time}.760 --> {later}.520\n<v {speaker}>{words}</v>\n\n", before="WEBVTT\n\n"),
        True,
    ),
    "Zoom captions": (
        text_file(
            "a.vtt", "{number}\n{time}.760 --> {later}.520\n{speaker}: {words}\n\n", before="WEBVTT\n\n"
        ),
        True,
    ),
    "Otter captions": (
        text_file("a.srt", "{number}\n{time},760 --> {later},520\n{speaker}: {words}\n\n"),
        True,
    ),
    "an editor's captions": (
        text_file("a.srt", "{number}\r\n{time},760 --> {later},520\r\n<v {speaker}>{words}\r\n\r\n"),
        True,
    ),
    "Teams document": (
        word_file("{speaker}|   {short}\n{words}", before=("Garden talk-20250304_100000", "31m 5s")),
        True,
    ),
    "Otter text": (text_file("a.txt", "{speaker}  {short}  \n{words}\n\n"), True),
    "Otter document": (word_file("{speaker}|  {short}  ", "{words}", ""), True),
    "Rev document": (word_file("{speaker}| ({short}):", "{words}"), True),
    "Rev text": (text_file("a.txt", "{speaker} ({time}):\n{words}\n\n"), True),
    "Zoom cloud chat": (text_file("a.txt", "{time}\t{speaker}:\t{words}\n"), True),
    "Google Meet page": (google_document, False),
    "Google Docs text": (text_file("a.txt", "{speaker}: {words}\n"), False),
    "a transcription program's table in rich text": (rich_table, True),
    "a transcription program's table in Word": (
        word_table("{short}", "{words}", "{speaker}", names=("Timespan", "Content", "Speaker")),
        True,
    ),
    "a typist's table": (word_table("{speaker}", "{words}"), False),
    "a typist's table with times": (word_table("{time}", "{speaker}:", "{words}"), True),
    "a typist's Markdown": (text_file("a.md", "**{speaker}:** {words}\n\n"), False),
    "times in front": (text_file("a.md", "[{time}] {speaker}: {words}\n\n"), True),
}
LAYOUTS_WITHOUT_COLONS: dict[str, tuple[Callable[[Path], Path], bool]] = {
    "Teams document, older": (word_file("{time}.100 --> {later}.2\n{speaker}\n{words}"), True),
    "Zoom chat": (text_file("a.txt", "{time} From  {speaker}  to  Everyone:\n\t{words}\n"), True),
    "Zoom chat, older": (text_file("a.txt", "{time}\t From {speaker} : {words}\n"), True),
    "Trint document": (word_file("{speaker}| [{time}] {words}"), True),
    "Sonix document": (word_file("{speaker}:| [{time}]", "{words}"), True),
    "Sonix text": (text_file("a.txt", "{speaker}: [{time}] {words}\n\n"), True),
    "Amberscript text": (text_file("a.txt", "{time} | {speaker}\n{words}\n\n"), True),
    "Fathom text": (text_file("a.md", "{short} - {speaker} (acme.example)\n  {words}\n\n"), True),
    "Google Meet captions": (text_file("a.txt", "{speaker}\n{time}\n{words}\n"), True),
    "an editor's text": (text_file("a.txt", "{time} - {later}\n{speaker}\n{words}\n\n"), True),
    "names in brackets": (text_file("a.txt", "({speaker}) {words}\n"), False),
    "names below hashes": (text_file("a.md", "### {speaker}\n\n{words}\n\n"), False),
    "names behind quote marks": (text_file("a.md", "> **{speaker}:** {words}\n\n"), False),
    "names in a list": (text_file("a.md", "- {speaker}: {words}\n"), False),
    "names behind pictures": (text_file("a.md", "\U0001f3a4 **{speaker}:** {words}\n\n"), False),
    "names in columns": (text_file("a.txt", "{speaker}    {words}\n\n"), False),
    "Otter text with its last line": (
        text_file("a.txt", "{speaker}  {short}  \n{words}\n\n", after="Transcribed by https://otter.ai\n"),
        True,
    ),
}


def source_of(path: Path) -> Source:
    options = ReadingOptions(interviewer=JO)
    return read_source(path, path.name, options, Stakeholders({})).source


def is_the_conversation(source: Source, timed: bool) -> bool:
    assert source.kind is SourceKind.TRANSCRIPT
    assert [(turn.label, source.text[turn.start : turn.end]) for turn in source.turns] == TURNS
    assert [turn.is_interviewer for turn in source.turns] == [speaker == JO for speaker, _ in TURNS]
    assert [turn.time for turn in source.turns] == (TIMES if timed else [None] * len(TIMES))
    assert [speaker.name for speaker in source.speakers.values()] == [ADA]
    said = " ".join(source.text[segment.start : segment.end] for segment in source.segments)
    assert said.split() == [word for speaker, words in TURNS if speaker == ADA for word in words.split()]
    return True


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_conversation_is_the_same_whoever_wrote_it_down(tmp_path: Path, layout: str) -> None:
    write, timed = LAYOUTS[layout]
    assert is_the_conversation(source_of(write(tmp_path)), timed)


@pytest.mark.parametrize("layout", LAYOUTS_WITHOUT_COLONS)
def test_so_it_is_in_layouts_without_a_colon_behind_the_name(tmp_path: Path, layout: str) -> None:
    write, timed = LAYOUTS_WITHOUT_COLONS[layout]
    assert is_the_conversation(source_of(write(tmp_path)), timed)


def f4_text(folder: Path) -> Path:
    return text_file("a.txt", "{speaker}: {words} #{time}-4#\n\n")(folder)


def maxqda_rich_text(folder: Path) -> Path:
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 "
    paragraphs = [f"{{\\b {speaker}:}} {words} #{time}-4#\\par\n" for speaker, time, words in SAID]
    path = folder / "a.rtf"
    path.write_text(head + "".join(paragraphs) + "}", encoding="ascii")
    return path


@pytest.mark.parametrize("write", [f4_text, maxqda_rich_text])
def test_times_at_the_end_of_turns_are_the_turns_and_no_words(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    source = source_of(write(tmp_path))
    assert [(turn.label, turn.time, source.text[turn.start : turn.end]) for turn in source.turns] == [
        (speaker, time, words) for speaker, time, words in SAID
    ]
    assert source.non_speech() == 0
