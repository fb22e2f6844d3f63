from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.reports.block_quotes import find_block_quotes
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, Certainty, QuoteKind

STAKEHOLDERS = Stakeholders({"local authority": ("LA",), "school": ("headteacher",), "parent": ("carer",)})
SURE, UNSURE = Certainty.SURE, Certainty.UNSURE


def _found(text: str) -> list[tuple[str, str | None, Certainty]]:
    quotes = find_block_quotes(text, 0, STAKEHOLDERS, ["Westhay"])
    return [(text[quote.start : quote.end], quote.role, quote.certainty) for quote in quotes]


def _between(paragraph: str) -> list[tuple[str, str | None, Certainty]]:
    return _found(f"Before it.\n\n{paragraph}\n\nAfter it.\n")


@pytest.mark.parametrize(
    ("paragraph", "said", "role"),
    [
        ('"We waited." (Parent)', '"We waited."', "Parent"),
        ("\u2018We don\u2019t know.\u2019 (Parent)", "\u2018We don\u2019t know.\u2019", "Parent"),
        ("'We don't know' [Parent]", "'We don't know'", "Parent"),
        ("\u201cHe said \u2018no\u2019.\u201d (Parent)", "\u201cHe said \u2018no\u2019.\u201d", "Parent"),
        ("\u201cHe \u201cknew\u201d it.\u201d (Parent)", "\u201cHe \u201cknew\u201d it.\u201d", "Parent"),
        ("*We waited.* (Parent)", "We waited.", "Parent"),
        ("*We waited. (Parent)*", "We waited.", "Parent"),
        ("**\u201cWe waited.\u201d** *(Parent)*", "\u201cWe waited.\u201d", "Parent"),
        ("_We waited_ [*Parent*, Westhay]", "We waited", "Parent"),
        ("We waited. (parent).", "We waited.", "parent"),
        ("\u201cWe waited.\u201d\n(Parent)", "\u201cWe waited.\u201d", "Parent"),
        ("We waited.\n\n[Parent, Westhay]", "We waited.", "Parent"),
        ("We waited.\n- Parent", "We waited.", "Parent"),
        ("We waited.\n\n\u2014 Parent", "We waited.", "Parent"),
        ("We waited.\n\n*\u2013 Parent*", "We waited.", "Parent"),
        ("\u201cWe waited.\u201d\n\n- Parent", "\u201cWe waited.\u201d", "Parent"),
        ("We waited.\n\n- *Librarian*", "We waited.", "Librarian"),
        ("We waited. *\u2013 Librarian*", "We waited.", "Librarian"),
        ("*\u201cWe waited.\u201d \u2013 Parent*", "\u201cWe waited.\u201d", "Parent"),
        ("\u201cWe waited.\u201d\nParent, focus group 3", "\u201cWe waited.\u201d", "Parent, focus group 3"),
        ("\u201cWe waited.\u201d\n\nParent, Westhay", "\u201cWe waited.\u201d", "Parent"),
        ("\u201cWe waited.\u201d\n\n*Parent*", "\u201cWe waited.\u201d", "Parent"),
        ("> We waited.\n>\n> \u2014 Parent, Westhay", "We waited.", "Parent"),
        ("> We waited.\n> And waited. (Parent)", "We waited.\n> And waited.", "Parent"),
        ("> We waited.\n> Parent, focus group 3", "We waited.", "Parent, focus group 3"),
        ("> We waited.\n\n(Parent)", "We waited.", "Parent"),
        ("> One.\n>\n> Two.\n>\n> (Parent)", "One.\n>\n> Two.", "Parent"),
        ("> **Case study 1**\n>\n> It waited.\n>\n> We waited. (Parent)", "We waited.", "Parent"),
        ("\u201cOne.\n\n\u201cTwo.\u201d (Parent)", "\u201cOne.\n\n\u201cTwo.\u201d", "Parent"),
        ("\u201cWe waited.\u201d (Interviewee 4, LA)", "\u201cWe waited.\u201d", "Interviewee 4, LA"),
    ],
)
def test_an_attribution_stands_behind_beside_or_below_a_paragraph(
    paragraph: str, said: str, role: str
) -> None:
    assert _between(paragraph) == [(said, role, SURE)]


