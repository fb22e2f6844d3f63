from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.text.sentences import sentence_spans
from quotegrid.errors import ConfigError
from tests.profiles import examples


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It is one.", "It is two!", "Is it three?"],
        ["Dr. Moss rang Mrs. Lee, e.g. about the rota.", "Nobody came."],
        ["We asked Prof. J. B. Stone.", "He said no."],
        ["It was on p. 12 and no. 4 of the list.", "The answer was no.", "We left."],
        ["We had pens, paper, etc. and a lamp.", "We had pens, paper, etc.", "Then we had none."],
        [
            "I rang every week... they never rang back.",
            "I mean... I tried.",
            "So I stopped...",
            "Nobody noticed.",
        ],
        ["I waited\u2026 and waited.", "Then\u2026 I went."],
        ["The [local area. All of it] said so.", "It was (I think. Maybe.) a patch.", "Yes."],
        ["He said \u201cNo.\u201d", "She said \u201cYes.\u201d"],
        ["She left.", '"Never again," she said.'],
        ["It cost 3.5 million at a 3:1 ratio.", "That was 10.30 a.m. on Friday."],
        ["So did I.", "Nobody else came at 10 a.m. or so.", "It was 10 p.m.", "They left."],
        ["What?!", "No..."],
    ],
)
def test_sentences_end_where_a_speaker_ends_them(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences)) == sentences


def test_a_sentence_runs_over_a_line_break() -> None:
    assert _sentences("The cause is still\nthere. And nobody\nlooked.") == [
        "The cause is still\nthere.",
        "And nobody\nlooked.",
    ]


def test_a_bracket_that_nobody_closes_joins_nothing() -> None:
    assert _sentences("It was (long. We waited.") == ["It was (long.", "We waited."]


def test_offsets_count_in_the_whole_text() -> None:
    text = "ANN: One is here. Two is there. JO: No."
    assert sentence_spans(text, 5, 31) == [(5, 17), (18, 31)]
    assert sentence_spans(text, 4, 5) == []


_PIECES = (
    """Well I dr. no. 4 ... \u2026 . ? ! ( ) [area] " \u201c \u201d caf\u00e9. e.g. \U0001f642 we a.m. - ,"""
)
_SPOKEN = st.lists(st.sampled_from([*_PIECES.split(), "\n", " ", "\u00a0"]), max_size=25).map(" ".join)


@examples(50)
@given(st.one_of(_SPOKEN, st.text(max_size=60)))
def test_sentences_cover_everything_but_white_space_in_order(text: str) -> None:
    spans = sentence_spans(text, 0, len(text))
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        position = end
    assert text[position:].strip() == ""


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ConfigError, match='the spaCy pipeline "xx_no_such" is not installed'):
        sentence_spans("One.", 0, 4, "xx_no_such")
