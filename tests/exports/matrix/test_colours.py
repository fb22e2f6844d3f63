from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.exports.matrix.colours import DIVERGING_ENDS, SINGLE_ENDS, contrast, diverging, ink_on, single

SHARES = st.floats(0, 1)
SIGNED = st.floats(-1, 1)


def _grey(colour: str) -> float:
    return contrast(colour, "#000000")


@given(SHARES, SHARES)
def test_more_is_never_lighter_and_so_can_be_told_in_grey(first: float, other: float) -> None:
    less, more = sorted((first, other))
    assert _grey(single(less)) >= _grey(single(more)) - 0.02


def test_each_tenth_of_the_scale_can_be_told_from_the_next_in_grey() -> None:
    greys = [_grey(single(step / 10)) for step in range(11)]
    assert all(darker > other * 1.05 for darker, other in pairwise(greys))


@given(SIGNED)
def test_what_stands_on_a_colour_can_be_read(share: float) -> None:
    for fill in (single(share), diverging(share)):
        assert re.fullmatch("#[0-9a-f]{6}", fill)
        assert contrast(fill, ink_on(fill)) >= 4.5


def test_the_middle_of_the_diverging_scale_is_nearly_white_and_its_sides_differ() -> None:
    assert contrast(diverging(0), "#ffffff") < 1.1
    assert diverging(-1) != diverging(1)
    # Orange has more red than blue, purple more blue than red: no kind of colour-blindness confuses the two.
    for share in (0.4, 0.6, 0.8):
        below, above = diverging(-share), diverging(share)
        assert int(below[1:3], 16) > int(below[5:7], 16)
        assert int(above[5:7], 16) > int(above[1:3], 16)


@pytest.mark.parametrize(("share", "end"), [(-0.5, 0.0), (1.5, 1.0)])
def test_what_is_off_the_scale_has_the_colour_of_its_end(share: float, end: float) -> None:
    assert single(share) == single(end)
    assert diverging(2 * share) == diverging(-1 if share < 0 else 1)


def test_bars_stand_out_from_paper() -> None:
    assert all(contrast(colour, "#ffffff") >= 2.5 for colour in DIVERGING_ENDS)
    assert contrast(SINGLE_ENDS[1], "#ffffff") >= 4.5


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
