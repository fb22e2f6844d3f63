"""How text from sources and amounts are shown: never as markup, never by colour alone."""

from __future__ import annotations

from textual.content import Content

from quotegrid.domain.codebook.codes import COLOURS, Codebook
from quotegrid.domain.text.normalise import visible

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


# In the order of `domain.codes.COLOURS`.
_ON_DARK = (
    "#e69f00 #56b4e9 #4dd2a8 #f0e442 #8fb8ff #ff9a6b #e8a9d0 #c8c8c8 #b9e07a #ffcf7a #9ad7d7 #d6b3ff".split()
)
_ON_LIGHT = (
    "#7a4f00 #0b5578 #005c43 #5c5600 #1f4690 #8f3400 #7d3166 #454545 #375e00 #6e4600 #00585e #5a2f96".split()
)


def colours_of(codebook: Codebook) -> dict[str, int]:
    """The number of each code's colour: what it says itself, or else its place, by its name."""
    return {
        code.name: COLOURS.index(code.colour) if code.colour else place
        for place, code in enumerate(codebook.walk())
    }


def colour_of(place: int, *, dark: bool) -> str:
    """A colour by its number, "#rrggbb"; after twelve they begin anew.

    The first come from Okabe and Ito's palette, made to be told apart by colour-blind readers. A name or a
    mark always stands beside a colour.

    Args:
        place: The number, from 0.
        dark: Whether it stands on a dark ground.
    """
    colours = _ON_DARK if dark else _ON_LIGHT
    return colours[place % len(colours)]
