from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from selectolax.lexbor import LexborHTMLParser

from quotegrid.domain.report.framework import NOT_FOR_PUBLICATION
from quotegrid.exports.report.framework_html import framework_html
from tests.exports.chromium import needs_chromium, opened
from tests.exports.frameworks import framework


def test_a_table_has_a_caption_and_headers_with_their_scope() -> None:
    tree = LexborHTMLParser(framework_html(framework()))
    table = tree.css("table")[0]
    assert [element.text() for element in table.css('thead th[scope="col"]')] == [
        "Case", "Money (as a whole)", "quick fix", "room to plan",
    ]  # fmt: skip
    assert [element.text() for element in table.css('th[scope="rowgroup"]')] == ["school", "parent"]
    names = [element.text(deep=False) for element in table.css('th[scope="row"]')]
    assert names == ["Ada Stone", "=Ray Moss", "Kim Hall"]
    assert len(tree.css("caption")) == 2


def test_a_cell_has_its_summaries_above_the_numbers_of_its_quotes() -> None:
    tree = LexborHTMLParser(framework_html(framework()))
    cell = tree.css("tbody td")[1]
    assert [element.text().split() for element in cell.css(".summary")] == [
        ["Covers", "up", "[q:1].", "[q:3]"],
        ["Of", "the", "other."],
    ]
    assert [element.text() for element in cell.css(".numbers a")] == ["1", "2"]
    assert cell.css("strong")[0].text() == "Covers"


def test_every_link_leads_to_something_on_the_page() -> None:
    tree = LexborHTMLParser(framework_html(framework()))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for link in tree.css("a"):
        target = link.attributes["href"] or ""
        assert target.startswith("#")
        assert target[1:] in ids


def test_nothing_is_live_and_nothing_is_fetched() -> None:
    html = framework_html(framework())
    tree = LexborHTMLParser(html)
    assert tree.css("script, img, iframe, link, form") == []
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "\x1b" not in html
    assert "&lt;b&gt;Four&lt;/b&gt;" in html
    policy = tree.css('meta[http-equiv="Content-Security-Policy"]')[0].attributes["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_it_says_that_it_is_not_for_publication_and_where_it_comes_from() -> None:
    text = LexborHTMLParser(framework_html(framework())).css(".use")[0].text()
    assert text == NOT_FOR_PUBLICATION
    assert "0123456789ab" in framework_html(framework())


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_chromium_a_number_leads_to_its_quote_and_nothing_is_fetched(
    tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    path = tmp_path / "framework.html"
    path.write_text(framework_html(framework()), encoding="utf-8")
    with opened(path, scheme=scheme, width=700) as browser:
        assert min(browser.contrasts())[0] >= 4.5
        browser.page.click(".numbers a >> text=2")
        assert browser.page.url.endswith("#quote-2")
        assert browser.page.locator("figure:target blockquote").inner_text() == "Two."
        head = browser.page.locator("thead th").first
        assert head.evaluate("one => getComputedStyle(one).position") == "sticky"
        wide = "one => document.documentElement.scrollWidth <= window.innerWidth"
        assert browser.page.locator("body").evaluate(wide)
        assert browser.requests == [path.as_uri()]
        assert browser.complaints == []
