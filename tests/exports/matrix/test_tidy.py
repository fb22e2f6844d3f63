from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from quotegrid.domain.matrix.measures import MEASURES, Measure
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.matrix.tidy import matrix_tidy, withheld_reason
from tests.exports.matrices import (
    MATRICES,
    PUBLISHED,
    nested_matrix,
    provenance_of,
    published_matrix,
    residuals,
)
from tests.exports.samples import HOSTILE, PROVENANCE, hostile_matrix, matrix

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"


def _lines(made: Matrix, provenance: Provenance = PROVENANCE) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(matrix_tidy(made, provenance))))


@pytest.mark.parametrize("name", MATRICES)
def test_the_file_is_the_golden_one_to_the_letter(name: str) -> None:
    with (GOLDEN / f"{name}.tidy.csv").open(encoding="utf-8", newline="") as file:
        assert matrix_tidy(MATRICES[name], provenance_of(name)) == file.read()


@pytest.mark.parametrize("name", MATRICES)
def test_there_is_a_line_for_each_cell_and_nothing_else(name: str) -> None:
    made = MATRICES[name]
    read = list(csv.reader(io.StringIO(matrix_tidy(made, PROVENANCE))))
    assert len(read) == 1 + len(made.rows) * len(made.columns)
    assert {len(line) for line in read} == {len(read[0])}
    assert len(set(read[0])) == len(read[0])


def test_each_attribute_and_the_stance_have_a_field() -> None:
    first = _lines(nested_matrix())[0]
    assert list(first)[:5] == ["row", "stance", "group", "area", "measure"]
    assert (first["row"], first["stance"], first["group"], first["area"]) == (
        "Money",
        "supports",
        "school",
        "Westhay",
    )
    assert _lines(matrix())[0].keys() >= {"row", "group"}
    assert "stance" not in _lines(matrix())[0]


def test_an_attribute_that_is_called_like_a_field_takes_no_fields_place() -> None:
    made = matrix(columns="source")
    assert "source" in _lines(made)[0]
    named = type(made)(**{**made.__dict__, "columns_are": "value"})
    assert list(_lines(named)[0])[:3] == ["row", "column_value", "measure"]


@pytest.mark.parametrize("count", MEASURES.values(), ids=str)
def test_value_tally_and_base_are_the_matrixs_own(count: Measure) -> None:
    made = nested_matrix(count)
    places = [(row, column) for row in range(len(made.rows)) for column in range(len(made.columns))]
    for line, (row, column) in zip(_lines(made), places, strict=True):
        value = made.cells[row][column]
        tally, base = made.tallies[row][column], made.bases[made.columns[column]]
        assert tally is not None
        assert line["measure"] == count.name
        assert (float(line["value"]) if line["value"] else None) == (
            None if value is None else pytest.approx(value, abs=1e-5)
        )
        assert [line["quotes"], line["cases"], line["sources"]] == [
            str(number) for number in (tally.quotes, tally.cases, tally.sources)
        ]
        assert [line["base_quotes"], line["base_cases"], line["base_sources"]] == [
            str(number) for number in (base.quotes, base.cases, base.sources)
        ]
        assert line["heard"] == ("yes" if base.quotes else "no")


def test_what_is_withheld_appears_in_no_form() -> None:
    for count in MEASURES.values():
        made = published_matrix(count)
        assert made.withheld
        places = [(row, column) for row in range(len(made.rows)) for column in range(len(made.columns))]
        for line, place in zip(_lines(made, PUBLISHED), places, strict=True):
            told = {
                line[name] for name in ("value", "quotes", "cases", "sources", "expected_cases", "uncertain")
            }
            if place in made.withheld:
                assert told == {""}
                assert line["withheld"] == withheld_reason(PUBLISHED)
            else:
                assert line["withheld"] == ""
                assert line["quotes"] != ""


def test_the_reason_is_the_same_for_a_small_cell_and_for_one_that_protects_it() -> None:
    made = published_matrix()
    assert len(set(made.withheld.values())) == 2
    assert len({line["withheld"] for line in _lines(made, PUBLISHED)}) == 2


def test_a_residual_comes_with_what_was_expected_and_whether_it_is_certain() -> None:
    made = residuals()
    lines = _lines(made)
    assert {line["uncertain"] for line in lines} == {"yes", "no"}
    assert float(lines[0]["expected_cases"]) == pytest.approx(made.expected_cases[0][0], abs=1e-4)
    assert {line["uncertain"] for line in _lines(matrix())} == {""}


def test_text_is_never_a_formula() -> None:
    made = hostile_matrix()
    cells = [cell for line in csv.reader(io.StringIO(matrix_tidy(made, PROVENANCE))) for cell in line]
    assert f"'{HOSTILE}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]
    assert "\x1b" not in "".join(cells)
