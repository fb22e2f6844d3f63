from __future__ import annotations

import time

import pytest

from quotegrid.domain.search.conditions import PatternCondition, WildcardCondition
from quotegrid.domain.search.patterns import LONGEST_PATTERN, SlowPatternError, text_pattern
from quotegrid.errors import UsageError


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("wa*t", "They WAIT.", ["WAIT"]),
        ("wa*t", "Wallet, await, waits, wat", ["Wallet", "wat"]),
        ("*ing", "a ring; singing", ["ring", "singing"]),
        ("caf*s", "Les cafés", ["cafés"]),
        ("f*w", "The \ufb02ow", ["\ufb02ow"]),
        ("co-op*e", "co operative; coop", ["co operative"]),
        ("a.c*d", "abcd a cd", ["a cd"]),
        ("(*", "no end", ["no", "end"]),
    ],
)
def test_a_star_stands_for_letters_within_a_word(words: str, text: str, found: list[str]) -> None:
    pattern = text_pattern(WildcardCondition(words))
    until = time.monotonic() + 1
    assert [text[start:end] for start, end in pattern.places(text, until)] == found
    assert pattern.is_in(text, until)


def test_an_expression_is_searched_for_as_it_is_written_case_aside() -> None:
    pattern = text_pattern(PatternCondition(r"\bno( \w+){1,2}\?"))
    until = time.monotonic() + 1
    assert list(pattern.places("Well, No real change? no", until)) == [(6, 21)]
    assert not pattern.is_in("no.", until)


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "[z-a]", "(?P<n>", "x" * (LONGEST_PATTERN + 1), "(?<=a+"])
def test_what_is_no_expression_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError):
        text_pattern(PatternCondition(pattern))


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*,){20}P", r"(?:a?){40}a{40}b"])
def test_a_pattern_that_runs_away_is_stopped(pattern: str) -> None:
    compiled = text_pattern(PatternCondition(pattern))
    began = time.monotonic()
    try:
        compiled.is_in("a" * 5000 + "!" + "a," * 200, began + 0.2)
    except SlowPatternError:
        pass
    assert time.monotonic() - began < 5
    list(compiled.places("a" * 5000 + "!", time.monotonic() + 0.2))
