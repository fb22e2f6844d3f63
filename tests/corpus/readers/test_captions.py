from __future__ import annotations

import re
from pathlib import Path

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.readers.captions import read
from quotegrid.corpus.readers.subrip import read as read_subrip
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.sources.model import ReadText
from quotegrid.errors import ReadError
from tests.corpus.readers.twins import FIXTURES, STAKEHOLDERS, TWIN, what_counts
from tests.profiles import examples

SPOKEN = TWIN[TWIN.index("JO FIELD: What") :].replace("cracked.\n\n", "cracked. ")
TIMES = "00:00:01,000 --> 00:00:02,000"
TWO_VOICES = "WEBVTT\n\n" + "".join(
    f"00:0{number}.000 --> 00:0{number}.500\n{words}\n\n"
    for number, words in enumerate(["Jo: Why?", "Ann: Rain.", "Jo: And?", "Ann: More."])
)


def _read(folder: Path, text: str) -> ReadText:
    path = folder / "a.vtt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def _said(found: ReadText) -> list[tuple[str | None, str | None, str]]:
    assert found.turns is not None
    return [(turn.label, turn.time, found.text[turn.start : turn.end]) for turn in found.turns]


def test_captions_of_one_voice_are_one_turn(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        """\
WEBVTT

NOTE Made up.

1
00:00:01.000 --> 00:00:04.000
<v Jo Field>Why &amp; when?</v>

00:00:05.000 --> 00:00:08.000
<v.loud Ann Lee>Because
of <i>that</i>.</v>

00:00:08.500 --> 00:00:09.000
And so on.

01:00:10.000 --> 01:00:11.000
<v Jo Field>Right.</v> <v Ann Lee>Yes.</v>
""",
    )
    assert _said(found) == [
        ("Jo Field", "00:00:01", "Why & when?"),
        ("Ann Lee", "00:00:05", "Because of that. And so on."),
        ("Jo Field", "01:00:10", "Right."),
        ("Ann Lee", "01:00:10", "Yes."),
    ]
    assert found.text.startswith("Jo Field: Why & when?\n\nAnn Lee: Because of that.")


def test_names_before_a_colon_are_voices_where_there_are_no_tags(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        """\
WEBVTT

1
00:00:01.000 --> 00:00:04.000
Jo Field: Why?

2
00:00:05.000 --> 00:00:08.000
Ann Lee: Because the ratio: well, it was 3:1.

3
00:00:08.000 --> 00:00:09.000
And so on.

4
00:00:10.000 --> 00:00:11.000
Jo Field: And?

5
00:00:12.000 --> 00:00:14.000
Ann Lee: No.
""",
    )
    assert _said(found) == [
        ("Jo Field", "00:00:01", "Why?"),
        ("Ann Lee", "00:00:05", "Because the ratio: well, it was 3:1. And so on."),
        ("Jo Field", "00:00:10", "And?"),
        ("Ann Lee", "00:00:12", "No."),
    ]


def test_captions_without_any_name_are_one_turn(tmp_path: Path) -> None:
    found = _read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\nWell.\n\n00:03.000 --> 00:04.000\nYes.\n")
    assert _said(found) == [(None, "00:00:01", "Well. Yes.")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nHi.\n", 1, "this is not a WebVTT file"),
        ("WEBVTT\n\n00:01 --> soon\nHi.\n", 3, "these lines belong to no caption"),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jo>Why?</v>\n\n00:03.000 -> 00:04.000\n<v Ann>Lost.</v>\n",
            6,
            "these lines belong to no caption",
        ),
        (
            "WEBVTT\n\n\n00:01.000 --> 00:02.000\nFirst half\n\nand the second.\n",
            7,
            "these lines belong to no caption",
        ),
        ("WEBVTT\n", None, "there are no captions"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", None, "there are no captions"),
        ("", None, "the file is empty"),
    ],
)
def test_captions_that_cannot_all_be_read_are_refused(
    tmp_path: Path, text: str, line: int | None, what: str
) -> None:
    with pytest.raises(ReadError, match=what) as caught:
        _read(tmp_path, text)
    assert caught.value.line == line


