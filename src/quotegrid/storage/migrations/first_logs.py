"""The logs of the first schema, merged into one chronological order."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alembic import op

Place = tuple[str, int]
"""A row of the first schema: its table and its number."""


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row of a log of the first schema, with its author, its time and its group."""

    place: Place
    by: str
    at: str
    kind: str
    guid: str
    undoes: Place | None = None
    first: Place | None = None
    """The first of the rows that are undone with it."""


@dataclass(slots=True)
class Log:
    """A log of the first schema, in its own order, which the clock never changes."""

    rows: list[OldRow] = field(default_factory=list)
    next: int = 0

    @property
    def head(self) -> OldRow | None:
        """Return the first row without a number."""
        return self.rows[self.next] if self.next < len(self.rows) else None


def rows_of(query: str) -> Sequence[Mapping[str, Any]]:
    """Return the rows of a query, each by the names of its columns."""
    return [dict(row) for row in op.get_bind().exec_driver_sql(query).mappings()]


def in_order(logs: Sequence[Log]) -> Iterator[OldRow]:
    """Merge the logs by the time of their rows, each in its own order, and none before what it belongs to."""
    done: set[Place] = set()
    while heads := [log for log in logs if log.head is not None]:
        ready = [
            log
            for log in heads
            if log.head is not None
            and all(place is None or place in done or place == log.head.place for place in _needs(log.head))
        ]
        # Rows whose first comes later cannot be in a sound study; they follow in the order of the logs.
        log = min(ready or heads, key=lambda log: log.head.at if log.head is not None else "")
        old = log.rows[log.next]
        log.next += 1
        done.add(old.place)
        yield old


def _needs(old: OldRow) -> tuple[Place | None, ...]:
    return old.undoes, old.first


def old_logs() -> list[Log]:
    """Return all logs; of rows of the same time those of the first log come first."""
    names = {row["id"]: row["name"] for row in rows_of("SELECT id, name FROM coder")}

    def place(table: str, number: int | None) -> Place | None:
        return None if number is None else (table, number)

    def log(table: str, kind: str) -> Log:
        return Log(
            [
                OldRow(
                    place=(table, row["id"]),
                    by=row["by"] if "by" in row else names[row.get("by_id") or row["coder_id"]],
                    at=row["at"],
                    kind=_kind(kind, row),
                    guid=str(uuid.uuid4()) if table == "export" else row["guid"],
                    undoes=place(table, row.get("undoes_id")),
                    first=place("decision", row.get("together_id") or row.get("decision_id")),
                )
                for row in rows_of(_SELECT[table])
            ]
        )

    imported = [
        OldRow(("source", row["id"]), "", row["imported_at"], "source", str(uuid.uuid4()))
        for row in rows_of("SELECT id, imported_at FROM source ORDER BY imported_at, id")
    ]
    return [Log(imported), *(log(table, kind) for table, kind in _KINDS.items())]


_KINDS = {
    "case_change": "case",
    "decision": "decision",
    "summary": "summary",
    "codebook_version": "codebook",
    "exemplar": "exemplar",
    "memo": "memo",
    "export": "export",
}
_SELECT = {
    "case_change": "SELECT id, guid, coder_id, at, undoes_id FROM case_change ORDER BY id",
    "decision": "SELECT id, guid, coder_id, by_id, at, undoes_id, together_id FROM decision ORDER BY id",
    "summary": "SELECT id, guid, coder_id, at, undoes_id FROM summary ORDER BY id",
    "codebook_version": (
        'SELECT id, guid, "by", at, undoes_id, decision_id, is_from_file FROM codebook_version ORDER BY id'
    ),
    "exemplar": 'SELECT id, guid, "by", at FROM exemplar ORDER BY at, id',
    "memo": (
        "SELECT id, guid, coder_id, at FROM memo WHERE about IN ('segment', 'source') AND NOT is_imported "
        "ORDER BY id"
    ),
    "export": 'SELECT id, "by", at, is_published FROM export ORDER BY id',
}


def _kind(kind: str, row: Mapping[str, Any]) -> str:
    if row.get("is_from_file"):
        return "codebook file"
    return "publication" if row.get("is_published") else kind
