"""Finds the look by which a web page sets its questions off: a class or a colour that no answer has."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quotegrid.corpus.transcripts.asking import asks

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Look = tuple[str, ...]
"""The tag, class, inline style and colour of a paragraph and of what encloses all its words."""
_PARAGRAPHS = "p, li, div, dt, dd"
_FEWEST = 4
_GREATEST_SHARE = 0.6
_ASKING, _ANSWERING = 0.7, 0.25
"""The least share of questions among paragraphs of the look, and the greatest among the others."""


def look_of(node: LexborNode) -> Look:
    """Return the look of a paragraph."""
    look = _own(node)
    within = node.css_first("span, font")
    if within is not None and within.text().strip() == node.text().strip():
        look += _own(within)
    return look


def look_of_questions(tree: LexborHTMLParser) -> Look | None:
    """Return the look that most questions of a page have and hardly anything else has; None without one."""
    asked: dict[Look, list[bool]] = defaultdict(list)
    for node in tree.css(_PARAGRAPHS):
        words = node.text().strip()
        if words and node.css_first(_PARAGRAPHS.replace("p,", "p, table,")) in (None, node):
            asked[look_of(node)].append(asks(words, 0, len(words)))
    every = sum(map(len, asked.values()))
    for look, own in asked.items():
        others = [is_question for other, found in asked.items() if other != look for is_question in found]
        if not any(look[1:]) or len(own) < _FEWEST or len(own) > _GREATEST_SHARE * every:
            continue
        if sum(own) >= _ASKING * len(own) and sum(others) <= _ANSWERING * len(others):
            return look
    return None


def _own(node: LexborNode) -> Look:
    attributes = node.attributes
    return (node.tag or "", *(attributes.get(name) or "" for name in ("class", "style", "color")))
