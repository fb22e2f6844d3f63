from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotegrid.corpus.readers import not_worth_reading, read_file
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.errors import ReadError

SAID = (
    ("SPEAKER_00", 3.2, " How long did the ferry run?"),
    ("SPEAKER_01", 7.0, " Until the bridge"),
    ("SPEAKER_01", 9.5, " came."),
    ("SPEAKER_00", 65.0, " When was that?"),
)
TURNS = [
    ("SPEAKER_00", "00:00:03", "How long did the ferry run?"),
    ("SPEAKER_01", "00:00:07", "Until the bridge came."),
    ("SPEAKER_00", "00:01:05", "When was that?"),
]
WHISPERX = {
    "segments": [
        {
            "start": start,
            "end": start + 2,
            "text": words,
            "words": [{"word": words.split()[0], "start": start, "score": 0.9}],
            "speaker": speaker,
        }
        for speaker, start, words in SAID
    ],
    "word_segments": [{"word": "How", "start": 3.2, "score": 0.9}],
    "language": "en",
}
ASSEMBLYAI = {
    "text": "How long",
    "utterances": [
        {"speaker": speaker, "start": int(start * 1000), "text": words, "confidence": 0.9}
        for speaker, start, words in SAID
    ],
}
PODCAST = {
    "version": "1.0.0",
    "segments": [
        {"speaker": speaker, "startTime": start, "endTime": start + 1, "body": words}
        for speaker, start, words in SAID
    ],
}
LISTED = [
    {"speaker": {"name": speaker}, "start": str(start), "text": words} for speaker, start, words in SAID
]


def written(folder: Path, content: Any, name: str = "a.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content", [WHISPERX, ASSEMBLYAI, PODCAST, LISTED], ids=["whisperx", "assemblyai", "podcast", "list"]
)
def test_segments_of_one_speaker_that_follow_each_other_are_a_turn(tmp_path: Path, content: Any) -> None:
    path = written(tmp_path, content)
    read = read_file(path)
    assert [(turn.label, turn.time, read.text[turn.start : turn.end]) for turn in read.turns or ()] == TURNS
    assert read.convention == "segments with speakers"
    assert not_worth_reading(path) is None
    source = read_source(path, path.name, ReadingOptions(), Stakeholders({})).source
    assert {turn.label for turn in source.turns if turn.is_interviewer} == {"SPEAKER_00"}
    assert [speaker.name for speaker in source.speakers.values()] == ["a SPEAKER_01"]


def test_segments_without_speakers_are_one_turn_or_have_names_in_their_words(tmp_path: Path) -> None:
    whisper = {"text": "", "segments": [{"start": at, "text": words} for _, at, words in SAID]}
    read = read_file(written(tmp_path, whisper))
    assert [(turn.label, turn.time) for turn in read.turns or ()] == [(None, "00:00:03")]
    cpp = {
        "transcription": [
            {
                "timestamps": {"from": "00:00:03,200", "to": "00:00:05,000"},
                "offsets": {"from": 3200},
                "text": words,
            }
            for words in (" Ann: So?", " Ben: No.", " Ann: Ah.")
        ]
    }
    read = read_file(written(tmp_path, cpp))
    assert [(turn.label, turn.time) for turn in read.turns or ()] == [
        ("Ann", "00:00:03"), ("Ben", "00:00:03"), ("Ann", "00:00:03")
    ]  # fmt: skip


