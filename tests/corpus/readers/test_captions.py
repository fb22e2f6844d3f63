from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.readers.captions import read
from quotegrid.domain.sources import ReadText
from quotegrid.errors import ReadError


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
