from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.measures import MEASURES, Measure
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.report.voices import NO_STANCE_SAID, NOBODY_DISPUTES
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.matrix.html import matrix_html
from quotegrid.exports.matrix.text import cell_text, notes, total_text
from tests.exports.chromium import needs_chromium, opened
from tests.exports.samples import (
    BOOK,
    HOSTILE_BOOK,
    HOSTILE_QUOTES,
    PROVENANCE,
    QUOTES,
    hostile_matrix,
    matrix,
    quote,
)
from tests.profiles import examples

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "themes_by_group.html"
DEFINITIONS = {"Money": "What money does.", "quick fix": "It covers up."}
STANCED = [
    replace(listed, stances={"quick fix": (Stance.DISPUTES,)})
    if "quick fix" in listed.codes and listed.id % 2
    else listed
    for listed in QUOTES
]


def _page(made: Matrix, quotes: tuple[Quote, ...] | list[Quote] = tuple(QUOTES)) -> str:
    return matrix_html(made, PROVENANCE, list(quotes), DEFINITIONS)


def _shown(tree: LexborHTMLParser) -> list[list[str]]:
    return [
        [cell.text(deep=True).strip() for cell in row.css("td")] for row in tree.css("table.matrix tbody tr")
    ]


@pytest.mark.parametrize("count", MEASURES.values(), ids=str)
@pytest.mark.parametrize("columns", ["group", "case"])
@pytest.mark.parametrize("rows", Rows)
def test_the_table_says_what_the_matrix_says(rows: Rows, columns: str, count: Measure) -> None:
    made = matrix(rows=rows, columns=columns, count=count, suggested=True)
    tree = LexborHTMLParser(_page(made))
    assert _shown(tree) == [
        [*(cell_text(made, row, column) for column in range(len(made.columns))), total_text(made, row)]
        for row in range(len(made.rows))
    ]
    text = tree.body.text(deep=True) if tree.body else ""
    for note in notes(made):
        assert note in text
    for label, value in PROVENANCE.lines():
        assert label in text
        assert value in text


def test_every_number_leads_to_the_quotes_behind_it() -> None:
    made = matrix(rows=Rows.CODE)
    tree = LexborHTMLParser(_page(made))
    texts = {listed.id: listed.text for listed in QUOTES}
    links = tree.css("table.matrix td a")
    assert len(links) == len(list(made.members))
    for (row, column), numbers in made.members.items():
        link = tree.css_first(f'td a[href="#cell-{row}-{column}"]')
        assert link is not None
        assert made.rows[row] in (link.attributes["aria-label"] or "")
        section = tree.css_first(f"#cell-{row}-{column}")
        assert section is not None
        told = [element.text(deep=True) for element in section.css("blockquote")]
        assert sorted(told) == sorted(texts[number] for number in numbers)


def test_headers_have_scopes_and_spans_and_the_table_a_caption() -> None:
    made = build_matrix(STANCED, BOOK, columns=("group", "area"), by_stance=True)
    tree = LexborHTMLParser(_page(made, STANCED))
    heads = tree.css("table.matrix thead th")
    assert {head.attributes["scope"] for head in heads} <= {"col", "colgroup"}
    wide = sum(int(element.attributes.get("colspan") or 1) for element in tree.css("thead tr")[0].css("th"))
    assert wide == len(made.columns) + 3
    rows = tree.css("table.matrix tbody tr")
    assert sum(
        int(element.attributes.get("rowspan") or 1) for element in tree.css("tbody th[scope=rowgroup]")
    ) == len(rows)
    caption = tree.css_first("table.matrix caption")
    assert caption is not None
    assert caption.text() == "Themes by area within group"


def test_dissent_is_shown_first_or_said_to_be_missing() -> None:
    made = build_matrix(STANCED, BOOK)
    tree = LexborHTMLParser(_page(made, STANCED))
    money, families = tree.css("section.theme")
    disputing = [number for number in STANCED if number.stances]
    assert f"Disputed in {len(disputing)} quote" in money.text(deep=True)
    first = money.css("figure")[: len(disputing)]
    told = {words.text() for section in first for words in section.css("blockquote")}
    assert told == {number.text for number in disputing}
    assert NO_STANCE_SAID in families.text(deep=True)
    supported = [replace(listed, stances={"long wait": (Stance.SUPPORTS,)}) for listed in QUOTES]
    assert NOBODY_DISPUTES in _page(build_matrix(supported, BOOK), supported)


