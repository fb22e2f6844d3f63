from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.text.sentences import sentence_spans
from quotegrid.domain.suggestions.candidate_themes import FoundTheme, ThemeQuote, draft_definition, is_same
from quotegrid.suggestions.affinity import affinities
from quotegrid.suggestions.discovery.candidate_themes import CORE, Passage, discover
from quotegrid.suggestions.encoder import HashingEncoder, Vectors
from quotegrid.suggestions.views import SegmentText
from tests.profiles import examples

BUCKET = (
    "It is a leaking bucket, and we pour.",
    "A leaking bucket is what I would call it.",
    "My mother said it: a leaking bucket.",
    "This is not a leaking bucket, whatever they say.",
    "They gave us a leaking bucket and a mop.",
)
OTHER = (
    "The bus was late on Tuesday morning.",
    "We planted beans behind the shed.",
    "Her sister teaches the violin in Leeds.",
    "Nobody answered the telephone in August.",
    "The kettle broke and we drank water.",
    "I walk the dog along the canal.",
    "He painted his front door green.",
    "Their train leaves at seven from platform four.",
)


def embed(texts: Sequence[str]) -> Vectors:
    return HashingEncoder().encode(texts)


def passages(texts: Sequence[str], *, said: Sequence[bool] = ()) -> list[Passage]:
    made, at = [], 0
    for number, text in enumerate(texts):
        segment = SegmentText(number + 1, text, at, tuple(sentence_spans(text, 0, len(text))))
        is_said = said[number] if said else True
        made.append(Passage(segment, number // 3, f"speaker {number}", is_said))
        at += len(text) + 2
    return made


def test_a_phrase_that_several_speakers_share_is_the_first_theme() -> None:
    there = passages([*BUCKET, *OTHER])
    first = discover(there, embed)[0]
    assert first.name == "leaking bucket"
    saying = {quote.segment for quote in first.quotes if quote.says}
    assert saying == {1, 2, 3, 4, 5}
    (denied,) = [quote.segment for quote in first.quotes if quote.says and "negated" in quote.flags]
    assert denied == 4


def test_quotes_are_where_they_are_said_to_be() -> None:
    there = passages([*BUCKET, *OTHER])
    texts = {passage.segment.id: passage.segment for passage in there}
    for theme in discover(there, embed):
        for quote in theme.quotes:
            segment = texts[quote.segment]
            words = segment.text[quote.start - segment.start : quote.end - segment.start]
            assert words
            assert (theme.name.casefold() in words.casefold()) or not quote.says


def test_the_same_passages_give_the_same_themes() -> None:
    there = passages([*BUCKET, *OTHER])
    assert discover(there, embed) == discover(there, embed)


def test_no_more_themes_than_wanted_and_each_of_another_name() -> None:
    found = discover(passages([*BUCKET, *OTHER]), embed, most=2)
    assert len(found) == len({theme.name.casefold() for theme in found}) <= 2


def test_peoples_own_words_come_before_papers() -> None:
    papers = [
        f"The paper says grey skies over {place}." for place in "Leeds York Hull Bath Ely Ripon".split()
    ]
    texts = [*BUCKET, *papers, *OTHER]
    said = [True] * 5 + [False] * 6 + [True] * len(OTHER)
    everything = [theme.name for theme in discover(passages(texts), embed)]
    in_own_words = [theme.name for theme in discover(passages(texts, said=said), embed)]
    assert everything[:2] == ["grey skies", "leaking bucket"]
    assert in_own_words[0] == "leaking bucket"


def test_too_few_passages_have_no_theme() -> None:
    assert discover(passages(BUCKET[: CORE - 1]), embed) == []
    assert discover([], embed) == []


@examples(30)
@given(st.lists(st.sampled_from([*BUCKET, *OTHER]), min_size=6, max_size=20), st.integers(1, 4))
def test_affinity_is_symmetric_and_finite(texts: list[str], speakers: int) -> None:
    voices = [number % speakers for number in range(len(texts))]
    near = affinities(texts, embed(texts), voices, [0] * len(texts))
    assert near.shape == (len(texts), len(texts))
    assert np.isfinite(near).all()
    assert np.allclose(near, near.T, atol=1e-4)


def quotes(*segments: int) -> tuple[ThemeQuote, ...]:
    return tuple(ThemeQuote(number, 0, 5, True) for number in segments)


def test_two_findings_are_one_theme_by_name_or_by_half_of_their_quotes() -> None:
    theme = FoundTheme("leaking bucket", (), quotes(1, 2, 3, 4))
    assert is_same(theme, FoundTheme("Leaking buckets", (), quotes(9)))
    assert is_same(theme, FoundTheme("holes", (), quotes(3, 4, 5, 6, 7)))
    assert not is_same(theme, FoundTheme("holes", (), quotes(4, 5, 6)))
    assert not is_same(theme, FoundTheme("holes", (), ()))


def test_a_draft_says_who_says_it_in_which_words() -> None:
    draft = draft_definition("leaking bucket", ("sieve", "mop"), 4, 2)
    assert draft == (
        "Draft, to be rewritten: what 4 speakers in 2 groups say as “leaking bucket”, “sieve” or “mop”."
    )
    assert "the sources say as “sieve”." in draft_definition("sieve", (), 3, 0)
