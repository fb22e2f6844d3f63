"""One journal in place of the logs of decisions, cases, summaries, the codebook and exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from quotegrid.storage.migrations import postgresql, sqlite
from quotegrid.storage.migrations.first_logs import Place, in_order, old_logs, rows_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Number all that was done in the order of doing, and let each log keep what its rows say."""
    _make_journal()
    numbers = _fill_journal()
    _make_source_changes(numbers)
    rebuild = _rebuild_postgresql if op.get_bind().dialect.name == "postgresql" else _rebuild_sqlite
    rebuild(numbers)


def _make_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes_id"], ["journal.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["journal.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index("ix_journal_by", "journal", ["by", "id"], unique=False)
    for name in ("undoes", "group"):
        some = sa.text(f"{name}_id IS NOT NULL")
        op.create_index(
            f"ix_journal_{name}",
            "journal",
            [f"{name}_id"],
            unique=False,
            sqlite_where=some,
            postgresql_where=some,
        )
    op.create_table(
        "source_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("source_guid", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry_id"),
    )


def _fill_journal() -> dict[Place, int]:
    """Add an entry for each row of the logs, and for each source, mark and memo.

    Returns:
        The number of each row's entry.
    """
    numbers: dict[Place, int] = {}
    entries = []
    for number, old in enumerate(in_order(old_logs()), start=1):
        numbers[old.place] = number
        first = None if old.first is None else numbers[old.first]
        entries.append(
            {
                "id": number,
                "guid": old.guid,
                "by": old.by,
                "at": old.at,
                "kind": old.kind,
                "undoes_id": None if old.undoes is None else numbers[old.undoes],
                "group_id": None if first == number else first,
            }
        )
    if entries:
        journal = sa.table("journal", *(sa.column(name) for name in entries[0]))
        op.bulk_insert(journal, entries)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                "SELECT setval(pg_get_serial_sequence('journal', 'id'), (SELECT max(id) FROM journal))"
            )
    return numbers


def _make_source_changes(numbers: Mapping[Place, int]) -> None:
    """The first schema kept when each source was imported last, and not by whom."""
    for row in rows_of("SELECT id, guid, name FROM source"):
        op.get_bind().execute(
            sa.text(
                "INSERT INTO source_change (entry_id, action, source_guid, name) "
                "VALUES (:entry, 'import', :guid, :name)"
            ),
            {"entry": numbers["source", row["id"]], "guid": row["guid"], "name": row["name"]},
        )


_KEPT: dict[str, tuple[str, ...]] = {
    "decision": (
        "coder_id", "action", "segment_id", "code_id", "source_id", "start", '"end"', "score", "stance",
    ),
    "case_change": ("action", "payload"),
    "codebook_version": ("what", "text", "digest", "codes"),
    "summary": ("code_id", "attribute", "value", "text", "replaces"),
    "exemplar": ("segment_id", "code_id"),
    "export": (
        "guid", "at", "file", "path", "what", "arguments", "options", "version", "codebook", "is_published",
        "file_hash", "content", "numbers", "state",
    ),
}  # fmt: skip
"""The columns that each table keeps beside its number and its entry."""
_LOGS = {
    "journal": "entries of the journal",
    "source_change": "changes of sources",
    "decision": "decisions",
    "case_change": "changes of cases",
    "summary": "summaries",
    "codebook_version": "versions of the codebook",
    "exemplar": "marks of exemplars",
    "export": "exports",
}
"""The tables whose rows are only ever added, each with what its rows are called."""
_UNIQUE = {"journal": ("id", "guid"), "export": ("id", "entry_id", "guid")}


def _remember_entries(numbers: Mapping[Place, int]) -> None:
    """Put the number of each row's entry where SQL finds it."""
    op.execute("CREATE TEMPORARY TABLE numbered (name TEXT, id INTEGER, entry INTEGER)")
    rows = [{"name": table, "id": row, "entry": entry} for (table, row), entry in numbers.items()]
    if rows:
        op.bulk_insert(sa.table("numbered", *(sa.column(name) for name in rows[0])), rows)


def _entry_of(table: str) -> str:
    return f"(SELECT entry FROM numbered WHERE name = '{table}' AND numbered.id = {table}.id)"  # noqa: S608 - names of ours


def _link_memos() -> None:
    """Memos name the entry that wrote them; those of decisions the decision's."""
    op.execute(f"UPDATE memo SET entry_id = {_entry_of('memo')} WHERE about <> 'decision'")  # noqa: S608 - names of ours
    op.execute(
        "UPDATE memo SET entry_id = (SELECT entry FROM numbered WHERE name = 'decision' "
        "AND numbered.id = memo.about_id) WHERE about = 'decision'"
    )


