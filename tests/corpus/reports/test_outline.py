from __future__ import annotations

import pytest

from quotegrid.corpus.reports.outline import Place, find_outline, place_of
from quotegrid.domain.people.stakeholders import Stakeholders

STAKEHOLDERS = Stakeholders({"school": (), "parent": ()})
AREAS = ("Westhay", "Reading", "Eastlow", "Stow", "Stow on the Hill")


def _at(text: str, word: str, areas: tuple[str, ...] = ()) -> Place:
    return place_of(find_outline(text, 0, STAKEHOLDERS, areas), text.index(word))


def _above(text: str, word: str) -> tuple[str, ...]:
    return _at(text, word).headings


def test_markdown_tells_levels() -> None:
    text = (
        "# Post\n\nOne.\n\n## Letters\n\nTwo.\n\n#### Late\n\nThree.\n\n"
        "## Visits\n\nFour.\n\n# End\n\nFive.\n"
    )
    assert _above(text, "One.") == ("Post",)
    assert _above(text, "Two.") == ("Post", "Letters")
    assert _above(text, "Three.") == ("Post", "Letters", "Late")
    assert _above(text, "Four.") == ("Post", "Visits")
    assert _above(text, "Five.") == ("End",)
    assert _above("One.\n\n# Post\n", "One.") == ()


def test_numbers_tell_levels_and_a_numbered_list_has_none() -> None:
    text = (
        "1. Letters\n\nOne.\n\n1.1 Their tone\n\nTwo.\n\n1.1.1. Late ones\n\nThree.\n\n"
        "1.2 Their cost\n\nFour.\n\n"
        "2. Read all of them\n\nFive.\n\nChapter 3: Visits\n\nSix.\n\nAt home\n\nSeven.\n"
    )
    assert _above(text, "One.") == ("1. Letters",)
    assert _above(text, "Three.") == ("1. Letters", "1.1 Their tone", "1.1.1. Late ones")
    assert _above(text, "Four.") == ("1. Letters", "1.2 Their cost")
    assert _above(text, "Five.") == ("1. Letters", "1.2 Their cost")
    assert _above(text, "Six.") == ("Chapter 3: Visits",)
    assert _above(text, "Seven.") == ("Chapter 3: Visits", "At home")


@pytest.mark.parametrize("gap", ["\t", " ....... ", "   "])
def test_the_contents_tell_which_of_two_plain_headings_is_the_wider(gap: str) -> None:
    contents = "".join(f"{title}{gap}{page}\n\n" for page, title in enumerate(("Letters", "References"), 3))
    text = f"Contents\n\n{contents}Letters\n\nThey came.\n\nLate ones\n\nOne.\n\nReferences\n\nTwo.\n"
    assert _above(text, "One.") == ("Letters", "Late ones")
    assert _above(text, "Two.") == ("References",)


def test_a_break_before_a_title_of_the_contents_begins_a_chapter() -> None:
    contents = "Contents\n\nVisits\t3\n\nLetters\t4\n\n"
    text = f"{contents}Chapter 1: Post\n\nVisits\n\nOne.\n\n* * *\n\nLetters\n\nTwo.\n"
    assert _above(text, "One.") == ("Chapter 1: Post", "Visits")
    assert _above(text, "Two.") == ("Letters",)


def test_a_bold_line_is_a_heading_below_all_others_and_bold_words_are_none() -> None:
    text = "# Post\n\nLetters\n\n**Late ones**\n\nOne.\n\n**Late.** They came.\n\n__Early ones__\n\nTwo.\n"
    assert _above(text, "One.") == ("Post", "Letters", "Late ones")
    assert _above(text, "Two.") == ("Post", "Letters", "Early ones")


@pytest.mark.parametrize(
    "title",
    [
        "Case study: Letters that were read",
        "Case study 2 \u2013 Letters that were read",
        "Case example A: Letters that were read",
        "Vignette 1. Letters that were read",
        "Spotlight on letters that were read",
        "Box 3: Letters that were read",
        "CASE STUDY 2",
    ],
)
def test_a_box_has_a_title_and_ends_with_the_next_heading(title: str) -> None:
    for shown in (title, f"**{title}**", f"### {title}"):
        text = f"## Post\n\nOne.\n\n{shown}\n\nTwo.\n\n## Visits\n\nThree.\n"
        assert [_at(text, word).box for word in ("One.", "Two.", "Three.")] == [None, title, None]


@pytest.mark.parametrize(
    "line",
    [
        "Case studies of letters",
        "Case study areas were chosen by lot.",
        "Case study 2: Letters\t12",
        "Box of letters",
        "Spotlights",
        "Vignettes were read aloud, one by one: they were short.",
    ],
)
def test_a_line_that_only_begins_like_a_box_is_none(line: str) -> None:
    assert _at(f"# Post\n\n{line}\n\nOne.\n", "One.").box is None


