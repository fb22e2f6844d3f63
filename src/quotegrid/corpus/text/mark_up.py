"""Takes the addresses of links, pictures and the tags of web pages from around the words of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ \t]*$", re.MULTILINE | re.DOTALL)
_TARGET = r"\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
_PICTURE = re.compile(rf"!\[[^\[\]\n]*\]{_TARGET}")
_LINK = re.compile(rf"(?<![!\\])\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]{_TARGET}")
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<name>[^\[\]\n^]+)\]:[ \t]+<?\S+>?(?:[ \t]+[\"'(][^\n]*)?$", re.MULTILINE
)
_REFERENCE = re.compile(r"(?<![!\\])\[(?P<words>[^\[\]\n]+)\]\[(?P<name>[^\[\]\n]*)\]")
_NOTE = re.compile(r"^[ ]{0,3}\[\^[^\]\n]+\]:[^\n]*(?:\n(?:[ ]{2,}|\t)[^\n]*)*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\n]+\]")
_BREAK = re.compile(r"<br[ \t]*/?>(?P<end>[ \t]*$)?", re.IGNORECASE | re.MULTILINE)
_CLOSING = re.compile(
    r"</(?:p|b|i|strong|em|div|span|center|font|u|small|sup|sub|details|a)>|<br[ \t]*/?>[ \t]*$", re.I | re.M
)
"""Matches a tag by which others are known to be tags and no words."""
_OF_TAGS = 4
"""The number of replacements of tags, which come last."""
_STRONG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_EMPHASIS = re.compile(r"</?(?:i|em)>", re.IGNORECASE)
_UNDERSCORED = re.compile(r"(?<![\w_])_(?=[^\s_])(?P<words>(?:[^_\n]*\n)?[^_\n]*[^\s_])_(?![\w_])")
"""Matches words in italics by underscores, which would be part of the words."""
_TAG = re.compile(
    r"</?(?:p|div|span|center|font|u|small|sup|sub|details|summary|img|a|section|article|blockquote|hr)"
    r"(?:[ \t\n][^<>]*)?/?>"
    r"|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)


def without_mark_up(body: str) -> tuple[str, int]:
    """Return Markdown with the words of links alone and without tags, and the number of marks taken out.

    Bold and italics by tags, and italics by underscores, become those by asterisks; footnotes and their marks
    are left out. What stands in a block of code stays.

    Args:
        body: The text below the front matter.
    """
    if not any(sign in body for sign in ("](", "<", "]:", "_")):
        return body, 0
    pieces: list[str] = []
    end = count = 0
    for fence in _FENCE.finditer(body):
        words, found = _plain(body[end : fence.start()])
        pieces += [words, fence.group()]
        end, count = fence.end(), count + found
    words, found = _plain(body[end:])
    return "".join([*pieces, words]), count + found


def _plain(body: str) -> tuple[str, int]:
    names = {match["name"].casefold() for match in _DEFINITION.finditer(body)}

    def referred(match: re.Match[str]) -> str:
        name = match["name"] or match["words"]
        return match["words"] if name.casefold() in names else match.group()

    has_tags = _CLOSING.search(body) is not None
    replacements: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
        (_NOTE, ""),
        (_NOTE_MARK, ""),
        (_PICTURE, ""),
        (_LINK, lambda match: str(match["words"])),
        (_REFERENCE, referred),
        (_DEFINITION, ""),
        (_UNDERSCORED, lambda match: f"*{match['words']}*"),
        (_BREAK, lambda match: "" if match["end"] is not None else "\n"),
        (_STRONG, "**"),
        (_EMPHASIS, "*"),
        (_TAG, ""),
    )
    count = 0
    for pattern, replacement in replacements if has_tags else replacements[:-_OF_TAGS]:
        body, found = pattern.subn(replacement, body)
        count += found
    return body, count
