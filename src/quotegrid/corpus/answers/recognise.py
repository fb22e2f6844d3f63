"""Recognises tables whose rows are turns or answers, and names the columns that may hold words in others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quotegrid.corpus.answers.columns import (
    Columns,
    Table,
    added_by_service,
    attribute_columns,
    completed,
    guess_columns,
    guess_people,
    plain_name,
)
from quotegrid.corpus.answers.rows import column_names, records_named, sample_rows
from quotegrid.corpus.transcripts.columns.names import names_speakers
from quotegrid.corpus.transcripts.columns.turn_columns import columns_of_names, find_turn_columns, word_size
from quotegrid.corpus.transcripts.speaker_labels import find_labels
from quotegrid.domain.text.normalise import shortened
from quotegrid.domain.text.repairs import repair_text

_ASKING = ("?", "\uff1f", "\u061f")
_SENTENCE_ENDS = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f", "\u061f", "\u0964")
_STATED = tuple(end for end in _SENTENCE_ENDS if end not in _ASKING)
_HEAD, _FEWEST_LINES, _FEWEST_TABS = 16_384, 4, 2
_LEAST_WORDS = 8
"""The mean number of words from which cells are sentences, whether they end like ones or not."""
_FEWEST_WORDS = 3
_FEWEST_LABELS, _LEAST_LABELLED = 6, 0.25
"""The least number and share of the cells of one column that begin with a name in a talk."""
_REMARKS = frozenset({"note", "notes", "remark", "remarks", "description", "memo"})
_LONGEST_NAME = 60
_MOST_NAMED = 12


def turn_columns(table: Table) -> Columns | None:
    """Return the columns of a table of turns and of the speakers' values, or None if it is none."""
    names = list(table.names)
    rows = [[row.cells.get(name, "") for name in names] for row in table.rows]
    found = find_turn_columns([""] * len(names) if table.is_nameless else names, rows)
    if found is None:
        return None
    people = guess_people(names, (names[found.words],))
    speaker = None if found.speaker is None else names[found.speaker]
    time = None if found.time is None else names[found.time]
    turns = replace(people, speaker=speaker, time=time, case=None)
    return replace(turns, role=None) if turns.role == speaker else turns


def find_columns(table: Table, attributes: Sequence[str] = ()) -> Columns | None:
    """Return what the columns of a table mean, or None if it is not clear which holds turns or answers.

    Args:
        table: The table.
        attributes: Columns to keep as attributes if the table has them, whatever they hold.
    """
    turns = turn_columns(table)
    if turns is not None:
        wanted = set(map(plain_name, attributes))
        others = [name for name in table.names if name not in turns.named()]
        return replace(turns, attributes=tuple(name for name in others if plain_name(name) in wanted))
    answers = guess_columns(table.names)
    if answers is None:
        return None
    return replace(answers, attributes=attribute_columns(table, answers, attributes))


def complete_columns(table: Table, said: Columns, attributes: Sequence[str] = ()) -> Columns:
    """Return what the user says of some columns, with what is found for the others as if nothing were said.

    Args:
        table: The table.
        said: The meanings that the user gives.
        attributes: Columns to keep as attributes if the table has them, whatever they hold.
    """
    turns = None if said.case is not None or len(said.text) > 1 else turn_columns(table)
    if turns is not None and not (said.text and said.text != turns.text):
        return completed(said, turns)
    found = completed(said, guess_columns(table.names) or guess_people(table.names, said.text))
    if not found.text or found.are_of_turns:
        return found
    shared = attribute_columns(table, replace(found, attributes=()), attributes)
    return completed(said, replace(found, attributes=tuple(dict.fromkeys((*found.attributes, *shared)))))


def is_answers_table(path: Path) -> bool:
    """Return whether a table's rows are turns or answers, reading only as much as needed."""
    if path.suffix.lower() == ".jsonl":
        return records_named(path, lambda names: guess_columns(names) is not None) or is_turns_table(path)
    if guess_columns(column_names(path)) is not None:
        return True
    return is_turns_table(path)