def test_the_heading_behind_a_bare_name_is_the_title_of_its_box() -> None:
    title = "How Westhay wrote"
    box = f"## Case study 2\n\n### {title}\n\nOne.\n\n### After\n\nTwo.\n\n"
    text = f"# Post\n\n{box}## Visits\n\nThree.\n"
    assert _at(text, "One.", AREAS) == Place(("Post", "Case study 2", title), title, "Westhay")
    assert _at(text, "Two.", AREAS) == Place(("Post", "Case study 2", "After"), title, "Westhay")
    assert _at(text, "Three.", AREAS) == Place(("Post", "Visits"), None, None)


def test_quoted_lines_with_a_title_are_a_box_to_their_end() -> None:
    text = "# Post\n\n> **Case study: Eastlow**\n>\n> One.\n>\n> Two.\n\nThree.\n"
    assert [_at(text, word, AREAS).area for word in ("One.", "Two.", "Three.")] == [
        "Eastlow",
        "Eastlow",
        None,
    ]


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("Letters in Reading", "Reading"),
        ("Reading: letters by the sack", "Reading"),
        ("Reading\u2019s letters", "Reading"),
        ("Reading Council and its letters", "Reading"),
        ("4.2 The post (Westhay)", "Westhay"),
        ("The post of Stow on the Hill", "Stow on the Hill"),
        ("Reading difficulties", None),
        ("Progress in reading", None),
        ("Letters in Westhay and Reading", None),
        ("Westhay: letters in Reading", None),
        ("Letters in Southby", None),
    ],
)
def test_an_area_of_the_study_is_known_in_a_heading_where_a_place_stands(
    title: str, area: str | None
) -> None:
    assert _at(f"# {title}\n\nOne.\n", "One.", AREAS) == Place((title,), None, area)


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("Case study: letters in Stoke-on-Trent", "Stoke-on-Trent"),
        ("Case study: letters in Stow on the Wold", "Stow on the Wold"),
        ("Case study: Letters in Hay", "Hay"),
        ("Case study: Writing Kinder Letters in Plain Words", None),
        ("Case study: letters in Schools", None),
        ("Case study: letters in England", None),
        ("Case study: letters in the valley", None),
        ("Case study 3", None),
        ("Case study: writing and Westhay", "Westhay"),
        ("Case study: Westhay and Reading", None),
    ],
)
def test_a_case_study_ends_in_a_place(title: str, area: str | None) -> None:
    assert _at(f"## {title}\n\nOne.\n", "One.", AREAS) == Place((title,), title, area)


@pytest.mark.parametrize(
    ("title", "below", "is_case"),
    [
        ("Answering letters in Southby", "Southby\u2019s clerks read them.", True),
        ("Answering letters in Southby", "The clerks of Southby read them.", True),
        ("Better Letters in Southby", "Southby Council read them.", True),
        ("Answering letters in Southby", "Clerks read them.", False),
        ("Better Letters in Southby", "Clerks read them.", False),
    ],
)
def test_a_title_that_ends_in_a_place_of_which_the_text_speaks_is_a_case_study(
    title: str, below: str, is_case: bool
) -> None:
    text = f"# Post\n\n## {title}\n\n{below}\n\nOne.\n"
    assert _at(text, "One.") == Place(("Post", title), *((title, "Southby") if is_case else (None, None)))


def test_in_a_text_without_levels_a_case_study_ends_where_its_place_is_last_named() -> None:
    text = (
        "Letters\n\nOne.\n\nAnswering in Southby\n\nThe clerks of Southby answer.\n\nTwo.\n\n"
        "They asked Southby why.\n\nThree.\n\nElsewhere nobody did.\n\nFour.\n"
    )
    quote = text.index("Three."), text.index("Three.") + 6
    outline = find_outline(text, 0, STAKEHOLDERS, (), [quote])
    found = [place_of(outline, text.index(word)) for word in ("One.", "Two.", "Three.", "Four.")]
    case = Place(("Letters", "Answering in Southby"), "Answering in Southby", "Southby")
    outside = Place(("Letters",), None, None)
    assert found == [outside, case, case, outside]


def test_quotes_are_no_headings() -> None:
    text = "Post\n\nWe had a kettle\n\nOne.\n"
    span = text.index("We"), text.index("kettle") + 6
    assert place_of(find_outline(text, 0, STAKEHOLDERS, (), [span]), text.index("One.")).headings == ("Post",)
