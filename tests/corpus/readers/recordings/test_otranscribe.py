from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.errors import ReadError

STAMP = '<span class="timestamp" contenteditable="false" data-timestamp="{}">{}</span>&nbsp;'
LINES = (
    (3.2, "0:03", "Jo Field: How long did the ferry run?"),
    (7.0, "0:07", "Ray Moss: Until the <i>bridge</i> came &amp; went."),
    (12.0, "0:12", "Jo Field: When was that?"),
    (65.1, "1:05", "Ray Moss: In spring."),
)
TURNS = [
    ("Jo Field", "00:00:03", "How long did the ferry run?"),
    ("Ray Moss", "00:00:07", "Until the bridge came & went."),
    ("Jo Field", "00:00:12", "When was that?"),
    ("Ray Moss", "00:01:05", "In spring."),
]


@pytest.mark.parametrize("join", ["<p>{}</p>", "{}<br><br>", "<div>{}</div>", "{}<br />"])
def test_the_labels_and_times_that_are_typed_tell_who_speaks(tmp_path: Path, join: str) -> None:
    page = "".join(join.format(STAMP.format(at, shown) + said) for at, shown, said in LINES)
    path = tmp_path / "talk.otr"
    path.write_text(json.dumps({"text": page, "media": "a.mp3", "media-time": 70.2}), encoding="utf-8")
    source = read_source(path, path.name, ReadingOptions(), Stakeholders({})).source
    assert [(turn.label, turn.time, source.text[turn.start : turn.end]) for turn in source.turns] == TURNS


@pytest.mark.parametrize("content", ["<p>Jo: Yes.</p>", '{"media": "a.mp3"}', '{"text": 3}', "[]"])
def test_what_is_no_file_of_otranscribe_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "talk.otr"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=r"not JSON|not a file of oTranscribe"):
        read_source(path, path.name, ReadingOptions(), Stakeholders({}))