def is_turns_table(path: Path) -> bool:
    """Return whether the rows of a table are turns, by its first ones or, if these are broken, its names."""
    table = sample_rows(path)
    if table is None:
        return columns_of_names(column_names(path)) is not None
    return turn_columns(table) is not None or talk_of_one_column(table) is not None


def talk_of_one_column(table: Table) -> str | None:
    """Return the words of a table with one column whose cells begin with the names of who speaks, or None.

    The names come back, as in no list, and the first line may name the column or be said as well.

    Args:
        table: The table.
    """
    if len(table.names) != 1:
        return None
    (name,) = table.names
    cells = [cell for row in table.rows if (cell := row.cells.get(name, "").strip())]
    said = [name, *cells] if not table.is_nameless and ":" in name else cells
    text = "\n\n".join(repair_text(cell)[0] for cell in said)
    labels = find_labels(text, 0).taken
    speakers = {label.name for label in labels}
    if len(labels) < _FEWEST_LABELS or len(speakers) < 2 or 2 * len(speakers) > len(labels):
        return None
    return text if len(labels) >= _LEAST_LABELLED * len(said) else None


def is_tabbed_talk(path: Path) -> bool:
    """Return whether a text file is a table of turns with tabs between its cells, as ELAN exports it."""
    with path.open("rb") as file:
        head = file.read(_HEAD).split(b"\n")[:-1]
    counts = {line.count(b"\t") for line in head if line.strip()}
    return (
        len(head) >= _FEWEST_LINES
        and len(counts) == 1
        and counts.pop() >= _FEWEST_TABS
        and is_turns_table(path)
    )


def worded_columns(table: Table) -> list[str]:
    """Return the columns that look like what people said: questions above them, sentences in them.

    Columns called notes or remarks are left out; a table about sources may well have one.
    """
    of_service = added_by_service(table.names)
    return [
        name
        for name in table.names
        if name not in of_service and name.casefold() not in _REMARKS and _is_worded(table, name)
    ]


def _is_worded(table: Table, name: str) -> bool:
    cells = [cell for row in table.rows if (cell := row.cells.get(name, "").strip())]
    if not cells:
        return False
    if name.endswith(_ASKING) or table.questions.get(name, "").endswith(_ASKING):
        return any(any(char.isalpha() for char in cell) for cell in cells)
    words = sum(map(word_size, cells)) / len(cells)
    ended = sum(cell.endswith(_SENTENCE_ENDS) for cell in cells)
    return words >= _LEAST_WORDS or (words >= _FEWEST_WORDS and 2 * ended >= len(cells))


def advice(table: Table) -> str:
    """Return what to do about a table that is not clear, with the columns that look like words first."""
    worded = worded_columns(table)
    if any(name.endswith(_STATED) and word_size(name) >= _FEWEST_WORDS for name in worded):
        return "The first line is no list of names. Write one above it, such as: speaker, text."
    options = " ".join(f'--text "{name}"' for name in worded) or '--text "COLUMN"'
    speaker = next((name for name in table.names if worded and names_speakers(name)), None)
    options += "" if speaker is None else f' --column "speaker={speaker}"'
    return f"Say so: {options}. The columns are {_listed(table)}."


def _listed(table: Table) -> str:
    """Return, for a message, the columns that may hold answers, each with its question if known."""
    of_service = added_by_service(table.names)
    names = [name for name in table.names if name not in of_service] or list(table.names)
    asked = {name: shortened(table.questions.get(name, ""), _LONGEST_NAME) for name in names}
    told = [
        f'{name} ("{question}")' if question else shortened(name, _LONGEST_NAME)
        for name, question in asked.items()
    ]
    more = f" and {len(told) - _MOST_NAMED} more" if len(told) > _MOST_NAMED else ""
    return ", ".join(told[:_MOST_NAMED]) + more
