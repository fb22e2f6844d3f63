"""Finds the look that sets the questions of a document off from its answers: a class, a colour, a style."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from quotegrid.corpus.transcripts.asking import asks

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Look = tuple[str, ...]
"""The parts of a look, such as a class and a colour."""
_LOOKING = "p, li, div, dt, dd"
_EMPHASIS = "b, strong, em, i, u"
_FEWEST = 4
_GREATEST_SHARE = 0.6
_ASKING, _ANSWERING = 0.7, 0.15
"""The least share of questions among paragraphs that ask, and the greatest among those that answer."""


def telling_look(paragraphs: Iterable[tuple[Look, str]]) -> Look | None:
    """Return the look that nearly only questions have, or nearly only answers; None if no look tells them.

    The look of most paragraphs is the plain one, and tells nothing.

    Args:
        paragraphs: The look and the words of each paragraph.
    """
    asked: dict[Look, list[bool]] = defaultdict(list)
    for look, words in paragraphs:
        if words.strip():
            asked[look].append(asks(words, 0, len(words)))
    every = sum(map(len, asked.values()))
    plain = max(asked, key=lambda look: len(asked[look]), default=None)
    for look, own in asked.items():
        others = [is_question for other, found in asked.items() if other != look for is_question in found]
        if look == plain or len(own) < _FEWEST or len(own) > _GREATEST_SHARE * every:
            continue
        of_own, of_others = sum(own) / len(own), sum(others) / len(others)
        if (of_own >= _ASKING and of_others <= _ANSWERING) or (of_others >= _ASKING and of_own <= _ANSWERING):
            return look
    return None


def page_looks(tree: LexborHTMLParser) -> Iterator[tuple[Look, str]]:
    """Yield the look and the words of each paragraph of a web page that is not set off as a whole.

    Bold and italics tell by themselves; beside them a look of the answers would set off everything.
    """
    for node in tree.css(_LOOKING):
        is_whole = all(within.mem_id == node.mem_id for within in node.css(f"{_LOOKING}, table"))
        if is_whole and not _is_emphasised(node):
            yield look_of(node), node.text().strip()


def _is_emphasised(node: LexborNode) -> bool:
    within = node.css_first(_EMPHASIS)
    return within is not None and within.text().strip() == node.text().strip()


def look_of(node: LexborNode) -> Look:
    """Return the tag, class, style and colour of a paragraph of a web page and of what encloses its words."""
    within = node.css_first("span, font")
    encloses = within is not None and within.text().strip() == node.text().strip()
    return (*_own_look(node), *(_own_look(within) if within is not None and encloses else ()))


def _own_look(node: LexborNode) -> Look:
    return (node.tag or "", *(node.attributes.get(name) or "" for name in ("class", "style", "color")))
