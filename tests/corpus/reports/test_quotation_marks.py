from __future__ import annotations

import pytest

from quotegrid.corpus.reports.quotation_marks import paragraph_bounds, quoted_spans


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "it was 'slow' and \"late\" and \u2018dear\u2019 and \u201codd\u201d",
            ["slow", "late", "dear", "odd"],
        ),
        ("the leaders' view was 'poor' and 'late', don't ask", ["poor", "late"]),
        ("'the leaders' view was bad,' she said of the '90s", ["the leaders' view was bad,"]),
        (
            "\u2018we can\u2019t meet parents\u2019 demands\u2019, said one",
            ["we can\u2019t meet parents\u2019 demands"],
        ),
        ("called 'patches' and 'plugs' by parents' groups", ["patches", "plugs"]),
        ("called them 'patches' in both areas", ["patches"]),
        ("the \u201890s and \u201990s were \u2018good\u2019 times", ["good"]),
        ("rock 'n' roll is 'loud'", ["loud"]),
        ("at five o'clock it was 'over'", ["over"]),
        ("they said \"it's 'dead' now\", twice", ["it's 'dead' now"]),
        ("a \u201cb \u2018c\u2019 d\u201d e\u201d f", ["b \u2018c\u2019 d"]),
        ("a note number 'behind'12 a mark and \u2018another\u2019\u00b2.", ["behind", "another"]),
        ("'a'/'b' ('c') \u2014'd'\u2014 *'e'*", ["a", "b", "c", "d", "e"]),
        ('6\' tall, 5" wide and "painted"', ["painted"]),
        ("an 'opening mark that nobody closes", []),
        ("a closing mark' that nobody opens\" or \u201d", []),
        ("'' and \"\" and ' - ' hold nothing", []),
    ],
)
def test_marks_are_paired_and_apostrophes_told_apart(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_only_what_is_asked_for_is_looked_at() -> None:
    text = "'a' 'b' 'c'"
    assert [text[start:end] for start, end in quoted_spans(text, 4, 7)] == ["b"]


def test_blank_lines_headings_and_list_items_part_paragraphs() -> None:
    text = "One\nline.\n \nTwo.\n- Three.\n\u2022 Four.\n## Five\n\nSix.\n"
    parts = [text[start:end].strip() for start, end in paragraph_bounds(text, 0)]
    assert parts == ["One\nline.", "Two.", "- Three.", "\u2022 Four.", "## Five", "Six."]
