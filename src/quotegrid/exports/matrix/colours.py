"""The colours of a heat map and of the text on them, safe for colour-blind readers and in greyscale."""

from __future__ import annotations

from collections.abc import Sequence

_BLUES = "#f7fbff #deebf7 #c6dbef #9ecae1 #6baed6 #4292c6 #2171b5 #08519c #08306b".split()
_ORANGE_TO_PURPLE = (
    "#7f3b08 #b35806 #e08214 #fdb863 #fee0b6 #f7f7f7 #d8daeb #b2abd2 #8073ac #542788 #2d004b".split()
)
SINGLE_ENDS = (_BLUES[0], _BLUES[6])
"""The lightest colour of the single scale, and a strong one for bars."""
DIVERGING_ENDS = (_ORANGE_TO_PURPLE[2], _ORANGE_TO_PURPLE[8])
"""Strong colours for what is below and for what is above."""
_BLACK, _WHITE = "#000000", "#ffffff"


def single(share: float) -> str:
    """Return the colour of a share of the scale, "#rrggbb": one hue, darker with every step.

    The steps are those of ColorBrewer's Blues; 0 is nearly white. What is outside 0 to 1 has an end's colour.
    """
    return _between(_BLUES, share)


def diverging(share: float) -> str:
    """Return the colour of what is below (-1, orange) or above (1, purple) the middle (0, nearly white).

    The steps are those of ColorBrewer's PuOr, whose two sides colour-blind readers can tell apart; in grey
    they look the same, so the number beside must carry the sign.
    """
    return _between(_ORANGE_TO_PURPLE, (share + 1) / 2)


def ink_on(fill: str) -> str:
    """Return black or white, whichever stands out more: always with a contrast over 4.5 (WCAG 2 AA)."""
    return max((_BLACK, _WHITE), key=lambda ink: contrast(fill, ink))


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours by WCAG 2: 1 for the same colour, 21 for black and white."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _between(steps: Sequence[str], share: float) -> str:
    place = min(max(share, 0.0), 1.0) * (len(steps) - 1)
    lower = min(int(place), len(steps) - 2)
    mixed = (
        round(low + (high - low) * (place - lower))
        for low, high in zip(_channels(steps[lower]), _channels(steps[lower + 1]), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