def test_the_quotes_of_a_list_and_of_quoted_lines_are_kept_apart() -> None:
    assert _between("- \u201cOne.\u201d (Parent)\n- \u201cTwo.\u201d (Carer)") == [
        ("\u201cOne.\u201d", "Parent", SURE),
        ("\u201cTwo.\u201d", "Carer", SURE),
    ]
    assert _between("> One. \u2013 Parent\n>\n> Two. \u2013 *Carer*") == [
        ("One.", "Parent", SURE),
        ("Two.", "Carer", SURE),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The plan was late (Smith, 2020).",
        "\u201cThe plan was late.\u201d (Smith, 2020)",
        "\u201cThe plan was late.\u201d (see section 3)",
        "\u201cThe plan was late.\u201d (March 2024)",
        "\u201cThe plan was late.\u201d [laughs]",
        "\u201cThe plan was late.\u201d (emphasis added)",
        "The plan was late. (See Figure 2)",
        "The plan was late. (Librarian)",
        "The plan (parents and carers) was late.",
        "Schools were asked. (Not all schools replied.)",
        "They met in groups. (Year 7)",
        "One parent said \u201cwe waited\u201d (P7).",
        "It was called \u201ca patch.\u201d (Parent)",
        "\u201cWe waited,\u201d she said, \u201cfor years.\u201d (Parent)",
        "\u2018We waited,\u2019 she said, \u2018for years.\u2019 (Parent)",
        "'We waited,' she said, 'for years.' (Parent)",
        '"We waited," she said, "for years." (Parent)',
        "One of them moved twice (P7).",
        "\u201cWe waited,\u201d said P7",
        "\u201cWe waited.\u201d Parent, Westhay",
        "\u201cWe waited\u201d and \u201cwe waited\u201d P7",
        "I moved twice (P3, P7).",
        "- We asked the parents. (Parents)",
        "1. Wait. (Parent)",
        "Table 1: Who answered. (Parents)",
        "# Who waited. (Parent)",
        "\u00b9 We waited. (Parent)",
        "Waited\t12. (Parent)",
        "We asked groups.\n\n- Parents\n\n- Headteachers",
        "We asked some:\n\n- Parents",
        "We waited.\n\nParents\n\nThey met.",
        "\u201cWe waited.\u201d\n\nParents\n\nThey met.",
        "# Waiting\n\n(Parent)",
        "\u201cWe waited.\u201d\n\n(Parent",
    ],
)
def test_citations_captions_lists_and_running_text_are_no_quotes(paragraph: str) -> None:
    assert _between(paragraph) == []


@pytest.mark.parametrize(
    ("paragraph", "said", "role"),
    [
        ("\u201cWe waited.\u201d (Librarian)", "\u201cWe waited.\u201d", "Librarian"),
        ("\u201cWe waited\u201d (P7).", "\u201cWe waited\u201d", "P7"),
        ("> We waited. (Participant 4, 52)", "We waited.", "Participant 4, 52"),
        ("We waited. \u2013 P7", "We waited.", "P7"),
        ("\u201cWe waited.\u201d P7, female, 34", "\u201cWe waited.\u201d", "P7, female, 34"),
        ("\u201cWe waited.\u201d \u2013 Librarian", "\u201cWe waited.\u201d", "Librarian"),
        ("*We waited.* (Sarah, 34)", "We waited.", "Sarah, 34"),
        ("I moved twice (P7).", "I moved twice", "P7"),
        ("We waited.\n\n- Parents", "We waited.", "Parents"),
    ],
)
def test_what_only_looks_like_an_attribution_is_unsure(paragraph: str, said: str, role: str) -> None:
    assert _between(paragraph) == [(said, role, UNSURE)]


def test_a_form_that_comes_back_with_a_role_or_a_number_is_sure() -> None:
    numbers = _found('"One." (P7)\n\n"Two." (P3)\n\nThree. \u2013 P4\n')
    assert [certainty for _, _, certainty in numbers] == [SURE, SURE, UNSURE]
    roles = _found('"One." (Librarian)\n\n"Two." (Postmaster)\n\n*Three.* (Parent)\n')
    assert [certainty for _, _, certainty in roles] == [UNSURE, UNSURE, SURE]
    assert [certainty for _, _, certainty in _found('"One." (Librarian)\n\n"Two." (Parent)\n')] == [
        SURE,
        SURE,
    ]


def test_running_text_with_a_number_never_becomes_sure_and_makes_nothing_else_so() -> None:
    assert [certainty for _, _, certainty in _found("I moved (P7).\n\nIt was far. (P3)\n")] == [
        UNSURE,
        UNSURE,
    ]
    found = _found("I moved twice (P7).\n\nWe moved back (P3).\n")
    assert [certainty for _, _, certainty in found] == [UNSURE, UNSURE]


def test_a_participant_and_an_area_are_kept() -> None:
    text = '"We waited." (P7, carer, Westhay)\n'
    assert find_block_quotes(text, 0, STAKEHOLDERS, ["Westhay"]) == (
        AttributedQuote(0, 12, "P7, carer", None, QuoteKind.BLOCK, area="Westhay", case="P7"),
    )


_PIECES = st.sampled_from(
    [
        "We waited.",
        '"',
        "\u201c",
        "\u201d",
        "*",
        "_",
        ">",
        "\n",
        "\n\n",
        " ",
        "(Parent)",
        "[P7]",
        "\u2013 LA",
        "- ",
        "#",
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_quotes_are_words_of_the_text_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for quote in find_block_quotes(text, 0, STAKEHOLDERS):
        said = text[quote.start : quote.end]
        assert end <= quote.start < quote.end
        assert said == said.strip()
        assert quote.role
        end = quote.end