def test_each_line_of_a_caption_may_have_its_speaker(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "WEBVTT\n\n00:01.000 --> 00:02.000\nJo Field: Why?\nAnn Lee: Rain.\n\n"
        "00:03.000 --> 00:04.000\nJo Field: And?\nAnn Lee: More\nrain.\n",
    )
    assert [(label, words) for label, _, words in _said(found)] == [
        ("Jo Field", "Why?"),
        ("Ann Lee", "Rain."),
        ("Jo Field", "And?"),
        ("Ann Lee", "More rain."),
    ]


def test_captions_say_how_they_mark_speakers_and_what_could_be_a_label(tmp_path: Path) -> None:
    found = _read(tmp_path, TWO_VOICES)
    assert (found.convention, found.warnings) == ("captions NAME:", ())
    place = "\n00:05.000 --> 00:06.000\nBarnsley: it rained.\n\n00:07.000 --> 00:08.000\nAnn; no.\n"
    found = _read(tmp_path, TWO_VOICES + place)
    assert [str(warning) for warning in found.warnings] == [
        f'"{name}" in the caption at {at} looks like a speaker\'s label and is read as words.'
        for name, at in (("Barnsley", "00:00:05"), ("Ann", "00:00:07"))
    ]
    tagged = _read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jo>Why: so?</v>\n")
    assert (tagged.convention, tagged.warnings) == ("<v NAME>", ())
    nobody = _read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\nSo it was.\n")
    assert (nobody.convention, nobody.warnings) == (None, ())


def test_subrip_captions_with_names_are_turns_with_their_times() -> None:
    assert _said(read_subrip(FIXTURES / "otter.srt")) == [
        ("Jo Field", "00:00:01", "What's in the shed?"),
        ("Ada Stone", "00:00:05", "Chairs, mostly. Temporary ones. Since 2019."),
        ("Jo Field", "00:01:10", "And?"),
        ("Ada Stone", "00:01:10", "Pots."),
    ]


def test_subrip_captions_of_an_editor_are_read_without_its_marks() -> None:
    assert _said(read_subrip(FIXTURES / "editor.srt")) == [
        ("Jo Field", "00:00:01", "What\u2019s in it?"),
        ("Ada Stone", "00:00:03", "Chairs & pots. 1984 All of them."),
    ]


