"""The first schema's parts for PostgreSQL besides tables: collation, full text, append-only logs, a counter.

Functions keep the search path of the migration, so that a study in a schema of its own finds its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from alembic import op

_FUNCTIONS = (
    "CREATE TEXT SEARCH DICTIONARY quotegrid_english (TEMPLATE = snowball, Language = english)",
    # Words as they stand: accents and case aside, at most what a tsvector has places for.
    r"""
    CREATE FUNCTION quotegrid_words(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (string_to_array(trim(regexp_replace(
        lower(regexp_replace(normalize(said, NFD), U&'[\0300-\036F]+', '', 'g') COLLATE "pg_c_utf8"),
        U&'[^[:alnum:]\E000-\F8FF]+', ' ', 'g')), ' '))[1:16383]
    """,
    """
    CREATE FUNCTION quotegrid_stems(words text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(
        SELECT coalesce((ts_lexize('quotegrid_english', word))[1], word)
        FROM unnest(words) WITH ORDINALITY AS said (word, place) ORDER BY place)
    """,
    """
    CREATE FUNCTION quotegrid_vector(words text[]) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN coalesce((
        SELECT string_agg('''' || left(word, 60) || ''':' || place, ' ')
        FROM unnest(words) WITH ORDINALITY AS said (word, place)), '')::tsvector
    """,
    """
    CREATE FUNCTION quotegrid_said(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT string_agg('''' || left(word, 60) || '''', ' <-> ' ORDER BY place)
        FROM unnest(quotegrid_stems(quotegrid_words(words))) WITH ORDINALITY AS said (word, place))::tsquery
    """,
    """
    CREATE FUNCTION quotegrid_begun(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT string_agg('''' || left(word, 60) || '''', ' <-> ' ORDER BY place) || ':*'
        FROM unnest(quotegrid_words(words)) WITH ORDINALITY AS said (word, place))::tsquery
    """,
    """
    CREATE FUNCTION quotegrid_fill_words() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        INSERT INTO segment_words (segment_id, words)
        SELECT NEW.id, quotegrid_words(substr(text, NEW.start + 1, NEW."end" - NEW.start))
        FROM source WHERE id = NEW.source_id
        ON CONFLICT (segment_id) DO UPDATE SET words = EXCLUDED.words;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION quotegrid_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% are only ever added', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    # Once a transaction: the row is as it was for every further statement.
    """
    CREATE FUNCTION quotegrid_count_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        UPDATE change_count SET changes = changes + 1, transaction = pg_current_xact_id()::text::bigint
        WHERE transaction <> pg_current_xact_id()::text::bigint;
        RETURN NULL;
    END $$
    """,
)


def upgrade(tables: Iterable[str], logs: Mapping[str, str]) -> None:
    """Create collations, full text, triggers and the counter.

    Args:
        tables: The tables.
        logs: The append-only tables, each with the name of its rows for messages.
    """
    for table in tables:
        _sort_by_code_points(table)
    for function in _FUNCTIONS:
        op.execute(function)
    op.execute(
        "CREATE TABLE change_count (changes bigint NOT NULL, transaction bigint NOT NULL)",
    )
    op.execute("INSERT INTO change_count VALUES (1, 0)")
    _words()
    for table in tables:
        _count_changes(table)
    for table, what in logs.items():
        only_added(table, what)


def watch(table: str) -> None:
    """Order the text of a table that has been added as SQLite does, and count its changes."""
    _sort_by_code_points(table)
    _count_changes(table)


def only_added(table: str, what: str) -> None:
    """Refuse whatever would change or remove a row of a table.

    Args:
        table: The table.
        what: What its rows are called.
    """
    for when, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f'CREATE TRIGGER {table}_no_{when.split()[0].lower()} BEFORE {when} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION quotegrid_only_added('{what}')"
        )


def _count_changes(table: str) -> None:
    op.execute(
        f'CREATE TRIGGER {table}_counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION quotegrid_count_change()"
    )


def _sort_by_code_points(table: str) -> None:
    """Let text be compared as SQLite and Python compare it, whatever the database was made with."""
    columns = sa.inspect(op.get_bind()).get_columns(table)
    changes = [
        f'ALTER COLUMN "{column["name"]}" TYPE varchar COLLATE "C"'
        for column in columns
        if isinstance(column["type"], sa.String)
    ]
    if changes:
        op.execute(f'ALTER TABLE "{table}" {", ".join(changes)}')


def _words() -> None:
    """Create the full text index of segments, by stems and by word forms, which triggers keep up to date."""
    op.execute(
        """
        CREATE TABLE segment_words (
            segment_id integer PRIMARY KEY REFERENCES segment ON DELETE CASCADE,
            words text[] NOT NULL,
            stems tsvector NOT NULL GENERATED ALWAYS AS (quotegrid_vector(quotegrid_stems(words))) STORED,
            forms tsvector NOT NULL GENERATED ALWAYS AS (quotegrid_vector(words)) STORED
        )
        """
    )
    for index in ("stems", "forms"):
        op.execute(f"CREATE INDEX ix_segment_words_{index} ON segment_words USING gin ({index})")
    op.execute(
        'CREATE TRIGGER segment_words_filled AFTER INSERT OR UPDATE OF source_id, start, "end" ON segment '
        "FOR EACH ROW EXECUTE FUNCTION quotegrid_fill_words()"
    )
