from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.text.non_speech import non_speech, spoken
from quotegrid.domain.text.ranges import (
    Side,
    check_range,
    narrow_range,
    refuse_inside,
    split_range,
    trim_range,
    widen_range,
)
from quotegrid.domain.text.words import word_count, word_places
from quotegrid.errors import UsageError

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("It is a quick fix. ", "don't ", "[laughs] ", "(pause) ", "\n\n", "well-known ", "2025, "),
                *("e\u0301te\u0323 ", "\u0939\u093f\u0928\u094d\u0926\u0940 ", "\u65e5\u672c\u8a9e\u3002"),
                *("\U0001f469\u200d\U0001f469\u200d\U0001f467 ", "\U0001f44d\U0001f3fd ", "\u2764\ufe0f"),
                *("\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7 ", "\u05e9\u05dc\u05d5\u05dd ", "\u0e2a\u0e27"),
            ]
        ),
        st.text(max_size=6),
    ),
    min_size=1,
    max_size=12,
).map("".join)


@given(TEXTS, st.data())
def test_a_range_is_refused_or_is_whole_words_within_its_turn(text: str, data: st.DataObject) -> None:
    places = st.integers(-2, len(text) + 2)
    start, end, first, last = (data.draw(places) for _ in range(4))
    within = (max(min(first, last), 0), min(max(first, last), len(text)))
    try:
        found = check_range(text, start, end, within=within)
    except UsageError:
        return
    assert within[0] <= start <= found[0] < found[1] <= end <= within[1]
    said = text[found[0] : found[1]]
    assert said == said.strip() == text[start:end].strip()
    assert word_count(spoken(said).text) > 0
    words = [(within[0] + a, within[0] + b) for a, b in word_places(text[within[0] : within[1]])]
    marks = [
        (within[0] + mark.start, within[0] + mark.end) for mark in non_speech(text[within[0] : within[1]])
    ]
    unspaced = "\u65e5\u672c\u8a9e\u0e2a\u0e27"
    for offset in (start, end):
        if within[0] < offset < within[1]:
            assert not unicodedata.category(text[offset]).startswith("M") or text[offset - 1].isspace()
            assert text[offset - 1] != "\u200d"
            assert all(not a < offset < b for a, b in marks)
            inside = [text[a:b] for a, b in words if a < offset < b]
            assert all(set(word) & set(unspaced) or not word.isascii() for word in inside)


@given(TEXTS, st.data())
def test_what_a_refusal_offers_instead_is_not_refused(text: str, data: st.DataObject) -> None:
    whole = (0, len(text))
    offset = data.draw(st.integers(0, len(text)))
    try:
        refuse_inside(text, offset, within=whole)
    except UsageError as error:
        offered = [int(word) for word in error.todo.removesuffix(".").split() if word.isdigit()]
        assert len(offered) == 2
        assert offered[0] < offset < offered[1]
        if not any(mark.start < offered[0] < mark.end for mark in non_speech(text)):
            for other in offered:
                refuse_inside(text, other, within=whole)


@pytest.mark.parametrize(
    ("text", "offset", "unit"),
    [
        ("a quick fix", 4, "quick"),
        ("I don't know", 5, "don't"),
        ("I don't know", 6, "don't"),
        ("so [laughs] yes", 6, "[laughs]"),
        ("cafe\u0301 today", 4, "cafe\u0301"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", 2, "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("a \U0001f469\u200d\U0001f467 b", 3, "\U0001f469\u200d\U0001f467"),
        ("\U0001f44d\U0001f3fd", 1, "\U0001f44d\U0001f3fd"),
        ("\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7", 1, "\U0001f1ec\U0001f1e7"),
        ("\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7", 2, None),
        ("well-known", 5, None),
        ("well-known", 4, None),
        ("\u65e5\u672c\u8a9e", 1, None),
        ("one two", 3, None),
        ("'quoted'", 1, None),
        ("the parents' room", 11, None),
        ("", 0, None),
    ],
)
def test_what_cannot_be_divided(text: str, offset: int, unit: str | None) -> None:
    if unit is None:
        refuse_inside(text, offset, within=(0, len(text)))
        return
    start = text.index(unit)
    with pytest.raises(UsageError, match="in the middle of") as refused:
        refuse_inside(text, offset, within=(0, len(text)))
    assert refused.value.todo == f"Choose {start} or {start + len(unit)}."


SENTENCES = [(0, 10), (11, 20), (25, 40)]


@pytest.mark.parametrize(
    ("start", "end", "side", "wider", "narrower"),
    [
        (11, 20, Side.BEFORE, (0, 20), None),
        (11, 20, Side.AFTER, (11, 40), None),
        (0, 40, Side.BEFORE, None, (11, 40)),
        (0, 40, Side.AFTER, None, (0, 20)),
        (13, 17, Side.BEFORE, (11, 17), None),
        (13, 17, Side.AFTER, (13, 20), None),
        (5, 30, Side.BEFORE, (0, 30), (11, 30)),
        (5, 30, Side.AFTER, (5, 40), (5, 20)),
    ],
)
def test_widening_and_narrowing_go_from_sentence_to_sentence(
    start: int, end: int, side: Side, wider: tuple[int, int] | None, narrower: tuple[int, int] | None
) -> None:
    assert widen_range(start, end, side, SENTENCES) == wider
    assert narrow_range(start, end, side, SENTENCES) == narrower


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=8), st.data())
def test_narrowing_takes_back_what_widening_took_in(
    lengths: list[tuple[int, int]], data: st.DataObject
) -> None:
    sentences, at = [], 0
    for length, gap in lengths:
        sentences.append((at, at + length))
        at += length + gap
    first = data.draw(st.integers(0, len(sentences) - 1))
    last = data.draw(st.integers(first, len(sentences) - 1))
    start, end = sentences[first][0], sentences[last][1]
    for side in Side:
        wider = widen_range(start, end, side, sentences)
        assert (wider is None) == (first == 0 if side is Side.BEFORE else last == len(sentences) - 1)
        if wider is not None:
            assert narrow_range(*wider, side, sentences) == (start, end)


@given(TEXTS, st.data())
def test_halves_are_the_whole_without_the_white_space_between(text: str, data: st.DataObject) -> None:
    start, end = trim_range(text, 0, len(text))
    at = data.draw(st.integers(start, end))
    try:
        (a, b), (c, d) = split_range(text, start, end, at)
    except UsageError:
        return
    assert (a, d) == (start, end)
    assert b <= at <= c
    assert not text[b:c].strip()
