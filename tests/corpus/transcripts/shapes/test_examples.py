from __future__ import annotations

import pytest

from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.corpus.transcripts.shapes.examples import likely_name, pattern_of_example
from quotegrid.corpus.transcripts.speaker_labels import patterned_labels
from quotegrid.errors import UsageError


@pytest.mark.parametrize(
    ("lines", "name", "others"),
    [
        (["Ann ~ It rained.", "Bob ~ Why?"], "Ann", ["Bob"]),
        (["<<Ann>> It rained.", "<<Bob>> Why?"], "Ann", ["Bob"]),
        (["Ann", "Bob"], "Ann", ["Bob"]),
        (['Ann: "Yes."', "Bob: No."], "Ann", ["Bob"]),
        (["Ann (nurse): yes", "Bob (porter): no"], "Ann", ["Bob"]),
        (["#A1# yes", "#B2# no"], "A1", ["B2"]),
        (["12 Ann -- Yes", "13 Bob -- No"], "Ann", ["Bob"]),
        (["P.1 (00:12) -> yes", "P.2 (00:14) -> no"], "P.1", ["P.2"]),
        (["[0:12 - 0:14] Ann\tyes", "[1:10 - 1:20] Bob\tno"], "Ann", ["Bob"]),
        (["{Ann} yes", "{Bob} no"], "Ann", ["Bob"]),
        (["*Sister Bell* yes", "*Bob* no"], "Sister Bell", ["Bob"]),
    ],
)
def test_one_line_shows_the_labels_of_the_others(lines: list[str], name: str, others: list[str]) -> None:
    assert likely_name(lines[0]) == name
    pattern = pattern_of_example(lines[0], name)
    found = patterned_labels("\n".join(lines) + "\n", 0, parse_convention(pattern)).taken
    assert [label.name for label in found] == [name, *others]


@pytest.mark.parametrize(("line", "name"), [("Ann yes", "Ann"), ("Ann: yes", "Bob"), ("Ann: yes", " ")])
def test_a_line_that_shows_no_label_is_refused(line: str, name: str) -> None:
    with pytest.raises(UsageError):
        pattern_of_example(line, name)


def test_a_line_without_words_has_no_name() -> None:
    assert likely_name("--- 0:12 ---") == ""
