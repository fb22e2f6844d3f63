"""Speakers' labels in the shapes in which typists and services write them, and in many scripts."""

from __future__ import annotations

import pytest

from quotegrid.corpus.transcripts.labels import block_starts, colon_labels
from quotegrid.corpus.transcripts.turns import find_turns
from tests.corpus.transcripts.invented import FERRY, said_in, talk, talk_of

SHAPES = [
    "{who} - {words}\n\n",
    "{who} \u2013 {words}\n",
    "{who}\u2014 {words}\n\n",
    "[{who}] {words}\n\n",
    "[{who}]: {words}\n",
    "[{who}]\n{words}\n\n",
    "<{who}> {words}\n",
    "\u3010{who}\u3011{words}\n",
    "{who}\n{words}\n\n",
    "{who}={words}\n",
    "{who} = {words}\n\n",
    "{who}> {words}\n",
    "{who} | {words}\n",
    "{who}\t{words}\n",
    "{who}.- {words}\n\n",
    "{who}.\u2014{words}\n\n",
    "{who}:\n{words}\n\n",
    "{who} : {words}\n\n",
    "{who}\uff1a{words}\n\n",
    "**{who}:** {words}\n\n",
    "**{who}**: {words}\n\n",
    "__{who}__: {words}\n\n",
    "***{who}:*** {words}\n\n",
    "- **{who}:** {words}\n",
    "[00:1{n}] **{who}**: {words}\n\n",
    "**[00:1{n}] {who}:** {words}\n\n",
    "[  {n}.03s -   {n}.98s] {who}: {words}\n",
    "{n}. {who}: {words}\n\n",
]
PEOPLE = [
    ("Jo", "Len"),
    ("Speaker 1", "Speaker 2"),
    ("I", "R"),
    ("INT", "P1"),
    ("JO HARE", "LEN TOLL"),
    ("SPEAKER_01", "SPEAKER_??"),
    ("Jo de la Hare", "Len O'Toll"),
]


@pytest.mark.parametrize("people", PEOPLE, ids=lambda people: people[0])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_label_is_taken_off_what_is_said(shape: str, people: tuple[str, str]) -> None:
    assert said_in(talk(shape, *people)) == talk_of(*people)


@pytest.mark.parametrize(
    ("shape", "people"),
    [
        ("[{who}] {words}\n\n", ("id1", "id2")),
        ("[00:1{n}] **{who}**: {words}\n\n", ("zip()", "hoppla")),
        ("{who}: {words}\n\n", ("dana", "lou")),
        ("{who}.- {words}\n\n", ("HON. A. MERE", "HON. B. TORR")),
        ("{who} {words}\n\n", ("Ms. HARE.", "Mr. TOLL.")),
        ("{who}. {words}\n\n", ("The CHAIR", "Mrs. ODE")),
        ("{who}: {words}\n\n", ("Jo Hare-Smith", "\u00c9lo\u00efse Toll")),
        ("{who}\uff1a{words}\n", ("\u4e3b\u6301\u4eba", "\u674e\u5a1c")),
        ("{who}: {words}\n\n", ("\u8bbf\u8c08\u8005", "\u53d7\u8bbf\u8005")),
        (
            "{who}: {words}\n\n",
            ("\u0936\u094b\u0927\u0915\u0930\u094d\u0924\u093e", "\u092e\u0940\u0930\u093e"),
        ),
        ("{who}: {words}\n\n", ("\u0627\u0644\u0628\u0627\u062d\u062b", "\u0633\u0644\u0645\u0649")),
        ("{who}: {words}\n\n", ("\u05de\u05e8\u05d0\u05d9\u05d9\u05e0\u05ea", "\u05e0\u05d5\u05e2\u05d4")),
        (
            "{who}: {words}\n\n",
            ("\u0394\u03ae\u03bc\u03b7\u03c4\u03c1\u03b1", "\u039d\u03af\u03ba\u03bf\u03c2"),
        ),
        (
            "{who}: {words}\n\n",
            ("\u0418\u043d\u0442\u0435\u0440\u0432\u044c\u044e\u0435\u0440", "\u0412\u0435\u0440\u0430"),
        ),
        ("{who}\u00a0: {words}\n\n", ("Enqu\u00eatrice", "Lo\u00efc")),
    ],
)
def test_names_of_other_kinds_and_scripts_are_labels(shape: str, people: tuple[str, str]) -> None:
    named = tuple(name.rstrip(".") for name in people)
    assert said_in(talk(shape, *people)) == talk_of(*named)


