from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.readers.web import read
from quotegrid.domain.sources.model import ParagraphStyle, WarningKind
from quotegrid.domain.text.normalise import normalise, one_line
from quotegrid.errors import ReadError
from tests.corpus.readers.twins import FIXTURES, PARAGRAPHS, converted, is_like_its_twin, needs_soffice
from tests.profiles import examples


def _text(folder: Path, body: str | bytes) -> str:
    path = folder / "a.html"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return read(path).text


def test_an_interview_reads_like_its_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "twin.html"
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS)
    path.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{body}</body>', encoding="utf-8")
    assert is_like_its_twin(path)


@needs_soffice
def test_an_interview_written_by_libreoffice_reads_like_its_plain_text(libreoffice_odt: Path) -> None:
    assert is_like_its_twin(converted(libreoffice_odt, "html"))


def test_a_page_saved_by_word_is_read_with_its_letters_breaks_and_rows() -> None:
    assert read(FIXTURES / "word_filtered.htm").text == (
        "JO FIELD: What\u2019s in the shed?\n\n"
        "ADA STONE: Caf\u00e9 chairs, \u201ctemporary\u201d.\nSince 2019. Always.\n\n"
        "JO FIELD: And the rest?\n\nADA STONE: Pots.\nMany pots.\n"
    )


def test_a_site_is_read_without_what_stands_around_the_interview() -> None:
    assert read(FIXTURES / "site.html").text == (
        "The shed: an interview\n\nInterviewer: Jo Field\n\nParticipant: Ada Stone\n\nGroup: parents\n\n"
        "Before\n\n"
        "JO FIELD: What\u2019s in the shed & why?\n\nADA STONE: Yes.\n\n"
        "JO FIELD: And?\n\nADA STONE: Yes.\n\n"
        "JO FIELD: Privacy?\n\nADA STONE: We talked about cookies.\nAnd tea.\n"
    )


@examples(60)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1).filter(
            str.strip
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_paragraph_is_lost_however_short(tmp_path: Path, paragraphs: list[str]) -> None:
    found = _text(
        tmp_path,
        "<!DOCTYPE html>" + "".join(f"<div><p>{escape(paragraph)}</p></div>" for paragraph in paragraphs),
    )
    assert one_line(found) == one_line(normalise(" ".join(paragraphs)))


@examples(80)
@given(
    st.lists(
        st.sampled_from(
            "<p>|</p>|<table>|<tr>|<td>|</td>|</table>|<dl>|<dt>|<dd>|</dl>|<nav>|<main>|</main>|"
            '<article>|<body hidden>|<!--|-->|&amp|&#0;|<|<br>|<pre>|<div class="menu">|</div>|<header>|'
            '<svg>|<template>|<p><a id="ftnt1">|a| '.split("|")
        ),
        max_size=14,
    )
)
def test_no_page_however_odd_gives_a_traceback(tmp_path: Path, pieces: list[str]) -> None:
    try:
        _text(tmp_path, "".join(pieces))
    except ReadError as error:
        assert error.todo


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>A\n  b<br>c<br/><br>d</p>", "A b\nc\n\nd\n"),
        ("<pre>JO: one\n  two</pre>", "JO: one\n  two\n"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree\n"),
        ("<p>JO: a<p>ANN: b", "JO: a\n\nANN: b\n"),
        ("<table><tr><td><h2>One</h2><p>JO: a</p></td><td>two</td></tr></table>", "One\n\nJO: a\n\ntwo\n"),
        ("<table><tr><td><table><tr><td>JO<td>a</table></td><td>b</td></tr></table>", "JO: a\n\nb\n"),
        ("<dl><dt>JO<dd>a<dd>b</dl>", "JO: a\n\nb\n"),
        ('<p>a<sup><a id="ftnt_ref1">[1]</a></sup></p><p><a id="ftnt1">[1]</a> note</p>', "a\n"),
        ('<p>a<a class="footnote-ref">1</a></p><section role="doc-endnotes"><p>n</p></section>', "a\n"),
        (
            "<p>a</p><footer>b</footer><blockquote><p>c</p><footer>Ann</footer></blockquote>",
            "a\n\nc\n\nAnn\n",
        ),
        ('<p>JO: a long way.</p><div style="display: none">no</div><p hidden>no</p>', "JO: a long way.\n"),
        ('<div class="sidebar"><p>JO: most of it.</p></div><p>b</p>', "JO: most of it.\n\nb\n"),
        (
            '<div id="consent"><p>JO: a</p></div><p>ANN: more than that.</p>',
            "JO: a\n\nANN: more than that.\n",
        ),
        ("<main></main><p>JO: a</p>", "JO: a\n"),
        ("<article>JO: a</article><article>ANN: b</article>", "JO: a\n\nANN: b\n"),
        ("<p>&eacute;&#8217;&nbsp;&lt;b&gt;</p>", "\u00e9\u2019\u00a0<b>\n"),
        ("<!-- <p>no</p> --><p>JO: a<script>b</script><style>c</style></p><noscript>d</noscript>", "JO: a\n"),
        ('<p>JO: a</p><iframe src="file:///etc/passwd">x</iframe><object data="b"></object>', "JO: a\n"),
    ],
)
def test_each_element_is_read_for_what_it_is(tmp_path: Path, body: str, text: str) -> None:
    assert _text(tmp_path, body) == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("iso-8859-5", "iso-8859-5"),
        ("windows-1252", "utf-8"),
        ("no-such-thing", "utf-8"),
        ("utf-16", "utf-8"),
        ("utf-8", "utf-16"),
    ],
)
def test_the_declared_encoding_is_used_unless_the_file_shows_another(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    words = "\u0412\u043e\u043f\u0440\u043e\u0441"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    assert _text(tmp_path, page.encode(encoding)) == f"{words}\n"


def test_a_deeply_nested_page_is_read_to_its_end(tmp_path: Path) -> None:
    assert _text(tmp_path, "<p>JO: a</p>" + "<div><font>" * 3000 + "<p>ANN: b") == "JO: a\n\nANN: b\n"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b"JO: Why?\n\nANN: No.\n", "this is not a web page, whatever its name says"),
        (b"\x89PNG\r\n\x1a\n\x00<a>", "this is not a text file"),
        (b"<html><body><div id=root></div><script>run()</script>", "there is no text in this web page"),
        (b"<html><he", "there is no text in this web page"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, data: bytes, what: str
) -> None:
    with pytest.raises(ReadError, match=rf"a\.html(, line 1)?: {what}") as caught:
        _text(tmp_path, data)
    assert caught.value.todo


