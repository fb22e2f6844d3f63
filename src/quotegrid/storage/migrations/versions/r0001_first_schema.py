"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotegrid.storage.migrations import postgresql, sqlite

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "export",
    "vector",
    "memo",
    "audit",
    "theme",
    "exemplar",
    "suggestion",
    "summary",
    "coding",
    "codebook_version",
    "decision",
    "code",
    "segment",
    "turn",
    "attribute",
    "plan",
    "area_value",
    "case_change",
    "case_alias",
    "case_value",
    "speaking_case",
    "source",
    "coder",
    "study",
)

LOGS = {
    "decision": "decisions",
    "case_change": "changes of cases",
    "summary": "summaries",
    "codebook_version": "versions of the codebook",
    "export": "exports",
}
"""The tables whose rows are only ever added, each with what its rows are called."""


def upgrade() -> None:
    """Make all tables, and the triggers that keep all logs as they were written and full text in step."""
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("use_when", sa.JSON(), nullable=False),
        sa.Column("do_not_use_when", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("is_deprecated", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["code.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "coder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("word_hash", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sa.UniqueConstraint("name"),
    )
    op.create_index(op.f("ix_source_text_hash"), "source", ["text_hash"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "speaking_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sa.UniqueConstraint("name"),
    )
    op.create_index(op.f("ix_speaking_case_area"), "speaking_case", ["area"], unique=False)
    op.create_index(op.f("ix_speaking_case_group"), "speaking_case", ["group"], unique=False)
    op.create_table(
        "study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("codebook_digest", sa.String(), nullable=False),
        sa.Column("suggested", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_table(
        "vector",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "text_hash"),
    )
    op.create_table(
        "attribute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_id", "name"),
    )
    op.create_table(
        "area_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("area", "name"),
    )
    op.create_table(
        "case_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["speaking_case.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_case_value_case_id"), "case_value", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_value_source_id"), "case_value", ["source_id"], unique=False)
    op.create_table(
        "case_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["speaking_case.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "name"),
    )
    op.create_index(op.f("ix_case_alias_case_id"), "case_alias", ["case_id"], unique=False)
    op.create_table(
        "case_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coder_id"],
            ["coder.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["case_change.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index(op.f("ix_case_change_coder_id"), "case_change", ["coder_id"], unique=False)
    op.create_index(op.f("ix_case_change_undoes_id"), "case_change", ["undoes_id"], unique=False)
    op.create_table(
        "memo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_id"],
            ["coder.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index("ix_memo_about", "memo", ["about", "about_id"], unique=False)
    op.create_table(
        "turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("is_interviewer", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["speaking_case.id"],
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_turn_case_id"), "turn", ["case_id"], unique=False)
    op.create_index(op.f("ix_turn_source_id"), "turn", ["source_id"], unique=False)
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("certainty", sa.String(), nullable=True),
        sa.Column("voice", sa.String(), nullable=True),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("box", sa.String(), nullable=True),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=True),
        sa.Column("is_idle", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["speaking_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["coder.id"],
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index("ix_segment_case_id", "segment", ["case_id", "is_idle"], unique=False)
    op.create_index("ix_segment_source_start", "segment", ["source_id", "start", "is_idle"], unique=False)
    if not _is_postgresql():
        # PostgreSQL has no order of JSON, and without the attributes the index is of no use.
        op.create_index(
            "ix_segment_speaker",
            "segment",
            ["source_id", "case_id", "group", "role", "area", "attributes", "is_idle"],
            unique=False,
        )
    op.create_index("ix_segment_text_hash", "segment", ["text_hash"], unique=False)
    op.create_index(
        "ix_segment_made_by",
        "segment",
        ["made_by_id"],
        unique=False,
        sqlite_where=sa.text("made_by_id IS NOT NULL"),
        postgresql_where=sa.text("made_by_id IS NOT NULL"),
    )
    for name in ("group", "role", "area"):
        op.create_index(
            f"ix_segment_{name}",
            "segment",
            [name, "is_idle"],
            unique=False,
            sqlite_where=sa.text(f'"{name}" IS NOT NULL'),
            postgresql_where=sa.text(f'"{name}" IS NOT NULL'),
        )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("together_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
        ),
        sa.ForeignKeyConstraint(
            ["coder_id"],
            ["coder.id"],
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["coder.id"],
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.ForeignKeyConstraint(
            ["together_id"],
            ["decision.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["decision.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index(op.f("ix_decision_coder_id"), "decision", ["coder_id"], unique=False)
    op.create_index("ix_decision_segment", "decision", ["segment_id", "coder_id"], unique=False)
    op.create_index(op.f("ix_decision_together_id"), "decision", ["together_id"], unique=False)
    op.create_index(op.f("ix_decision_undoes_id"), "decision", ["undoes_id"], unique=False)
    op.create_table(
        "codebook_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("is_from_file", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["codebook_version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index(op.f("ix_codebook_version_by"), "codebook_version", ["by"], unique=False)
    op.create_index(op.f("ix_codebook_version_digest"), "codebook_version", ["digest"], unique=False)
    op.create_index(op.f("ix_codebook_version_undoes_id"), "codebook_version", ["undoes_id"], unique=False)
    op.create_table(
        "exemplar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
        ),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sa.UniqueConstraint("segment_id", "code_id"),
    )
    op.create_index(op.f("ix_exemplar_code_id"), "exemplar", ["code_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("segment_id"),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("quotes", sa.JSON(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("found_at", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["codebook_version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index(op.f("ix_theme_code_id"), "theme", ["code_id"], unique=False)
    op.create_table(
        "summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("replaces", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
        ),
        sa.ForeignKeyConstraint(
            ["coder_id"],
            ["coder.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["summary.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index(op.f("ix_summary_coder_id"), "summary", ["coder_id"], unique=False)
    op.create_index("ix_summary_place", "summary", ["code_id", "attribute", "value"], unique=False)
    op.create_index(op.f("ix_summary_undoes_id"), "summary", ["undoes_id"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
        ),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("segment_id", "code_id"),
    )
    op.create_index(op.f("ix_suggestion_code_id"), "suggestion", ["code_id"], unique=False)
    op.create_table(
        "coding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
        ),
        sa.ForeignKeyConstraint(
            ["coder_id"],
            ["coder.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sa.UniqueConstraint("segment_id", "code_id", "coder_id"),
    )
    op.create_index(
        "ix_coding_code_stance_segment", "coding", ["code_id", "stance", "segment_id"], unique=False
    )
    op.create_index("ix_coding_decision", "coding", ["decision_id", "segment_id"], unique=False)
    op.create_index(
        "ix_coding_segment", "coding", ["segment_id", "code_id", "coder_id", "stance", "at"], unique=False
    )
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
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
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index("ix_export_file_hash", "export", ["file_hash"], unique=False)
    op.create_index("ix_export_path", "export", ["path"], unique=False)
    if _is_postgresql():
        postgresql.upgrade(TABLES, LOGS)
        _segments_in_use("NOT is_idle")
        return
    _segments_in_use("is_idle = 0")
    _full_text()
    for table, what in LOGS.items():
        sqlite.only_added(table, what)


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _segments_in_use(condition: str) -> None:
    """A segment that was made by hand and on which nothing stands any more is kept for the log alone."""
    op.execute(
        "CREATE VIEW segment_in_use AS "  # noqa: S608 - a condition of ours
        'SELECT id, guid, source_id, turn_id, label, case_id, kind, start, "end", words, text_hash, heading, '
        'role, "group", area, certainty, voice, headings, box, attributes, made_by_id, made_at '
        f"FROM segment WHERE {condition}"
    )


def _full_text() -> None:
    """The words of every segment, by their stems and as they stand, kept in step by triggers.

    SQLite fires them also for rows that go because their source does.
    """
    op.execute(
        "CREATE VIRTUAL TABLE segment_words USING fts5(text, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE VIRTUAL TABLE segment_forms USING fts5(text, content = 'segment_words', "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
    )
    add = (
        "INSERT INTO segment_words (rowid, text) "
        'SELECT NEW.id, substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM source '
        "WHERE id = NEW.source_id; "
        "INSERT INTO segment_forms (rowid, text) SELECT rowid, text FROM segment_words WHERE rowid = NEW.id;"
    )
    remove = (
        "INSERT INTO segment_forms (segment_forms, rowid, text) "
        "SELECT 'delete', rowid, text FROM segment_words WHERE rowid = OLD.id; "
        "DELETE FROM segment_words WHERE rowid = OLD.id;"
    )
    op.execute(f"CREATE TRIGGER segment_words_added AFTER INSERT ON segment BEGIN {add} END")
    op.execute(f"CREATE TRIGGER segment_words_removed AFTER DELETE ON segment BEGIN {remove} END")
    op.execute(
        'CREATE TRIGGER segment_words_changed AFTER UPDATE OF id, source_id, start, "end" ON segment '
        f"BEGIN {remove} {add} END"
    )
