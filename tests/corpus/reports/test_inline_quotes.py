from __future__ import annotations

import time

import pytest
from benchmarks.inline_quotes import measure
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.reports.block_quotes import find_block_quotes
from quotegrid.corpus.reports.inline_quotes import find_inline_quotes
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, Certainty, QuoteKind, Voice
from tests.conftest import SEEDS
from tests.corpus.reports.inline_sentences import NO_QUOTE, NOT_SPOKEN, SPOKEN
from tests.profiles import examples

STAKEHOLDERS = Stakeholders(
    {
        "local authority": ("LA", "council", "director of children's services"),
        "school": ("headteacher", "SENCO"),
        "college": ("principal",),
        "health": ("DCO",),
        "parent carer forum": ("PCF",),
        "parent": ("carer",),
    }
)
ONE, MANY = Voice.PERSON, Voice.GROUP
SURE, UNSURE = Certainty.SURE, Certainty.UNSURE


def found(text: str) -> list[tuple[str, str | None, Certainty]]:
    """Return the text between the marks, who is said to have said it, and how sure that is."""
    return [(text[quote.start : quote.end], quote.role, quote.certainty) for quote in quotes(text)]


def quotes(text: str) -> tuple[AttributedQuote, ...]:
    return find_inline_quotes(text, 0, STAKEHOLDERS)


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_words_in_marks_are_a_quote_of_whom_a_verb_or_construction_names(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == [(said, role, SURE) for said, role in expected]
    assert {quote.kind for quote in quotes(text)} == {QuoteKind.INLINE}


@pytest.mark.parametrize("text", NOT_SPOKEN)
def test_a_term_that_nobody_is_said_to_have_said_is_a_scare_quote(text: str) -> None:
    assert quotes(text)
    assert {(quote.kind, quote.role) for quote in quotes(text)} == {(QuoteKind.SCARE, None)}


@pytest.mark.parametrize("text", NO_QUOTE)
def test_without_a_pair_of_marks_there_is_no_quote(text: str) -> None:
    assert quotes(text) == ()


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("One headteacher said it was 'a maze'.", ONE),
        ("Headteachers said it was 'a maze'.", MANY),
        ("One of the headteachers said it was 'a maze'.", ONE),
        ("Some of the headteachers said it was 'a maze'.", MANY),
        ("The council said it was 'a maze'.", MANY),
        ("The report says it is 'a maze'.", MANY),
        ("Staff said it was 'a maze'.", MANY),
        ("Teachers tried it. One said it was 'a maze'.", ONE),
        ("Teachers tried it. They said it was 'a maze'.", MANY),
        ("A teacher tried it. They said it was 'a maze'.", ONE),
        ("'A maze,' said Ada Stone.", ONE),
    ],
)
def test_the_voice_is_of_one_person_or_of_several(text: str, voice: Voice) -> None:
    assert [quote.voice for quote in quotes(text)] == [voice]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("They described it as 'a maze'.", "They"),
        ("Teachers met parents and a DCO joined. They described it as 'a maze'.", "They"),
        ("Teachers are of two kinds: 'early' and 'late'.", "Teachers"),
        ("LA leaders looked for ways to describe it as 'open'.", "LA leaders"),
        ("Several wayfinders described it as 'a maze'.", "wayfinders"),
        ("The policy defines a 'young carer' as anyone who looks after somebody.", "policy"),
        ("Leaders described the handover between 'front door' and other teams as poor.", "Leaders"),
        ("Headteachers reported an increase in 'school refusal' among older pupils.", "Headteachers"),
        ("'Nobody reads it,' she added.", "she"),
        ("LA leaders valued a 'can-do' attitude.", "LA leaders"),
        ("LA leaders said the grant helped, while the rest was 'slow'.", "LA leaders"),
        ("One SENCO said a plan puts 'this' on paper and makes you decide 'who does what'.", "SENCO"),
        ("LA leaders said the 'first wave' money was a 'patch'.", "LA leaders"),
    ],
)
def test_what_can_be_argued_either_way_is_unsure(text: str, role: str) -> None:
    last = quotes(text)[-1]
    assert (last.kind, last.role, last.certainty) == (QuoteKind.INLINE, role, UNSURE)


def test_a_passive_without_a_speaker_is_an_unsure_scare_quote() -> None:
    assert found("The form was described as 'a maze'.") == [("a maze", None, UNSURE)]


def test_what_stands_between_two_pairs_of_marks_can_be_nothing_at_all() -> None:
    assert [
        quote[0] for quote in found("Of the areas 'high' 'middle' 'low' one carer said 'none'. ''x''")
    ] == [
        "high",
        "middle",
        "low",
        "none",
        "'x'",
    ]


