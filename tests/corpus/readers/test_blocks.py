from __future__ import annotations

import pytest

from quotegrid.corpus.readers.blocks import Styled, arrange_paragraphs, join_paragraphs, join_row
from quotegrid.domain.sources.model import ParagraphStyle, StyledParagraph


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ([], ""),
        (["", " "], ""),
        (["Ann", "It leaked."], "Ann: It leaked."),
        (["Ann:", "", "It leaked: twice:"], "Ann: It leaked: twice:"),
        (["Ann :", "One.\nTwo."], "Ann: One.\nTwo."),
        (["00:01:02", "Ann", "It leaked."], "00:01:02 Ann: It leaked."),
        (["Ann", "[1:02]", "It leaked."], "[1:02] Ann: It leaked."),
        (["Ann", "00:01:02"], "Ann: 00:01:02"),
    ],
)
def test_cells_are_joined_so_that_speaker_and_time_are_found(cells: list[str], row: str) -> None:
    assert join_row(cells) == row


def test_blank_paragraphs_are_left_out_and_the_text_normalised() -> None:
    read = join_paragraphs(["Caf\u0065\u0301.", " ", "", "two\r\nli\u00adnes"])
    assert read.text == "Caf\u00e9.\n\ntwo\nlines\n"
    assert read.repairs == {"line ends": 1, "soft hyphens": 1, "composed characters": 1}


def test_a_row_that_names_the_columns_puts_time_and_speaker_in_front_of_the_words() -> None:
    rows = [
        join_row(["Timespan", "Content", "Speaker", "Note"]),
        "",
        join_row(["0:03.0 - 0:08.0", "Why: so?", "Jo", "loud"]),
        join_row(["0:08", "Rain.", "Ann", ""]),
        join_row(["short"]),
    ]
    assert [row for row in arrange_paragraphs(rows) if row] == [
        "0:03.0 Jo: Why: so?: loud",
        "0:08 Ann: Rain.",
        "short",
    ]


def test_columns_are_known_by_their_names_in_other_languages() -> None:
    rows = [join_row(["Redebeitrag", "Sprecherin"]), join_row(["Regen.", "Ann"])]
    assert arrange_paragraphs(rows) == ["Ann: Regen."]


def test_rows_below_other_names_or_behind_other_text_stay_as_they_stand() -> None:
    names = join_row(["Speaker", "Content"])
    row = join_row(["words", "Jo"])
    turned = join_row(["Content", "Speaker"])
    assert arrange_paragraphs([names, row, "Text.", row, turned, row]) == [
        "words: Jo",
        "Text.",
        "words: Jo",
        "Jo: words",
    ]
    assert arrange_paragraphs([join_row(["Area", "Wave"]), row]) == ["Area: Wave", "words: Jo"]


def test_a_paragraph_keeps_its_look_at_the_offsets_of_the_repaired_text() -> None:
    heading = Styled("Of\u00ad rafts", ParagraphStyle.HEADING)
    asked = Styled("Who paid?", ParagraphStyle.EMPHASISED)
    read = join_paragraphs(["Who paid", " ", heading, asked, "Cafe\u0301.", asked])
    assert [(read.text[look.start : look.end], look.style) for look in read.styles] == [
        ("Of rafts", ParagraphStyle.HEADING),
        ("Who paid?", ParagraphStyle.EMPHASISED),
        ("Who paid?", ParagraphStyle.EMPHASISED),
    ]
    assert read.styles == tuple(sorted(read.styles, key=lambda look: look.start))
    assert join_paragraphs(["Plain."]).styles == ()
    assert join_paragraphs([asked]).styles == (StyledParagraph(0, 9, ParagraphStyle.EMPHASISED),)
