from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.recutting import pieces, recut
from quotegrid.domain.sources.turn_table import TurnLine, TurnLineError, difference, turns_of_table
from quotegrid.domain.sources.turns import (
    Turns,
    check_turns,
    give,
    has_words,
    join,
    leave_out,
    of_label,
    set_asking,
    split,
    without,
)
from quotegrid.domain.text.words import word_places
from quotegrid.errors import QuotegridError, UsageError

TEXT = """\
Cook: Where do you buy the bread?
Lena: At the mill. Paul: I bake it at home. It takes a night.
Cook: And the flour?
Lena: From the mill as well.
"""


def turn(words: str, label: str, *, asks: bool = False) -> Turn:
    start = TEXT.index(words)
    return Turn(start, start + len(words), label, asks)


TURNS = (
    turn("Where do you buy the bread?", "Cook", asks=True),
    turn("At the mill. Paul: I bake it at home. It takes a night.", "Lena"),
    turn("And the flour?", "Cook", asks=True),
    turn("From the mill as well.", "Lena"),
)


def told(turns: Turns) -> list[tuple[str | None, bool, str]]:
    return [(turn.label, turn.is_interviewer, TEXT[turn.start : turn.end]) for turn in turns]


def test_a_turn_given_to_one_who_asks_asks_too() -> None:
    assert give(TURNS, [3], "  cook ")[3].is_interviewer
    assert give(TURNS, [3], "cook")[3].label == "Cook"
    assert not give(TURNS, [0], "Paul")[0].is_interviewer
    assert [turn.label for turn in give(TURNS, of_label(TURNS, "Lena"), "Ida")] == ["Cook", "Ida"] * 2
    assert [turn.is_interviewer for turn in set_asking(TURNS, [1], asks=True)] == [True, True, True, False]


def test_a_turn_is_split_and_the_label_of_the_second_part_is_no_words() -> None:
    parts = split(TEXT, TURNS, TEXT.index("Paul:"), "Paul")
    assert told(parts)[1:3] == [
        ("Lena", False, "At the mill."),
        ("Paul", False, "I bake it at home. It takes a night."),
    ]
    assert told(split(TEXT, TURNS, TEXT.index("I bake")))[2] == (
        "Lena",
        False,
        "I bake it at home. It takes a night.",
    )
    known = (*TURNS[:3], give(TURNS, [3], "Paul")[3])
    assert told(split(TEXT, known, TEXT.index("Paul:")))[2] == told(parts)[2]
    assert told(join(parts, 2))[1] == told(TURNS)[1]


def test_words_are_nobodys() -> None:
    start = TEXT.index("Paul:")
    left = leave_out(TEXT, TURNS, start, start + len("Paul:"))
    assert [words for _, _, words in told(left)[1:3]] == [
        "At the mill.",
        "I bake it at home. It takes a night.",
    ]
    assert len(leave_out(TEXT, TURNS, 0, len(TEXT))) == 0
    assert len(without(TURNS, of_label(TURNS, "Lena"))) == 2
    with pytest.raises(UsageError, match='in the middle of "mill"'):
        leave_out(TEXT, TURNS, TEXT.index("mill") + 1, start)


def test_passages_are_cut_anew_only_where_they_no_longer_fit() -> None:
    passages = [(turn.start, turn.end) for turn in TURNS if not turn.is_interviewer]
    after = split(TEXT, TURNS, TEXT.index("Paul:"), "Paul")
    cut = recut(TEXT, TURNS, after, passages, lambda start, end: [(start, end)])
    assert cut.gone == (passages[0],)
    assert [TEXT[start:end] for start, end in cut.new] == [
        "At the mill.",
        "I bake it at home. It takes a night.",
    ]
    joined = join(after, 2)
    again = recut(TEXT, after, joined, [*cut.new, passages[1]], lambda start, end: [(start, end)])
    assert again.gone == (cut.new[1],)
    assert [TEXT[start:end] for start, end in again.new] == ["Paul: I bake it at home. It takes a night."]
    decided = recut(
        TEXT, after, joined, [*cut.new, passages[1]], lambda start, end: [(start, end)], fixed=cut.new
    )
    assert decided.gone == ()
    assert [TEXT[start:end] for start, end in decided.new] == ["Paul:"]
    of_one = recut(
        TEXT,
        give(after, [2], "Lena"),
        join(give(after, [2], "Lena"), 2),
        [*cut.new, passages[1]],
        lambda start, end: [(start, end)],
    )
    assert (of_one.gone, of_one.new) == ((), ())


