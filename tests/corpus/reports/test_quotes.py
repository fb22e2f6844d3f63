from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from quotegrid.corpus.reports.outline import find_outline
from quotegrid.corpus.reports.quotes import find_quotes, place_quotes
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, Certainty, QuoteKind, Voice
from quotegrid.domain.text.normalise import normalise
from tests.conftest import REPORT, REPOSITORY, SEEDS

STAKEHOLDERS = Stakeholders(
    {
        "local authority": ("LA", "council"),
        "school": (),
        "college": (),
        "health": ("DCO",),
        "parent carer forum": ("PCF",),
        "SENDIASS": (),
        "parent": ("carer",),
    }
)


def _blocks(text: str, areas: Sequence[str] = ()) -> list[AttributedQuote]:
    return [quote for quote in find_quotes(text, 0, STAKEHOLDERS, areas) if quote.kind is QuoteKind.BLOCK]


def _quotes(text: str) -> list[tuple[str, str | None, str | None]]:
    found = _blocks(text)
    return [(text[quote.start : quote.end], quote.role, quote.heading) for quote in found]


@pytest.mark.parametrize(
    ("paragraph", "said", "role"),
    [
        ("We saw a patch. \u2013 *LA leader*", "We saw a patch.", "LA leader"),
        ("We saw a patch. \u2014 _Librarian_", "We saw a patch.", "Librarian"),
        ("We saw a patch! - **School Leaders**", "We saw a patch!", "School Leaders"),
        ("We saw a patch? - LA leader", "We saw a patch?", "LA leader"),
        ("\u201cWe saw a patch\u201d \u2013 DCO", "\u201cWe saw a patch\u201d", "DCO"),
        ("We saw ... a patch\u2026 \u2013 *Parent*", "We saw ... a patch\u2026", "Parent"),
        ("A well-run place \u2013 we said so \u2013 is it.\n\u2013 *PCF\nleader*", None, None),
        (
            "We saw a patch. It\nwas on the roof. \u2013\n*Parent*",
            "We saw a patch. It\nwas on the roof.",
            "Parent",
        ),
        ("It *was* a patch [in our area]. \u2013 *Carer* ", "It *was* a patch [in our area].", "Carer"),
    ],
)
def test_a_dash_and_a_role_behind_a_sentence_attribute_a_paragraph(
    paragraph: str, said: str | None, role: str | None
) -> None:
    text = f"Before it.\n\n{paragraph}\n\nAfter it.\n"
    assert _quotes(text) == ([] if said is None else [(said, role, None)])


@pytest.mark.parametrize(
    "paragraph",
    [
        "LA \u2013 local authority",
        "PCF \u2013 Parent Carer Forum",
        "1. Plan early \u2013 school leaders agreed",
        "2. Plan early. \u2013 Nobody in any group",
        "They \u2013 school leaders \u2013 agreed.",
        "We saw a patch. \u2013 Librarian",
        "We saw a patch \u2013 *LA leader*",
        "We saw a patch. \u2013 *LA leader* and so on",
        "We saw a patch. \u2013 the school was one of very many that said so to us",
        "- It cost less. - 12",
    ],
)
def test_a_dash_alone_makes_no_quote(paragraph: str) -> None:
    assert _quotes(f"Before it.\n\n{paragraph}\n\nAfter it.\n") == []


def test_a_quote_has_the_nearest_heading_above_it() -> None:
    text = """\
# The *money*

It did what it did.

We saw a patch. \u2013 *LA leader*

What families met

Figure 1: Number of letters by wave

1) a list item

\u201cA remark\u201d

The letters came late and were read by

very few. They said nothing.

We waited. \u2013 *Parent*
"""
    assert _quotes(text) == [
        ("We saw a patch.", "LA leader", "The *money"),
        ("We waited.", "Parent", "What families met"),
    ]


