from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.text.run_on import LONGEST_PIECE, words_in
from quotegrid.corpus.text.segmentation import MOST_SENTENCES, even_groups, paragraph_spans, segment_spans
from quotegrid.corpus.text.sentences import sentence_spans
from tests.profiles import examples


@pytest.mark.parametrize(
    ("lengths", "sizes"),
    [
        ([], []),
        ([200], [1]),
        ([5, 5, 5, 5], [4]),
        ([5, 5, 5, 5, 5], [3, 2]),
        ([45, 45], [1, 1]),
        ([20, 20, 20, 20], [2, 2]),
        ([15, 15, 15, 15, 15, 15], [3, 3]),
        ([40, 6, 40, 6], [2, 2]),
        ([0, 0, 0, 0, 0], [4, 1]),
    ],
)
def test_sentences_are_grouped_into_segments_of_like_length(lengths: list[int], sizes: list[int]) -> None:
    assert [len(group) for group in even_groups(lengths)] == sizes


@examples(50)
@given(st.lists(st.integers(0, 120), max_size=30))
def test_groups_hold_every_sentence_once_and_at_most_four(lengths: list[int]) -> None:
    groups = even_groups(lengths)
    assert [number for group in groups for number in group] == list(range(len(lengths)))
    assert all(1 <= len(group) <= MOST_SENTENCES for group in groups)


def test_paragraphs_are_what_stands_between_blank_lines() -> None:
    text = "x\n\n One.\nStill one. \n \t\n\n\nTwo.  \n\n"
    assert [text[start:end] for start, end in paragraph_spans(text, 1, len(text))] == [
        "One.\nStill one.",
        "Two.",
    ]


def test_no_segment_runs_over_a_paragraphs_end() -> None:
    text = "One. Two.\n\nThree. Four. Five. Six. Seven."
    assert [text[start:end] for start, end in segment_spans(text, 0, len(text))] == [
        "One. Two.",
        "Three. Four. Five.",
        "Six. Seven.",
    ]


_PARAGRAPHS = st.lists(
    st.lists(
        st.sampled_from(
            ["It is so.", "Is it?", "Well... no.", "I waited\nlong.", "[local area] (yes.)", "\u2026"]
        ),
        min_size=1,
        max_size=9,
    ).map(" ".join),
    max_size=5,
)


@examples(50)
@given(_PARAGRAPHS)
def test_segments_are_whole_sentences_that_cover_every_paragraph(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    segments = segment_spans(text, 0, len(text))
    position = 0
    for start, end in segments:
        assert text[position:start].strip() == ""
        assert "\n\n" not in text[start:end]
        position = end
    assert text[position:].strip() == ""
    sentences = {
        offset
        for start, end in paragraph_spans(text, 0, len(text))
        for span in sentence_spans(text, start, end)
        for offset in span
    }
    assert {offset for span in segments for offset in span} <= sentences


_ANY_SCRIPT = st.lists(
    st.sampled_from(
        [
            "we waited",
            "and then,",
            "So.",
            "\n\n",
            "\n",
            "[laughs]",
            "没有人来。",
            "等了很久",
            "ไม่มีใครโทร",
            "हम गए।",
            "انتظرنا",
            "؟",
            "ዝም።",
            "(um",
            "1.5",
        ]
    ),
    min_size=1,
    max_size=300,
)


@examples(50)
@given(_ANY_SCRIPT, st.sampled_from(["", " "]))
def test_segments_cover_all_words_of_any_script_with_or_without_sentence_ends(
    words: list[str], between: str
) -> None:
    text = between.join(words)
    position = 0
    for start, end in segment_spans(text, 0, len(text)):
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert text[position:].strip() == ""
    without_ends = re.sub(r"[^\w\s]", "", text)
    for start, end in segment_spans(without_ends, 0, len(without_ends)):
        assert words_in(without_ends, start, end) <= LONGEST_PIECE


def test_sentences_without_spaces_are_grouped_by_their_length() -> None:
    text = "没有人打电话给我们说学校会做什么。" * 12
    lengths = [end - start for start, end in segment_spans(text, 0, len(text))]
    assert len(lengths) == 3
    assert sum(lengths) == len(text)
