from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import MEASURES, Measure
from quotegrid.domain.matrix.model import Matrix, build_matrix
from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.exports.drawing import Box, Drawing, Words, extent, png, svg
from quotegrid.exports.matrix.colours import contrast, diverging, single
from quotegrid.exports.matrix.picture import matrix_drawing
from quotegrid.exports.matrix.text import cell_text, notes
from quotegrid.exports.pictures import Picture
from tests.exports.matrices import (
    MATRICES,
    PUBLISHED,
    nested_matrix,
    provenance_of,
    published_matrix,
    residuals,
)
from tests.exports.samples import PROVENANCE, matrix, quote
from tests.profiles import examples

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
EVERY = list(product(MATRICES, Picture))
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda name: bool(name.strip()))


def _words(drawing: Drawing) -> list[Words]:
    return [item for item in drawing.items if isinstance(item, Words)]


def _boxes(drawing: Drawing) -> list[Box]:
    return [item for item in drawing.items if isinstance(item, Box)]


def _of_many(size: int, name: str = "The stakeholder group number") -> Matrix:
    quotes = [quote(number, "x", group=f"{name} {number}", codes=("a",)) for number in range(size)]
    return build_matrix(quotes, Codebook((Code("a"), Code("b"))))


@pytest.mark.parametrize(("name", "picture"), EVERY)
def test_the_svg_is_the_golden_one_to_the_letter(name: str, picture: Picture) -> None:
    made = svg(matrix_drawing(MATRICES[name], provenance_of(name), picture))
    assert made == (GOLDEN / f"{name}.{picture.value}.svg").read_bytes()


def assert_nothing_is_cut(drawing: Drawing) -> None:
    """Every text is inside the picture, and none lies over another."""
    places = [extent(words) for words in _words(drawing)]
    for left, top, right, bottom in places:
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height
    for place, other in combinations(places, 2):
        apart = place[2] <= other[0] or other[2] <= place[0] or place[3] <= other[1] or other[3] <= place[1]
        # Ascenders may reach into the line above by less than a point.
        low = min(place[3], other[3]) - max(place[1], other[1])
        assert apart or low < 1.0, (place, other)


@pytest.mark.parametrize(("name", "picture"), EVERY)
def test_no_text_is_cut_or_lies_over_another(name: str, picture: Picture) -> None:
    assert_nothing_is_cut(matrix_drawing(MATRICES[name], provenance_of(name), picture))


@pytest.mark.parametrize(("size", "picture"), list(product((1, 2, 7, 21), Picture)))
def test_many_columns_make_a_wider_picture_and_cut_nothing(size: int, picture: Picture) -> None:
    drawing = matrix_drawing(_of_many(size), PROVENANCE, picture)
    assert_nothing_is_cut(drawing)
    if size <= 7 and picture is Picture.HEAT:
        assert drawing.width <= 454.5


@examples(25, quick=10)
@given(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold), st.sampled_from(Picture))
def test_any_names_are_wrapped_whole(names: list[str], picture: Picture) -> None:
    codebook = Codebook(tuple(Code(name) for name in names))
    quotes = [quote(number, "x", group=name, codes=(names[0],)) for number, name in enumerate(names)]
    made = build_matrix(quotes, codebook)
    drawing = matrix_drawing(made, replace(PROVENANCE, study=names[0]), picture)
    assert_nothing_is_cut(drawing)
    told = "".join(words.text for words in _words(drawing)).replace(" ", "")
    for name in (*made.rows, *made.columns):
        assert visible(one_line(visible(name))).replace(" ", "") in told


def test_few_columns_make_a_picture_of_half_a_page() -> None:
    for picture in Picture:
        assert matrix_drawing(matrix(), PROVENANCE, picture).width <= 454
    assert min(words.size for words in _words(matrix_drawing(matrix(), PROVENANCE))) >= 7.5


@pytest.mark.parametrize(("name", "picture"), EVERY)
def test_measure_bases_source_and_use_stand_in_the_picture(name: str, picture: Picture) -> None:
    made, provenance = MATRICES[name], provenance_of(name)
    told = " ".join(words.text for words in _words(matrix_drawing(made, provenance, picture)))
    for note in (*notes(made), dict(provenance.lines())["Use"]):
        assert visible(one_line(note)) in told
    assert f"Source: {provenance.study}. Made 2025-06-01 by quotegrid 0.1.0" in told
    measure = "cases" if made.count in (measures.CASES, measures.SHARE, measures.RESIDUAL) else "quotes"
    whose = "cases read to the end" if made.is_of_read else f"{measure} heard"
    assert f"n: {whose} in the column." in told
    for column in made.columns:
        assert f"n = {getattr(made.bases[column], measure)}" in told


