"""The likelihood that a turn is read rightly."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from benchmarks import turn_confidence
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.transcripts.confidence import SURE, confidences, features_of
from quotegrid.corpus.transcripts.turns import find_turns
from quotegrid.domain.sources.model import Turn
from tests.corpus.transcripts.invented import FERRY, Said, read, talk, talk_of, unsure
from tests.profiles import examples

SHAPE = "{who}: {words}\n\n"
DOUBTFUL = {
    "paragraphs": "The mill did.\n\nThen the town.\n\nThen the church.\n\nThen nobody.",
    "length": "The mill did. " + "And it paid well. " * 60 + "So.",
    "open end": "The mill did.\n\nMoney and the mill",
    "asks inside": "The mill did.\n\nAnd after that?\n\nNobody.",
    "no talk": "The mill did: see https://mill.example for it.",
    "label inside": "The mill did, and Jo: and then?",
}


def _sure(text: str) -> list[float]:
    return confidences(text, find_turns(text, 0))


def test_plain_turns_are_all_sure(tmp_path: Path) -> None:
    found = read(tmp_path, talk(SHAPE, "I", "R"))
    assert min(_sure(talk(SHAPE, "I", "R"))) >= SURE
    assert found.confidence is not None
    assert found.confidence >= SURE
    assert unsure(found) == []


def test_a_dash_before_what_is_said_is_no_list() -> None:
    assert min(_sure(talk("{who}: - {words}\n\n", "I", "R"))) >= SURE


@pytest.mark.parametrize("feature", DOUBTFUL)
def test_a_turn_with_a_sign_of_others_words_is_less_sure_than_without(feature: str) -> None:
    words = [*FERRY[:3], DOUBTFUL[feature], *FERRY[4:]]
    text = talk(SHAPE, "Jo", "Len", words=words)
    turns = find_turns(text, 0)
    features = features_of(text, turns)
    assert len(features) == len(FERRY)
    assert features[3][feature] > 0
    assert all(others[feature] < features[3][feature] for others in (*features[:3], *features[4:]))
    assert _sure(text)[3] < _sure(talk(SHAPE, "Jo", "Len"))[3]


def test_a_place_that_could_be_a_label_makes_its_turn_less_sure() -> None:
    text = talk(SHAPE, "Jo", "Len")
    turns = find_turns(text, 0)
    sure, doubted = confidences(text, turns), confidences(text, turns, [turns[3].start + 4])
    assert doubted[3] < sure[3]
    assert doubted[3] == min(doubted)
    assert features_of(text, turns, [turns[3].end])[3]["candidate"] == 0


def test_somebody_who_speaks_once_is_less_sure_unless_it_is_a_part() -> None:
    for name, once in (("Kit Moss", 1.0), ("Participant 3", 0.0)):
        text = talk(SHAPE, "Jo Hare", "Len Toll") + f"{name}: It was mine.\n"
        assert features_of(text, find_turns(text, 0))[-1]["once"] == once


def test_turns_without_labels_are_known_as_such() -> None:
    text = "Who rowed?\n\nMy aunt.\n\nShe was strong.\n"
    turns = (Turn(0, 10, "Interviewer", is_interviewer=True), Turn(12, len(text) - 1, None))
    features = features_of(text, turns)
    assert [(known["no label"], known["beside no label"]) for known in features] == [(1, 0), (1, 1)]


def test_the_least_sure_turns_are_named_with_their_lines(tmp_path: Path) -> None:
    words = [*FERRY[:3], "The mill did.\n\n| a | row |\n\nAnd so on and", *FERRY[4:]]
    found = read(tmp_path, talk(SHAPE, "Jo", "Len", words=words))
    (told,) = [line for line in unsure(found) if "turns may be somebody else's" in line]
    assert told.startswith("line 7: ")
    assert told.count("line") == 1
    assert "of 8 turns may be somebody else's or hold others' words" in told


def test_a_text_of_one_voice_has_no_confidence(tmp_path: Path) -> None:
    assert read(tmp_path, "It rained.\n\nThe ferry sank.\n").confidence is None


def test_captions_are_as_sure_as_their_share_of_turns_with_a_speaker(tmp_path: Path) -> None:
    captions = "WEBVTT\n\n" + "".join(
        f"00:0{number}.000 --> 00:0{number}.900\n{voice}{FERRY[number]}\n\n"
        for number, voice in enumerate(("", "<v Jo>", "<v Len>", "<v Jo>"))
    )
    found = read(tmp_path, captions, "talk.vtt")
    assert found.confidence == sum(turn.label is not None for turn in found.source.turns) / len(
        found.source.turns
    )
    assert found.confidence < 1


@examples(300, quick=40)
@given(
    st.lists(
        st.sampled_from(["Jo: ", "Len: ", "", "\n", "- "]).flatmap(
            lambda label: st.sampled_from(FERRY).map(label.__add__)
        )
    )
)
def test_a_confidence_is_a_probability_and_each_feature_is_known(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    turns = find_turns(text, 0)
    assert all(0 < probability < 1 for probability in confidences(text, turns))
    for features in features_of(text, turns):
        assert features.keys() == features_of("x", [Turn(0, 1, None)])[0].keys()
        assert min(features.values()) >= 0


def _listed(folder: Path, name: str, text: str, turns: Said) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    told = {"file": name, "turns": [{"speaker": who, "text": words} for who, words in turns]}
    (folder / f"{name}.expected.json").write_text(json.dumps(told), encoding="utf-8")


def _wrong(*people: str) -> str:
    """Return a talk with two answers that hold others' words."""
    text = talk(SHAPE, *people)
    for spoken in (FERRY[3], FERRY[5]):
        text = text.replace(spoken, f"{spoken}\n\nSee https://mill.example\n\nBut it was and")
    return text


