"""Questions and answers without labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.transcripts.blocks import blocks_of
from quotegrid.corpus.transcripts.unlabelled import INTERVIEWER, bare_turns, questions_in
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import ParagraphStyle, SourceKind
from tests.corpus.transcripts.invented import FERRY, Said, asking, read, said, unsure

SHAPES = {
    "in bold or italics": "**{}**\n\n{}\n\n",
    "set as headings": "## {}\n\n{}\n\n",
    "in a list": "1. {}\n\n{}\n\n",
    "that end in a question mark": "{}\n\n{}\n\n",
}


def _pairs() -> list[tuple[str, str]]:
    return list(zip(FERRY[::2], FERRY[1::2], strict=True))


def _stripped(found: Said) -> Said:
    return [(label, words.strip("*#_ ")) for label, words in found]


def _as_asked(answers: str | None = None) -> Said:
    return [
        (who, words) for pair in _pairs() for who, words in zip((INTERVIEWER, answers), pair, strict=True)
    ]


@pytest.mark.parametrize("how", SHAPES)
def test_questions_without_any_label_are_told_by_their_look(how: str, tmp_path: Path) -> None:
    text = "".join(SHAPES[how].format(*pair) for pair in _pairs())
    found = read(tmp_path, text, "talk.md")
    assert found.source.kind is SourceKind.TRANSCRIPT
    assert _stripped(said(found)) == _as_asked()
    assert asking(found) == [True, False] * 4
    (told,) = [line for line in unsure(found) if "have no label" in line]
    assert told.startswith(f"line 1: 4 questions have no label; the paragraphs {how} were read as")


@pytest.mark.parametrize("how", SHAPES)
def test_an_answer_may_have_several_paragraphs(how: str, tmp_path: Path) -> None:
    text = "".join(SHAPES[how].format(*pair) for pair in _pairs())
    found = read(
        tmp_path, text.replace("The mill did, for a year.", "The mill did.\n\nFor a year."), "talk.md"
    )
    assert _stripped(said(found))[3] == (None, "The mill did.\n\nFor a year.")
    assert len(found.source.turns) == 8


def test_a_question_that_is_none_is_told_by_the_look_of_the_others(tmp_path: Path) -> None:
    text = "".join(f"**{asked}**\n\n{answer}\n\n" for asked, answer in _pairs())
    found = read(tmp_path, text.replace("And after that?", "Tell me of the time after."), "talk.md")
    assert _stripped(said(found))[4] == (INTERVIEWER, "Tell me of the time after.")


def test_a_question_in_an_answer_in_bold_talk_is_the_answers(tmp_path: Path) -> None:
    text = "".join(f"**{asked}**\n\n{answer}\n\n" for asked, answer in _pairs())
    found = read(tmp_path, text.replace("for a year.", "for a year, who knows?"), "talk.md")
    assert _stripped(said(found))[3] == (None, "The mill did, for a year, who knows?")


def test_answers_may_be_what_is_set_in_bold(tmp_path: Path) -> None:
    text = "".join(f"{asked}\n\n**{answer}**\n\n" for asked, answer in _pairs())
    assert _stripped(said(read(tmp_path, text, "talk.md"))) == _as_asked()


@pytest.mark.parametrize("look", ["bold", "italic", "List Number", "Heading 2"])
def test_the_looks_of_a_word_file_tell_questions(look: str, tmp_path: Path) -> None:
    document = Document()
    for asked, answer in _pairs():
        style = look if look[0].isupper() else None
        run = document.add_paragraph("", style=style).add_run(asked)
        run.bold, run.italic = look == "bold", look == "italic"
        document.add_paragraph(answer)
    path = tmp_path / "talk.docx"
    document.save(str(path))
    found = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert said(found) == _as_asked()
    assert asking(found) == [True, False] * 4


@pytest.mark.parametrize("label", ["R", "Response", "Answer", "A", "Interviewee", "Participant 1"])
@pytest.mark.parametrize(
    "shape",
    ["{}\n\n{}: {}\n\n", "**{}**\n\n{}: {}\n\n", "1. {}\n{}: {}\n", "- {}\n\n{}: {}\n\n", "{}\n{}: {}\n\n"],
)
def test_questions_without_label_before_labelled_answers_are_the_interviewers(
    shape: str, label: str, tmp_path: Path
) -> None:
    text = "".join(shape.format(asked, label, answer) for asked, answer in _pairs())
    found = read(tmp_path, text, "talk.md" if "*" in shape else "talk.txt")
    assert _stripped(said(found)) == _as_asked(label)
    assert asking(found) == [True, False] * 4
    assert any("4 questions have no label" in line for line in unsure(found))


def test_a_first_question_that_is_read_is_not_said_to_be_left_out(tmp_path: Path) -> None:
    text = "".join(f"{asked}\n\nR: {answer}\n\n" for asked, answer in _pairs())
    found = read(tmp_path, text)
    assert said(found)[0] == (INTERVIEWER, FERRY[0])
    assert not any("is left out" in line for line in unsure(found))


def test_headings_between_questions_and_answers_are_nobodys_words(tmp_path: Path) -> None:
    text = "".join(f"**{asked}**\n\n{answer}\n\n" for asked, answer in _pairs())
    text = text.replace("**And after that?**", "# Years of nothing\n\n**And after that?**")
    found = read(tmp_path, "# The ferry\n\n" + text, "talk.md")
    assert _stripped(said(found)) == _as_asked()


@pytest.mark.parametrize(
    "text",
    [
        "We rowed.\n\nIt rained.\n\nIt sank.\n\nWhy?\n\nNobody knows.\n\nSo be it.\n",
        "- Eggs\n- Milk\n\nBuy them.\n\n- Rope\n- Nails\n\nBuy these too.\n",
        "# Aim\n\nTo row.\n\n# Way\n\nBy oar.\n\n# End\n\nIt sank.\n",
        "**Aim** of it.\n\nTo row.\n\nBy oar.\n\nIt sank.\n\nIt was raised.\n\nThe end.\n",
        "Why?\n\nWhy not?\n\nWho says so?\n\nAnd who not?\n\nReally?\n\nOr not?\n",
    ],
)
def test_other_texts_are_no_interviews(text: str, tmp_path: Path) -> None:
    assert bare_turns(text, 0) is None
    assert read(tmp_path, text, "text.md").source.kind is SourceKind.DOCUMENT


def test_one_voice_that_asks_much_is_listed(tmp_path: Path) -> None:
    text = (
        "We met at the mill. Who would have paid? Nobody knew.\n\nThe ferry had sunk. What was left? A rope."
        "\n\nWould it come back? It did.\n\nSo they built one.\n"
    )
    found = read(tmp_path, text)
    assert found.source.kind is SourceKind.DOCUMENT
    assert unsure(found) == [
        "nobody is marked as speaking, but 3 questions are asked in 4 paragraphs; all of it is read as one "
        "voice. If it is a conversation, write the speakers' names before what they say."
    ]
    assert questions_in(text, 0) == (3, 4)
    assert unsure(read(tmp_path, text.replace("?", "."))) == []


def test_a_document_is_one_voice_where_the_user_says_so(tmp_path: Path) -> None:
    text = "".join(f"{asked}\n\n{answer}\n\n" for asked, answer in _pairs())
    found = read(tmp_path, text, kind=SourceKind.DOCUMENT)
    assert said(found) == [(None, text.strip())]


def test_a_paragraph_knows_its_look_its_number_and_whether_it_asks() -> None:
    text = "# The ferry\n\n**Who rowed?**\n\n2) Who paid?\n\n---\n\n[pause]\n\nMy aunt did\n"
    blocks = blocks_of(text, 0, len(text))
    assert [
        (block.style, block.asks, block.ends, block.is_heading, text[block.words : block.end].strip("*"))
        for block in blocks
    ] == [
        (ParagraphStyle.HEADING, False, False, True, "The ferry"),
        (ParagraphStyle.EMPHASISED, True, True, False, "Who rowed?"),
        (ParagraphStyle.NUMBERED, True, True, False, "Who paid?"),
        (None, False, False, False, "My aunt did"),
    ]


@pytest.mark.parametrize(
    ("name", "title", "is_listed"),
    [
        ("interview-3.txt", "The ferry", True),
        ("entrevista.md", "La barca", True),
        ("notes.txt", "Transcript of a talk", True),
        ("notes.txt", "The ferry", False),
    ],
)
def test_a_text_called_an_interview_in_which_nobody_is_marked_is_listed(
    name: str, title: str, is_listed: bool, tmp_path: Path
) -> None:
    found = read(tmp_path, f"{title}\n\nIt sank.\n\nNobody rowed it, and the mill was shut.\n", name)
    assert found.source.kind is SourceKind.DOCUMENT
    assert any("nobody is marked as speaking" in line for line in unsure(found)) is is_listed


def test_a_question_at_the_end_of_an_answer_is_the_answers_where_questions_alternate(tmp_path: Path) -> None:
    pairs = [*_pairs(), ("And who mends it now?", "I do. I have to learn everything from scratch, right?")]
    pairs = [*pairs, ("Is it hard?", "At times.")]
    found = read(tmp_path, "".join(f"{asked}\n\n{answer}\n\n" for asked, answer in pairs))
    assert [words for _, words in said(found)] == [words for pair in pairs for words in pair]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize(("asking", "answering"), [("- ", "* "), ("*", "-"), ("\u2022 ", "\u2013 ")])
def test_two_signs_in_turn_tell_questions_from_answers(gap: str, asking: str, answering: str) -> None:
    words = [
        "Tell me of the ferry.",
        "It had one rope.",
        "Who paid?",
        "The mill.",
        "And then?",
        "It sank.",
    ] * 2
    text = gap.join(f"{answering if number % 2 else asking}{said}" for number, said in enumerate(words))
    found = bare_turns(text, 0)
    assert found is not None
    assert [turn.is_interviewer for turn in found.turns] == [True, False] * 6
    assert [text[turn.start : turn.end].lstrip("*-\u2013 ") for turn in found.turns] == words


def test_two_signs_of_a_list_in_two_levels_are_no_talk() -> None:
    text = "\n".join(["- Who pays?", "* the mill", "* the town", "* the church"] * 4)
    found = bare_turns(text, 0)
    assert found is None or not found.how.startswith("behind")


@pytest.mark.parametrize(
    ("opening", "closing"), [("\u201e", "\u201c"), ("\u201c", "\u201d"), ("\u00bb", "\u00ab")]
)
def test_short_answers_in_quotation_marks_are_no_headings(opening: str, closing: str) -> None:
    pairs = [("How old are you?", "Nine."), ("Who paid?", "The mill."), ("And then?", "It sank.")] * 2
    text = "\n\n".join(f"{question}\n\n*{opening}{answer}{closing}*" for question, answer in pairs)
    found = bare_turns(text, 0)
    assert found is not None
    assert len(found.turns) == 12


def test_a_question_in_bold_over_several_lines_is_one_question() -> None:
    pairs = "".join(f"**Who paid for rope {n}?**\n\nThe mill.\n\n" for n in range(3))
    text = f"**You know the ferry of old.**\n**It sank in May.**\n**Who built it?**\n\nThe town.\n\n{pairs}"
    found = bare_turns(text, 0)
    assert found is not None
    assert text[found.turns[1].start : found.turns[1].end] == "The town."
    assert [turn.is_interviewer for turn in found.turns] == [True, False] * 4


def test_answers_behind_the_only_label_s_questions_are_the_other_person_s(tmp_path: Path) -> None:
    asked = [
        ("Who paid? And why?", "The mill did. It was May."),
        ("You had a rope. Was it long?", "Nine feet."),
        ("And then?", "It sank."),
    ] * 2
    found = read(tmp_path, "".join(f"Q: {question} {answer}\n\n" for question, answer in asked))
    assert [words for _, words in said(found)] == [words for pair in asked for words in pair]
    assert [turn.is_interviewer for turn in found.source.turns] == [True, False] * 6
    assert any("6 answers have no label" in warning for warning in unsure(found))


def test_what_an_interviewer_says_alone_is_not_parted_where_few_questions_are_answered(
    tmp_path: Path,
) -> None:
    found = read(
        tmp_path, "".join(f"Q: {words}\n\n" for words in ["Who paid? The mill.", "Tell me.", "Go on."] * 2)
    )
    assert all(turn.is_interviewer for turn in found.source.turns)


LONG_ANSWERS = "".join(
    f"{number}. {question}\n\nIt was a raft.\n\n- a rope\n\n- a mill\n\n- a smith\n\nSo it sank.\n\n"
    for number, question in enumerate(["How did it start?", "Who paid?", "Was that all?"], start=1)
)


@pytest.mark.parametrize("number", ["{}. ", "{}- ", "({}) ", "{}) "])
def test_questions_numbered_one_by_one_are_the_interviewers_however_long_the_answers(
    number: str, tmp_path: Path
) -> None:
    text = LONG_ANSWERS
    for place in (1, 2, 3):
        text = text.replace(f"{place}. ", number.format(place))
    found = read(tmp_path, f"Of a raft\n\n{text}")
    assert [turn.is_interviewer for turn in found.source.turns] == [True, False] * 3
    assert said(found)[0][1] == "How did it start?"
    assert said(found)[1][1].endswith("So it sank.")


def test_headings_that_nearly_all_ask_are_questions_however_long_the_answers(tmp_path: Path) -> None:
    text = "".join(f"### {words}\n\n" + "It sank.\n\n" * 8 for words in ["Who?", "Why?", "And then?"])
    found = read(tmp_path, text, "talk.md")
    assert [turn.is_interviewer for turn in found.source.turns] == [True, False] * 3
    told = text.replace("?", "")
    assert len(read(tmp_path, told, "told.md").source.turns) == 1


def test_sentences_in_bold_that_are_each_answered_are_the_interviewers_if_some_ask(tmp_path: Path) -> None:
    asked = ["You began early.", "What did you like?", "Tell us of the raft.", "And the rope.", "And now?"]
    text = "".join(f"**{words}**\n\nThe mill and the river.\n\nAnd the rope.\n\n" for words in asked)
    found = read(tmp_path, f"# A miller\n\n{text}", "talk.md")
    assert [words for who, words in said(found) if who] == asked


def test_bold_with_spaces_within_its_marks_is_bold(tmp_path: Path) -> None:
    text = "".join(
        f"** {question} **\n\n {answer}\n\n" for question, answer in zip(FERRY[::2], FERRY[1::2], strict=True)
    )
    assert [words for _, words in said(read(tmp_path, text, "talk.md"))] == list(FERRY)


def test_a_dash_before_each_line_is_a_talk_in_turn(tmp_path: Path) -> None:
    lines = "\n".join(f"\u2014 {words}" for words in FERRY)
    found = read(tmp_path, f"With a ferryman\n\n{lines}\n")
    assert [words for _, words in said(found)] == list(FERRY)
    assert [turn.is_interviewer for turn in found.source.turns] == [True, False] * 4


@pytest.mark.parametrize("interviews", [1, 2])
def test_a_question_below_its_number_is_answered_by_the_paragraphs_behind_it(
    interviews: int, tmp_path: Path
) -> None:
    asked = ["How did it start?", "Who paid?", "Was that all?"]
    text = "".join(
        f"Question{number}:\n\n{words}\n\nIt was a raft.\n\nAnd a rope.\n\n"
        for _ in range(interviews)
        for number, words in enumerate(asked, start=1)
    )
    found = read(tmp_path, text)
    assert [turn.is_interviewer for turn in found.source.turns] == [True, False] * 3 * interviews
    assert {words for _, words in said(found)} == {*asked, "It was a raft.\n\nAnd a rope."}


def test_times_at_the_lines_of_one_voice_are_listed(tmp_path: Path) -> None:
    text = "".join(f"{{Jo}} 0:0{number}\nThe raft sank again.\n\n" for number in range(1, 7))
    found = read(tmp_path, text)
    assert len(found.source.turns) == 1
    assert any("6 of 12 lines begin or end with a time" in warning for warning in unsure(found))


@pytest.mark.parametrize("sign", ["o ", "o  ", "\uf0b7 "])
def test_the_letter_or_the_sign_that_a_word_processor_sets_before_questions_is_no_word(
    sign: str, tmp_path: Path
) -> None:
    text = "".join(f"{sign}{asked}\n\n{answer}\n\n" for asked, answer in _pairs())
    assert said(read(tmp_path, text)) == _as_asked()


@pytest.mark.parametrize("shape", ["* **{}** {}\n", "* **{}**\n\n  {}\n\n", "- *{}* {}\n"])
def test_questions_in_bold_lead_the_items_of_a_list(shape: str, tmp_path: Path) -> None:
    text = "".join(shape.format(*pair) for pair in _pairs())
    found = read(tmp_path, f"# A talk\n\n{text}", "talk.md")
    assert _stripped(said(found)) == _as_asked()


def test_the_tags_of_a_page_builder_are_nobodys_words(tmp_path: Path) -> None:
    (asked, answer), *others = _pairs()
    text = '*Ada rowed the ferry for years.*\n\n{% photo src="a.jpg" %}\n\n'
    text += f"**{asked}**\n\n{answer}\n\n{{{{ advert }}}}\n\n"
    text += "".join(f"**{question}**\n\n{reply}\n\n" for question, reply in others)
    assert _stripped(said(read(tmp_path, text, "talk.md"))) == _as_asked()


@pytest.mark.parametrize("answer", ["Jawaban", "Odgovor", "Antwoord", "Svar"])
def test_questions_before_answers_that_a_word_of_some_language_labels(answer: str, tmp_path: Path) -> None:
    text = "".join(
        f"{number}. {asked}\n\n{answer}: {words}\n\n"
        for number, (asked, words) in enumerate(_pairs(), start=1)
    )
    assert said(read(tmp_path, text)) == _as_asked(answer)


def test_titles_above_the_first_heading_that_asks_are_no_questions(tmp_path: Path) -> None:
    text = "## Ada Pike\n\nWarden of the mill\n\n## Ada Pike\n\nWarden of the mill\n\n"
    text += "".join(f"## {asked}\n\n{answer}\n\n" for asked, answer in _pairs())
    text += "## Write to us\n"
    assert _stripped(said(read(tmp_path, text, "talk.md"))) == _as_asked()


def test_items_that_answer_questions_below_particulars_are_not_the_interviewers(tmp_path: Path) -> None:
    text = "A talk\n\nProject: the ferry\n\nWhere: at the mill\n\nFor: the parish\n\nNumber: 9\n\n"
    text += "".join(f"{asked}\n\n- {answer}\n\n" for asked, answer in _pairs())
    assert said(read(tmp_path, text))[0] == (INTERVIEWER, _pairs()[0][0])
    assert asking(read(tmp_path, text)) == [True, False] * 4
