from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.model import Matrix
from quotegrid.exports.matrix.colours import contrast
from quotegrid.exports.matrix.shading import heat_styles, shade, shading_note
from tests.exports.matrices import MATRICES

RULES = {
    name: (paper, ink)
    for name, paper, ink in re.findall(
        r"\.matrix \.([\w-]+) \{ background: (#\w{6}); color: (#\w{6}); \}", heat_styles()
    )
}


def _shades(made: Matrix) -> dict[tuple[int, int], str]:
    return {
        (row, column): shade(made, row, column)
        for row in range(len(made.rows))
        for column in range(len(made.columns))
    }


def test_every_rule_can_be_read() -> None:
    assert len(RULES) == 18
    assert all(contrast(paper, ink) >= 4.5 for paper, ink in RULES.values())


@pytest.mark.parametrize("name", MATRICES)
def test_a_shade_follows_its_number(name: str) -> None:
    made = MATRICES[name]
    shades = _shades(made)
    known = {place: shade_of for place, shade_of in shades.items() if shade_of}
    for row, column in shades:
        value = made.cells[row][column]
        is_certain = (row, column) not in made.uncertain
        assert bool(shades[row, column]) is (value is not None and is_certain)
    assert set(known.values()) <= set(RULES)
    order = sorted(known, key=lambda place: made.cells[place[0]][place[1]] or 0)
    steps = [int(known[place].rsplit("-", 1)[1]) for place in order]
    assert steps == sorted(steps)


def test_residuals_have_two_sides_and_what_is_far_out_is_as_dark_as_can_be() -> None:
    made = MATRICES["residuals"]
    cells = tuple(tuple(value for value in (-9.0, 0.0, 9.0)) for _ in made.rows)
    far = replace(made, cells=cells, uncertain=frozenset())
    assert [shade(far, 0, column) for column in range(3)] == ["apart-0", "apart-4", "apart-8"]
    assert "Orange" in shading_note(far)
    assert "darker" in shading_note(replace(far, count=measures.CASES))


def test_a_matrix_of_nothing_is_as_light_as_can_be() -> None:
    made = replace(MATRICES["themes_by_group"], cells=((0, 0, 0),) * 2)
    assert set(_shades(made).values()) <= {"heat-0"}
