"""A matrix counts the same as SQL, written here for itself, counts in the same database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import Measure
from quotegrid.domain.matrix.model import Rows
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.matrix.export_matrix import export_matrix
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates
from tests.engines import outside

ON_BOTH_ENGINES = True

GROUP = 'coalesce(segment."group", speaking_case."group", \'not known\')'
AREA = "coalesce(segment.area, speaking_case.area, source.area, 'not known')"
FROM_SEGMENTS = (
    "FROM segment JOIN source ON source.id = segment.source_id "
    "LEFT JOIN speaking_case ON speaking_case.id = segment.case_id "
)
WITH_CODINGS = FROM_SEGMENTS + (
    "JOIN coding ON coding.segment_id = segment.id JOIN code ON code.id = coding.code_id "
    "LEFT JOIN code AS theme ON theme.id = code.parent_id "
)
MEASURES = {
    measures.QUOTES: "count(DISTINCT segment.id)",
    measures.CASES: "count(DISTINCT segment.case_id)",
    measures.SOURCES: "count(DISTINCT segment.source_id)",
}
ROWS = {Rows.CODE: "code.name", Rows.THEME: "coalesce(theme.name, code.name)"}


@pytest.fixture(scope="module", params=range(3))
def coded(
    studies: StudyTemplates, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StudyFolder]:
    """A study with decisions drawn by lot, some of them taken back; no test changes it."""
    made = studies.opened(studies.imported, tmp_path_factory.mktemp("coded"))
    study = next(made)
    current_codebook(study)
    chance = Random(request.param)  # noqa: S311 - not for secrets
    with outside(study.database) as execute:
        segments = [number for (number,) in execute("SELECT id FROM segment")]
    for _ in range(25):
        stance = chance.choice([None, None, *Stance])
        action = chance.choice([Action.APPLY, Action.APPLY, Action.APPLY, Action.REMOVE])
        code = chance.choice(["quick fix", "room to plan", "long wait"])
        said = stance if action is Action.APPLY else None
        decide_segment(study, chance.choice(segments), action, code, stance=said)
        if chance.random() < 0.2:
            undo(study)
    yield study
    next(made, None)


def _counted(
    study: StudyFolder, rows: Rows, columns: str, measure: str, where: str = "1 = 1"
) -> dict[tuple[str, str], int]:
    query = f"SELECT {ROWS[rows]}, {columns}, {measure} {WITH_CODINGS} WHERE {where} GROUP BY 1, 2"
    with outside(study.database) as execute:
        return {(row, column): number for row, column, number in execute(query)}


def _of(made_rows: tuple[str, ...], columns: tuple[str, ...], cells: object) -> dict[tuple[str, str], float]:
    assert isinstance(cells, tuple | list)
    return {
        (row, column): cells[i][j]
        for i, row in enumerate(made_rows)
        for j, column in enumerate(columns)
        if cells[i][j]
    }


@pytest.mark.parametrize("count", MEASURES)
@pytest.mark.parametrize("rows", Rows)
@pytest.mark.parametrize(("columns", "column"), [("group", GROUP), ("area", AREA)])
def test_cells_are_what_sql_counts_in_the_file_too(
    coded: StudyFolder, tmp_path: Path, rows: Rows, columns: str, column: str, count: Measure
) -> None:
    made = make_matrix(coded, rows=rows, columns=columns, count=count)
    expected = _counted(coded, rows, column, MEASURES[count])
    assert _of(made.matrix.rows, made.matrix.columns, made.matrix.cells) == expected
    export_matrix(made, tmp_path / "matrix.json")
    told = json.loads((tmp_path / "matrix.json").read_text(encoding="utf-8"))
    assert _of(tuple(told["rows"]), tuple(told["columns"]), told["cells"]) == expected
    with outside(coded.database) as execute:
        bases = execute(
            f"SELECT {column}, count(*), count(DISTINCT segment.case_id), count(DISTINCT source.id) "
            f"{FROM_SEGMENTS} GROUP BY 1"
        )
    assert {(name, base.quotes, base.cases, base.sources) for name, base in made.matrix.bases.items()} == set(
        bases
    )


def test_nested_columns_stances_and_queries_are_what_sql_counts(coded: StudyFolder) -> None:
    quotes = MEASURES[measures.QUOTES]
    nested = make_matrix(coded, rows=Rows.CODE, columns=("group", "area")).matrix
    both = f"{GROUP} || ' / ' || {AREA}"
    assert _of(nested.rows, nested.columns, nested.cells) == _counted(coded, Rows.CODE, both, quotes)

    split = make_matrix(coded, rows=Rows.CODE, by_stance=True).matrix
    for stance in Stance:
        taken = f"coding.stance = '{stance.value}'"
        expected = _counted(coded, Rows.CODE, GROUP, quotes, taken)
        rows = [number for number, path in enumerate(split.row_paths) if path[1] == stance.value]
        found = _of(
            tuple(split.row_paths[row][0] for row in rows),
            split.columns,
            [split.cells[row] for row in rows],
        )
        assert found == expected
        alone = make_matrix(coded, rows=Rows.CODE, stance=stance).matrix
        assert _of(alone.rows, alone.columns, alone.cells) == expected

    parents = make_matrix(coded, rows=Rows.CODE, columns="area", query="group:parent").matrix
    of_parents = f"{GROUP} = 'parent'"
    assert _of(parents.rows, parents.columns, parents.cells) == _counted(
        coded, Rows.CODE, AREA, quotes, of_parents
    )
    fixes = "SELECT segment_id FROM coding JOIN code ON code.id = code_id WHERE name = 'quick fix'"
    also = f"segment.id IN ({fixes})"
    with_fix = make_matrix(coded, rows=Rows.CODE, query='code:"quick fix"').matrix
    assert _of(with_fix.rows, with_fix.columns, with_fix.cells) == _counted(
        coded, Rows.CODE, GROUP, quotes, also
    )


def test_words_are_those_between_the_offsets(coded: StudyFolder) -> None:
    made = make_matrix(coded, rows=Rows.CODE, count=measures.WORDS).matrix
    expected = _counted(coded, Rows.CODE, GROUP, "sum(segment.words)")
    assert _of(made.rows, made.columns, made.cells) == expected
    with outside(coded.database) as execute:
        texts = execute(
            f'SELECT segment.words, substr(source.text, start + 1, "end" - start) {FROM_SEGMENTS}'
        )
    for words, text in texts:
        assert words == len(text.split())
