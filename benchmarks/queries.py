"""Benchmark of queries in a study of a million codings.

    python benchmarks/queries.py [FOLDER]

makes the study in FOLDER (or in a temporary folder) where it is not there yet, and asks for a page of 50
quotes of each query below, with the total: from the text of the query to the quotes with their words. Median
and worst of five, in one process, Python's start not counted. A filter's first page may take 0.2 seconds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.large_study import make_large_study
from quotegrid.domain.search.query import Sort
from quotegrid.workflows.search.find_quotes import PAGE, find_quotes, segments_matching
from quotegrid.workflows.study.folder import StudyFolder, open_study

TIMES = 5
QUERIES = (
    "",
    'group:"group 1"',
    'group:"group 1" area:"Area 3" wave:2',
    'case:"Case 17"',
    'code:"code 2"',
    'code:"Theme 1"/*',
    "coded:no",
    "stance:disputes",
    'code:"code 2" stance:disputes coder:"Coder 1" after:2025-06',
    "after:2026",
    "text:{often}",
    "text:{seldom}",
    'text:"{often} {seldom}" OR text:lo*',
    'code:"code 1" OR code:"code 2" OR text:{often} OR wave:3',
    'NOT (code:"Theme 1" OR code:"Theme 2" OR code:"Theme 3")',
    'text:{often} -text:{seldom} (code:"Theme 2"/* OR stance:mixed) wave:1',
    "wave:2..3 words:<20 area:*",
    "date:2025-01 -coded:yes",
    "read:yes",
    'code:"code 1" near code:"code 2" within source',
    'code:"code 1" before code:"code 2"',
    "text:/^{seldom}/",
    "text:{often} text:/{seldom}.*{often}/",
    "text:l*a",
    'text:"{often} {seldom}"~3',
)


def main() -> None:
    """Print a line for each query."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "study"
        study = open_study(folder) if folder.exists() else make_large_study(folder)
        words = find_quotes(study, limit=1).quotes[0].text.casefold().rstrip(".").split()
        often = max(words, key=lambda word: len(segments_matching(study, f"text:{word}")))
        seldom = min(words, key=lambda word: len(segments_matching(study, f"text:{word}")))
        for query in QUERIES:
            measure(study, query.replace("{often}", often).replace("{seldom}", seldom))
        measure(study, 'code:"Theme 1"', page=2_000)
        for sort in (Sort.GROUP, Sort.AREA, Sort.CASE, Sort.NEWEST):
            measure(study, 'code:"Theme 1"', sort=sort)
        study.close()


def measure(study: StudyFolder, query: str, *, page: int = 1, sort: Sort | None = None) -> None:
    """Ask a query several times and print how long it took."""
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        found = find_quotes(study, query, page=page, limit=PAGE, sort=sort)
        seconds.append(time.perf_counter() - began)
    how = (f" page {page:,}" if page > 1 else "") + (f" by {sort.value}" if sort else "")
    print(
        f"{statistics.median(seconds) * 1000:6.0f} ms  {max(seconds) * 1000:6.0f} ms  "
        f"{found.total:>7,}  {query or '(everything)'}{how}",
        flush=True,
    )


if __name__ == "__main__":
    main()
