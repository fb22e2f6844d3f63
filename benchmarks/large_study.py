"""A synthetic study of any size, written straight into its database, for benchmarks of matrices and queries.

`make_large_study(folder, size)` makes it; `python benchmarks/large_study.py FOLDER` does so by hand.
Everything in it is made up of invented words. The same size makes the same study, but for when it is made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlmodel import SQLModel

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.model import Certainty, SegmentKind, SourceKind, Voice
from quotegrid.domain.text.normalise import text_hash, word_hash
from quotegrid.domain.text.words import word_count
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.engines.database import Session
from quotegrid.storage.journal import entries_in
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    AttributeRow,
    CaseRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    JournalRow,
    SuggestionRow,
    TurnRow,
)
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study

_BATCH = 20_000
_SYLLABLES = (
    "ba be bo da de do fa fi ga go ka ke la le li lo ma me mi mo na ne no pa po ra re ri sa se si ta te to"
)
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a synthetic study."""

    segments: int = 200_000
    codings: int = 1_000_000
    codes: int = 50
    """The number of codes that can be applied, with a theme for every ten of them."""
    cases: int = 600
    sources: int = 500
    """The number of sources; one in twenty is a report, whose quotes have their own role, group and area."""
    groups: int = 7
    areas: int = 10
    roles: int = 20
    coders: int = 3
    words: int = 4_000
    """The number of different words in all texts, the n-th as frequent as 1/n."""
    with_stance: float = 0.2
    uncoded: float = 0.15
    suggestions: int = 0
    """The number of suggestions, at most three a segment; those of codes that stand are decided."""
    seed: int = 1


def make_large_study(folder: Path, size: Size | None = None) -> StudyFolder:
    """Create a study of that size in a new folder.

    Returns:
        The study, open.
    """
    size = size or Size()
    chance = np.random.default_rng(size.seed)
    init_study(folder, "Benchmark").close()
    (folder / "quotegrid.toml").write_text(_settings(size), encoding="utf-8")
    (folder / "codebook" / "codebook.yaml").write_text(_codebook(size), encoding="utf-8")
    study = open_study(folder)
    codebook = current_codebook(study)
    with study.writing_session("making a large study") as session:
        _add(session, CoderRow, ({"id": n + 1, "name": f"Coder {n + 1}"} for n in range(size.coders)))
        _add(session, CaseRow, _cases(size, chance))
        places = _add_texts(session, size, chance)
        numbers = code_ids(session)
        ids = [numbers[code.name] for code in codebook.assignable()]
        _add_codings(session, size, chance, ids, places)
        _add(session, SuggestionRow, _suggestions(size, chance, ids, places))
    with study.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return study


def _settings(size: Size) -> str:
    groups = "\n".join(f'"group {n + 1}" = ["speaker {n + 1}"]' for n in range(size.groups))
    return (
        '[study]\nname = "Benchmark"\n\n[import]\nattributes = ["wave", "region"]\n\n'
        f'[suggestions]\nmodel = "hashing"\n\n[stakeholders]\n{groups}\n'
    )


def _codebook(size: Size) -> str:
    lines = ["themes:"]
    for number in range(size.codes):
        if number % 10 == 0:
            theme = number // 10 + 1
            lines += [f"  - name: Theme {theme}", f"    definition: What theme {theme} is.", "    codes:"]
        lines += [f"      - name: code {number + 1}", f"        definition: What code {number + 1} is."]
    return "\n".join(lines) + "\n"


def _cases(size: Size, chance: np.random.Generator) -> Iterator[dict[str, Any]]:
    groups, areas, roles, waves = (
        chance.integers(0, most, size.cases) for most in (size.groups, size.areas, size.roles, 3)
    )
    for n in range(size.cases):
        yield {
            "id": n + 1,
            "name": f"Case {n + 1}",
            "group": f"group {groups[n] + 1}",
            "role": f"Role {roles[n] + 1}",
            "area": f"Area {areas[n] + 1}",
            "attributes": {"wave": str(waves[n] + 1), "region": "east" if areas[n] % 2 else "west"},
        }


def _vocabulary(size: Size, chance: np.random.Generator) -> tuple[Sequence[str], np.ndarray[Any, Any]]:
    syllables = _SYLLABLES.split()
    words: dict[str, None] = {}
    while len(words) < size.words:
        words["".join(chance.choice(syllables, chance.integers(1, 5)))] = None
    weights = 1 / np.arange(1, size.words + 1)
    return list(words), np.cumsum(weights / weights.sum())