def test_a_speaker_is_not_looked_for_in_another_paragraph() -> None:
    text = "One carer said so.\n\n'a maze'\n\n- One carer said\n- 'a maze'\n"
    assert {quote.kind for quote in quotes(text)} == {QuoteKind.SCARE}


def test_block_quotes_hold_no_inline_quotes() -> None:
    text = (
        "One teacher called it 'slow'.\n\n"
        "I said it was 'a maze' and they said it was 'a map'. \u2013 *LA leader*\n\n"
        "One carer called it 'costly'.\n"
    )
    blocks = find_block_quotes(text, 0, STAKEHOLDERS)
    assert len(blocks) == 1
    inline = find_inline_quotes(text, 0, STAKEHOLDERS, blocks)
    assert [(text[quote.start : quote.end], quote.role) for quote in inline] == [
        ("slow", "teacher"),
        ("costly", "carer"),
    ]


def test_nothing_is_found_before_the_text_proper() -> None:
    text = "title: One carer said 'a maze'\n\nOne carer said 'a map'."
    body = text.index("One carer said 'a map'")
    assert [text[quote.start : quote.end] for quote in find_inline_quotes(text, body, STAKEHOLDERS)] == [
        "a map"
    ]


def test_roles_of_the_study_speak_although_no_list_of_english_words_has_them() -> None:
    text = "The wayfinders described it as 'a maze'."
    assert {quote.kind for quote in find_inline_quotes(text, 0, Stakeholders({}))} == {QuoteKind.SCARE}
    known = Stakeholders({"guides": ("wayfinder",)})
    assert [quote.role for quote in find_inline_quotes(text, 0, known)] == ["wayfinders"]


PIECES = st.sampled_from(
    [
        *("'", '"', "\u2018", "\u2019", "\u201c", "\u201d", "'x'", "\u201cx\u201d", "a maze", "1", "\u00b9"),
        *(
            " ",
            " ",
            "\n",
            "\n\n",
            ". ",
            ", ",
            ": ",
            "(",
            ")",
            " \u2013 ",
            "- ",
            "*",
            "\u2026",
            "s",
            "don",
            "t",
        ),
        *("One carer", "said", "leaders", "the parents", "described it as", "by", "and", "who", "They", "LA"),
        *("of", "as", "report", "those", "one", "It", "we", "to", "went on", "in the words of", "was"),
    ]
)


@examples(400)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_offsets_always_lie_between_two_marks_and_never_overlap(text: str) -> None:
    marks = "'\"\u2018\u2019\u201c\u201d"
    last = 0
    for quote in quotes(text):
        assert last <= quote.start < quote.end
        assert text[quote.start - 1] in marks
        assert text[quote.end] in marks
        assert (quote.role is None) == (quote.kind is QuoteKind.SCARE)
        assert quote.role is None or quote.role.strip()
        last = quote.end + 1


@pytest.mark.parametrize(
    "piece",
    [
        "One carer said it was 'a maze' and the leaders' view, (as before), was that it didn't work. ",
        "One carer said it was 'a maze'.\n\n",
        "leaders ",
        "'a ",
        "a' ",
        "\u201c\u2018",
        "'x' and ",
        "said (",
        " \u2013 they",
        ", said one of the many of the ",
        "LA leaders said that 'x' of ",
        "'x' (",
        "\u2018a parents\u2019 b ",
        "\n ",
        ". ",
        "A",
    ],
)
@pytest.mark.timing
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def taken(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.perf_counter()
        find_inline_quotes(text, 0, STAKEHOLDERS)
        return time.perf_counter() - began

    taken(500)
    small = min(taken(5_000), taken(5_000))
    assert taken(40_000) < 8 * small * 3 + 0.1


BARS = [("report", 0.90, 0.85), ("article", 0.90, 0.85)]


@pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared")
@pytest.mark.parametrize(("name", "precision", "recall"), BARS)
def test_the_bar_is_met_on_what_a_reader_listed(name: str, precision: float, recall: float) -> None:
    measured = measure(name)
    assert measured is not None
    figures = measured.precision_and_recall(sure_gold=True, sure_found=False)
    assert figures[0] >= precision
    assert figures[1] >= recall
    assert set(measured.found) == set(measured.gold)
    same, count = measured.role_agreement()
    assert same >= 0.85 * count > 0


@pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared")
def test_a_paper_that_quotes_nobody_has_only_scare_quotes() -> None:
    measured = measure("paper")
    assert measured is not None
    assert {quote.kind for quote in measured.found.values()} == {QuoteKind.SCARE}
    assert set(measured.found) == set(measured.gold)
