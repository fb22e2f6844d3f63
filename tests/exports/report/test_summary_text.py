from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from quotegrid.exports.report.summary_text import Block, Run, summary_blocks, summary_html, summary_plain

ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr", "a"}


def test_paragraphs_items_and_references_become_runs() -> None:
    text = "Two **queues** [q:12]:\n\n- one *more* [q:3]\n  1. below\n  2. and ***both***\n\n# Head\n> cited"
    assert summary_blocks(text) == [
        Block((Run("Two "), Run("queues", is_bold=True), Run(" "), Run("[q:12]", quote=12), Run(":"))),
        Block((Run("one "), Run("more", is_italic=True), Run(" "), Run("[q:3]", quote=3)), "•", 1),
        Block((Run("below"),), "1.", 2),
        Block((Run("and "), Run("both", is_bold=True, is_italic=True)), "2.", 2),
        Block((Run("Head", is_bold=True),)),
        Block((Run("cited"),)),
    ]


def test_plain_text_has_a_line_for_each_paragraph_and_item() -> None:
    text = "One\nline **more**.\n\n3. third\n4. fourth\n   - below\n\n    code\n"
    assert summary_plain("    =1+1\n\ntwo  \nthree") == "=1+1\ntwo\nthree"
    assert summary_plain(text).splitlines()[:4] == ["One line more.", "3. third", "4. fourth", "   • below"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "[q:5](javascript:alert(1))",
        "![picture](http://example.org/x.png)",
        "<http://example.org>",
        "[a]\n\n[a]: http://example.org",
        "[q:5]: http://example.org\n\n[q:5]",
        '<img src=x onerror="alert(1)">',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<!-- comment -->",
        "`<b>`",
    ],
)
def test_nothing_in_a_summary_is_live(hostile: str) -> None:
    tree = LexborHTMLParser(f"<div>{summary_html(hostile, 'quote-')}</div>")
    assert {node.tag for node in tree.css("div *")} <= ALLOWED
    for link in tree.css("a"):
        assert re.fullmatch(r"#quote-\d+", link.attributes["href"] or "")
    assert all(run.quote is None or run.text == f"[q:{run.quote}]" for run in summary_blocks(hostile)[0].runs)


def test_a_link_that_is_none_is_still_read() -> None:
    assert summary_plain("[click](javascript:alert(1))") == "[click](javascript:alert(1))"


def test_a_reference_leads_to_its_quote() -> None:
    assert summary_html("See [q:12].", "quote-") == '<p>See <a href="#quote-12">[q:12]</a>.</p>\n'
    assert "href" not in summary_html("`[q:12]`", "quote-")


@given(st.text(max_size=200))
def test_any_text_gives_safe_html_and_loses_no_word(text: str) -> None:
    tree = LexborHTMLParser(f"<div>{summary_html(text, 'quote-')}</div>")
    assert {node.tag for node in tree.css("div *")} <= ALLOWED
    words = re.findall(r"[a-zA-Z]{3,}", text)
    if "&" not in text and "`" not in text and "~" not in text:
        shown = summary_plain(text)
        assert [word for word in words if word not in shown] == []
