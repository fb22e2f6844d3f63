from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.reading import Passage, ReadSource, Turn
from quotegrid.tui.reader.cursor import ReadingCursor, Span, Unit

TEXT = "Why now? Because it is a patch. It leaks. And then?"
TURNS = (Turn(0, 8, "I", True, None), Turn(9, 41, "Ada", False, None), Turn(42, 51, "I", True, None))
PASSAGES = (Passage(1, 9, 31, "Ada"), Passage(2, 32, 41, "Ada"))
SOURCE = ReadSource(1, "a.txt", TEXT, TURNS, PASSAGES)


def sentences(start: int, end: int) -> list[Span]:
    found = [(0, 8), (9, 31), (32, 41), (42, 51)]
    return [sentence for sentence in found if start <= sentence[0] and sentence[1] <= end]


def cursor(unit: Unit) -> ReadingCursor:
    made = ReadingCursor(SOURCE, sentences)
    made.set_unit(unit)
    return made


def words(at: ReadingCursor) -> str:
    return TEXT[slice(*at.selected)]


def test_it_moves_by_passages_and_over_turns_without_one() -> None:
    at = cursor(Unit.PASSAGE)
    assert words(at) == "Why now?"
    seen = []
    while at.move(1):
        seen.append(words(at))
    assert seen == ["Because it is a patch.", "It leaks.", "And then?"]
    assert at.move(-1)
    assert words(at) == "It leaks."


def test_another_unit_begins_where_the_selection_does() -> None:
    at = cursor(Unit.PASSAGE)
    at.go_to(20)
    at.set_unit(Unit.WORD)
    assert words(at) == "Because"
    at.move(3)
    assert words(at) == "a"
    at.set_unit(Unit.TURN)
    assert words(at) == "Because it is a patch. It leaks."
    at.set_unit(Unit.SENTENCE)
    assert words(at) == "Because it is a patch."


def test_a_selection_is_drawn_out_and_back_and_over_turns_in_pieces() -> None:
    at = cursor(Unit.WORD)
    at.go_to(25)
    at.move(2, extend=True)
    assert words(at) == "patch. It leaks."
    at.move(-3, extend=True)
    assert words(at) == "a patch."
    at.move(-20, extend=True)
    assert words(at) == "Why now? Because it is a patch."
    assert [TEXT[start:end] for start, end in at.pieces()] == ["Because it is a patch."]
    at.move(1)
    assert words(at) == "now?"


@given(
    moves=st.lists(st.tuples(st.integers(-4, 4), st.booleans(), st.sampled_from(list(Unit))), max_size=20),
    offset=st.integers(0, len(TEXT) - 1),
)
def test_a_selection_never_leaves_the_text_and_is_never_empty(
    moves: list[tuple[int, bool, Unit]], offset: int
) -> None:
    at = ReadingCursor(SOURCE, sentences)
    at.go_to(offset)
    for steps, extend, unit in moves:
        at.move(steps, extend=extend)
        start, end = at.selected
        assert 0 <= start < end <= len(TEXT)
        for first, last in at.pieces():
            assert start <= first < last <= end
        if steps == 0:
            at.set_unit(unit)
