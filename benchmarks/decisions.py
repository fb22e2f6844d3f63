"""Benchmark of reading a listing of decisions into a fresh study.

    python benchmarks/decisions.py [DECISIONS]

makes two studies of the same sources in a temporary folder, one with as many decisions (100,000 by
default) by three coders, and one with none. It writes what `quotegrid decisions -o` writes of the first, and
reads that as `quotegrid decide --from` does into the second, once and again, in one process. The seconds are
those of the clock and of the processor. It fails if the codings are not the same.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.large_study import Size, make_large_study
from quotegrid.domain.exchange.listing import csv_fields
from quotegrid.exports.listing.records import listing_csv
from quotegrid.workflows.coding.decide import decide_from_file
from quotegrid.workflows.coding.list_decisions import ListedDecision, decision_records
from quotegrid.workflows.study.folder import StudyFolder


def main() -> None:
    """Print how long it takes to write the listing, to read it, and to read it again."""
    decisions = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        first, second = (
            make_large_study(folder / name, Size(segments=20_000, sources=50, codings=codings))
            for name, codings in (("first", decisions), ("second", 0))
        )
        listing = folder / "decisions.csv"
        with measured() as told:
            rows = decision_records(first)
            listing.write_text(listing_csv(rows, csv_fields(ListedDecision)), encoding="utf-8")
            told.append(f"written, {listing.stat().st_size / 1e6:.0f} MB")
        for what in ("read", "read again"):
            with measured() as told:
                summary = decide_from_file(second, listing)
                told.append(f"{what}: {summary.made:,} made, {summary.unchanged:,} held")
        is_same = codings(first) == codings(second)
        print("the codings are the same" if is_same else "the codings DIFFER")
        first.close()
        second.close()
        sys.exit(not is_same)


@contextmanager
def measured() -> Iterator[list[str]]:
    """Print how long something took, and what is told of it."""
    told: list[str] = []
    began, busy = time.perf_counter(), time.process_time()
    yield told
    seconds, of_processor = time.perf_counter() - began, time.process_time() - busy
    print(f"{seconds:5.1f} s  {of_processor:5.1f} s  {' '.join(told)}", flush=True)


def codings(study: StudyFolder) -> set[tuple[int, str, str]]:
    """Return segment, code and coder of each coding; both studies number their segments alike."""
    from sqlmodel import col, select

    from quotegrid.storage.tables import CodeRow, CoderRow, CodingRow

    codings = (
        select(CodingRow.segment_id, CodeRow.name, CoderRow.name)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
    )
    with study.reading_session() as session:
        return set(session.exec(codings))


if __name__ == "__main__":
    main()