def _rebuild_sqlite(numbers: Mapping[Place, int]) -> None:
    """Make each table anew: SQLite drops no column that a constraint names."""
    _remember_entries(numbers)
    op.execute("CREATE INDEX temp.ix_numbered ON numbered (name, id)")
    for table, kept in _KEPT.items():
        marked = ", is_marked" if table == "exemplar" else ""
        columns = ", ".join(kept)
        _create(table, f"new_{table}")
        op.execute(
            f"INSERT INTO new_{table} (id, entry_id, {columns}{marked}) "  # noqa: S608 - names of ours
            f"SELECT id, {_entry_of(table)}, {columns}{', 1' if marked else ''} FROM {table}"
        )
        op.execute(f"DROP TABLE {table}")
        op.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
        for name, index in _INDEXES.get(table, {}).items():
            op.create_index(name, table, list(index), unique=False)
    op.execute("ALTER TABLE memo ADD COLUMN entry_id INTEGER REFERENCES journal (id)")
    op.create_index("ix_memo_entry_id", "memo", ["entry_id"], unique=False)
    _link_memos()
    op.execute("DROP TABLE numbered")
    for table, what in _LOGS.items():
        sqlite.only_added(table, what, _UNIQUE.get(table, ("id", "entry_id")))


def _rebuild_postgresql(numbers: Mapping[Place, int]) -> None:
    _remember_entries(numbers)
    for table in ("journal", "source_change"):
        postgresql.watch(table)
        postgresql.only_added(table, _LOGS[table])
    for table, kept in _KEPT.items():
        op.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN entry_id integer REFERENCES journal (id)')
        op.execute(f'UPDATE "{table}" SET entry_id = {_entry_of(table)}')  # noqa: S608 - names of ours
        op.execute(f'ALTER TABLE "{table}" ALTER COLUMN entry_id SET NOT NULL')
        op.create_unique_constraint(f"{table}_entry_id_key", table, ["entry_id"])
        names = {name.strip('"') for name in kept} | {"id", "entry_id"}
        for column in sa.inspect(op.get_bind()).get_columns(table):
            if column["name"] not in names:
                op.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column["name"]}" CASCADE')
        op.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    op.execute("ALTER TABLE exemplar ADD COLUMN is_marked boolean NOT NULL DEFAULT true")
    op.execute("ALTER TABLE exemplar ALTER COLUMN is_marked DROP DEFAULT")
    op.execute("ALTER TABLE exemplar DROP CONSTRAINT exemplar_segment_id_fkey")
    op.execute("ALTER TABLE exemplar DROP CONSTRAINT exemplar_segment_id_code_id_key")
    op.create_foreign_key("exemplar_segment_id_fkey", "exemplar", "segment", ["segment_id"], ["id"])
    op.execute("DROP INDEX ix_exemplar_code_id")
    op.create_index("ix_exemplar_place", "exemplar", ["segment_id", "code_id"], unique=False)
    postgresql.only_added("exemplar", _LOGS["exemplar"])
    op.execute("ALTER TABLE memo ADD COLUMN entry_id integer REFERENCES journal (id)")
    op.create_index("ix_memo_entry_id", "memo", ["entry_id"], unique=False)
    _link_memos()
    op.execute("DROP TABLE numbered")


_INDEXES: dict[str, dict[str, tuple[str, ...]]] = {
    "decision": {
        "ix_decision_coder_id": ("coder_id",),
        "ix_decision_segment": ("segment_id", "coder_id"),
    },
    "codebook_version": {"ix_codebook_version_digest": ("digest",)},
    "summary": {"ix_summary_place": ("code_id", "attribute", "value")},
    "exemplar": {"ix_exemplar_place": ("segment_id", "code_id")},
    "export": {"ix_export_file_hash": ("file_hash",), "ix_export_path": ("path",)},
}


def _create(table: str, name: str) -> None:
    """Make a table under a name."""
    entry = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry_id"),
    ]
    op.create_table(name, *entry[:2], *_COLUMNS[table](), *entry[2:])


def _decision() -> list[Any]:
    return [
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("stance", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"]),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"]),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"]),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
    ]


def _case_change() -> list[Any]:
    return [
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
    ]


def _codebook_version() -> list[Any]:
    return [
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
    ]


def _summary() -> list[Any]:
    return [
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("replaces", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"]),
    ]


def _exemplar() -> list[Any]:
    return [
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("is_marked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"]),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"]),
    ]


def _export() -> list[Any]:
    return [
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("codebook", sa.String(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=True),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.UniqueConstraint("guid"),
    ]


_COLUMNS = {
    "decision": _decision,
    "case_change": _case_change,
    "codebook_version": _codebook_version,
    "summary": _summary,
    "exemplar": _exemplar,
    "export": _export,
}
