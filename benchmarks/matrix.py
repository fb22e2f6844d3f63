"""Benchmark of matrices in a study of a million codings, beside plain SQL that counts the same cells.

    python benchmarks/matrix.py [FOLDER]

makes the study in FOLDER (or in a temporary folder) where it is not there yet, and counts each matrix in the
table below as the workbench does: without quotes. "First" is the first count after something has changed,
when all codings are read from the database; "later" the next one, when nothing has. "SQL" is one statement
written for that matrix alone, whose cells must be the same. All are the least processor seconds of three,
taken in turn in one process with the database in memory; the ratios are to those of the SQL.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.large_study import make_large_study
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.labels import NOT_KNOWN
from quotegrid.domain.matrix.model import Matrix, Rows
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.matrix.rows import NO_STANCE
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.study.folder import StudyFolder, open_study

_TIMES = 3
_CODINGS = "coding"
_DISTINCT_QUOTES = "(SELECT DISTINCT code_id, segment_id FROM coding) AS coding"
_JOINS = (
    "JOIN code ON code.id = coding.code_id JOIN segment ON segment.id = coding.segment_id "
    "LEFT JOIN speaking_case ON speaking_case.id = segment.case_id"
)
_OF_THEMES = f"{_JOINS} JOIN code AS theme ON theme.id = code.parent_id"
_OF_AREAS = f"{_JOINS} JOIN source ON source.id = segment.source_id"
_OF_WAVES = (
    f"{_OF_THEMES} JOIN attribute ON attribute.source_id = segment.source_id AND attribute.name = 'wave'"
)
_GROUP = 'coalesce(segment."group", speaking_case."group")'
_AREA = "coalesce(segment.area, speaking_case.area, source.area)"
_ROLE = "coalesce(segment.role, speaking_case.role)"
_WAVE = "coalesce(json_extract(segment.attributes, '$.wave'), attribute.value)"
_BY_STANCE = (
    f"SELECT theme.name, coding.stance, {_WAVE}, count(DISTINCT segment.id) FROM coding {_OF_WAVES} "  # noqa: S608 - made of constants
    "WHERE coding.stance IS NOT NULL GROUP BY 1, 2, 3 UNION ALL "
    f"SELECT name, '{NO_STANCE}', wave, count(*) FROM (SELECT theme.name AS name, {_WAVE} AS wave "
    f"FROM coding {_OF_WAVES} GROUP BY theme.name, segment.id HAVING max(coding.stance) IS NULL) "
    "GROUP BY 1, 3"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A matrix to measure, and the plain SQL that counts its cells."""

    sql: str
    """Gives the row's path, the column's path and the count, of the cells that are not empty."""
    chosen: dict[str, Any] = field(default_factory=dict)
    counted: str = "quotes"
    """The count behind a cell that the SQL gives."""


def _grouped(counted: str, row: str, *columns: str, of: str = _CODINGS, joins: str = _JOINS) -> str:
    places = ", ".join((row, *columns))
    numbers = ", ".join(str(number + 1) for number in range(len(columns) + 1))
    return f"SELECT {places}, {counted} FROM {of} {joins} GROUP BY {numbers}"  # noqa: S608 - made of constants


_QUOTES, _CASES = "count(DISTINCT segment.id)", "count(DISTINCT segment.case_id)"
_MATRICES = {
    "themes by group, quotes": Measured(_grouped(_QUOTES, "theme.name", _GROUP, joins=_OF_THEMES)),
    "codes by group, cases": Measured(
        _grouped(_CASES, "code.name", _GROUP), {"rows": Rows.CODE, "count": measures.CASES}, "cases"
    ),
    "codes by area within group, sources": Measured(
        _grouped("count(DISTINCT segment.source_id)", "code.name", _GROUP, _AREA, joins=_OF_AREAS),
        {"rows": Rows.CODE, "columns": ("group", "area"), "count": measures.SOURCES},
        "sources",
    ),
    "codes by case, quotes": Measured(
        _grouped(_QUOTES, "code.name", "speaking_case.name"), {"rows": Rows.CODE, "columns": "case"}
    ),
    "codes by group, words": Measured(
        _grouped("sum(segment.words)", "code.name", _GROUP, of=_DISTINCT_QUOTES),
        {"rows": Rows.CODE, "count": measures.WORDS},
        "words",
    ),
    "codes by group, residuals": Measured(
        _grouped(_CASES, "code.name", _GROUP),
        {"rows": Rows.CODE, "count": measures.RESIDUAL, "of": SharesOf.HEARD},
        "cases",
    ),
    "themes by wave, by stance": Measured(_BY_STANCE, {"columns": "wave", "by_stance": True}),
    "sub-codes by role, shares": Measured(
        _grouped(_CASES, "code.name", _ROLE, joins=f"{_OF_THEMES} AND theme.name = 'Theme 1'"),
        {"within": "Theme 1", "columns": "role", "count": measures.SHARE, "of": SharesOf.HEARD},
        "cases",
    ),
}


def main() -> None:
    """Print a line a matrix."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "study"
        study = open_study(folder) if folder.exists() else make_large_study(folder)
        with closing(study):
            print(
                f"{'matrix':36} {'cells':>7} {'SQL':>8} {'first':>8} {'ratio':>6} {'later':>8} {'ratio':>6}"
            )
            for name, measured in _MATRICES.items():
                _measure(study, name, measured)


def _measure(study: StudyFolder, name: str, measured: Measured) -> None:
    def make() -> Matrix:
        return make_matrix(study, MatrixChoice(**measured.chosen), with_quotes=False).matrix

    matrix, counted = make(), _in_sql(study, measured.sql)
    if _cells(matrix, measured.counted) != counted:
        sys.exit(f"{name}: the cells differ from what SQL counts")
    times: list[tuple[float, float, float]] = []
    for _ in range(_TIMES):
        in_sql = _seconds(lambda: _in_sql(study, measured.sql))
        _change(study)
        times.append((in_sql, _seconds(make), _seconds(make)))
    in_sql, first, later = map(min, zip(*times, strict=True))
    print(
        f"{name:36} {len(counted):7} {in_sql:7.2f}s {first:7.2f}s {first / in_sql:6.2f} "
        f"{later:7.2f}s {later / in_sql:6.2f}",
        flush=True,
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _change(study: StudyFolder) -> None:
    """Change something, so that everything is read again."""
    with study.database.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE study SET created_at = created_at || ' '")
        connection.commit()


def _in_sql(study: StudyFolder, sql: str) -> dict[tuple[str, ...], int]:
    """Return the cells that are not empty, as SQL counts them, by the row's and the column's path."""
    with study.database.engine.connect() as connection:
        rows = connection.exec_driver_sql(sql).fetchall()
    return {
        tuple(NOT_KNOWN if each is None else each for each in place): count for *place, count in rows if count
    }


def _cells(matrix: Matrix, counted: str) -> dict[tuple[str, ...], int]:
    return {
        (*row_path, *column_path): count
        for row_path, row in zip(matrix.row_paths, matrix.tallies, strict=True)
        for column_path, tally in zip(matrix.column_paths, row, strict=True)
        if (count := getattr(tally, counted))
    }


if __name__ == "__main__":
    main()
