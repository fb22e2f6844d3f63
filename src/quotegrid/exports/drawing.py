"""A drawing of texts, boxes and lines, laid out in points, as SVG or PNG.

The layout is plain data, so that a test can ask where everything stands; matplotlib measures text and draws.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.errors import UsageError

PIXELS_PER_INCH = 200
_MOST_ON_A_SIDE = 2**16 - 1
_MOST_PIXELS = 100_000_000
"""The most pixels of a drawing, which take 400 MB while it is drawn."""
_POINTS_PER_INCH = 72
_FAMILIES = ["DejaVu Sans", "Verdana", "Arial"]
_LINE_HEIGHT = 1.25
_FINER = 16
"""The factor by which text is enlarged for measuring, so that hinting does not make letters wider."""
_RISE, _DROP = 0.93, 0.24
"""The height of DejaVu Sans above and its depth below the base line, as a share of its size."""

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its base line, and `x` where it begins, has its middle or ends."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "#1f2937"
    side: Side = "left"
    is_bold: bool = False
    is_upright: bool = True
    """Whether it is set horizontally; otherwise it runs upwards, beginning at `x`, `y`."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner; where hatched, in the colour of its edge."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = "none"
    is_hatched: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its size in points, its items, its title, and its description in words."""

    width: float
    height: float
    items: tuple[Words | Box, ...]
    title: str
    description: str


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a line of text in points."""
    font = _font(is_bold)
    with _without_missing_signs():
        font.set_size(size * _FINER, _POINTS_PER_INCH)
        font.set_text(text)
        width: float = font.get_width_height()[0] / 64 / _FINER
    return width


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break the text into lines no wider than `width`; nothing is cut, and a word that is wider is broken.

    Args:
        text: Any text; white space counts as one space.
        width: At least as wide as any single character.
        measure: Returns the width of a text.
    """
    lines: list[str] = []
    line = ""
    for word in one_line(visible(text)).split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = ""
        for char in word:
            if line and measure(line + char) > width:
                lines.append(line)
                line = ""
            line += char
    return [*lines, line]


def extent(words: Words) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower end of a line of text."""
    length = text_width(words.text, words.size, is_bold=words.is_bold)
    if not words.is_upright:
        return (words.x - _RISE * words.size, words.y - length, words.x + _DROP * words.size, words.y)
    left = words.x - {"left": 0.0, "center": length / 2, "right": length}[words.side]
    return (left, words.y - _RISE * words.size, left + length, words.y + _DROP * words.size)


def line_height(size: float) -> float:
    """Return the distance between the base lines of two successive lines."""
    return size * _LINE_HEIGHT


def svg(drawing: Drawing) -> bytes:
    """Return the drawing as SVG 1.1 whose text is text, with its title and description for screen readers."""
    out = io.BytesIO()
    with _settings():
        _figure(drawing).savefig(
            out, format="svg", metadata={"Title": drawing.title, "Date": None, "Creator": "quotegrid"}
        )
    told = f"<desc>{escape(drawing.description)}</desc>"
    text = out.getvalue().decode("utf-8")
    return text.replace("</title>", f"</title>\n {told}", 1).replace("<svg ", '<svg role="img" ', 1).encode()


def png(drawing: Drawing) -> bytes:
    """Return the drawing as PNG of 200 pixels to the inch, with its title and description as text chunks.

    Raises:
        UsageError: If it has more pixels than can be drawn.
    """
    sides = [int(side / _POINTS_PER_INCH * PIXELS_PER_INCH) for side in (drawing.width, drawing.height)]
    if max(sides) > _MOST_ON_A_SIDE or sides[0] * sides[1] > _MOST_PIXELS:
        raise UsageError(
            f"the picture would have {sides[0]:,} by {sides[1]:,} pixels, more than can be drawn.",
            todo="Choose fewer rows or columns, or write an .svg file.",
        )
    out = io.BytesIO()
    with _settings():
        _figure(drawing).savefig(
            out,
            format="png",
            dpi=PIXELS_PER_INCH,
            metadata={"Title": drawing.title, "Description": drawing.description, "Software": "quotegrid"},
        )
    return out.getvalue()


def _figure(drawing: Drawing) -> Any:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure(figsize=(drawing.width / _POINTS_PER_INCH, drawing.height / _POINTS_PER_INCH))
    figure.patch.set_facecolor("white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    for item in drawing.items:
        if isinstance(item, Box):
            axes.add_patch(
                Rectangle(
                    (item.x, item.y),
                    item.width,
                    item.height,
                    facecolor=item.fill,
                    edgecolor=item.edge,
                    linewidth=0.6,
                    hatch="////" if item.is_hatched else None,
                )
            )
        else:
            axes.text(
                item.x,
                item.y,
                item.text,
                fontsize=item.size,
                color=item.colour,
                weight="bold" if item.is_bold else "normal",
                horizontalalignment=item.side,
                verticalalignment="baseline",
                rotation=0 if item.is_upright else 90,
                rotation_mode="anchor",
                # A dollar sign in a name begins no formula.
                parse_math=False,
            )
    return figure


@contextmanager
def _settings() -> Iterator[None]:
    """Make matplotlib write the same bytes for the same drawing, whatever the user's own settings are."""
    from matplotlib import rc_context, rcdefaults, rcParams

    fixed = {
        "font.family": "sans-serif",
        "font.sans-serif": _FAMILIES,
        "svg.fonttype": "none",
        "svg.hashsalt": "quotegrid",
        "hatch.linewidth": 0.5,
    }
    with rc_context(), _without_missing_signs():
        rcdefaults()
        rcParams.update(fixed)
        yield


@contextmanager
def _without_missing_signs() -> Iterator[None]:
    """Silence the warning on missing glyphs: PNG shows an empty box, and SVG leaves them to the viewer."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="(?s)Glyph .* missing from font")
        yield


@lru_cache(maxsize=2)
def _font(is_bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(family=_FAMILIES[0], weight="bold" if is_bold else "normal")))


def stacked(
    texts: Sequence[str],
    x: float,
    middle: float,
    size: float,
    *,
    side: Side,
    colour: str,
    is_bold: bool = False,
) -> list[Words]:
    """Return lines one below the other, centred on a height."""
    height = line_height(size)
    first = middle - height * (len(texts) - 1) / 2 + size * (_RISE - _DROP) / 2
    return [
        Words(x, first + number * height, text, size, colour, side, is_bold)
        for number, text in enumerate(texts)
    ]
