"""Benchmark of the interviewer's question before a passage as a clue to its codes.

Run with `python benchmarks/question_context.py`. The demonstration, and the seven real interviews where they
are, are imported into a temporary folder; each coded passage is found again in its transcript, and its vector
is mixed with that of the interviewer's turn before it.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
from sqlmodel import select

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.coded_data import (
    GOLD,
    INTERVIEWS,
    REPOSITORY,
    CodedData,
    demonstration,
    demonstration_by_definition,
    interviews,
    material,
)
from benchmarks.suggestions import after, hits
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.text.non_speech import spoken
from quotegrid.settings_values import PACKAGED_MODEL
from quotegrid.storage.tables import SourceRow, TurnRow
from quotegrid.suggestions import prior as scoring
from quotegrid.suggestions.encoder import Encoder, encoder_for
from quotegrid.suggestions.prior import Material, mix_in_questions, score
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.init_study import init_study

SHARES = (0.0, 0.1, 0.2, 0.25, 0.3, 0.5)
DECIDED = {"interviews": (0, 1, 2)}
_BEGINNING = 60
"""The number of letters at the beginning of a passage that are searched for."""


def main() -> None:
    """Print hit@1 / hit@3 for each share of the question and number of decisions."""
    encoder = encoder_for(PACKAGED_MODEL, Path(), precision="full")
    sets = [
        (demonstration(), REPOSITORY / "corpus", GOLD),
        (demonstration_by_definition(), REPOSITORY / "corpus", GOLD),
    ]
    real = interviews()
    if real is not None:
        sets.append((real, INTERVIEWS.parent, INTERVIEWS))
    for data, corpus, gold in sets:
        questions = asked_before(corpus, gold)
        plain = material(data, encoder)
        print(f"{data.name}: {sum(map(bool, questions))} of {len(questions)} passages follow a question")
        for number in DECIDED.get(data.name, (0, 4, 16)):
            told = [
                f"{share:.2f}: {_measured(data, plain, questions, encoder, share, number)}"
                for share in SHARES
            ]
            print(f"  {number:>2} decided a code   " + "   ".join(told), flush=True)


def _measured(
    data: CodedData, plain: Material, questions: list[str], encoder: Encoder, share: float, each: int
) -> str:
    asked = np.array([bool(question) for question in questions])
    vectors = encoder.encode([question or "nothing" for question in questions])
    scoring.QUESTION = share
    mixed = replace(plain, segments=mix_in_questions(plain.segments, vectors, asked))
    first, third = after(data, mixed, each) if each else hits(score(mixed).total, data)
    return f"{first:.3f} / {third:.3f}"


def asked_before(corpus: Path, gold: Path) -> list[str]:
    """Return the interviewer's words before each passage of a gold file; empty where there are none."""
    with tempfile.TemporaryDirectory() as folder:
        study = init_study(Path(folder) / "study", "", "")
        files = sorted(corpus.glob("P*.pdf"))
        import_sources(study, files or [corpus], ReadingOptions(interviewer="Dan" if files else None))
        turns: dict[str, list[tuple[bool, str]]] = {}
        with study.reading_session() as session:
            for source in session.exec(select(SourceRow)):
                rows = session.exec(
                    select(TurnRow).where(TurnRow.source_id == source.id).order_by(TurnRow.start)  # type: ignore[arg-type]
                )
                turns[Path(source.name).name] = [
                    (row.is_interviewer, source.text[row.start : row.end]) for row in rows
                ]
        study.close()
    with gold.open(encoding="utf-8", newline="") as stream:
        return [
            _before(row["text"], turns.get(row["source"]) or turns.get(f"{row['source']}.pdf", []))
            for row in csv.DictReader(stream)
        ]


def _before(text: str, turns: list[tuple[bool, str]]) -> str:
    letters = [_letters(words) for _, words in turns]
    begins = [0, *accumulate(map(len, letters))]
    wanted = _letters(text)
    at = "".join(letters).find(wanted[:_BEGINNING])
    place = bisect_right(begins, at) - 1
    if at < 0 or place == 0 or not turns[place - 1][0]:
        return ""
    return spoken(turns[place - 1][1]).text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


if __name__ == "__main__":
    main()
