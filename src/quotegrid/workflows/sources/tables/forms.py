"""The meanings of tables' columns that hold for another table of the same form, or for a changed one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quotegrid.corpus.answers.columns import Columns, added_by_service
from quotegrid.corpus.answers.recognise import complete_columns
from quotegrid.corpus.answers.rows import column_names, read_rows
from quotegrid.corpus.readers import TABLES
from quotegrid.corpus.sources.reading_options import ReadingOptions
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.domain.text.normalise import shortened
from quotegrid.errors import ReadError
from quotegrid.settings import Settings
from quotegrid.settings_values import TABLE_COLUMNS
from quotegrid.workflows.sources.tables.columns import remembered_columns, table_of_same_form


def columns_of_tables(
    settings: Settings,
    files: Sequence[tuple[Path, str]],
    options: ReadingOptions,
    attributes: Sequence[str],
    own: Mapping[str, Columns],
) -> tuple[dict[str, Columns], dict[str, ReadWarning]]:
    """Return the columns of each table as the user has said them, now or earlier, and what to say of that.

    Options that name only some columns are completed by what is found for the others.

    Args:
        settings: The study's settings.
        files: The files with their names in the study.
        options: The options of the import.
        attributes: Columns to keep as attributes whatever they hold.
        own: What the user says now of single tables, by their names.
    """
    found: dict[str, Columns] = {}
    told: dict[str, ReadWarning] = {}
    for path, name in files:
        if path.suffix.lower() not in TABLES:
            continue
        if (said := own.get(name)) is not None:
            found[name] = said
        elif options.columns is not None:
            is_whole = options.are_columns_whole
            found[name] = options.columns if is_whole else _completed(path, options.columns, attributes)
        elif (known := remembered_columns(settings, name)) is not None:
            names = column_names(path)
            found[name], gone = _still_there(known, names)
            if what := _changed(gone, _new(known, names)):
                told[name] = ReadWarning(WarningKind.TEXT, what, 1)
        elif (form := table_of_same_form(settings, path)) is not None:
            other, columns = form
            found[name] = _completed(path, columns, attributes)
            what = f'its columns are read as you said of "{other}".'
            told[name] = ReadWarning(WarningKind.TEXT, what)
    return found, told


def _still_there(known: Columns, names: Sequence[str]) -> tuple[Columns, tuple[str, ...]]:
    """Return the meanings of the columns that a table still has, and those that it has no longer.

    Nothing is taken away where no answers are left, or who gives them is gone: reading it says what is wrong.
    """
    gone = tuple(name for name in known.named() if name not in names)
    text = tuple(name for name in known.text if name not in gone)
    if not gone or not text or known.case in gone or known.speaker in gone:
        return known, ()
    single = {key: None for key in TABLE_COLUMNS if getattr(known, key) in gone}
    attributes = tuple(name for name in known.attributes if name not in gone)
    kept = replace(known, text=text, attributes=attributes, left_out=known.left_out, **single)
    return kept, gone


def _new(known: Columns, names: Sequence[str]) -> list[str]:
    said = {*known.named(), *known.left_out, *added_by_service(names)}
    return [name for name in names if name not in said]


def _changed(gone: Sequence[str], new: Sequence[str]) -> str:
    """Return what to say of a table whose columns are others than before; empty where they are the same."""
    said = [f"it no longer has the columns {_named(gone)}"] if gone else []
    said += [f"nothing was said of the columns {_named(new)}, which are left out"] if new else []
    return f"{'; '.join(said)}. Its other columns are read as before." if said else ""


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{shortened(name, 60)}"' for name in columns)


def _completed(path: Path, columns: Columns, attributes: Sequence[str]) -> Columns:
    try:
        return complete_columns(read_rows(path, columns.named()), columns, attributes)
    except (ReadError, OSError):
        # The same error is reported when the file is read.
        return columns