def test_what_stands_before_the_beginning_is_left_out() -> None:
    text = "One. \u2013 *Parent*\n\nTwo. \u2013 *Parent*\n"
    assert find_quotes(text, 17, STAKEHOLDERS) == (AttributedQuote(17, 21, "Parent", None),)


def test_quotes_of_every_kind_are_placed_and_their_own_area_stands() -> None:
    head = "# Letters\n\n## Case study: post in Westhay"
    text = f"{head}\n\nOne leader said \u201cit came\u201d of \u201cpost\u201d.\n"
    first, term = text.index("\u201cit"), text.index("\u201cpost")
    quotes = (
        AttributedQuote(term, term + 6, None, None, QuoteKind.SCARE),
        AttributedQuote(first, first + 9, "leader", None, QuoteKind.INLINE),
        AttributedQuote(first + 1, first + 8, "leader", None, QuoteKind.INLINE, area="Eastlow"),
    )
    found = place_quotes(quotes, text, 0, STAKEHOLDERS)
    assert [quote.start for quote in found] == [first, first + 1, term]
    assert {quote.headings for quote in found} == {("Letters", "Case study: post in Westhay")}
    assert {(quote.heading, quote.box) for quote in found} == {("Case study: post in Westhay",) * 2}
    assert [quote.area for quote in found] == ["Westhay", "Eastlow", "Westhay"]


def test_an_attribution_on_a_line_of_its_own_is_no_heading() -> None:
    text = "Letters\n\n\u201cIt came.\u201d\n\nParent, Westhay\n\n\u201cIt did not.\u201d\n\n(Carer)\n"
    found = _blocks(text, ["Westhay"])
    assert [(quote.role, quote.headings, quote.area) for quote in found] == [
        ("Parent", ("Letters",), "Westhay"),
        ("Carer", ("Letters",), None),
    ]


