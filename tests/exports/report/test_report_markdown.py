from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from quotegrid.domain.report.model import Report
from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.exports.report.report_markdown import report_markdown
from tests.exports.reports import REPORT, REPORTS, hostile_report, said_in
from tests.profiles import examples

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
_READER = MarkdownIt("commonmark").enable("table")
_TEXT = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from("<>&*_`[]()#+-=.~|!:\\ \n1"),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(visible(one_line(text)).strip()))


def _tokens(report: Report) -> list[Token]:
    return _READER.parse(report_markdown(report))


def _read(report: Report) -> list[str]:
    """Every text as a reader of Markdown has it."""
    found = []
    for token in _tokens(report):
        if token.type == "inline":
            text = "".join(child.content for child in token.children or ())
            found.append(text.removeprefix("\N{EM DASH} "))
    return found


def _as_read(report: Report) -> list[str]:
    return [visible(one_line(text)) for text in said_in(report)]


@pytest.mark.parametrize("name", REPORTS)
def test_the_file_says_all_that_is_laid_out(name: str) -> None:
    assert [text.strip() for text in _read(REPORTS[name])] == [
        text.strip() for text in _as_read(REPORTS[name])
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_the_file_is_the_golden_one_to_the_letter(name: str) -> None:
    assert report_markdown(REPORTS[name]) == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


def test_headings_and_quotes_are_what_they_are() -> None:
    tokens = _tokens(REPORT)
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
    assert len([token for token in tokens if token.type == "blockquote_open"]) == 5
    assert len([token for token in tokens if token.type == "table_open"]) == 7


@examples(150, quick=50)
@given(text=_TEXT, other=_TEXT)
def test_no_text_is_ever_taken_for_markup(text: str, other: str) -> None:
    made, plain = _tokens(hostile_report(text, other)), _tokens(hostile_report("x", "y"))
    assert [decision.type for decision in made] == [decision.type for decision in plain]
    assert [[child.type for child in decision.children or ()] for decision in made] == [
        [child.type for child in token.children or ()] for token in plain
    ]