def test_the_benchmark_counts_right_turns_and_fits_weights_that_doubt_the_wrong_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [("Jo Hare", "Len Toll"), ("I", "R"), ("Ada", "Ray"), ("Kit Moss", "Ada Ode")]
    for number, (asks, answers) in enumerate(people):
        text = _wrong(asks, answers) if number < 3 else talk(SHAPE, asks, answers)
        _listed(tmp_path, f"{number}.txt", text, talk_of("asker", "answerer"))
    turns = turn_confidence.read_folder(tmp_path)
    assert [turn.is_right for turn in turns] == [True, True, True, False, True, False, True, True] * 3 + [
        True
    ] * 8
    fitted = turn_confidence.fit(turns)
    assert fitted is not None
    assert fitted.weights["no talk"] < 0
    assert len(fitted.without_file) == len(turns)
    right = [found for turn, found in zip(turns, fitted.without_file, strict=True) if turn.is_right]
    wrong = [found for turn, found in zip(turns, fitted.without_file, strict=True) if not turn.is_right]
    assert max(wrong) < min(right)
    ranges = turn_confidence.shares(turns, fitted.without_file)
    assert (sum(count for _, count, _ in ranges), sum(of_them for _, _, of_them in ranges)) == (32, 26)
    assert turn_confidence.main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "    6 of     8 right  0.txt\n" in printed
    assert "32 turns of 4 files, 81.2% right\n" in printed
    assert f'    "no talk": {fitted.weights["no talk"]:.2f},\n' in printed
    assert "(each file left out of the fitting)" in printed


def test_the_benchmark_says_where_there_is_nothing_to_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert turn_confidence.main([str(tmp_path)]) == 1
    assert "there are no transcripts" in capsys.readouterr().err
    _listed(tmp_path, "a.txt", talk(SHAPE, "Jo", "Len"), talk_of("Jo Hare", "Len Toll"))
    assert turn_confidence.main([str(tmp_path)]) == 0
    assert "there is nothing to fit" in capsys.readouterr().out
    _listed(tmp_path, "b.txt", _wrong("Jo", "Len"), talk_of("Jo Hare", "Len Toll"))
    assert turn_confidence.main([str(tmp_path)]) == 0
    assert "there are too few files to leave any out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ([("A", "one"), ("B", "two"), ("A", "three")], [True, True, True]),
        ([("A", "one"), ("B", "two three")], [True, False]),
        ([("A", "one"), ("A", "two"), ("A", "three")], [True, False, True]),
        ([("A", "one"), ("B", "Two!"), ("C", "four")], [True, True, False]),
    ],
)
def test_a_turn_is_right_with_its_words_and_the_speaker_of_most_of_its_label(
    found: Sequence[tuple[str, str]], right: list[bool]
) -> None:
    expected = [
        turn_confidence.Expected(who, turn_confidence.words_of(words))
        for who, words in (("Jo", "One."), ("Len", "Two."), ("Jo", "Three."))
    ]
    said = [(label, turn_confidence.words_of(words)) for label, words in found]
    assert turn_confidence.are_right(said, expected) == right


def test_turns_of_one_speaker_in_a_row_are_right_as_one_and_nobodys_whoever_has_them() -> None:
    words = turn_confidence.words_of
    expected = [
        turn_confidence.Expected(who, words(said))
        for who, said in (("Jo", "One."), ("Jo", "Two."), (None, "Hm."))
    ]
    assert turn_confidence.are_right([("A", words("One. Two.")), ("A", words("Hm."))], expected) == [
        True,
        True,
    ]
