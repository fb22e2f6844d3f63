from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.text.sentence_ends import OF_OTHER_SCRIPTS
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
        ["She lives in St. Ives, at no. 4.", "We went by the B. road."],
        ["I said I wouldn't.", "Then I left."],
        ["It was so (...) I think.", "I was (inaudible) there."],
        ["It is with the DfE.", "Since then nothing."],
        ["\u201eSie kam nicht.\u201c", "Dann ging ich."],
        ["C'est fini.", "\u00ab Oui \u00bb, dit-elle.", "Quoi ?", "Rien !"],
        ["No vino nadie.", "\u00bfPor qu\u00e9?", "Nadie lo sabe."],
    ],
)
def test_sentences_end_where_a_speaker_ends_them(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("between", "sentences"),
    [
        (
            "",
            ["没有人来。", "你知道吗\uff1f", "不知道\uff01"],
        ),
        ("", ["她说\uff1a「不。」", "我走了。"]),
        ("", ["你知道吗?", "不知道."]),
        (
            " ",
            [
                "هل هذا عدل؟",
                "لم يتصل أحد.",
            ],
        ),
        (
            " ",
            [
                "कोई नहीं आया।",
                "हम गए।",
            ],
        ),
        (
            " ",
            [
                "وہ نہیں آئے\u06d4",
                "ہم گئے\u06d4",
            ],
        ),
        (
            " ",
            [
                "\u0548\u0579 \u0578\u0584 \u0579\u0565\u056f\u0561\u057e\u0589",
                "\u0544\u0565\u0576\u0584 \u0563\u0576\u0561\u0581\u056b\u0576\u0584\u0589",
            ],
        ),
        (" ", ["ለምን።", "አላውቅም።"]),
        (
            " ",
            [
                "Ποιος ήρθε;",
                "Κανένας.",
            ],
        ),
    ],
)
def test_sentences_end_in_any_script(between: str, sentences: list[str]) -> None:
    assert _sentences(between.join(sentences)) == sentences


def test_the_marks_of_other_scripts_are_unicodes() -> None:
    regex = pytest.importorskip("regex")
    marks = [chr(point) for point in range(0x80, 0x110000) if re.match(f"[{OF_OTHER_SCRIPTS}]", chr(point))]
    assert len(marks) > 80
    assert [mark for mark in marks if not regex.match(r"\p{Sentence_Terminal}|\uff0e", mark)] == []


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


_PIECES = """
    Well I dr. no. 4 ... \u2026 . ? ! ( ) [area] " \u201c \u201d caf\u00e9. e.g. \U0001f642 we a.m. - ,
    \u3002 \uff1f \u061f \u0964 ; \u00bf \u300c \u300d \u7b49\u4e86
    \u0e23\u0e2d \u0647\u0644 (we we) co. I. etc."""
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