def _rows_of_forms() -> list[list[str]]:
    documentation = (REPOSITORY / "docs" / "import.md").read_text(encoding="utf-8")
    table = documentation.split("| form | example |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.split("|")[2:-1]] for line in table.splitlines()[2:]]


@pytest.mark.parametrize("row", _rows_of_forms(), ids=lambda row: row[0])
def test_every_form_in_the_documentation_is_read_as_it_says(row: list[str]) -> None:
    example, role, case, area, certainty = row
    shown = example.strip("`").replace(" \u23ce\u23ce ", "\n\n").replace(" \u23ce ", "\n")
    text = f"It was winter.\n\n{shown}\n\nSpring came.\n"
    (quote,) = _blocks(text, ["Westhay"])
    assert (quote.role, quote.case or "", quote.area or "", quote.certainty) == (role, case, area, certainty)
    assert text[quote.start : quote.end].strip("\"'") in ("The post came late.", "I waited for the post")
    assert quote.voice is (Voice.GROUP if role.startswith("Parents") else Voice.PERSON)


def test_the_example_of_the_other_forms_is_read_whole() -> None:
    text = (REPOSITORY / "docs" / "example-forms.md").read_text(encoding="utf-8")
    found = _blocks(text, ["Westhay"])
    box = "Case study 1: Answering by telephone in Westhay"
    assert [(quote.role, quote.case, quote.area, quote.box, quote.headings[1]) for quote in found] == [
        ("Parent", None, None, None, "1 Letters"),
        ("School leader", None, "Westhay", None, "1 Letters"),
        ("Carer", None, None, None, "1 Letters"),
        ("Parent, focus group 3", None, "Westhay", box, "1 Letters"),
        ("Council leaders", None, "Westhay", box, "1 Letters"),
        ("Participant 12, female, 34", "Participant 12", None, None, "2 Visits"),
        ("P7", "P7", None, None, "2 Visits"),
        ("Interviewee 4, school", "Interviewee 4", None, None, "2 Visits"),
        ("Midwife", None, None, None, "2 Visits"),
    ]
    assert {quote.certainty for quote in found} == {Certainty.SURE}


def test_the_example_report_has_four_quotes_and_no_other() -> None:
    text = (REPOSITORY / "docs" / "example-report.md").read_text(encoding="utf-8")
    found = _blocks(text)
    assert [quote.role for quote in found] == [
        "Council leader",
        "School leader",
        "Parent carer forum chair",
        "parent",
    ]


@pytest.mark.skipif(not REPORT.exists(), reason="the shared documents are not there")
@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_the_other_shared_documents_have_no_block_quotes(number: str) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    assert _blocks(normalise(path.read_text(encoding="utf-8"))) == []


@pytest.mark.skipif(not REPORT.exists(), reason="the shared report is not there")
class TestTheSharedReport:
    text = normalise(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else ""
    quotes = _blocks(text)

    def test_it_has_47_quotes_of_seven_groups(self) -> None:
        assert Counter(STAKEHOLDERS.group_of_role(quote.role or "") for quote in self.quotes) == {
            "local authority": 20,
            "school": 11,
            "parent carer forum": 5,
            "SENDIASS": 3,
            "college": 3,
            "health": 3,
            "parent": 2,
        }

    def test_roles_are_kept_as_printed(self) -> None:
        assert Counter(quote.role for quote in self.quotes) == {
            "LA leader": 18,
            "School leader": 11,
            "PCF leader": 4,
            "SENDIASS Lead": 3,
            "Parent": 2,
            "College Principal": 2,
            "PCF Leader": 1,
            "LA finance lead": 1,
            "College leader": 1,
            "DCO": 1,
            "Health services leader": 1,
            "Health service leader": 1,
            "LA Leader": 1,
        }

    def test_offsets_reproduce_a_whole_paragraph_up_to_its_dash(self) -> None:
        for quote in self.quotes:
            said = self.text[quote.start : quote.end]
            assert said == said.strip()
            assert said[-1] in ".?!\u2026\u201d\u2019)"
            assert self.text[: quote.start].split("\n")[-1] == ""
            assert self.text[: quote.start].split("\n")[-2].strip() == ""
            behind = self.text[quote.end :].split("\n\n", 1)[0]
            assert behind.strip(" *\n").lstrip("\u2013 *") == quote.role

    def test_one_quote_runs_over_a_line_break_and_one_role_is_not_in_italics(self) -> None:
        assert sum("\n" in self.text[quote.start : quote.end] for quote in self.quotes) == 1
        plain = [quote.role for quote in self.quotes if self.text[quote.end :].split("\n", 1)[0][-1:] != "*"]
        assert plain == ["DCO"]

    def test_every_quote_has_a_heading_that_is_a_line_of_the_report(self) -> None:
        lines = {line.strip("#* ") for line in self.text.split("\n")}
        headings = [quote.heading for quote in self.quotes]
        assert set(headings) <= lines
        assert len(set(headings)) == 16
        assert not [heading for heading in headings if heading and heading.endswith((" and", " between"))]

    def test_the_headings_tell_the_chapter_of_every_quote(self) -> None:
        chapters = Counter(quote.headings[0].split(":")[0] for quote in self.quotes)
        assert chapters == {
            "Chapter 1": 5,
            "Chapter 2": 8,
            "Chapter 3": 16,
            "Chapter 4": 9,
            "Chapter 5": 3,
            "Chapter 6": 6,
        }
        assert {len(quote.headings) for quote in self.quotes} == {1, 2, 3}
        assert all(quote.headings[-1] == quote.heading for quote in self.quotes)

    def test_every_quote_is_sure_and_one_persons_and_stands_in_no_case_study(self) -> None:
        found = {(quote.certainty, quote.voice, quote.box, quote.area) for quote in self.quotes}
        assert found == {(Certainty.SURE, Voice.PERSON, None, None)}

    def test_its_case_studies_are_told_by_the_places_in_their_titles(self) -> None:
        outline = find_outline(self.text, 0, STAKEHOLDERS)
        assert [heading.area for heading in outline if heading.box] == [
            "Barnsley",
            "Salford",
            "Darlington",
            "Surrey",
            "York",
        ]
