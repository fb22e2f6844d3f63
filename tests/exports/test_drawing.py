from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from quotegrid.errors import UsageError
from quotegrid.exports.drawing import (
    PIXELS_PER_INCH,
    Box,
    Drawing,
    Words,
    extent,
    png,
    stacked,
    svg,
    text_width,
    wrapped,
)

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = Drawing(
    144,
    72,
    (
        Words(10, 20, "cost $5 & $x^2$ <b>", 9),
        Box(10, 30, 40, 20, "#4292c6", "#999999", is_hatched=True),
        Words(120, 60, "on its side", 9, is_upright=False),
    ),
    'A title with </title> & "marks"',
    "What it says: 1 < 2",
)


def _length(text: str) -> float:
    return float(len(text))


@given(st.text(), st.integers(1, 20))
def test_wrapping_cuts_nothing_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width, _length)
    assert all(len(line) <= width for line in lines)
    without_space = re.compile(r"\s")
    assert [char for line in lines for char in line if not char.isspace()] == [
        char for char in "".join(wrapped(text, 10**6, _length)) if not without_space.match(char)
    ]


@given(st.lists(st.text(st.sampled_from("abc"), min_size=1, max_size=9), min_size=1), st.integers(9, 30))
def test_words_stay_whole_where_they_fit(words: list[str], width: int) -> None:
    assert " ".join(wrapped(" ".join(words), width, _length)).split(" ") == words


def test_a_word_is_as_wide_as_matplotlib_draws_it() -> None:
    assert text_width("mmmm", 10) == pytest.approx(4 * 9.74, abs=0.6)
    assert text_width("mmmm", 20) == pytest.approx(2 * text_width("mmmm", 10), abs=1)
    assert text_width("mmmm", 10, is_bold=True) > text_width("mmmm", 10)


def test_text_is_kept_as_text_and_is_never_markup_or_a_formula() -> None:
    root = ElementTree.fromstring(svg(DRAWING))  # noqa: S314
    assert [element.text for element in root.iter(f"{SVG}text")] == ["cost $5 & $x^2$ <b>", "on its side"]
    assert root.get("role") == "img"
    assert [element.text for element in root.findall(f"{SVG}title")] == [DRAWING.title]
    assert [element.text for element in root.findall(f"{SVG}desc")] == [DRAWING.description]


def test_a_picture_is_as_large_as_is_said_and_says_what_it_shows() -> None:
    image = Image.open(io.BytesIO(png(DRAWING)))
    image.load()
    assert image.size == (2 * PIXELS_PER_INCH, PIXELS_PER_INCH)
    assert image.info["dpi"] == pytest.approx((PIXELS_PER_INCH, PIXELS_PER_INCH), abs=0.1)
    assert image.info["Title"] == DRAWING.title
    assert image.info["Description"] == DRAWING.description
    assert image.info["Software"] == "quotegrid"


def test_two_runs_give_the_same_bytes_whatever_the_users_settings() -> None:
    import matplotlib

    first = svg(DRAWING), png(DRAWING)
    with matplotlib.rc_context({"font.size": 20, "svg.fonttype": "path", "figure.dpi": 50}):
        assert (svg(DRAWING), png(DRAWING)) == first
        assert matplotlib.rcParams["font.size"] == 20
    assert b"<dc:date>" not in first[0]
    assert b"Creation" not in first[1]


def test_a_box_has_its_colour_and_its_place() -> None:
    image = Image.open(io.BytesIO(png(Drawing(72, 72, (Box(18, 18, 36, 18, "#4292c6"),), "t", "d"))))
    assert image.convert("RGB").getpixel((100, 75)) == (0x42, 0x92, 0xC6)
    assert image.convert("RGB").getpixel((100, 150)) == (255, 255, 255)


def test_a_sign_that_the_font_lacks_is_no_error() -> None:
    odd = Drawing(72, 72, (Words(5, 20, "\u4e2d\u6587 \U0001f600", 9),), "t", "d")
    assert text_width("\u4e2d", 9) > 0
    assert "\u4e2d\u6587" in svg(odd).decode("utf-8")
    assert png(odd).startswith(b"\x89PNG")


def test_words_end_where_they_are_measured_to() -> None:
    upright = Words(50, 50, "mmm", 10, side="right")
    assert extent(upright) == pytest.approx((50 - text_width("mmm", 10), 40.7, 50, 52.4))
    aside = extent(Words(50, 50, "mmm", 10, is_upright=False))
    assert aside[3] - aside[1] == pytest.approx(text_width("mmm", 10))


def test_lines_stand_around_their_middle() -> None:
    lines = stacked(["one", "two", "three"], 0, 100, 10, side="left", colour="#000000")
    top, bottom = extent(lines[0])[1], extent(lines[2])[3]
    assert (top + bottom) / 2 == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(("width", "height"), [(30_000, 10), (5_000, 5_000)])
def test_a_picture_that_is_too_large_to_draw_is_refused(width: float, height: float) -> None:
    with pytest.raises(UsageError) as caught:
        png(Drawing(width, height, (), "t", "d"))
    assert caught.value.todo is not None
    assert ".svg" in caught.value.todo
