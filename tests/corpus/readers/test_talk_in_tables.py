"""Tests that questions and answers in tables, classes and bold first words are told apart in every format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx import Document

from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.transcripts.unlabelled import INTERVIEWER
from quotegrid.domain.people.stakeholders import Stakeholders

PAIRS = [
    ("How hot is the fire?", "Hot enough to see by its colour."),
    ("And how do you know?", "You look. Nobody can tell you."),
    ("Tell me about the first year.", "It was long. I burnt my hands."),
]
NAMES = {True: "Ann", False: "Otto"}
Table = list[Sequence[str]]


def markdown(table: Table) -> str:
    lines = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join(
        ["# A smith", "", lines[0], "|:--" * len(table[0]) + "|", *lines[1:], "", "See also p. 3."]
    )


def page(table: Table) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table)
    return f"<html><body><h1>A smith</h1><table>{rows}</table></body></html>"


def written(folder: Path, name: str, words: str) -> ReadSource:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return read_source(path, path.name, ReadingOptions(), Stakeholders({}))


def in_word(folder: Path, table: Table) -> ReadSource:
    document = Document()
    document.add_paragraph("A smith")
    made = document.add_table(len(table), len(table[0]))
    for place, row in enumerate(table):
        for column, cell in enumerate(row):
            made.cell(place, column).text = cell
    document.save(str(folder / "talk.docx"))
    return read_source(folder / "talk.docx", "talk.docx", ReadingOptions(), Stakeholders({}))


FORMATS: dict[str, Callable[[Path, Table], ReadSource]] = {
    "md": lambda folder, table: written(folder, "talk.md", markdown(table)),
    "html": lambda folder, table: written(folder, "talk.html", page(table)),
    "docx": in_word,
}


def said(found: ReadSource) -> list[tuple[str | None, str]]:
    text = found.source.text
    return [(turn.label, text[turn.start : turn.end]) for turn in found.source.turns]


AS_ASKED = [(who, words) for pair in PAIRS for who, words in zip((INTERVIEWER, None), pair, strict=True)]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "names", [("No.", "Question", "Answer"), ("Nr", "Frage", "Antwort"), ("No", "Pertanyaan", "Jawaban")]
)
def test_columns_of_questions_and_answers_are_turns(kind: str, names: Sequence[str], tmp_path: Path) -> None:
    rows = [(str(number), *pair) for number, pair in enumerate(PAIRS, start=1)]
    found = FORMATS[kind](tmp_path, [names, *rows])
    assert said(found) == AS_ASKED
    assert any("called questions by the file" in str(line) for line in found.warnings)


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_a_table_without_names_shows_its_questions(kind: str, tmp_path: Path) -> None:
    assert said(FORMATS[kind](tmp_path, list(PAIRS))) == AS_ASKED
    other = FORMATS[kind](tmp_path, [(answer, asked) for asked, answer in PAIRS])
    assert said(other) != AS_ASKED


@pytest.mark.parametrize("kind", FORMATS)
def test_columns_of_times_speakers_and_words_are_turns(kind: str, tmp_path: Path) -> None:
    rows = [(f"00:{place:02}", NAMES[place % 2 == 0], words) for place, (_, words) in enumerate(AS_ASKED)]
    found = FORMATS[kind](tmp_path, [("Time", "Speaker", "Text"), *rows])
    assert [words for _, words in said(found)][:5] == [words for _, words in AS_ASKED][:5]
    assert [turn.label for turn in found.source.turns] == ["Ann", "Otto"] * 3
    assert [turn.time for turn in found.source.turns][:2] == ["00:00:00", "00:00:01"]


def test_another_table_of_markdown_stays_as_it_is_written(tmp_path: Path) -> None:
    words = "We met at the forge.\n\n| Tool | Price |\n|---|---|\n| Tongs | 12 |\n\nNobody was there.\n"
    assert written(tmp_path, "notes.md", words).source.text == words


@pytest.mark.parametrize(("asked", "answered"), [("question", "answer"), ("qa__pregunta", "qa__respuesta")])
def test_classes_tell_questions_from_answers(asked: str, answered: str, tmp_path: Path) -> None:
    paragraphs = "".join(
        f'<p class="{asked}">{question}</p><p class="{answered}">{answer}</p>' for question, answer in PAIRS
    )
    found = written(tmp_path, "talk.html", f"<html><body>{paragraphs}<p>Seen in The Anvil.</p></body></html>")
    assert said(found) == AS_ASKED
    assert any("1 paragraph called neither a question nor an answer" in str(line) for line in found.warnings)


@pytest.mark.parametrize(
    "opening", ["<strong>{}</strong> ", '<span class="speaker-name">{}</span> ', "<b>{}</b><br>"]
)
def test_a_name_set_off_at_the_beginning_is_a_label(opening: str, tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>{opening.format(NAMES[place % 2 == 0])}{words}</p>" for place, (_, words) in enumerate(AS_ASKED)
    )
    found = written(tmp_path, "talk.html", f"<html><body><h1>A smith</h1>{paragraphs}</body></html>")
    assert said(found) == [(NAMES[place % 2 == 0], words) for place, (_, words) in enumerate(AS_ASKED)]


@pytest.mark.parametrize("is_named", [True, False])
def test_bold_first_words_of_a_word_file_are_a_name_or_the_question(is_named: bool, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("A smith")
    for question, answer in PAIRS:
        for lead, words in [("Ann", question), ("Otto", answer)] if is_named else [(question, answer)]:
            paragraph = document.add_paragraph()
            paragraph.add_run(lead).bold = True
            paragraph.add_run(f" {words}")
    document.save(str(tmp_path / "talk.docx"))
    found = read_source(tmp_path / "talk.docx", "talk.docx", ReadingOptions(), Stakeholders({}))
    assert [words for _, words in said(found)] == [words for _, words in AS_ASKED]
    assert [turn.is_interviewer for turn in found.source.turns] == [True, False] * 3


def test_a_bold_question_and_its_answer_share_a_paragraph_of_markdown(tmp_path: Path) -> None:
    words = "\n\n".join(f"**{question}** {answer}" for question, answer in PAIRS)
    found = written(tmp_path, "talk.md", f"# A smith\n\n{words}\n")
    assert [(who, words.strip("*")) for who, words in said(found)] == AS_ASKED


def test_a_table_of_markdown_in_which_a_few_names_come_back_is_a_talk_whatever_its_headings(
    tmp_path: Path,
) -> None:
    rows = "\n".join(f"|{NAMES[place % 2 == 0]}:|{words}|" for place, (_, words) in enumerate(AS_ASKED))
    found = written(
        tmp_path, "talk.md", f"# A smith\n\n|Whoever|Quote of the day|\n|---|---|\n{rows}\n\nEnd.\n"
    )
    assert said(found) == [(NAMES[place % 2 == 0], words) for place, (_, words) in enumerate(AS_ASKED)]
