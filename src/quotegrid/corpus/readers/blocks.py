"""How paragraphs and table rows of a document become one text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quotegrid.domain.repairs import repaired
from quotegrid.domain.sources import ReadText

_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?")


def joined_row(cells: Iterable[str]) -> str:
    """A table's row as a paragraph: its cells joined by a colon, which a cell may end with already.

    A cell that holds only a time stands in front of the others, as it does where speaker turns are typed.
    """
    filled = [cell for cell in (cell.strip() for cell in cells) if cell]
    last = filled[-1:]
    before = [cell.removesuffix(":").rstrip() for cell in filled[:-1]]
    times = [cell for cell in before if _TIME.fullmatch(cell)]
    return " ".join([*times, ": ".join([*(cell for cell in before if cell not in times), *last])])


def text_of(paragraphs: Iterable[str]) -> ReadText:
    """The stored text of a document: its paragraphs that are not blank, a blank line apart."""
    text, repairs = repaired("\n\n".join(one for one in paragraphs if one.strip()) + "\n")
    return ReadText(text=text, repairs=repairs)