def test_subrip_written_by_the_library_reads_like_the_captions_it_was_made_of(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    twin = _read(tmp_path, TWO_VOICES)
    webvtt.from_string(TWO_VOICES).save_as_srt(str(path))
    assert read_subrip(path) == twin


@examples(60)
@given(
    st.lists(
        st.sampled_from(["1", "2", TIMES, "00:99:01,0 --> 00:00:02", "a", "", "-->", "\x0c"]),
        max_size=10,
    )
)
def test_every_word_of_a_subrip_file_is_read_or_the_file_is_refused(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "a.srt"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        found = read_subrip(path)
    except ReadError as error:
        assert error.todo
    else:
        assert found.text.count("a") == lines.count("a")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", None, "the file is empty"),
        ("Words.\n", 1, "these lines belong to no caption"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n", 1, "these lines belong to no caption"),
        ("1\n00:00:01,000 --> soon\nHi.\n", 1, "these lines belong to no caption"),
        (
            f"1\n{TIMES}\nHi.\n\n{TIMES}\nLost.\n",
            5,
            "these lines belong to no caption",
        ),
        (
            f"1\n{TIMES}\nHi.\n\n2\n00:00:03,000 -> 00:00:04,000\nLost.\n",
            5,
            "belong to no caption",
        ),
        (
            f"1\n{TIMES}\nFirst half\n\nand the second.\n",
            5,
            "these lines belong to no caption",
        ),
        (f"1\n{TIMES}\n", None, "there are no captions"),
        ("1\n\n2\n", None, "this is not a SubRip file"),
        ("\x89PNG\r\n\x00", 2, "this is not a text file"),
    ],
)
def test_subrip_captions_that_cannot_all_be_read_are_refused(
    tmp_path: Path, text: str, line: int | None, what: str
) -> None:
    path = tmp_path / "a.srt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=what) as caught:
        read_subrip(path)
    assert caught.value.line == line
    assert caught.value.todo


def test_an_interview_in_subrip_captions_reads_like_its_plain_text(tmp_path: Path) -> None:
    plain = tmp_path / "twin.txt"
    plain.write_text(SPOKEN, encoding="utf-8")
    path = tmp_path / "twin.srt"
    path.write_text(
        "".join(
            f"{number}\n00:00:{number:02},000 --> 00:00:{number:02},900\n{words}\n\n"
            for number, words in enumerate(re.split(r"(?<=[.?])\s+", SPOKEN.strip()), start=1)
        ),
        encoding="utf-8",
    )
    options = ReadingOptions(interviewer="JO FIELD")
    found, twin = (read_source(file, file.name, options, STAKEHOLDERS).source for file in (path, plain))
    assert what_counts(found) == what_counts(twin)
    assert len(found.segments) > 1


def test_several_labels_of_one_caption_are_as_many_turns_and_a_full_name_said_once_is_one(
    tmp_path: Path,
) -> None:
    captions = [
        "Mia Lund: Hi, I'm Mia. Ole Berg: And I'm Ole.",
        "Mia Lund: This is a show\nabout boats.",
        "Ole Berg: We are in the yard. Mia Lund: It rains.",
        "Kit Moss Ode: I mend them.",
        "Ole Berg: It always rains.",
    ]
    path = tmp_path / "a.srt"
    path.write_text(
        "".join(
            f"{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{words}\n\n"
            for number, words in enumerate(captions, start=1)
        ),
        encoding="utf-8",
    )
    found = read_subrip(path)
    assert [(turn.label, found.text[turn.start : turn.end]) for turn in found.turns or ()] == [
        ("Mia Lund", "Hi, I'm Mia."),
        ("Ole Berg", "And I'm Ole."),
        ("Mia Lund", "This is a show about boats."),
        ("Ole Berg", "We are in the yard."),
        ("Mia Lund", "It rains."),
        ("Kit Moss Ode", "I mend them."),
        ("Ole Berg", "It always rains."),
    ]
    assert any('"Kit Moss Ode" in the caption at 00:00:04' in str(line) for line in found.warnings)


def _cues(cues: list[str]) -> str:
    times = [f"00:00:{number:02}.000 --> 00:00:{number + 1:02}.000" for number in range(len(cues))]
    return "WEBVTT\n\n" + "\n\n".join(f"{time}\n{words}" for time, words in zip(times, cues, strict=True))


@pytest.mark.parametrize("shown", ["Ada Pike\u2019s iPad", "Ada Pike | Mill Trust", "ada"])
def test_names_of_any_form_that_a_service_shows_before_captions_are_speakers(
    shown: str, tmp_path: Path
) -> None:
    path = tmp_path / "talk.vtt"
    cues = [
        f"{shown}: the mill is dry.",
        "Len Marsh: since when?",
        f"{shown}: since May.",
        "Len Marsh: a pity.",
    ]
    path.write_text(_cues([*cues, f"{shown}: yes."]), encoding="utf-8")
    found = read(path)
    assert [turn.label for turn in found.turns or ()] == [shown, "Len Marsh"] * 2 + [shown]


def test_plain_text_with_the_suffix_of_captions_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("Ada: The mill is dry.\n\nLen: Since when?\n", encoding="utf-8")
    assert read(path).text.startswith("Ada: The mill")