def _add_texts(session: Session, size: Size, chance: np.random.Generator) -> list[tuple[int, int, int]]:
    """Store sources with turns and segments; return the source, start and end of each segment in order."""
    words, heights = _vocabulary(size, chance)
    places: list[tuple[int, int, int]] = []
    each = -(-size.segments // size.sources)
    turn = 0
    for source in range(1, size.sources + 1):
        count = min(each, size.segments - len(places))
        if count <= 0:
            break
        is_report = source % 20 == 0
        lengths = chance.integers(6, 45, count)
        drawn = iter(np.searchsorted(heights, chance.random(int(lengths.sum()))))
        said = [
            " ".join(words[min(n, size.words - 1)] for n in islice(drawn, int(length))) for length in lengths
        ]
        said = [f"{sentence.capitalize()}." for sentence in said]
        speakers = [(source - 1) % size.cases + 1, (source * 7) % size.cases + 1]
        text, turns, segments = "", [], []
        parts = []
        at = 0
        for number, sentence in enumerate(said):
            who = speakers[0] if number % 3 else speakers[1]
            head = "" if is_report else f"Case {who}: "
            parts.append(f"{head}{sentence}\n\n")
            start, end = at + len(head), at + len(head) + len(sentence)
            at += len(parts[-1])
            if not is_report:
                turn += 1
                turns.append(_turn(turn, source, who, number, start, end))
            segments.append(
                _segment(
                    size, len(places) + 1, source, sentence, start, end, None if is_report else (turn, who)
                )
            )
            places.append((source, start, end))
        text = "".join(parts)
        _add(session, AnySourceRow, [_source(size, source, text, is_report)])
        _add(session, AttributeRow, [{"source_id": source, "name": "wave", "value": str(source % 3 + 1)}])
        _add(session, TurnRow, turns)
        _add(session, AnySegmentRow, segments)
    return places


def _source(size: Size, number: int, text: str, is_report: bool) -> dict[str, Any]:
    digest = text_hash(text)
    return {
        "id": number,
        "guid": f"source-{number}",
        "name": f"{'report' if is_report else 'interview'}-{number:05}.txt",
        "kind": (SourceKind.REPORT if is_report else SourceKind.TRANSCRIPT).value,
        "date": "2025-01-15",
        "area": f"Area {number % size.areas + 1}" if is_report else None,
        "text": text,
        "text_hash": digest,
        "word_hash": word_hash(text),
        "file_hash": digest,
    }


def _turn(number: int, source: int, case: int, position: int, start: int, end: int) -> dict[str, Any]:
    return {
        "id": number,
        "source_id": source,
        "case_id": case,
        "position": position,
        "label": f"Case {case}",
        "start": start,
        "end": end,
    }


def _segment(
    size: Size, number: int, source: int, text: str, start: int, end: int, spoken_by: tuple[int, int] | None
) -> dict[str, Any]:
    row = {
        "id": number,
        "guid": f"segment-{number}",
        "source_id": source,
        "turn_id": None,
        "case_id": None,
        "kind": SegmentKind.TURN.value,
        "start": start,
        "end": end,
        "words": word_count(text),
        "text_hash": text_hash(text),
        "heading": None,
        "role": None,
        "group": None,
        "area": None,
        "certainty": None,
        "voice": None,
        "attributes": {},
        "made_by_id": None,
        "made_at": None,
        "is_idle": False,
    }
    if spoken_by is not None:
        return {**row, "turn_id": spoken_by[0], "case_id": spoken_by[1]}
    area = number % (size.areas * 2)
    return {
        **row,
        "kind": SegmentKind.BLOCK.value,
        "heading": "What we heard",
        "role": f"Role {number % size.roles + 1}",
        "group": f"group {number % size.groups + 1}",
        "area": f"Area {area + 1}" if area < size.areas else None,
        "certainty": (Certainty.SURE if number % 5 else Certainty.UNSURE).value,
        "voice": Voice.PERSON.value,
        "attributes": {"wave": str(number % 3 + 1)} if area < size.areas else {},
    }


def _add_codings(
    session: Session,
    size: Size,
    chance: np.random.Generator,
    codes: Sequence[int],
    places: Sequence[tuple[int, int, int]],
) -> None:
    """Store codings and the decisions that made them, in the order of the segments."""
    keys = _distinct_codings(size, chance, len(codes), len(places))
    count = len(keys)
    segments, rest = np.divmod(keys, len(codes) * size.coders)
    chosen, coders = np.divmod(rest, size.coders)
    stances = chance.random(count)
    names = [stance.value for stance in Stance]
    if not count:
        return
    steps = np.cumsum(chance.integers(1, 100, count))
    seconds = timedelta(days=700).total_seconds() / max(int(steps[-1]), 1)

    def rows() -> Iterator[dict[str, Any]]:
        for n in range(count):
            source, start, end = places[segments[n]]
            said = stances[n] / size.with_stance if size.with_stance else 1.0
            yield {
                "id": n + 1,
                "segment_id": int(segments[n]) + 1,
                "code_id": codes[chosen[n]],
                "coder_id": int(coders[n]) + 1,
                "source_id": source,
                "start": start,
                "end": end,
                "stance": names[int(said * len(names))] if said < 1 else None,
                "at": (_BEGAN + timedelta(seconds=int(steps[n]) * seconds)).isoformat(
                    timespec="milliseconds"
                ),
            }

    before = len(entries_in(session))
    entries = (
        {
            "id": row["id"] + before,
            "guid": f"decision-{row['id']}",
            "by": f"Coder {row['coder_id']}",
            "at": row["at"],
            "kind": EntryKind.DECISION.value,
        }
        for row in rows()
    )
    _add(session, JournalRow, entries)
    decisions = (
        {name: value for name, value in row.items() if name != "at"}
        | {"entry_id": row["id"] + before, "action": Action.APPLY.value}
        for row in rows()
    )
    _add(session, DecisionRow, decisions)
    _add(
        session,
        CodingRow,
        ({**row, "guid": f"coding-{row['id']}", "decision_id": row["id"]} for row in rows()),
    )


def _suggestions(
    size: Size, chance: np.random.Generator, codes: Sequence[int], places: Sequence[tuple[int, int, int]]
) -> Iterator[dict[str, Any]]:
    """Return suggestions with the evidence that the review shows: a sentence, and a view of the code."""
    if not size.suggestions:
        return
    ranked = range(3)
    of = np.sort(chance.choice(len(places) * len(ranked), size.suggestions, replace=False))
    for number in of:
        segment, rank = divmod(int(number), len(ranked))
        _, start, end = places[segment]
        yield {
            "segment_id": segment + 1,
            "code_id": codes[(segment * 7 + rank) % len(codes)],
            "score": round(0.9 - 0.2 * rank - (segment % 100) / 1000, 3),
            "rank": rank + 1,
            "evidence": {
                "sentence": {"start": start, "end": end},
                "phrase": None,
                "view": {"kind": "definition", "text": "What it is."},
                "nearest": segment % len(places) + 1,
                "flags": [],
            },
            "model": "benchmark",
        }


def _distinct_codings(
    size: Size, chance: np.random.Generator, codes: int, segments: int
) -> np.ndarray[Any, Any]:
    """Return numbers for (segment, code, coder), each once and in order; codes are not equally frequent."""
    heights = np.cumsum(1 / np.sqrt(np.arange(1, codes + 1)))
    heights /= heights[-1]
    coded = np.flatnonzero(chance.random(segments) >= size.uncoded)
    keys: np.ndarray[Any, Any] = np.zeros(0, dtype=np.int64)
    while len(keys) < size.codings:
        missing = size.codings - len(keys)
        segment = chance.choice(coded, missing)
        code = np.minimum(np.searchsorted(heights, chance.random(missing)), codes - 1)
        coder = chance.integers(0, size.coders, missing)
        keys = np.unique(np.concatenate([keys, (segment * codes + code) * size.coders + coder]))
    return keys


def _add(session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows a batch at a time, with the table's defaults for what they do not name."""
    defaults = {
        name: field.get_default
        for name, field in table.model_fields.items()
        if name != "id" and not field.is_required()
    }
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        whole = [
            {
                **{
                    name: made(call_default_factory=True)
                    for name, made in defaults.items()
                    if name not in row
                },
                **row,
            }
            for row in batch
        ]
        session.connection().execute(insert(table), whole)


def main() -> None:
    """Make a study of the default size, or of the size given as JSON."""
    folder = Path(sys.argv[1])
    size = Size(**json.loads(sys.argv[2])) if len(sys.argv) > 2 else Size()
    make_large_study(folder, size).close()
    print(f"Made {folder}: {size}")


if __name__ == "__main__":
    main()
