"""The language of each source, words counted in any script, and an index that folds letters and scripts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotegrid.domain.text.guess_language import guess_language
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.words import word_count
from quotegrid.storage.migrations import full_text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Guess the language of each source, count its words again, and index them."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.add_column("source", sa.Column("language", sa.String(), nullable=True))
    op.add_column(
        "source", sa.Column("language_is_set", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("source_change", sa.Column("language", sa.String(), nullable=True))
    if is_postgresql:
        for table in ("source", "source_change"):
            op.execute(f'ALTER TABLE {table} ALTER COLUMN language TYPE varchar COLLATE "C"')
    sources = op.get_bind().execute(sa.text("SELECT id, text FROM source")).all()
    for number, text in sources:
        op.get_bind().execute(
            sa.text("UPDATE source SET language = :language WHERE id = :id"),
            {"language": guess_language(text), "id": number},
        )
        _count_again(number, text)
    if is_postgresql:
        full_text.rebuild_postgresql()
    else:
        full_text.rebuild_sqlite()


def _count_again(source: int, text: str) -> None:
    """Count the words of a source's segments."""
    rows = op.get_bind().execute(
        sa.text('SELECT id, start, "end", words FROM segment WHERE source_id = :id'), {"id": source}
    )
    counted = [
        (number, words, word_count(spoken(text[start:end]).text)) for number, start, end, words in rows
    ]
    changed = [{"id": number, "words": now} for number, before, now in counted if now != before]
    if changed:
        op.get_bind().execute(sa.text("UPDATE segment SET words = :words WHERE id = :id"), changed)
