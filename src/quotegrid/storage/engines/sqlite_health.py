"""Checks of a SQLite file, and the making again of its indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from quotegrid.domain.study.faults import Fault, Part
from quotegrid.domain.text.normalise import counted, one_line, shortened

_MOST = 100
_LONGEST = 160
_OF_AN_INDEX = re.compile(
    "missing from index|wrong # of entries in index|non-unique entry in index|rowid not at end"
)
"""Matches SQLite's messages about an index whose table may be whole."""
_INDEXES = ("segment_words", "segment_forms")
_OUT_OF_STEP = """
    SELECT count(*) FROM segment JOIN source ON source.id = source_id
    LEFT JOIN segment_text ON segment_text.id = segment.id
    WHERE segment_text.text IS NOT quotegrid_forms(substr(source.text, start + 1, "end" - start))
       OR stems IS NOT quotegrid_stems(segment_text.text, language)
"""
_WITHOUT_SEGMENT = "SELECT count(*) FROM segment_text WHERE id NOT IN (SELECT id FROM segment)"


def file_faults(connection: Connection, *, quick: bool) -> Iterator[Fault]:
    """Yield what SQLite finds wrong with the pages of the file, its indexes and its references.

    Args:
        connection: A connection to it.
        quick: Whether to leave out the comparison of indexes with their tables.
    """
    check = "quick_check" if quick else "integrity_check"
    for row in connection.exec_driver_sql(f"PRAGMA {check}({_MOST})"):
        said = shortened(one_line(str(row[0])), _LONGEST)
        if said != "ok":
            yield Fault(Part.INDEXES if _OF_AN_INDEX.search(said) else Part.FILE, said)
    broken: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        broken[table, parent] = broken.get((table, parent), 0) + 1
    for (table, parent), rows in sorted(broken.items()):
        yield Fault(Part.REFERENCES, f'{counted(rows, "row")} of "{table}" without their "{parent}"')


def full_text_faults(connection: Connection) -> Iterator[Fault]:
    """Yield what is wrong with the full-text index; the connection's transaction is one that writes."""
    for query, what in ((_OUT_OF_STEP, "are not in step with their texts"), (_WITHOUT_SEGMENT, "are gone")):
        found = connection.exec_driver_sql(query).scalar_one()
        if found:
            yield Fault(Part.FULL_TEXT, f"{counted(found, 'passage')} in it {what}")
    for index in _INDEXES:
        try:
            # A rank of 1 asks for a comparison with the texts that are indexed.
            connection.exec_driver_sql(
                f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - names of ours
            )
        except DatabaseError as error:
            yield Fault(Part.FULL_TEXT, f'"{index}" is damaged ({one_line(str(error.orig))})')


def make_indexes_again(connection: Connection) -> None:
    """Make the indexes of all tables and the full-text index again."""
    from quotegrid.storage.migrations.full_text import FILL_SQLITE

    connection.exec_driver_sql("REINDEX")
    connection.exec_driver_sql("DELETE FROM segment_text")
    connection.exec_driver_sql(FILL_SQLITE)
    for index in _INDEXES:
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - as above