def test_headings_and_paragraphs_wholly_in_bold_or_italics_are_known_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    body = (
        "<h2>The ferry</h2><p><strong>Who paid?</strong></p><p>The <b>mill</b> did.</p>"
        "<p><em>And</em> <i>then?</i></p><p>It sank.</p>"
    )
    path.write_text(f"<!DOCTYPE html><body>{body}</body>", encoding="utf-8")
    found = read(path)
    assert [(found.text[look.start : look.end], look.style) for look in found.styles] == [
        ("The ferry", ParagraphStyle.HEADING),
        ("Who paid?", ParagraphStyle.EMPHASISED),
        ("And then?", ParagraphStyle.EMPHASISED),
    ]


TALK = (
    "<p><b>JO:</b> When did the mill stop?</p><p><b>RAY:</b> In the spring of the flood. My aunt rang.</p>"
    * 4
)


@pytest.mark.parametrize(
    "part",
    [
        "<figure><img src=a.jpg><figcaption>The wheel.</figcaption></figure>",
        '<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">The old wheel.</p></div>',
        '<p class="photo-credit">Picture: Ann Lund.</p>',
        '<section id="comments"><h2>2 comments</h2><ol class="comment-list"><li>There!</li></ol></section>',
        '<div class="sharedaddy sd-sharing"><p>Share this: Mail.</p></div>',
        '<div class="social-share-buttons">Post.</div>',
        '<div class="related-posts"><h3>Related</h3><p>Boats.</p></div>',
        '<div class="newsletter-signup">Sign up.</div>',
        '<div class="author-box"><p>Ann Lund is a writer.</p></div>',
        '<p class="copyright">2019 Mill Trust.</p>',
        '<ul class="post-tags"><li>mills</li></ul>',
    ],
)
def test_captions_and_what_a_site_adds_are_left_out_and_listed(tmp_path: Path, part: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<body>{TALK}{part}{TALK}</body>", encoding="utf-8")
    page = read(path)
    assert "aunt rang.\n\nJO: When" in page.text
    assert page.text.count("RAY: In the spring") == 8
    (warning,) = page.warnings
    assert warning.kind is WarningKind.TEXT
    assert "left out" in warning.what


def test_a_short_paragraph_below_a_picture_is_left_out_and_listed_as_unsure(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        f"<body>{TALK}<p><img src=a.jpg></p><p>The men before the wheel</p>{TALK}</body>", encoding="utf-8"
    )
    page = read(path)
    assert "before the wheel" not in page.text
    (warning,) = page.warnings
    assert warning.kind is WarningKind.SPEAKER
    assert '5 words, from "The men before the wheel" on' in warning.what


@pytest.mark.parametrize(
    "part",
    [
        "<p><img src=a.jpg></p><p>Ann Lund</p>",
        "<p><img src=a.jpg></p><p>The wheel was made of oak.</p>",
        "<p><img src=a.jpg></p><p>Ann: the wheel was made of oak</p>",
        "<p><img src=a.jpg> and so it went on with it</p><p>for a whole year or more</p>",
        "<figure><blockquote>It was oak.</blockquote><figcaption>Ann Lund, miller</figcaption></figure>",
        '<p class="shared-history">We share it.</p>',
        '<p class="answer comment-free">We share it.</p>',
    ],
)
def test_what_looks_like_a_caption_or_an_addition_and_is_none_is_kept(tmp_path: Path, part: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<body>{TALK}{part}{TALK}</body>", encoding="utf-8")
    page = read(path)
    assert page.warnings == ()
    assert one_line(re.sub(r"<[^>]*>", " ", part)).split()[-1] in page.text


def test_what_is_called_comments_is_kept_if_it_is_the_interview(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f'<body><h1>Mills</h1><div class="comments">{TALK}</div></body>', encoding="utf-8")
    assert read(path).text.count("RAY: In the spring") == 4


@pytest.mark.parametrize("name", ["caption", "comment", "share"])
def test_turns_that_a_page_calls_captions_or_comments_are_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / "page.html"
    turns = f'<p class="{name}">JO: When did it stop?</p><p class="{name}">RAY: In spring.</p>' * 6
    path.write_text(f"<body><h1>Mills</h1>{turns}</body>", encoding="utf-8")
    page = read(path)
    assert page.text.count("RAY: In spring.") == 6
    assert page.warnings == ()
