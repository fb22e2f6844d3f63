from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.suggestions.assertion import HYPOTHETICAL, NEGATED, REPORTED, flags
from tests.suggestions.flag_sentences import FIRST, SECOND, THIRD, Sentences

KINDS = (NEGATED, REPORTED, HYPOTHETICAL)


def marked(sentence: str) -> tuple[str, tuple[int, int]]:
    """The sentence without its asterisks, and where the words between them stand."""
    start = sentence.index("*")
    end = sentence.index("*", start + 1)
    return sentence[:start] + sentence[start + 1 : end] + sentence[end + 1 :], (start, end - 1)


def measured(sentences: Sentences, kind: str) -> tuple[float, float]:
    """Precision and recall of a flag."""
    right = given_ = wanted = 0
    for sentence, kinds in sentences:
        found = kind in flags(*marked(sentence))
        right += found and kind in kinds
        given_ += found
        wanted += kind in kinds
    return round(right / given_, 2), round(right / wanted, 2)


@pytest.mark.parametrize(("sentence", "kinds"), FIRST)
def test_every_sentence_that_the_rules_were_written_for(sentence: str, kinds: frozenset[str]) -> None:
    assert set(flags(*marked(sentence))) == kinds


def test_the_figures_that_the_documentation_gives() -> None:
    assert [measured(SECOND, kind) for kind in KINDS] == [(0.93, 1.0), (1.0, 1.0), (0.89, 1.0)]
    assert [measured(THIRD, kind) for kind in KINDS] == [(0.57, 0.4), (0.67, 0.29), (0.44, 0.57)]


def test_no_sentence_stands_in_two_sets() -> None:
    everything = [sentence for sentences in (FIRST, SECOND, THIRD) for sentence, _ in sentences]
    assert len(set(everything)) == len(everything) == 148


def test_without_a_phrase_the_sentence_as_a_whole_counts() -> None:
    assert flags("We never had a plan", None) == (NEGATED,)
    assert flags("We had a plan", None) == ()
    assert flags("", None) == ()


WORDS = st.sampled_from("not never but anything than , ? if they say it is a plan neither nor could".split())


@given(st.lists(WORDS, max_size=12), st.data())
def test_any_words_are_judged_and_none_fail(words: list[str], data: st.DataObject) -> None:
    sentence = " ".join(words)
    start = data.draw(st.integers(0, len(sentence)))
    end = data.draw(st.integers(start, len(sentence)))
    assert set(flags(sentence, (start, end))) <= set(KINDS)


def test_in_other_languages_nothing_is_marked() -> None:
    sentence = "It is not a cure."
    assert flags(sentence, (10, 16), "en") == flags(sentence, (10, 16)) == ("negated",)
    assert flags(sentence, (10, 16), "de") == ()
