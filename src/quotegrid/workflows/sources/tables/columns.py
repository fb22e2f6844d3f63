"""The meanings of the columns of tables, which `quotegrid.toml` remembers, and what their rows are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.answers.recognise import advice, is_answers_table, worded_columns
from quotegrid.corpus.answers.rows import column_names, sample_rows
from quotegrid.corpus.people.attributes import is_attributes_file
from quotegrid.corpus.people.plans import is_plan_file
from quotegrid.corpus.readers import TABLES
from quotegrid.errors import UsageError
from quotegrid.settings import Settings
from quotegrid.settings_values import TABLE_COLUMNS, TABLE_LISTS
from quotegrid.workflows.study.folder import StudyFolder

_DELIMITED = (".csv", ".tsv")


class Rows(StrEnum):
    """The kinds of a table's rows."""

    SOURCE = "source"
    """Turns of a conversation, or answers."""
    PLAN = "plan"
    ATTRIBUTES = "attributes"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class TableKind:
    """The kind of a table's rows, and what to do if it is not clear."""

    rows: Rows
    advice: str = ""
    """A sentence with the option to give."""


def columns_from_options(text: Sequence[str], columns: Sequence[str]) -> Columns | None:
    """Return the columns that options name; what they do not name is found as without options.

    Args:
        text: The columns with answers.
        columns: "meaning=COLUMN" each; what has no meaning of its own is an attribute, called so.

    Raises:
        UsageError: If one of them is not of that form, or names a meaning that there is not.
    """
    if not text and not columns:
        return None
    single: dict[str, str] = {}
    attributes: list[str] = []
    for pair in columns:
        meaning, separator, column = (part.strip() for part in pair.partition("="))
        if not separator or not column:
            raise UsageError(f'"{pair}" is not MEANING=COLUMN.', todo="Example: --column case=ID")
        if meaning in TABLE_COLUMNS:
            single[meaning] = column
        elif meaning == "attribute":
            attributes.append(column)
        else:
            raise UsageError(
                f'"{meaning}" is not a meaning of a column.',
                todo=f"Write {', '.join(TABLE_COLUMNS)} or attribute.",
            )
    return Columns(tuple(text), attributes=tuple(attributes), left_out=(), **single)


def remembered_columns(settings: Settings, name: str) -> Columns | None:
    """Return the columns of a table from the settings, by its name in the study or its file's name alone."""
    table = settings.tables.get(name) or settings.tables.get(Path(name).name)
    if table is None:
        return None
    single = {key: str(value) for key, value in table.items() if key in TABLE_COLUMNS}
    lists = {key: tuple(value) for key, value in table.items() if key in TABLE_LISTS}
    attributes, left_out = (lists.get(key, ()) for key in TABLE_LISTS[1:])
    return Columns(lists["text"], attributes=attributes, left_out=left_out, **single)


def table_of_same_form(settings: Settings, path: Path) -> tuple[str, Columns] | None:
    """Return the remembered table with the same columns as another, and their meanings; None without one.

    The other one has all columns that were named, and may have more; of several tables the one counts of
    which the most is known.
    """
    names = set(column_names(path))
    known = [(name, remembered_columns(settings, name)) for name in settings.tables]
    fitting = [
        (len(columns.named()) + len(names.intersection(columns.left_out)), name, columns)
        for name, columns in known
        if columns is not None and names.issuperset(columns.named()) and len(columns.named()) > 1
    ]
    best = max(fitting, key=lambda found: found[0], default=None)
    return None if best is None else best[1:]


def with_others_left_out(columns: Columns, names: Sequence[str]) -> Columns:
    """Return the meanings of a table's columns, with all columns that have none among those left out."""
    return replace(columns, left_out=tuple(name for name in names if name not in columns.named()))


def remember_tables(config: Path, tables: Mapping[str, Columns]) -> None:
    """Write the meanings of tables' columns into the settings, leaving everything else unchanged."""
    import tomlkit

    from quotegrid.exports.files import write_whole

    document = tomlkit.parse(config.read_text(encoding="utf-8-sig"))
    section = document.setdefault("tables", tomlkit.table(is_super_table=True))
    for name, columns in tables.items():
        table = tomlkit.table()
        table["text"] = list(columns.text)
        for key in TABLE_COLUMNS:
            if (column := getattr(columns, key)) is not None:
                table[key] = column
        for key in TABLE_LISTS[1:]:
            if listed := getattr(columns, key):
                table[key] = list(listed)
        section[name] = table
    write_whole(config, tomlkit.dumps(document).encode("utf-8"))


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
    if table_of_same_form(study.settings, file) is not None:
        return TableKind(Rows.SOURCE)
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
