from __future__ import annotations

import pytest

from quotegrid.corpus.transcripts.shapes.templates import compile_pattern
from quotegrid.errors import UsageError


def _first(written: str, text: str) -> tuple[str, str | None, str] | None:
    match = compile_pattern(written).expression.search(text)
    if match is None:
        return None
    return match["speaker"], match.groupdict().get("time"), text[match.end() :]


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("{speaker}:", "Jo Field: Why?", ("Jo Field", None, "Why?")),
        ("{speaker}:", "  12. Jo Field: Why?", ("Jo Field", None, "Why?")),
        ("{speaker}:", "Jo Field (she/her): Why?", ("Jo Field", None, "Why?")),
        ("{speaker}:", "Stone, Ada: No.", ("Stone, Ada", None, "No.")),
        ("{speaker}:", "https://example.org", None),
        ("{speaker}:", "He said: Why?\nbut", ("He said", None, "Why?\nbut")),
        ("{speaker} - {text}", "Jo - Why?", ("Jo", None, "Why?")),
        ("{speaker} - {text}", "Jo -\nWhy?", None),
        ("[{time}] {speaker}:", "[00:12:03]\tJo: Why?", ("Jo", "00:12:03", "Why?")),
        ("{speaker} ({time})\\n", "Jo (0:03)  \nWhy?", ("Jo", "0:03", "\nWhy?")),
        ("{speaker} ({time})\\n", "Jo (0:03) Why?", None),
        ("{speaker} ({time})\n", "Jo (0:03)", ("Jo", "0:03", "")),
        ("{speaker}  {time}", "Jo \u00a0 1:00:03.5 Why?", ("Jo", "1:00:03.5", "Why?")),
        ("{speaker}  {time}", "March 4, 2025, 10:00AM\nJo  0:03\nWhy?", ("Jo", "0:03", "\nWhy?")),
        ("{speaker} {time}", "March 4, 2025, 10:00\nStone, Ada  0:03", ("Stone, Ada", "0:03", "")),
        ("{time}\\n{speaker}\\n", "0:03\n\nJo\nWhy?", ("Jo", "0:03", "\nWhy?")),
        (
            "{time} From {speaker} to {any}:",
            "10:00:03 From Jo to all of us: Why?",
            ("Jo", "10:00:03", "Why?"),
        ),
        ("{speaker}\\t{text}", "JF\tWhy?", ("JF", None, "Why?")),
        ("{{{speaker}}}", "{Jo} Why?", ("Jo", None, "Why?")),
        ("<{speaker}> {text}", "<Jo> Why?", ("Jo", None, "Why?")),
        ("^(?P<speaker>[A-Z]{2})\\d* ", "JF1 Why?", ("JF", None, "Why?")),
        ("(?P<time>[\\d:]+) (?P<speaker>\\w+)> ", "0:03 Jo> Why?", ("Jo", "0:03", "Why?")),
    ],
)
def test_a_pattern_fits_what_it_says(
    written: str, text: str, found: tuple[str, str | None, str] | None
) -> None:
    assert _first(written, text) == found


@pytest.mark.parametrize(
    ("written", "what", "at"),
    [
        ("", "{speaker} is missing", 1),
        ("{time}:", "{speaker} is missing", 7),
        ("{speaker", 'the "{" has no "}"', 1),
        ("[{time}] {speaker}}:", 'the "}" has no "{"', 19),
        ("[{time}] {name}:", "{name} is not one of", 10),
        ("{speaker} and {speaker}:", "{speaker} occurs twice", 15),
        ("{time} {time} {speaker}:", "{time} occurs twice", 8),
        ("{speaker}", "nothing shows where {speaker} ends", 1),
        ("[{time}] {speaker} {text}", "nothing shows where {speaker} ends", 10),
        ("{time} {any} {speaker}:", "nothing shows where {any} ends", 8),
        ("{speaker}: {text}.", "nothing may follow {text}", 12),
        ("(?P<speaker>\\w+", "this is not a regular expression", 1),
        ("^x(?P<speaker>\\w+)(", "this is not a regular expression", 19),
        ("(?P<name>\\w+):", 'there is no field "name"', 1),
        ("^(?P<time>\\d+):", "the group (?P<speaker>...) is missing", 15),
        ("(?P<speaker>\\w*)", "also matches empty text", 1),
    ],
)
def test_a_pattern_that_cannot_be_used_says_what_is_wrong_and_where(written: str, what: str, at: int) -> None:
    with pytest.raises(UsageError) as refused:
        compile_pattern(written)
    assert what in str(refused.value)
    assert f"(character {at})" in str(refused.value)
    assert refused.value.todo
