"""What the rows of a table are: turns or answers, a plan, attributes, or what only the user knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from quotegrid.corpus.answers.recognise import advice, is_answers_table, worded_columns
from quotegrid.corpus.answers.rows import sample_rows
from quotegrid.corpus.people.attributes import is_attributes_file
from quotegrid.corpus.people.plans import is_plan_file
from quotegrid.corpus.readers import TABLES
from quotegrid.workflows.sources.table_columns import remembered_columns
from quotegrid.workflows.study.folder import StudyFolder

_DELIMITED = (".csv", ".tsv")


class Rows(StrEnum):
    """What a table's rows are."""

    SOURCE = "source"
    """Turns of a conversation, or answers."""
    PLAN = "plan"
    ATTRIBUTES = "attributes"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class TableKind:
    """What a table's rows are, and what to do if that is not clear."""

    rows: Rows
    advice: str = ""
    """A sentence with the option to give."""


def kind_of_table(study: StudyFolder, file: Path, name: str, own: Sequence[str]) -> TableKind | None:
    """Return what the rows of a table are, or None if the file is no table.

    A table with a key column is one of attributes only if no other column looks like what people said.

    Args:
        study: The study.
        file: The file.
        name: Its name in the study.
        own: The columns that are the study's own attributes.
    """
    if file.suffix.lower() not in TABLES:
        return None
    if remembered_columns(study.settings, name) is not None or is_answers_table(file):
        return TableKind(Rows.SOURCE)
    if is_plan_file(file, own):
        return TableKind(Rows.PLAN)
    table = sample_rows(file)
    has_key = file.suffix.lower() in _DELIMITED and is_attributes_file(file)
    if has_key and (table is None or not worded_columns(table)):
        return TableKind(Rows.ATTRIBUTES)
    if table is None:
        return TableKind(Rows.UNCLEAR)
    said = advice(table)
    if has_key:
        said += " If the rows describe sources, speakers or areas instead, give the file with --attributes."
    return TableKind(Rows.UNCLEAR, said)
