from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from quotegrid.domain.report.model import Report
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.report.report_html import report_html
from tests.exports.chromium import needs_chromium, opened
from tests.exports.reports import PUBLISHED_REPORT, REPORT, REPORTS, hostile_report, said_in
from tests.profiles import examples

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
_READ = "h1, .use, h2, h3, h4, main p, main li, caption, th, td, blockquote, figcaption"
_TEXT = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from("<>&\"'/!-{}%"), min_size=1, max_size=30
).filter(lambda text: bool(text.strip()))


def _read(page: str) -> list[str]:
    tree = LexborHTMLParser(page)
    return [
        element.text(deep=True)
        for element in tree.css(_READ)
        if element.parent is None or element.parent.tag != "nav"
    ]


def _as_read(report: Report) -> list[str]:
    """Return the laid out texts as a reader of HTML has them: with line ends of one kind."""
    return [visible(text).replace("\r\n", "\n").replace("\r", "\n") for text in said_in(report)]


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_says_all_that_is_laid_out(name: str) -> None:
    assert _read(report_html(REPORTS[name])) == _as_read(REPORTS[name])


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_is_the_golden_one_to_the_letter(name: str) -> None:
    made = report_html(REPORTS[name])
    assert made[made.index("<body>") :] == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")


def test_the_contents_lead_to_every_heading() -> None:
    tree = LexborHTMLParser(report_html(REPORT))
    for link in tree.css("nav a"):
        target = tree.css_first(link.attributes["href"] or "")
        assert target is not None
        assert target.text() == link.text()
    assert len(tree.css("nav a")) == len(tree.css("main h2, main h3"))
    levels = [int((element.tag or "h0")[1]) for element in tree.css("h1, h2, h3, h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_bases_stand_apart_and_cells_are_shaded_by_rules_that_are_there() -> None:
    page = report_html(REPORT)
    tree = LexborHTMLParser(page)
    assert [element.text(deep=True) for element in tree.css("tfoot th")] == [
        "Base: quotes heard",
        "Base: cases heard",
        "Base: cases read",
        "Base: sources",
    ]
    classes = {
        name
        for cell in tree.css("table.matrix tbody td")
        for name in (cell.attributes["class"] or "").split()
    }
    assert {name for name in classes if name.startswith("heat-")}
    assert [name for name in classes - {"number"} if f".matrix .{name} {{" not in page] == []


@examples(40, quick=12)
@given(text=_TEXT, other=_TEXT)
def test_no_text_is_ever_taken_for_markup(text: str, other: str) -> None:
    report = hostile_report(text, other)
    page = report_html(report)
    tree = LexborHTMLParser(page)
    plain = LexborHTMLParser(report_html(hostile_report("x", "y")))
    assert [element.tag for element in tree.css("body *")] == [element.tag for element in plain.css("body *")]
    assert tree.css("script") == []
    read = [text.strip() for text in _read(page)]
    assert read == [text.strip() for text in _as_read(report)]


@needs_chromium
@pytest.mark.parametrize("report", [REPORT, PUBLISHED_REPORT], ids=["team", "published"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_chromium_it_can_be_read_and_nothing_is_fetched(
    tmp_path: Path, scheme: Literal["light", "dark"], report: Report
) -> None:
    path = tmp_path / "report.html"
    path.write_text(report_html(report), encoding="utf-8")
    with opened(path, scheme=scheme) as found:
        assert found.page.title() == "Trial"
        for width in (1200, 400):
            found.page.set_viewport_size({"width": width, "height": 900})
            found.page.goto(path.as_uri())
            lowest, what = found.contrasts()[0]
            assert lowest >= 4.5, what
            assert found.page.evaluate("document.documentElement.scrollWidth") <= width
            found.page.get_by_role("link", name="Money", exact=True).click()
            assert found.page.evaluate("document.querySelector(':target').textContent") == "Money"
        assert found.complaints == []
        assert {re.sub("#.*", "", request) for request in found.requests} == {path.as_uri()}


@needs_chromium
def test_in_chromium_a_hostile_text_stays_text_and_it_prints(tmp_path: Path) -> None:
    hostile = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"
    path = tmp_path / "report.html"
    path.write_text(report_html(hostile_report(hostile)), encoding="utf-8")
    with opened(path) as found:
        assert found.page.title() == hostile
        assert found.page.locator("script, img").count() == 0
        assert found.page.locator("blockquote").first.is_visible()
        found.page.emulate_media(media="print")
        assert not found.page.locator("nav").is_visible()
        assert found.page.pdf().startswith(b"%PDF")
        assert found.complaints == []
        assert found.requests == [path.as_uri()]