@pytest.mark.parametrize(
    "label",
    [
        "\u8bbf\u8c08\u8005",
        "\u0627\u0644\u0628\u0627\u062d\u062b",
        "\u05de\u05e8\u05d0\u05d9\u05d9\u05e0\u05ea",
        "\u0418\u043d\u0442\u0435\u0440\u0432\u044c\u044e\u0435\u0440",
        "Entrevistadora",
        "Enqu\u00eatrice",
        "Moderatorin",
        "Ricercatrice",
        "Haastattelija",
    ],
)
def test_who_asks_is_known_by_the_word_of_many_languages(label: str) -> None:
    turns = find_turns(talk("{who}: {words}\n\n", label, "Len"), 0)
    assert [turn.is_interviewer for turn in turns] == [True, False] * 4


@pytest.mark.parametrize(
    ("printed", "name", "aside"),
    [
        ("JO HARE, PRESIDENT OF THE CLUB", "JO HARE", None),
        ("Jo Hare, Mayor of Westhay", "Jo Hare", None),
        ("Jo Hare (a baker)", "Jo Hare", "a baker"),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(printed: str, name: str, aside: str | None) -> None:
    text = talk("{who}: {words}\n\n", printed, "LEN TOLL" if printed.isupper() else "Len Toll")
    turns = find_turns(text, 0)
    assert [(turn.label, turn.aside) for turn in turns[::2]] == [(name, aside)] * 4
    assert [text[turn.start : turn.end] for turn in turns] == list(FERRY)


@pytest.mark.parametrize("line", ["Well, he said this: no.", "Ann, as we know: no.", "http://a.example: no."])
def test_a_sentence_with_a_comma_and_a_colon_names_nobody(line: str) -> None:
    assert [label.name for label in colon_labels(f"{line}\n", 0) if label.aside] == []


def test_a_row_of_headings_is_no_label() -> None:
    assert colon_labels("Speaker: Text\n", 0) == []
    assert [label.name for label in colon_labels("Speaker: A text.\n", 0)] == ["Speaker"]


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("One.\n\nTwo.\nGoes on.\n\nThree.\n", ["One", "Two", "Three"]),
        ("One.\nTwo.\nThree.\n", ["One", "Two", "Three"]),
        ("# Head\n\nOne.\n\n---\n\n[pause]\n\nTwo.\n", ["One", "Two"]),
    ],
)
def test_a_paragraph_begins_behind_a_blank_line_or_with_each_line_where_there_are_none(
    text: str, first_words: list[str]
) -> None:
    starts = sorted(block_starts(text, 0))
    assert [text[start:].split(".")[0] for start in starts] == first_words


def test_indented_lines_begin_the_paragraphs_of_wrapped_text_without_blank_lines() -> None:
    full = "and the rope was wet and the raft was low and all of us stood on it\n"
    paragraph = "     The {} boat came over with a full load and nobody left behind\n" + 6 * full
    text = "".join(paragraph.format(which) for which in ("first", "second", "third"))
    above = "Of the ferry\n\n"
    starts = sorted(block_starts(above + text, len(above)))
    assert len(starts) == len(text.splitlines())
    starts = sorted(block_starts(above + text + "\n\nSo.\n", len(above)))
    assert [(above + text)[start:].split()[1] for start in starts[:3]] == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("Ria van Dorn", "name"),
        ("Otto von der Au", "name"),
        ("Inés de la Peña", "name"),
        ("Karim ibn Saad", "name"),
        ("Sofia del Rio", "name"),
        ("Lin on Monday", "lower"),
        ("van", "lower"),
        ("ANN LEE", "capitals"),
    ],
)
def test_particles_of_names_may_be_written_in_lower_case(written: str, style: str) -> None:
    (label,) = colon_labels(f"{written}: So it was.\n", 0)
    assert (label.name, label.style) == (written, style)


@pytest.mark.parametrize(
    ("written", "name", "part"),
    [
        ("* Entrevistador - Rui Melo : ", "Rui Melo", "Entrevistador"),
        ("Jo Field - Moderator: ", "Jo Field", "Moderator"),
        ("Moderator / Jo Field: ", "Jo Field", "Moderator"),
        ("Jo Field - Len Toll: ", "Jo Field - Len Toll", None),
    ],
)
def test_a_label_may_give_a_name_and_a_part(written: str, name: str, part: str | None) -> None:
    (label,) = colon_labels(f"{written}So it was.\n", 0)
    assert (label.name, label.aside) == (name, part)


def test_an_item_of_a_list_is_no_label_unless_it_names_a_part() -> None:
    assert colon_labels("- Costs: too high.\n* Rope: nine feet.\n", 0) == []
    assert [label.name for label in colon_labels("- P1: So.\n- Interviewer: And?\n", 0)] == [
        "P1",
        "Interviewer",
    ]


def test_terms_of_a_definition_list_are_labels_even_if_they_come_once() -> None:
    text = (
        talk("{who}\n:\t{words}\n\n", "Rut", "Kata")
        + "Otto\n:\tI was there.\n\n"
        + talk("{who}\n:\t{words}\n\n", "Rut", "Kata")
    )
    assert said_in(text) == [*talk_of("Rut", "Kata"), ("Otto", "I was there."), *talk_of("Rut", "Kata")]
