"""Talk in workbooks: in one column, or of one person."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.errors import ReadError
from tests.corpus.transcripts.invented import FERRY, said


def _read(folder: Path, rows: list[tuple[str, ...]]) -> ReadSource:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "talk.xlsx"
    book.save(path)
    return read_source(path, path.name, ReadingOptions(), Stakeholders({}))


def test_cells_of_one_column_that_begin_with_names_are_talk(tmp_path: Path) -> None:
    names = ["JO", "LEN"] * 4
    rows = [(f"{name}: {words}",) for name, words in zip(names, FERRY, strict=True)]
    found = _read(tmp_path, [*rows[:2], ("It was in May, I think.",), *rows[2:]])
    expected = list(zip(names, FERRY, strict=True))
    expected[1] = ("LEN", f"{FERRY[1]}\n\nIt was in May, I think.")
    assert said(found) == expected


def test_one_column_without_names_that_come_back_is_no_talk(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not clear which column"):
        _read(tmp_path, [(f"Item {number}: {words}",) for number, words in enumerate(FERRY)])


def test_the_one_person_of_a_table_with_times_speaks_and_not_the_numbers_beside(tmp_path: Path) -> None:
    rows = [
        ("Ada Pike", str(20 + number % 3), words, f"0:{number:02}", f"0:{number + 1:02}")
        for number, words in enumerate(FERRY)
    ]
    found = _read(tmp_path, [("Who", "Word Count", "Quote", "Start", "End"), *rows])
    assert {label for label, _ in said(found)} == {"Ada Pike"}
