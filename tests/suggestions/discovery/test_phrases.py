from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.suggestions.discovery.phrases import (
    Phrase,
    commonplace,
    find_candidates,
    remove_words,
    telling_phrases,
    words_of,
)
from quotegrid.suggestions.encoder import HashingEncoder, Vectors

WORDS = st.sampled_from("the tap is still running we mop a floor don't it's who-pays, “dry rot” 3".split())


def embed(texts: Sequence[str]) -> Vectors:
    return HashingEncoder().encode(texts)


def found(
    texts: Sequence[str], voices: Sequence[str], roles: Sequence[str] = (), language: str | None = None
) -> list[Phrase]:
    languages = [language] * len(texts)
    phrases, vectors = telling_phrases(
        texts, languages, voices, commonplace(texts, languages), roles, embed, embed(texts).mean(axis=0)
    )
    assert len(phrases) == len(vectors)
    return phrases


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("It's the roofs that leak", ["roof", "leak"]),
        ("They don't mend roofs", ["mend", "roof"]),
        ("He doesn\u2019t mend it", ["mend"]),
        ("Yeah, in 2024 okay", []),
    ],
)
def test_which_words_carry_meaning(text: str, content: list[str]) -> None:
    assert [word.folded for word in words_of(text) if word.is_content] == content


def test_words_carry_meaning_by_their_language() -> None:
    for language, text, content in (
        ("de", "Die Gemeinde hat nichts gesagt", ["gemeinde"]),
        ("hi", "हमें किताबें नहीं मिलीं", ["हमें", "किताबें", "मिलीं"]),
        ("zh", "没有人打电话给我们", ["打电话"]),
        ("fr", "L\u2019école est fermée", ["école", "fermée"]),
    ):
        assert [word.folded for word in words_of(text, language) if word.is_content] == content


def test_phrases_are_found_where_words_have_no_spaces() -> None:
    texts = ["图书馆的时间太短。", "我们没有图书馆。", "天气很好。"]
    assert "图书" in [phrase.text for phrase in found(texts, ["a", "b", "c"], language="zh")]


def test_a_phrase_begins_and_ends_with_meaning_and_no_punctuation_stands_in_it() -> None:
    text = "We mop the floor, the tap drips"
    spans = {text[start:end] for _, start, end, _ in find_candidates(text)}
    assert {"mop the floor", "tap drips", "floor"} <= spans
    assert not {"the floor", "floor, the tap", "mop the"} & spans


def test_words_in_quotation_marks_are_a_phrase_whatever_they_are() -> None:
    text = "It is always “who is it for?” with them"
    marked = [text[start:end] for _, start, end, is_marked in find_candidates(text) if is_marked]
    assert marked == ["who is it for?"]


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_phrases_stand_where_they_are_said_to_stand(text: str) -> None:
    seen = set()
    for key, start, end, _ in find_candidates(text):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert key not in seen
        seen.add(key)


def test_a_word_in_a_tenth_of_the_segments_or_fewer_is_not_commonplace() -> None:
    texts = ["grant and roof"] * 12 + ["grant and drains"] * 4 + ["rain"] * 4 + [""] * 100
    assert commonplace(texts, [None] * len(texts)) == {"grant"}


def test_nothing_is_commonplace_in_a_few_segments() -> None:
    assert commonplace(["grant and roof"] * 10, [None] * 10) == frozenset()


def test_what_is_commonplace_is_left_out_unless_little_would_be_left() -> None:
    assert remove_words("The grant mends one more roof", {"grant"}) == "The mends one more roof"
    assert remove_words("The grant", {"grant"}) == "The grant"


def test_a_phrase_of_one_speaker_is_telling_only_in_quotation_marks() -> None:
    texts = ["it is all papered cracks here", "we met on a Monday", "they said “mopping floors” twice"]
    phrases = {phrase.text for phrase in found(texts, ["a", "b", "c"])}
    assert phrases == {"mopping floors"}


def test_more_speakers_make_a_phrase_more_telling_and_names_less() -> None:
    filler = [f"we talked about {word} for a while" for word in "rain bread music trains".split()]
    shared = found(["a leaking bucket again"] * 2 + filler, ["a", "b", *"cdef"])
    wider = found(["a leaking bucket again"] * 2 + filler, ["a", "a", *"cdef"])
    assert {phrase.text for phrase in shared} >= {"leaking bucket"}
    assert "leaking bucket" not in {phrase.text for phrase in wider}
    named = found(["the Leaking Bucket again"] * 2 + filler, ["a", "b", *"cdef"])
    (low,) = [phrase.telling for phrase in shared if phrase.text == "leaking bucket"]
    (name,) = [phrase.telling for phrase in named if phrase.text == "Leaking Bucket"]
    assert 0 < name < low


def test_who_speaks_is_no_theme() -> None:
    texts = ["the lock keeper came", "a lock keeper went", "rain fell on Monday evening"]
    assert any(phrase.text == "lock keeper" for phrase in found(texts, "abc"))
    assert not any("keeper" in phrase.text for phrase in found(texts, "abc", ["lock", "keeper"]))


def test_nothing_is_found_in_nothing() -> None:
    phrases, vectors = telling_phrases([], [], [], frozenset(), (), embed, np.zeros(4, dtype=np.float32))
    assert (phrases, vectors.shape) == ([], (0, 4))
