from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.text.non_speech import NonSpeechKind, non_speech, spoken

SOUND, PAUSE, UNCLEAR = NonSpeechKind.SOUND, NonSpeechKind.PAUSE, NonSpeechKind.UNCLEAR
TIME, LEFT_OUT, VOICE = NonSpeechKind.TIME, NonSpeechKind.LEFT_OUT, NonSpeechKind.OTHER_VOICE


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("[laughs]", SOUND),
        ("\\[laughs\\]", SOUND),
        ("\\[00:46\\]", TIME),
        ("(laughter)", SOUND),
        ("[Laughs nervously]", SOUND),
        ("[both laugh]", SOUND),
        ("[Ray laughs]", SOUND),
        ("((coughs))", SOUND),
        ("[[sighs]]", SOUND),
        ("[(sighs)]", SOUND),
        ("{cough}", SOUND),
        ("*[laughs]*", SOUND),
        ("[phone rings]", SOUND),
        ("[door closes]", SOUND),
        ("[clears throat]", SOUND),
        ("(shakes head)", SOUND),
        ("[Music]", SOUND),
        ("[leaves room]", SOUND),
        ("[END OF RECORDING]", SOUND),
        ("(recording paused)", SOUND),
        ("[laughs, coughs]", SOUND),
        ("(...)", PAUSE),
        ("(.)", PAUSE),
        ("(\u2026)", PAUSE),
        ("(1.5)", PAUSE),
        ("(3 seconds)", PAUSE),
        ("[pause]", PAUSE),
        ("[long pause]", PAUSE),
        ("(pause 3 secs)", PAUSE),
        ("[inaudible 00:03]", UNCLEAR),
        ("(inaudible 00:03)", UNCLEAR),
        ("[INAUDIBLE 00:12:03]", UNCLEAR),
        ("[inaudible - 2 words]", UNCLEAR),
        ("<unclear>", UNCLEAR),
        ("<unclear/>", UNCLEAR),
        ("[crosstalk]", UNCLEAR),
        ("[cross-talk 00:10:02]", UNCLEAR),
        ("[overlapping speech]", UNCLEAR),
        ("[talking over each other]", UNCLEAR),
        ("(??)", UNCLEAR),
        ("[00:12:03]", TIME),
        ("(12:03)", TIME),
        ("[12:03.5 - 12:09]", TIME),
        ("#00:12:03-4#", TIME),
        ("[redacted]", LEFT_OUT),
        ("[school name redacted]", LEFT_OUT),
        ("[name removed]", LEFT_OUT),
        ("[XXX]", LEFT_OUT),
        ("[...]", LEFT_OUT),
        ("[Interviewer: mm]", VOICE),
        ("(INT: right, yes)", VOICE),
        ("[Jo Field: mm-hm]", VOICE),
        ("[I: yeah]", VOICE),
    ],
)
def test_a_mark_is_told_by_its_words_and_its_shape(mark: str, kind: NonSpeechKind) -> None:
    text = f"We waited {mark} and waited."
    assert non_speech(text) == ((10, 10 + len(mark), kind),)
    assert spoken(text).text == "We waited and waited."


@pytest.mark.parametrize(
    "words",
    [
        "[the council]",
        "(it was 2019)",
        "[town]",
        "[special school]",
        "[Westhay]",
        "(the music)",
        "(music)",
        "(SEND)",
        "(points)",
        "[sic]",
        "(removed)",
        "(cut)",
        "[it]",
        "(about 40)",
        "(the door)",
        "[unclear whether he came]",
        "(Westhay?)",
        "[the phone]",
        "(all of them)",
        "(1)",
        "(2019)",
        "<b>",
        "(as she said: wait)",
        "[they all laugh at us]",
        "(from the background)",
        "[laughs\n\nand leaves]",
        "[unclosed laughs",
        "(ten minutes or so)",
    ],
)
def test_what_an_editor_adds_to_the_sense_is_speech(words: str) -> None:
    text = f"We asked {words} and waited."
    assert non_speech(text) == ()
    assert spoken(text).text == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Well [laughs], yes.", "Well, yes."),
        ("Well,[laughs]yes.", "Well, yes."),
        ("Well \\[laughs\\], \\[the council\\] did.", "Well, \\[the council\\] did."),
        ("It was. [pause]. So.", "It was. So."),
        ("[laughs], no.", "no."),
        ("No. [laughs]", "No."),
        ("A [pause] [coughs]\n(...) b", "A b"),
        ("[laughs]", ""),
        ("[laughs] ... (...)!", ""),
        ("", ""),
        ("<unclear>three weeks</unclear> late", "three weeks late"),
    ],
)
def test_what_is_said_is_tidied_where_a_mark_was(text: str, said: str) -> None:
    assert spoken(text).text == said


def test_a_place_in_what_is_said_is_found_in_the_whole_text() -> None:
    text = "A waiting [pause] list, [laughs] yes."
    said = spoken(text)
    start = said.text.index("waiting list")
    first, last = said.place(start, start + len("waiting list"))
    assert text[first:last] == "waiting [pause] list"
    assert spoken("Nothing here.").place(2, 5) == (2, 5)


PIECES = st.sampled_from(
    "[laughs]|(...)|((coughs))|[the town]|(it|]|[|)|*|_|<unclear>|#00:01:02#|[I: mm]|[pause| |\n|\n\n|a|we|"
    ".|,|\u00e9|\ufdd0|\U0001f600".split("|")
)


@given(st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=60)))
def test_marks_are_in_order_disjoint_and_inside_the_text(text: str) -> None:
    position = 0
    for start, end, _ in non_speech(text):
        assert position <= start < end <= len(text)
        assert text[start:end].strip("*_").lstrip("\\")[0] in "[(<{#"
        position = end


@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_is_said_keeps_every_word_outside_the_marks_in_its_place(text: str) -> None:
    marks = non_speech(text)
    outside = [
        (char, place)
        for place, char in enumerate(text)
        if char.isalnum() and not any(start <= place < end for start, end, _ in marks)
    ]
    said = spoken(text)
    found = [(char, *said.place(at, at + 1)) for at, char in enumerate(said.text) if char.isalnum()]
    assert found == [(char, place, place + 1) for char, place in outside]
    if said.places is not None:
        assert list(said.places) == sorted(set(said.places))
