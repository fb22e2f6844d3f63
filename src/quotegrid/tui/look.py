"""How text from sources and amounts are shown: never as markup, never by colour alone."""

from __future__ import annotations

from textual.content import Content

from quotegrid.domain.text import visible

ACCEPTED, REJECTED, WAITING = "✓", "✗", "·"


def plain(text: str) -> Content:
    """Text from a source as it stands: nothing in it is an instruction."""
    return Content(visible(text))


def flowing(text: str) -> str:
    """A source's text for reading: lines within a paragraph run on, paragraphs stay apart.

    Every code point stays in its place, so that offsets still hold.
    """
    out = list(visible(text))
    for number, char in enumerate(out):
        if char == "\n":
            before = number > 0 and text[number - 1] == "\n"
            after = number + 1 < len(text) and text[number + 1] == "\n"
            if not before and not after:
                out[number] = " "
    return "".join(out)


def bar(done: int, total: int, width: int = 10) -> str:
    """A bar of blocks, full where everything is done; blank where there is nothing to do."""
    if total == 0:
        return " " * width
    filled = round(width * done / total)
    return "█" * filled + "░" * (width - filled)
