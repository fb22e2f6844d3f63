"""The words that no turn holds are found, without labels and times."""

from __future__ import annotations

import re

import pytest

from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.unspoken import unspoken

TALK = """\
Date: 2026-03-02
Place: the depot

Note: The recorder was switched on late.

[00:00:04] Nora: How did it begin?

Dell (driver): On a Monday. (A lorry goes by.) With no warning.

00:01:10
HANNE
We heard of it from the driver.

End of the tape
"""


@pytest.mark.parametrize("is_labelled", [True, False])
def test_notes_and_headings_are_found_and_labels_are_not(is_labelled: bool) -> None:
    spoken = [
        ("Nora", "How did it begin?"),
        ("Dell", "On a Monday."),
        ("Dell", "With no warning."),
        ("Hanne" if is_labelled else None, "We heard of it from the driver."),
    ]
    turns = [Turn(TALK.index(words), TALK.index(words) + len(words), label) for label, words in spoken]
    found = [re.sub(r"\s+", " ", TALK[start:end]) for start, end in unspoken(TALK, turns)]
    assert found == [
        "Date: 2026-03-02 Place: the depot",
        "Note: The recorder was switched on late.",
        "(A lorry goes by.)",
        *([] if is_labelled else ["HANNE"]),
        "End of the tape",
    ]


def test_times_and_numbers_of_captions_are_no_words() -> None:
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Ada>Yes.\n\n"
        "2\n00:00:03.000 --> 00:00:04.000\n<v Bo>No."
    )
    spoken = (("Ada", "Yes."), ("Bo", "No."))
    turns = [Turn(text.index(words), text.index(words) + len(words), who) for who, words in spoken]
    assert [text[start:end] for start, end in unspoken(text, turns)] == ["WEBVTT"]
