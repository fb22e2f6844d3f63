from __future__ import annotations

import pytest

from quotegrid.domain.codebook.codes import Code
from quotegrid.suggestions.assertion import NEGATED, REPORTED, flags
from quotegrid.suggestions.evidence import matched_phrase

CODE = Code("quick fix", terms=("patch", "stop-gap measure", "short-term repairs"))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("They want a Quick Fix, always.", "Quick Fix"),
        ("It was one of those quick fixes.", "quick fixes"),
        ("A stop-gap measure and a patch.", "stop-gap measure"),
        ("Patches, patches, patches.", "Patches"),
        ("We dispatch the van.", None),
        ("A fix that is quick.", None),
        ("", None),
    ],
)
def test_the_longest_name_or_term_is_found_whatever_its_case_and_number(
    sentence: str, words: str | None
) -> None:
    found = matched_phrase(sentence, CODE)
    assert (None if found is None else sentence[found[0] : found[1]]) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "I would not call it a quick fix.",
        "It isn't a quick fix, it's a plan.",
        "Nobody here thinks it is a quick fix.",
        "It was never a quick fix.",
        "There's no quick fix for this.",
        "It isn\u2019t a quick fix.",
    ],
)
def test_a_denied_mention_is_flagged(sentence: str) -> None:
    assert NEGATED in flags(sentence, matched_phrase(sentence, CODE))


@pytest.mark.parametrize(
    "sentence",
    [
        "They keep calling it a quick fix.",
        "People say it's a quick fix.",
        "One of them calls it the quick fix scheme.",
        "In her words, a quick fix.",
        "According to the minister it is a quick fix.",
    ],
)
def test_a_mention_in_other_peoples_mouths_is_flagged(sentence: str) -> None:
    assert REPORTED in flags(sentence, matched_phrase(sentence, CODE))


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a quick fix and we all know it.",
        "A quick fix, and not before time.",
        "I think the money was a quick fix for us.",
    ],
)
def test_a_plain_mention_is_not_flagged(sentence: str) -> None:
    assert flags(sentence, matched_phrase(sentence, CODE)) == ()
