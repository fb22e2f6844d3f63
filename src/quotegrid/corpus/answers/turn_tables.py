"""Reads tables of turns: each row is one turn, with the speaker, the time and the words in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quotegrid.corpus.answers.columns import Columns, Row, Table, interview_column, plain_name, value_of
from quotegrid.corpus.answers.own_values import (
    contradictions,
    differing_attributes,
    only,
    warn_of_differing,
    without,
)
from quotegrid.corpus.readers.captions import join_unnamed
from quotegrid.corpus.text.speaker_names import folded_label, is_generic
from quotegrid.corpus.transcripts.columns.times import times_of
from quotegrid.corpus.transcripts.shapes.layouts import ROWS
from quotegrid.corpus.transcripts.spoken import Spoken, name_speakers, text_of_speech
from quotegrid.domain.sources.model import ReadText, ReadWarning, Speaker, WarningKind
from quotegrid.domain.text.repairs import add_counts, repair_text, replace_references


def read_turns(path: Path, table: Table, columns: Columns) -> ReadText:
    """Return the rows of a table as turns, one each.

    A row that names no speaker goes on with the one before. Rows of a table that names no speaker at all are
    joined like captions, whose words may begin with names.

    Args:
        path: The table's file.
        table: Its rows.
        columns: What its columns mean, with that of the words.
    """
    rows: list[tuple[Row, str]] = []
    repairs: dict[str, int] = {}
    for row in table.rows:
        said, references = replace_references(row.cells.get(columns.text[0], ""))
        said, changed = repair_text(said)
        if said.strip():
            rows.append((row, said.strip()))
            repairs = add_counts(repairs, changed, references)
    labels = _labels([value_of(row, columns.speaker) for row, _ in rows])
    pieces = [
        Spoken(label, _without_label(said, label), time, row.line, attributes=_attributes(row, columns))
        for (row, said), label, time in zip(rows, labels, _times(rows, columns), strict=True)
    ]
    if not any(labels):
        return replace(join_unnamed(pieces, path), repairs=repairs)
    interview = interview_column(table, columns)
    apart: list[ReadWarning] = []
    if interview is not None:
        pieces, apart = _in_interviews(pieces, [value_of(row, interview) for row, _ in rows], interview)
        labels = [piece.speaker for piece in pieces]
    named, unsure = name_speakers(piece for piece in pieces if piece.words)
    text, turns = text_of_speech(named)
    speakers, told = _speakers([row for row, _ in rows], labels, columns)
    differing = differing_attributes(turns)
    return ReadText(
        text=text,
        turns=tuple(
            replace(turn, attributes=only(turn.attributes, differing.get(turn.label or "", ())))
            for turn in turns
        ),
        convention=ROWS.name,
        speakers=tuple(without(speaker, differing.get(speaker.name, ())) for speaker in speakers),
        warnings=(*apart, *unsure, *told, *warn_of_differing(differing, "turn")),
        repairs=repairs,
    )


def _in_interviews(
    pieces: Sequence[Spoken], interviews: Sequence[str | None], column: str
) -> tuple[list[Spoken], list[ReadWarning]]:
    """Return the turns with those called by their part apart by interview, and a warning that says so."""
    spoken_in: dict[str, set[str]] = {}
    for piece, interview in zip(pieces, interviews, strict=True):
        if piece.speaker is not None and interview is not None and is_generic(piece.speaker):
            spoken_in.setdefault(piece.speaker, set()).add(interview)
    split = [speaker for speaker, heard in spoken_in.items() if len(heard) > 1]
    if not split:
        return list(pieces), []
    kept = [
        replace(piece, speaker=f"{piece.speaker} ({interview})")
        if piece.speaker in split and interview is not None
        else piece
        for piece, interview in zip(pieces, interviews, strict=True)
    ]
    what = (
        f'"{split[0]}" speaks in {len(spoken_in[split[0]])} interviews by the column "{column}" and is read '
        "as a case for each; if they are one person, join the cases."
    )
    return kept, [ReadWarning(WarningKind.SPEAKER, what, pieces[0].line)]


def _times(rows: Sequence[tuple[Row, str]], columns: Columns) -> list[str | None]:
    if columns.time is None:
        return [None] * len(rows)
    cells = [value_of(row, columns.time) or "" for row, _ in rows]
    return times_of(cells, columns.time, sum(len(said.split()) for _, said in rows))


def _labels(cells: Sequence[str | None]) -> list[str | None]:
    """Return the speakers of rows, each in the spelling that comes first and without a colon behind."""
    spellings: dict[str, str] = {}
    labels: list[str | None] = []
    for cell in cells:
        label = (cell or "").rstrip(": ").strip("[]<> ")
        labels.append(spellings.setdefault(folded_label(label), label) if label else None)
    return labels


def _without_label(said: str, speaker: str | None) -> str:
    """Return words without the speaker's name before a colon, which some tables repeat in them."""
    if speaker is None:
        return said
    found = re.match(rf"{re.escape(speaker)}\s*:\s*", said, re.IGNORECASE)
    return said if found is None else said[found.end() :]


def _speakers(
    rows: Sequence[Row], labels: Sequence[str | None], columns: Columns
) -> tuple[list[Speaker], list[ReadWarning]]:
    """Return the speakers of whom the table says more than what they are called, and contradictions."""
    found: dict[str, Speaker] = {}
    unsure: list[ReadWarning] = []
    for row, label in zip(rows, labels, strict=True):
        if label is None:
            continue
        speaker = Speaker(
            name=label,
            group=value_of(row, columns.group),
            role=value_of(row, columns.role),
            area=value_of(row, columns.area),
            attributes=_attributes(row, columns),
            line=row.line,
        )
        if speaker.values():
            first = found.setdefault(label, speaker)
            unsure += contradictions(first, speaker)
            found[label] = first.filled_by(speaker)
    return list(found.values()), unsure


def _attributes(row: Row, columns: Columns) -> dict[str, str]:
    own = {plain_name(name).replace(" ", "_"): value_of(row, name) for name in columns.attributes}
    return {name: value for name, value in own.items() if value}
