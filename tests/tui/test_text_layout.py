from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from quotegrid.domain.coding.reading import CodedRange, PendingSuggestion, SourceAnnotations, Turn
from quotegrid.tui.reader.transcript_margin import MOST_LANES, margin_of
from quotegrid.tui.text_layout import Layout, cells_before, lay_out, offset_at, shown

WORDS = st.text(
    alphabet=st.sampled_from("ab \n\t-ée\u0301\u0308漢字🙂👩\u200d🚀שלוםمرحبا"), min_size=1, max_size=120
).filter(lambda said: said.strip() != "")


def turn(start: int, end: int) -> Turn:
    return Turn(start, end, "Ada", False, None)


def said(text: str, layout: Layout) -> list[str]:
    return [shown(text[line.start : line.end]).rstrip() for line in layout.lines]


def test_lines_break_at_white_space_and_a_line_feed_is_one() -> None:
    text = "It is a quick fix,\nand a patch."
    assert said(text, lay_out(text, [turn(0, len(text))], 12)) == ["It is a", "quick fix,", "and a patch."]


def test_blocks_have_an_empty_line_between_them_and_a_first_line() -> None:
    text = "One two.Three."
    layout = lay_out(text, [turn(0, 8), turn(8, 14)], 40)
    assert [(line.block, line.is_first) for line in layout.lines] == [(0, True), (None, False), (1, True)]
    assert layout.line_of(9) == 2


def test_the_label_takes_room_of_the_first_line_only() -> None:
    text = "aaa bbb ccc ddd"
    assert said(text, lay_out(text, [turn(0, 15)], 8, [4])) == ["aaa", "bbb ccc", "ddd"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    text = "a " + "x" * 25 + " b"
    assert said(text, lay_out(text, [turn(0, len(text))], 10)) == ["a", "x" * 10, "x" * 10, "x" * 5 + " b"]


@given(text=WORDS, width=st.integers(2, 30), label=st.integers(0, 10))
def test_every_code_point_is_on_one_line_and_no_line_is_too_wide(text: str, width: int, label: int) -> None:
    layout = lay_out(text, [turn(0, len(text))], width, [label])
    assert "".join(text[line.start : line.end] for line in layout.lines) == text
    for line in layout.lines:
        graphemes, cells = split_graphemes(shown(text[line.start : line.end]).rstrip())
        assert cells <= width or len(graphemes) == 1


@given(text=WORDS, width=st.integers(2, 30))
def test_a_place_on_a_line_leads_back_to_its_code_point(text: str, width: int) -> None:
    layout = lay_out(text, [turn(0, len(text))], width)
    for line in layout.lines:
        for first, last, cells in split_graphemes(shown(text[line.start : line.end]))[0]:
            for offset in range(line.start + first, line.start + last):
                assert layout.lines[layout.line_of(offset)] == line
                if cells:
                    assert offset_at(text, line, cells_before(text, line, offset)) == line.start + first


@given(
    ranges=st.lists(st.tuples(st.integers(0, 380), st.integers(1, 60)), max_size=12),
    pencilled=st.lists(st.tuples(st.integers(0, 380), st.integers(1, 60)), max_size=6),
)
def test_names_never_share_a_line_and_none_is_lost(
    ranges: list[tuple[int, int]], pencilled: list[tuple[int, int]]
) -> None:
    text = "word " * 90
    layout = lay_out(text, [turn(0, len(text))], 20)
    standing = SourceAnnotations(
        [CodedRange(n, start, start + size, f"code {n}", ("Ana",)) for n, (start, size) in enumerate(ranges)],
        [
            PendingSuggestion(n, start, start + size, f"pencil {n}", 0.5)
            for n, (start, size) in enumerate(pencilled)
        ],
    )
    lines = margin_of(layout, standing)
    named = [line.entry for line in lines.values() if line.entry is not None]
    assert len(named) + sum(line.more for line in lines.values()) == len(ranges) + len(pencilled)
    assert all(lane < MOST_LANES for line in lines.values() for lane in line.bars)
    for coding in standing.codings:
        first, last = layout.line_of(coding.start), layout.line_of(coding.end - 1)
        assert all(number in lines for number in range(first, last + 1))