def test_the_corrections_of_a_table_need_no_counting() -> None:
    lines = [
        TurnLine(2, "Where do you buy the bread?", "Cook", True, 6, 33),
        TurnLine(3, "At the mill.", "Lena", False, TURNS[1].start, TURNS[1].end),
        TurnLine(4, "I bake it at home.  It takes a night.", "Paul", False, TURNS[1].start, TURNS[1].end),
        TurnLine(5, "And the flour? From the mill as well.", "lena", None),
    ]
    after = turns_of_table(TEXT, TURNS, lines)
    assert told(after) == [
        ("Cook", True, "Where do you buy the bread?"),
        ("Lena", False, "At the mill."),
        ("Paul", False, "I bake it at home. It takes a night."),
        ("Lena", False, "And the flour?\nLena: From the mill as well."),
    ]
    assert difference(TEXT, TURNS, after) == [
        "- 2  Lena: At the mill. Paul: I bake it at home. It takes a night.",
        "+ 2  Lena: At the mill.",
        "+ 3  Paul: I bake it at home. It takes a night.",
        "- 3  Cook (asks): And the flour?",
        "+ 4  Lena: And the flour? Lena: From the mill as well.",
        "- 4  Lena: From the mill as well.",
    ]
    assert difference(TEXT, TURNS, TURNS) == []


def test_a_row_given_to_one_who_asks_asks_although_it_says_what_stood_there() -> None:
    lines = [
        TurnLine(n, TEXT[t.start : t.end], t.label or "", t.is_interviewer, t.start, t.end)
        for n, t in enumerate(TURNS, 2)
    ]
    lines[3] = TurnLine(5, lines[3].text, "Cook", False, lines[3].start, lines[3].end)
    assert turns_of_table(TEXT, TURNS, lines)[3].is_interviewer


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("From the shop as well.", "is not in the transcript where this row stands"),
        ("", "this row has no words"),
        ("Where do you buy the bread?", "is not in the transcript where this row stands"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_line(words: str, match: str) -> None:
    lines = [TurnLine(2, "And the flour?", "Cook", True), TurnLine(7, words, "Lena")]
    with pytest.raises(TurnLineError, match=match) as refused:
        turns_of_table(TEXT, TURNS, lines)
    assert refused.value.place == 7


def test_two_rows_with_the_same_words_are_refused() -> None:
    row = TurnLine(2, "And the flour?", "Cook", True, TURNS[2].start, TURNS[2].end)
    with pytest.raises(TurnLineError, match="begins before the row above it ends"):
        turns_of_table(TEXT, TURNS, [row, row])


WORDS = word_places(TEXT)
Edit = Callable[[Turns], Turns]


def _leaving_out(one: tuple[int, int], other: tuple[int, int]) -> Edit:
    first, last = sorted((one, other))
    return lambda turns: leave_out(TEXT, turns, first[0], last[1])


EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(
        lambda place, label: lambda turns: give(turns, [place], label),
        st.integers(0, 4),
        st.sampled_from(["Lena", "Cook", "Paul"]),
    ),
    st.builds(
        lambda word, label: lambda turns: split(TEXT, turns, word[0], label),
        st.sampled_from(WORDS),
        st.sampled_from(["", "Paul"]),
    ),
    st.builds(lambda place: lambda turns: join(turns, min(place, len(turns) - 1)), st.integers(0, 4)),
    st.builds(
        lambda place, asks: lambda turns: set_asking(turns, [place], asks=asks),
        st.integers(0, 4),
        st.booleans(),
    ),
    st.builds(_leaving_out, st.sampled_from(WORDS), st.sampled_from(WORDS)),
)


@given(st.lists(EDITS, max_size=8))
def test_after_any_edits_passages_fit_the_turns_and_pieces_lose_no_word(edits: list[Edit]) -> None:
    turns: Turns = TURNS
    passages = {(turn.start, turn.end) for turn in TURNS if not turn.is_interviewer}
    for edit in edits:
        before = turns
        try:
            turns = edit(turns) if turns else turns
        except QuotegridError:
            continue
        check_turns(TEXT, turns)
        change = recut(TEXT, before, turns, passages, lambda start, end: [(start, end)])
        passages = passages.difference(change.gone).union(change.new)
        for turn in turns:
            if turn.is_interviewer:
                continue
            held = sorted(span for span in passages if turn.start <= span[0] and span[1] <= turn.end)
            assert held
            assert all(span[1] <= following[0] for span, following in pairwise(held))
            assert held == sorted(span for span in passages if span[0] < turn.end and turn.start < span[1])
        parts = pieces(TEXT, 6, len(TEXT) - 1, turns)
        assert all(has_words(TEXT, *part) for part in parts)
        covered = {place for start, end in parts for place in range(start, end)}
        assert covered.issuperset(place for start, end in WORDS if start >= 6 for place in range(start, end))