def test_a_segment_without_a_speaker_goes_on_with_the_one_before_and_is_told(tmp_path: Path) -> None:
    segments = [{"text": "Hm.", "start": 0}, {"text": "So.", "speaker": "A"}, {"text": "Well.", "start": 2}]
    read = read_file(written(tmp_path, {"segments": segments}))
    assert [(turn.label, read.text[turn.start : turn.end]) for turn in read.turns or ()] == [
        ("A", "So. Well.")
    ]
    assert ["belongs to nobody" in read.warnings[0].what, "is taken to go on" in read.warnings[1].what] == [
        True, True
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"segments": [{"text"', "line 1: this is not JSON, or it is cut short"),
        ({"name": "package", "version": "1"}, 'this JSON holds no segments of speech. Segments with "text"'),
        ([1, 2, 3], "this JSON holds no segments of speech"),
        ({"segments": [{"text": "no time and no speaker"}]}, "this JSON holds no segments of speech"),
        ("[" * 100_000, "nested too deeply|cut short"),
    ],
)
def test_other_json_is_refused_with_what_is_read_and_passed_over_in_a_folder(
    tmp_path: Path, content: Any, message: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(ReadError, match=message):
        read_file(path)
    assert not_worth_reading(path) == "it holds no segments of speech"


def test_a_list_of_another_name_is_read_where_its_items_name_speakers_and_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "house.json"
    said = [{"speaker": speaker, "speech": words.strip(), "order": start} for speaker, start, words in SAID]
    path.write_text(json.dumps({"count": 4, "speechRecord": said}), encoding="utf-8")
    found = read_file(path)
    assert [turn.label for turn in found.turns or ()] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]
    assert any("no program known here writes such JSON" in str(line) for line in found.warnings)
    path.write_text(json.dumps({"people": [{"name": "Jo", "text": "So."}] * 3}), encoding="utf-8")
    assert not_worth_reading(path) is not None


NESTED = {
    "protocol": {"id": 7},
    "data": {"session": {"items": [
        {"speaker_name": "Ruth Moor", "content": "We begin.", "order": 1},
        {"speaker_name": "Dan Ley", "content": "May I ask something?", "order": 2},
        {"speaker_name": "Ruth Moor", "content": "Please do.", "order": 3},
    ]}},
}  # fmt: skip
PAGES = {
    "speeches": [
        {"type": "heading", "text": "Opening"},
        {"speaker": {"display": "Ruth Moor", "id": "ruth"}, "text": "<p>We begin.</p>"},
        {"speaker": {"display": "Dan Ley", "id": "dan"}, "text": "<p>May I ask <i>something</i>?</p>"},
        {"speaker": {"display": "Ruth Moor", "id": "ruth"}, "text": "<p>Please do.</p>"},
    ]
}
ELEMENTS = {
    "speakers": [{"id": 0, "name": "Ruth Moor"}, {"id": 1, "name": "Dan Ley"}],
    "monologues": [
        {"speaker": 0, "elements": [{"value": "We"}, {"value": " "}, {"value": "begin"}, {"value": "."}]},
        {"speaker": 1, "elements": [{"value": word} for word in "May I ask something ?".split()]},
        {"speaker": 0, "elements": [{"value": "Please"}, {"value": " "}, {"value": "do"}, {"value": "."}]},
    ],
}
WORDS = {
    "results": {"channels": [{"alternatives": [{
        "transcript": "We begin. May I ask something? Please do.",
        "words": [
            {"word": word.casefold(), "punctuated_word": word, "start": at, "speaker": speaker}
            for at, (speaker, word) in enumerate(
                [("Ruth Moor", "We"), ("Ruth Moor", "begin."), ("Dan Ley", "May"), ("Dan Ley", "I"),
                 ("Dan Ley", "ask"), ("Dan Ley", "something?"), ("Ruth Moor", "Please"), ("Ruth Moor", "do.")]
            )
        ],
    }]}]}
}  # fmt: skip
PEOPLE = [
    {"name": "Ruth Moor", "text": "We begin."},
    {"name": "Dan Ley", "text": "May I ask something?"},
    {"name": "Ruth Moor", "text": "Please do."},
]
ENCODED = [
    {"section_speaker": None, "section_content": "<p><i>(A bell rings.)</i></p>"},
    {"section_speaker": "%E5%94%90", "section_content": "<p>We begin.</p>"},
    {"section_speaker": "Dan Ley", "section_content": "<p>May I ask something?</p>"},
    {"section_speaker": "%E5%94%90", "section_content": "<p>Please do.</p>"},
]


@pytest.mark.parametrize(
    "content",
    [NESTED, PAGES, ELEMENTS, WORDS, PEOPLE, ENCODED],
    ids=["nested", "web pages", "elements", "single words", "names", "encoded names"],
)
def test_speech_is_found_however_deep_and_in_whatever_pieces_it_stands(tmp_path: Path, content: Any) -> None:
    found = read_file(written(tmp_path, content))
    first = "\u5510" if content is ENCODED else "Ruth Moor"
    assert [(turn.label, found.text[turn.start : turn.end]) for turn in found.turns or ()] == [
        (first, "We begin."), ("Dan Ley", "May I ask something?"), (first, "Please do.")
    ]  # fmt: skip


def test_items_of_a_record_without_a_speaker_are_notes_and_listed(tmp_path: Path) -> None:
    found = read_file(written(tmp_path, ENCODED))
    assert any("names no speaker" in str(warning) for warning in found.warnings)


def test_each_item_of_a_record_without_times_is_a_turn_unless_its_sentence_goes_on(tmp_path: Path) -> None:
    said = [("Jo", "We begin."), ("Jo", "And we"), ("Jo", "go on."), ("Len", "Do we?")]
    content = {"record": [{"speaker": speaker, "speech": words} for speaker, words in said]}
    found = read_file(written(tmp_path, content))
    assert [found.text[turn.start : turn.end] for turn in found.turns or ()] == [
        "We begin.", "And we go on.", "Do we?"
    ]  # fmt: skip


@pytest.mark.parametrize("fields", [("question", "answer"), ("pregunta", "respuesta"), ("Frage", "Antwort")])
def test_pairs_of_questions_and_answers_are_turns_by_their_fields_names(
    fields: tuple[str, str], tmp_path: Path
) -> None:
    pairs = [("Who paid?", "The mill."), ("And then?", "Nobody."), ("Was that all?", "It was.")]
    path = written(tmp_path, {"talk": [dict(zip(fields, pair, strict=True)) for pair in pairs]})
    found = read_file(path)
    assert [turn.label for turn in found.turns or ()] == [*fields] * 3
    path = written(tmp_path, {"talk": [{fields[0]: "Who paid?"}, {fields[1]: "The mill."}] * 3})
    assert not_worth_reading(path) is not None
