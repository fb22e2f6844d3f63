from __future__ import annotations

import pytest

from quotegrid.corpus.readers.blocks import joined_row, text_of


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
    assert joined_row(cells) == row


def test_blank_paragraphs_are_left_out_and_the_text_normalised() -> None:
    read = text_of(["Caf\u0065\u0301.", " ", "", "two\r\nli\u00adnes"])
    assert read.text == "Caf\u00e9.\n\ntwo\nlines\n"
    assert read.repairs == {"line ends": 1, "soft hyphens": 1, "composed characters": 1}