@pytest.mark.parametrize(("name", "picture"), EVERY)
def test_every_number_can_be_read_on_its_colour(name: str, picture: Picture) -> None:
    drawing = matrix_drawing(MATRICES[name], provenance_of(name), picture)
    for words in _words(drawing):
        left, top, right, bottom = extent(words)
        x, y = (left + right) / 2, (top + bottom) / 2
        under = [
            box.fill
            for box in _boxes(drawing)
            if box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
        ]
        assert all(contrast(fill, words.colour) >= 4.5 for fill in under or ["#ffffff"])


def test_the_colour_is_that_of_the_number() -> None:
    made = matrix()
    fills = [box.fill for box in _boxes(matrix_drawing(made, PROVENANCE))]
    assert fills[:6] == [single(value / 2) for value in (2, 0, 1, 2, 1, 0)]


def test_shares_are_shown_on_a_scale_of_the_whole() -> None:
    made = matrix(count=measures.SHARE)
    assert single(0.5) in [box.fill for box in _boxes(matrix_drawing(made, PROVENANCE))]
    assert {"0%", "100%"} <= {words.text for words in _words(matrix_drawing(made, PROVENANCE))}


def test_residuals_have_two_sides_and_uncertain_ones_are_hatched_and_grey() -> None:
    made = residuals()
    boxes = _boxes(matrix_drawing(made, PROVENANCE))[: len(made.rows) * len(made.columns)]
    places = [(row, column) for column in range(len(made.columns)) for row in range(len(made.rows))]
    most = max(abs(value) for row in made.cells for value in row if value is not None)
    for place, box in zip(places, boxes, strict=True):
        value = made.cells[place[0]][place[1]]
        assert box.is_hatched is (place in made.uncertain)
        if value is not None and place not in made.uncertain:
            assert box.fill == diverging(value / most)
    signs = {
        words.text[0]
        for words in _words(matrix_drawing(made, PROVENANCE))
        if words.text[1:].startswith("1.1")
    }
    assert signs == {"\N{MINUS SIGN}"}


def test_bars_are_as_long_as_their_numbers_and_withheld_ones_have_none() -> None:
    made = published_matrix()
    drawing = matrix_drawing(made, PUBLISHED, Picture.BARS)
    bars = [box.width for box in _boxes(drawing) if box.height == 8.0]
    shown = [value for column in range(3) for row in made.cells if (value := row[column]) is not None]
    assert len(bars) == len(shown)
    assert [bar / max(bars) for bar in bars] == pytest.approx([value / max(shown) for value in shown])


def test_a_share_stands_beside_the_counts_behind_it() -> None:
    told = [
        words.text for words in _words(matrix_drawing(matrix(count=measures.SHARE), PROVENANCE, Picture.BARS))
    ]
    assert "50% 1/2" in told
    assert "100% 1/1" in told


@pytest.mark.parametrize("picture", Picture)
@pytest.mark.parametrize("count", MEASURES.values(), ids=str)
def test_what_is_withheld_is_only_its_sign_in_picture_and_words(count: Measure, picture: Picture) -> None:
    made = published_matrix(count)
    told = [words.text for words in _words(matrix_drawing(made, PUBLISHED, picture))]
    assert told.count("[c]") == len(made.withheld) + len(made.withheld_totals)
    description = matrix_drawing(made, PUBLISHED, picture).description
    for row, name in enumerate(made.rows):
        texts = [f"{column} {cell_text(made, row, number)}" for number, column in enumerate(made.columns)]
        assert f"{name}: {', '.join(texts)}, all" in description


def test_a_split_theme_stands_once_beside_its_stances() -> None:
    told = [words.text for words in _words(matrix_drawing(nested_matrix(), PROVENANCE))]
    assert told.count("Money") == 1
    assert told.count("disputes") == 2


@pytest.mark.parametrize("picture", Picture)
def test_the_same_matrix_gives_the_same_bytes(picture: Picture) -> None:
    first, other = (matrix_drawing(nested_matrix(), PROVENANCE, picture) for _ in range(2))
    assert svg(first) == svg(other)
    assert png(first) == png(other)
