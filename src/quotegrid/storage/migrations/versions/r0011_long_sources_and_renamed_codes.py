"""An index of words that reads each source once, and publications that know codes by their GUIDs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from quotegrid.storage.migrations import sqlite
from quotegrid.storage.migrations.full_text import REMOVE_FROM_SQLITE

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ADD = (
    # The index holds all that is asked here: the row itself would be read together with its text.
    "INSERT INTO segment_text (id, text, stems) SELECT NEW.id, form, quotegrid_stems(form, language) FROM ("
    'SELECT quotegrid_forms(quotegrid_passage(id, text_hash, NEW.start, NEW."end")) AS form, language '
    "FROM source INDEXED BY ix_source_words WHERE id = NEW.source_id); "
    "INSERT INTO segment_words (rowid, text) SELECT id, text FROM segment_stems WHERE id = NEW.id; "
    "INSERT INTO segment_forms (rowid, text) SELECT id, text FROM segment_text WHERE id = NEW.id;"
)


def upgrade() -> None:
    """Let SQLite's triggers ask for words by their source's hash, and publications name codes by GUID."""
    op.create_index("ix_source_words", "source", ["id", "text_hash", "language"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE published_table DISABLE TRIGGER USER")
        _name_codes_by_guid()
        op.execute("ALTER TABLE published_table ENABLE TRIGGER USER")
        return
    for verb in ("update", "delete", "replace"):
        op.execute(f"DROP TRIGGER published_table_no_{verb}")
    _name_codes_by_guid()
    sqlite.only_added("published_table", "published tables", unique=("id",))
    op.execute("DROP TRIGGER segment_words_added")
    op.execute("DROP TRIGGER segment_words_changed")
    op.execute(f"CREATE TRIGGER segment_words_added AFTER INSERT ON segment BEGIN {_ADD} END")
    op.execute(
        'CREATE TRIGGER segment_words_changed AFTER UPDATE OF id, source_id, start, "end" ON segment '
        f"BEGIN {REMOVE_FROM_SQLITE} {_ADD} END"
    )


def _name_codes_by_guid() -> None:
    """Put the GUID of each code in place of its name: names change."""
    connection = op.get_bind()
    guids = {
        name.casefold(): guid for guid, name in connection.execute(sa.text("SELECT guid, name FROM code"))
    }
    for number, content in connection.execute(sa.text("SELECT id, content FROM published_table")).all():
        connection.execute(
            sa.text("UPDATE published_table SET content = :content WHERE id = :id"),
            {"content": _with_guids(content, guids), "id": number},
        )


def _with_guids(content: bytes, guids: Mapping[str, str]) -> bytes:
    table = json.loads(zlib.decompress(content))
    table["coded"] = {guids.get(code, code): passages for code, passages in table["coded"].items()}
    for name in ("parts", "numbers"):
        table[name] = [[[guids.get(code, code) for code in codes], *rest] for codes, *rest in table[name]]
    return zlib.compress(json.dumps(table, separators=(",", ":")).encode())
