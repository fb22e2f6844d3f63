from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.text.run_on import LONGEST_PIECE, LONGEST_SENTENCE, pieces_of, words_in
from quotegrid.corpus.text.segmentation import segment_spans
from tests.profiles import examples


def _pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in pieces_of(text, 0, len(text))]


def _words(count: int, word: str = "word") -> str:
    return " ".join(f"{word}{number}" for number in range(count))


def test_a_sentence_whose_end_is_marked_is_whole_up_to_twice_a_piece() -> None:
    assert len(_pieces(_words(LONGEST_SENTENCE) + ".")) == 1
    assert len(_pieces(_words(LONGEST_SENTENCE) + '."12')) == 1
    assert len(_pieces(_words(LONGEST_SENTENCE + 1) + ".")) == 2


def test_text_without_an_end_is_cut_into_pieces_of_about_sixty_words() -> None:
    assert len(_pieces(_words(LONGEST_PIECE))) == 1
    assert [len(piece.split()) for piece in _pieces(_words(600))] == [60] * 10


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("went off -", "we"),
        ("went off \u2014", "we"),
        ("went off...", "we"),
        ("went off\n", "we"),
        ("went off", "[00:12:03] we"),
        ("went off,", "we"),
        ("went off", "because we"),
        ("ging weg", "aber wir"),
    ],
)
def test_a_piece_ends_where_the_speaker_pauses_or_a_clause_begins(before: str, after: str) -> None:
    first, second = f"{_words(48)} {before}", f"{after} {_words(48, 'other')}"
    assert _pieces(f"{first.strip()}\n{second}" if "\n" in before else f"{first} {second}") == [
        first.strip(),
        second,
    ]


def test_a_pause_is_taken_before_a_comma_and_a_comma_before_a_conjunction() -> None:
    text = f"{_words(50)} and {_words(8)}, {_words(3)} - {_words(50)}"
    assert _pieces(text)[0].endswith(" -")
    assert _pieces(text.replace(" -", ""))[0].endswith(",")
    assert _pieces(text.replace(" -", "").replace(",", ""))[1].startswith("and ")


def test_a_title_and_a_time_of_day_are_no_pauses() -> None:
    assert _pieces(f"{_words(58)} Mr. Moss came at 10:30 {_words(58)}") == [
        f"{_words(58)} Mr. Moss",
        f"came at 10:30 {_words(58)}",
    ]


def test_a_remark_in_brackets_is_not_cut() -> None:
    text = f"{_words(46)} [she laughs and everyone else laughs with her for a while] {_words(46)}"
    assert any("[she laughs" in piece and "for a while]" in piece for piece in _pieces(text))


@pytest.mark.parametrize(
    "phrase",
    ["学校一直没有给我们打电话", "がっこうはなにもいわなかった", "โรงเรียนไม่เคยโทรหาเรา", "ကျောင်းကဖုန်းမဆက်ဘူး"],
)
def test_scripts_without_spaces_are_cut_too(phrase: str) -> None:
    text = phrase * 100
    pieces = _pieces(text)
    assert "".join(pieces) == text
    assert all(40 <= words_in(piece, 0, len(piece)) <= LONGEST_PIECE for piece in pieces)
    assert not any(piece[0] in "ーっゃゅょะาิีึืุู่้๊๋์" or piece[-1] in "เแโใไ" for piece in pieces)


_PIECES = st.sampled_from(
    [
        "word",
        "and",
        "it's",
        "well,",
        "...",
        "-",
        "[laughs]",
        "(so",
        "we)",
        "00:12:03",
        "\n",
        "等了",
        "รอ",
        "a" * 30,
    ]
)


@examples(50)
@given(st.lists(_PIECES, min_size=70, max_size=400), st.sampled_from(["", " "]))
def test_pieces_cover_everything_in_order_and_cut_no_word(words: list[str], between: str) -> None:
    text = between.join(words).strip()
    position = 0
    for start, end in pieces_of(text, 0, len(text)):
        assert position <= start < end
        assert text[position:start].strip() == ""
        assert start == 0 or text[start - 1].isspace() or not (text[start - 1] + text[start]).isascii()
        position = end
    assert text[position:].strip() == ""


@pytest.mark.timing
def test_the_time_is_linear_in_a_line_without_ends() -> None:
    seconds = {}
    for count in (10_000, 20_000, 40_000):
        text = _words(count)
        began = time.process_time()
        segments = segment_spans(text, 0, len(text))
        seconds[count] = time.process_time() - began
        assert len(segments) == round(count / 60)
    assert seconds[40_000] < 1
    assert seconds[40_000] < 10 * max(seconds[10_000], 0.01)
