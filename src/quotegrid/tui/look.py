"""Text from sources and amounts as they are shown: never as markup, never by colour alone."""

from __future__ import annotations

from textual.content import Content

from quotegrid.domain.codebook.codes import COLOURS, Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.text.normalise import one_line, visible

ACCEPTED, REJECTED, WAITING = "✓", "✗", "·"
NOTED = "✎"
"""The mark of what has a memo."""


def plain(text: str) -> Content:
    """Return a text from a source as it stands: nothing in it is markup or a terminal escape."""
    return Content(visible(text))


def minutes(time: str) -> str:
    """Return an ISO time to the minute, as it is shown."""
    return time[:16].replace("T", " ")


def memo_line(author: str, text: str, code: str | None = None) -> Content:
    """Return a memo on one line, with who wrote it, and the code if it is on a coding."""
    on = "" if code is None else f" on “{one_line(code)}”"
    return plain(f"Memo ({one_line(author)}){on}: {one_line(text)}")


def stance_text(code: str, stance: Stance | None) -> str:
    """Return the stance that a code has been given, in a sentence."""
    return f"“{code}”: {'no stance' if stance is None else stance.value}."


def flowing(text: str) -> str:
    """Return a source's text for reading: lines within a paragraph run on, paragraphs stay apart.

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
    """Return a bar of blocks, full only where everything is done and empty only where nothing is.

    It is blank where there is nothing to do.
    """
    if total == 0:
        return " " * width
    filled = (
        width if done >= total else min(max((2 * width * done + total) // (2 * total), done > 0), width - 1)
    )
    return "█" * filled + "░" * (width - filled)


# In the order of `domain.codebook.codes.COLOURS`.
_ON_DARK = (
    "#e69f00 #56b4e9 #4dd2a8 #f0e442 #8fb8ff #ff9a6b #e8a9d0 #c8c8c8 #b9e07a #ffcf7a #9ad7d7 #d6b3ff".split()
)
_ON_LIGHT = (
    "#7a4f00 #0b5578 #005c43 #5c5600 #1f4690 #8f3400 #7d3166 #454545 #375e00 #6e4600 #00585e #5a2f96".split()
)


def colours_of(codebook: Codebook) -> dict[str, int]:
    """Return the number of each code's colour by its name: the one it was given, or else its place."""
    return {
        code.name: COLOURS.index(code.colour) if code.colour else place
        for place, code in enumerate(codebook.walk())
    }


def colour_of(place: int, *, dark: bool) -> str:
    """Return a colour by its number, as "#rrggbb"; after twelve they repeat.

    The first come from Okabe and Ito's palette, made to be told apart by colour-blind readers. A name or a
    mark always stands beside a colour.

    Args:
        place: The number, from 0.
        dark: Whether it stands on a dark ground.
    """
    colours = _ON_DARK if dark else _ON_LIGHT
    return colours[place % len(colours)]
