"""An index of words that reads the text of a source once, and not for each passage of it."""

from __future__ import annotations

from alembic import op

from quotegrid.storage.migrations.full_text import REMOVE_FROM_SQLITE

revision = "0012"
down_revision = "0009"
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
    """Let the triggers of SQLite ask for the words of a passage by the hash of its source's text."""
    op.create_index("ix_source_words", "source", ["id", "text_hash", "language"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        return
    op.execute("DROP TRIGGER segment_words_added")
    op.execute("DROP TRIGGER segment_words_changed")
    op.execute(f"CREATE TRIGGER segment_words_added AFTER INSERT ON segment BEGIN {_ADD} END")
    op.execute(
        'CREATE TRIGGER segment_words_changed AFTER UPDATE OF id, source_id, start, "end" ON segment '
        f"BEGIN {REMOVE_FROM_SQLITE} {_ADD} END"
    )