def test_the_page_is_the_golden_one_to_the_letter() -> None:
    made = _page(build_matrix(STANCED, BOOK), STANCED)
    body = made[made.index("<body>") :]
    assert re.sub(r"<script>.*?</script>\n", "", body, flags=re.DOTALL) == GOLDEN.read_text(encoding="utf-8")


_TEXT = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from("<>&\"'/!-"), min_size=1, max_size=30
)


@examples(60, quick=20)
@given(text=_TEXT, name=_TEXT.filter(str.strip), group=_TEXT)
def test_no_text_is_ever_taken_for_markup(text: str, name: str, group: str) -> None:
    book = Codebook((Code(name),))
    said = [
        quote(1, text, group=group, codes=(name,), area=text, role=group),
        quote(2, "plain", group="other", codes=(name,)),
    ]
    tree = LexborHTMLParser(matrix_html(build_matrix(said, book), PROVENANCE, said, {name: text}))
    plain = [
        replace(listed, text="x", group=f"g{listed.id}", area=f"a{listed.id}", codes=("z",))
        for listed in said
    ]
    other = build_matrix(plain, Codebook((Code("z"),)))
    plain_tree = LexborHTMLParser(matrix_html(other, PROVENANCE, plain, {"z": "x"}))
    assert {element.tag for element in tree.css("body *")} <= {
        element.tag for element in plain_tree.css("body *")
    }
    assert len(tree.css("section.cell figure")) == 2
    assert len(tree.css("script")) == 1
    told = [element.text(deep=True) for element in tree.css("section.cell blockquote")]
    shown = visible(text).replace("\r\n", "\n").replace("\r", "\n")
    assert shown in told or shown.lstrip("\n") in told


def test_hostile_names_stay_text() -> None:
    tree = LexborHTMLParser(matrix_html(hostile_matrix(), PROVENANCE, HOSTILE_QUOTES, {}))
    assert [element.text() for element in tree.css("section.theme > h3")] == [
        visible(code.name) for code in HOSTILE_BOOK.codes
    ]


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_chromium_cells_open_filters_filter_and_nothing_is_fetched(
    tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    hostile = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"
    said = [*STANCED, quote(90, hostile, group="school", area="Westhay", codes=("quick fix",))]
    path = tmp_path / "matrix.html"
    made = build_matrix(said, BOOK)
    path.write_text(_page(made, said), encoding="utf-8")
    with opened(path, scheme=scheme) as found:
        page = found.page
        lowest, what = found.contrasts()[0]
        assert lowest >= 4.5, what

        link = page.locator(".matrix td a").first
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.matrix td a')"):
                break
        assert page.evaluate("document.activeElement.hash") == link.get_attribute("href")
        page.keyboard.press("Enter")
        assert page.locator("dialog[open] .quote").count() == len(made.members[0, 0])
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0
        assert page.evaluate("document.activeElement.hash") == link.get_attribute("href")

        everything = page.locator(".theme .quote:visible").count()
        page.locator("select[name=group]").select_option("school")
        groups = page.eval_on_selector_all(
            ".theme .quote:not([hidden])", "found => found.map(one => one.dataset.group)"
        )
        assert set(groups) == {"school"}
        assert len(groups) < everything
        assert str(len(groups)) in page.locator(".found").inner_text()
        page.get_by_role("button", name="Show all").click()
        page.locator(".theme .quote[hidden]").first.wait_for(state="detached")
        page.get_by_label("Search the quotes").fill("DOCUMENT.title")
        assert page.locator(".theme .quote:visible").count() >= 1
        assert page.locator(".theme .quote:visible blockquote").first.inner_text() == hostile
        assert page.title() == PROVENANCE.study
        assert found.complaints == []
        assert found.requests == [path.as_uri()]


@needs_chromium
def test_in_chromium_five_thousand_quotes_are_quick(tmp_path: Path) -> None:
    said = [
        quote(
            number,
            f"Words number {number} that somebody said about the money and the time that it buys. " * 2,
            group=f"group {number % 7}",
            case=f"Case {number % 300}",
            area=f"Area {number % 10}",
            codes=("quick fix" if number % 3 else "long wait",),
        )
        for number in range(5000)
    ]
    path = tmp_path / "matrix.html"
    path.write_text(_page(build_matrix(said, BOOK), said), encoding="utf-8")
    with opened(path) as found:
        page = found.page
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        filtered = page.evaluate(
            """() => { const began = performance.now();
            const box = document.querySelector("input[type=search]"); box.value = "number 42";
            box.dispatchEvent(new Event("input", {bubbles: true}));
            document.body.offsetHeight; return performance.now() - began; }"""
        )
        assert page.locator(".theme .quote:visible").count() == 111
    assert loaded < 3000
    assert filtered < 600
