"""Benchmark of matrices in a study of a million codings.

    python benchmarks/matrix.py [FOLDER]

makes the study in FOLDER (or in a temporary folder) where it is not there yet, and counts each matrix in the
table below as the workbench does: without quotes. "Read" is the first count after something has changed, when
all codings are read from the database; "again" the next ones, when nothing has. Median and worst of five, in
one process. One of the matrices is compared with SQL written for it alone.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.large_study import make_large_study
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.model import Rows
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.study.folder import StudyFolder, open_study

_TIMES = 5
_CHOICES: dict[str, dict[str, Any]] = {
    "themes by group, quotes": {},
    "codes by group, cases": {"rows": Rows.CODE, "count": measures.CASES},
    "codes by area within group, sources": {
        "rows": Rows.CODE,
        "columns": ("group", "area"),
        "count": measures.SOURCES,
    },
    "codes by case, quotes": {"rows": Rows.CODE, "columns": "case"},
    "codes by group, words": {"rows": Rows.CODE, "count": measures.WORDS},
    "codes by group, residuals": {"rows": Rows.CODE, "count": measures.RESIDUAL},
    "themes by wave, by stance": {"columns": "wave", "by_stance": True},
    "sub-codes by role, shares": {"within": "Theme 1", "columns": "role", "count": measures.SHARE},
}


def main() -> None:
    """Print a line a matrix."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "study"
        study = open_study(folder) if folder.exists() else make_large_study(folder)
        with closing(study):
            _compare(study)
            print(f"{'matrix':40} {'cells':>7} {'read':>8} {'worst':>8} {'again':>8} {'worst':>8}")
            for name, chosen in _CHOICES.items():
                read: list[float] = []
                again: list[float] = []
                for _ in range(_TIMES):
                    _change(study)
                    for seconds in (read, again):
                        began = time.perf_counter()
                        made = make_matrix(study, MatrixChoice(**chosen), with_quotes=False)
                        seconds.append(time.perf_counter() - began)
                cells = len(made.matrix.rows) * len(made.matrix.columns)
                times = (statistics.median(read), max(read), statistics.median(again), max(again))
                print(f"{name:40} {cells:7} {' '.join(f'{took:7.2f}s' for took in times)}")


def _change(study: StudyFolder) -> None:
    """Change something, so that everything is read again."""
    with study.database.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE study SET created_at = created_at || ' '")
        connection.commit()


def _compare(study: StudyFolder) -> None:
    """Stop where a count differs from the same in SQL."""
    made = make_matrix(study, MatrixChoice(rows=Rows.CODE), with_quotes=False).matrix
    with study.database.engine.connect() as connection:
        counted = connection.exec_driver_sql(
            'SELECT code.name, coalesce(segment."group", speaking_case."group"), '
            "count(DISTINCT coding.segment_id) FROM coding JOIN code ON code.id = coding.code_id "
            "JOIN segment ON segment.id = coding.segment_id "
            "LEFT JOIN speaking_case ON speaking_case.id = segment.case_id GROUP BY 1, 2"
        ).fetchall()
    ours = {
        (row, column): made.cells[i][j]
        for i, row in enumerate(made.rows)
        for j, column in enumerate(made.columns)
        if made.cells[i][j]
    }
    if ours != {(code, group): number for code, group, number in counted}:
        sys.exit("the matrix differs from what SQL counts")
    print(f"{len(counted)} cells are what SQL counts.")


if __name__ == "__main__":
    main()
