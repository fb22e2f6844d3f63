from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.exports.inert import csv_text, markdown_heading, markdown_text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (12, "12"),
        (-0.5, "-0.5"),
        ("", ""),
        ("plain, with a comma", "plain, with a comma"),
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-- well", "'-- well"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "␍=1+1"),
        ("\x1b[31mred", "␛[31mred"),
        ("1=1", "1=1"),
        ("'=1", "'=1"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_a_csv_cell_is_text_or_a_number_and_never_a_formula(value: object, shown: str) -> None:
    assert csv_text(value) == shown


@given(st.text(max_size=30))
def test_no_text_at_all_begins_a_formula_or_acts_on_a_terminal(text: str) -> None:
    cell = csv_text(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == visible(text).removeprefix("'")
    assert not any(ord(char) < 0x20 and char not in "\n\t" for char in cell)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (12, "12"),
        ("two\n\n  lines", "two lines"),
        ("a|b", r"a\|b"),
        ("<script>*x*</script>", r"\<script\>\*x\*\</script\>"),
        ("[a](http://b)", r"\[a\](http://b)"),
        ("`a` _b_ ~c~ {d}", r"\`a\` \_b\_ \~c\~ \{d\}"),
        ("\\|", r"\\\|"),
        ("\x1b[31mred", r"␛\[31mred"),
    ],
)
def test_a_markdown_cell_is_one_line_of_text(value: object, shown: str) -> None:
    assert markdown_text(value) == shown


@given(st.text(st.sampled_from("ab 1\\`*_{}[]()<>|~!\"'#=+-\n\x1b\u202e\x7f/:")))
def test_markdown_shows_exactly_what_was_said(text: str) -> None:
    rendered = MarkdownIt().renderInline(markdown_text(text))
    assert html.unescape(rendered) == visible(one_line(text))
    assert "<" not in rendered


@given(st.text(st.sampled_from("ab #\\*\n"), min_size=1).filter(lambda text: bool(text.strip())))
def test_a_heading_shows_exactly_what_was_said(text: str) -> None:
    opening, inline, closing = MarkdownIt("commonmark").parse(f"## {markdown_heading(text)}")
    assert (opening.tag, closing.tag) == ("h2", "h2")
    assert "".join(token.content for token in inline.children or ()) == one_line(text)
