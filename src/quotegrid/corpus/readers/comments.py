"""Places the comments of a document beside the words that they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from quotegrid.domain.sources.model import Comment

MARK = "\ufdd1"
"""Marks the ends of comments' anchors in a second copy of the text; no document may contain it."""


class Edge(Enum):
    """The kind of mark that a comment has in the text."""

    START = auto()
    END = auto()
    POINT = auto()
    """The place where a program shows the comment, used if the comment has no beginning."""


@dataclass(frozen=True, slots=True)
class Remark:
    """The content of a comment, without its place."""

    author: str | None
    date: str | None
    text: str


def place_comments(
    text: str, marked: str, edges: Sequence[tuple[str, Edge]], remarks: Mapping[str, Remark]
) -> tuple[Comment, ...]:
    """Return the comments with their places in the stored text, in order.

    White space and punctuation may differ between the two copies of the text, so places are counted in
    letters and digits: an anchor begins at its first letter or digit and ends after its last. An anchor
    without any is a point.

    Args:
        text: The stored text.
        marked: The text as assembled, with a `MARK` for each of the edges.
        edges: The comment that each mark belongs to and the mark's kind, in the order of the marks.
        remarks: The comments, by the names that the edges use.
    """
    letters = [place for place, char in enumerate(text) if char.isalnum()]
    ends: dict[str, dict[Edge, int]] = {}
    count, number = 0, 0
    for char in marked:
        if char == MARK and number < len(edges):
            name, edge = edges[number]
            ends.setdefault(name, {}).setdefault(edge, count)
            number += 1
        elif char.isalnum():
            count += 1
    found = []
    for name, remark in remarks.items():
        of_this = ends.get(name, {})
        first = of_this.get(Edge.START, of_this.get(Edge.POINT))
        if first is None or not remark.text.strip():
            continue
        last = min(of_this.get(Edge.END, first), len(letters))
        start = letters[first] if first < len(letters) else len(text.rstrip())
        end = letters[last - 1] + 1 if last > first else start
        found.append(Comment(start, end, remark.author, remark.date, remark.text.strip()))
    return tuple(sorted(found, key=lambda comment: (comment.start, comment.end)))
