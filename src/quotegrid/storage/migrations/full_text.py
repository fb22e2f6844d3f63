"""The full-text index of folded words since the third schema, on SQLite and on PostgreSQL.

SQLite asks the program for folded texts and stems, by functions that `storage.engines.sqlite` gives to each
connection; PostgreSQL has functions of its own for both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from alembic import op

from quotegrid.domain.text.languages import STEMMERS
from quotegrid.domain.text.scripts import HANGUL, UNSPACED, UNSPACED_MARKS
from quotegrid.domain.text.search_form import IGNORED, LETTERS

_TOKENS = "unicode61 remove_diacritics 2 categories ''L* N* Co M*''"
_ADD = (
    "INSERT INTO segment_text (id, text) "
    'SELECT NEW.id, quotegrid_forms(substr(text, NEW.start + 1, NEW."end" - NEW.start)) FROM source '
    "WHERE id = NEW.source_id; "
    "UPDATE segment_text SET stems = quotegrid_stems(text, (SELECT language FROM source "
    "WHERE id = NEW.source_id)) WHERE id = NEW.id; "
    "INSERT INTO segment_words (rowid, text) SELECT id, text FROM segment_stems WHERE id = NEW.id; "
    "INSERT INTO segment_forms (rowid, text) SELECT id, text FROM segment_text WHERE id = NEW.id;"
)
REMOVE_FROM_SQLITE = (
    "INSERT INTO segment_words (segment_words, rowid, text) "
    "SELECT 'delete', id, text FROM segment_stems WHERE id = OLD.id; "
    "INSERT INTO segment_forms (segment_forms, rowid, text) "
    "SELECT 'delete', id, text FROM segment_text WHERE id = OLD.id; "
    "DELETE FROM segment_text WHERE id = OLD.id;"
)
"""The statements by which a trigger of SQLite takes a segment out of the index."""
FILL_SQLITE = (
    "INSERT INTO segment_text (id, text, stems) SELECT id, form, quotegrid_stems(form, language) FROM "
    '(SELECT segment.id, language, quotegrid_forms(substr(text, start + 1, "end" - start)) AS form '
    "FROM segment JOIN source ON source.id = source_id)"
)
"""The statement that fills the texts of SQLite's index from the segments."""
_OF_SOURCE = "id IN (SELECT id FROM segment WHERE source_id = NEW.id)"
_STEM_AGAIN = (
    "INSERT INTO segment_words (segment_words, rowid, text) "  # noqa: S608 - a condition of ours
    f"SELECT 'delete', id, text FROM segment_stems WHERE {_OF_SOURCE}; "
    f"UPDATE segment_text SET stems = quotegrid_stems(text, NEW.language) WHERE {_OF_SOURCE}; "
    f"INSERT INTO segment_words (rowid, text) SELECT id, text FROM segment_stems WHERE {_OF_SOURCE};"
)


def rebuild_sqlite() -> None:
    """Make the index anew, and the triggers that keep it in step with segments and languages."""
    for what in ("added", "removed", "changed"):
        op.execute(f"DROP TRIGGER segment_words_{what}")
    op.execute("DROP TABLE segment_forms")
    op.execute("DROP TABLE segment_words")
    op.execute("CREATE TABLE segment_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL, stems TEXT)")
    op.execute("CREATE VIEW segment_stems AS SELECT id, coalesce(stems, text) AS text FROM segment_text")
    op.execute(
        "CREATE VIRTUAL TABLE segment_words USING fts5(text, content = 'segment_stems', "
        f"content_rowid = 'id', tokenize = 'porter {_TOKENS}')"
    )
    op.execute(
        "CREATE VIRTUAL TABLE segment_forms USING fts5(text, content = 'segment_text', "
        f"content_rowid = 'id', tokenize = '{_TOKENS}', prefix = '2 3')"
    )
    op.execute(FILL_SQLITE)
    for index in ("segment_words", "segment_forms"):
        op.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - names of ours
    op.execute(f"CREATE TRIGGER segment_words_added AFTER INSERT ON segment BEGIN {_ADD} END")
    op.execute(f"CREATE TRIGGER segment_words_removed AFTER DELETE ON segment BEGIN {REMOVE_FROM_SQLITE} END")
    op.execute(
        'CREATE TRIGGER segment_words_changed AFTER UPDATE OF id, source_id, start, "end" ON segment '
        f"BEGIN {REMOVE_FROM_SQLITE} {_ADD} END"
    )
    op.execute(
        "CREATE TRIGGER segment_words_stemmed AFTER UPDATE OF language ON source "
        f"WHEN OLD.language IS NOT NEW.language BEGIN {_STEM_AGAIN} END"
    )


def rebuild_postgresql() -> None:
    """Make the index anew, and the functions and triggers that keep it in step."""
    op.execute("DROP TRIGGER segment_words_filled ON segment")
    op.execute("DROP TABLE segment_words")
    for function in ("fill_words()", "begun(text)", "said(text)", "stems(text[])", "words(text)"):
        op.execute(f"DROP FUNCTION quotegrid_{function}")
    for stemmer in sorted(set(STEMMERS.values())):
        op.execute(
            f"CREATE TEXT SEARCH DICTIONARY quotegrid_{stemmer} (TEMPLATE = snowball, Language = {stemmer})"
        )
    for function in _functions():
        op.execute(function)
    op.execute(
        """
        CREATE TABLE segment_words (
            segment_id integer PRIMARY KEY REFERENCES segment ON DELETE CASCADE,
            words text[] NOT NULL,
            language text,
            stems tsvector NOT NULL
                GENERATED ALWAYS AS (quotegrid_vector(quotegrid_stems(words, language))) STORED,
            forms tsvector NOT NULL GENERATED ALWAYS AS (quotegrid_vector(words)) STORED
        )
        """
    )
    op.execute(
        "INSERT INTO segment_words (segment_id, words, language) "
        'SELECT segment.id, quotegrid_words(substr(text, start + 1, "end" - start)), language '
        "FROM segment JOIN source ON source.id = source_id"
    )
    for index in ("stems", "forms"):
        op.execute(f"CREATE INDEX ix_segment_words_{index} ON segment_words USING gin ({index})")
    op.execute(
        'CREATE TRIGGER segment_words_filled AFTER INSERT OR UPDATE OF source_id, start, "end" ON segment '
        "FOR EACH ROW EXECUTE FUNCTION quotegrid_fill_words()"
    )
    op.execute(
        "CREATE TRIGGER segment_words_stemmed AFTER UPDATE OF language ON source "
        "FOR EACH ROW EXECUTE FUNCTION quotegrid_stem_again()"
    )


def _functions() -> Iterator[str]:
    """Return the functions: words as they stand, accents, case and ligatures aside, and their stems."""
    plain = {letter: typed for letter, typed in LETTERS.items() if letter == letter.lower()}
    single = {letter: typed for letter, typed in plain.items() if len(typed) == 1}
    folded = f"translate(said, '{''.join(single)}', '{''.join(single.values())}')"
    for letter, typed in plain.items():
        if letter not in single:
            folded = f"replace({folded}, '{letter}', '{typed}')"
    declared = "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"
    yield f"CREATE FUNCTION quotegrid_plain(said text) RETURNS text {declared} RETURN {folded}"
    # What is no word goes before letters are decomposed: a trade mark sign would become two letters.
    yield rf"""
    CREATE FUNCTION quotegrid_words(said text) RETURNS text[] {declared}
    RETURN (string_to_array(trim(regexp_replace(regexp_replace(normalize(regexp_replace(
        quotegrid_plain(lower(normalize(regexp_replace(regexp_replace(
            said COLLATE "pg_c_utf8", '[{IGNORED}]+', '', 'g'),
            '[^[:alnum:]{"".join(_marks())}{chr(0xE000)}-{chr(0xF8FF)}]+', ' ', 'g'),
            NFKC) COLLATE "pg_c_utf8")),
        '([{UNSPACED}{HANGUL}][{UNSPACED_MARKS}]*)', ' \1 ', 'g'),
        NFD), '[{chr(0x300)}-{chr(0x36F)}]+', '', 'g'), ' +', ' ', 'g')), ' '))[1:16383]
    """
    stemmers = " ".join(
        f"WHEN '{language}' THEN 'quotegrid_{stemmer}'::regdictionary"
        for language, stemmer in STEMMERS.items()
    )
    yield f"""
    CREATE FUNCTION quotegrid_stems(words text[], language text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(
        SELECT coalesce((ts_lexize(
            CASE language {stemmers} ELSE 'quotegrid_english'::regdictionary END, word))[1], word)
        FROM unnest(words) WITH ORDINALITY AS said (word, place) ORDER BY place)
    """  # noqa: S608 - names of ours
    yield f"""
    CREATE FUNCTION quotegrid_phrase(words text[]) RETURNS text {declared}
    RETURN (
        SELECT string_agg('''' || left(word, 60) || '''', ' <-> ' ORDER BY place)
        FROM unnest(words) WITH ORDINALITY AS said (word, place))
    """  # noqa: S608 - names of ours
    yield f"""
    CREATE FUNCTION quotegrid_said(words text, languages text) RETURNS tsquery {declared}
    RETURN (
        SELECT string_agg(
            '(' || quotegrid_phrase(quotegrid_stems(quotegrid_words(words), language)) || ')', ' | ')
        FROM unnest(string_to_array(languages, ',')) AS language)::tsquery
    """  # noqa: S608 - names of ours
    yield f"""
    CREATE FUNCTION quotegrid_exact(words text) RETURNS tsquery {declared}
    RETURN quotegrid_phrase(quotegrid_words(words))::tsquery
    """
    yield f"""
    CREATE FUNCTION quotegrid_begun(words text) RETURNS tsquery {declared}
    RETURN (quotegrid_phrase(quotegrid_words(words)) || ':*')::tsquery
    """
    yield """
    CREATE FUNCTION quotegrid_fill_words() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        INSERT INTO segment_words (segment_id, words, language)
        SELECT NEW.id, quotegrid_words(substr(text, NEW.start + 1, NEW."end" - NEW.start)), language
        FROM source WHERE id = NEW.source_id
        ON CONFLICT (segment_id) DO UPDATE SET words = EXCLUDED.words, language = EXCLUDED.language;
        RETURN NULL;
    END $$
    """
    yield """
    CREATE FUNCTION quotegrid_stem_again() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        UPDATE segment_words SET language = NEW.language FROM segment
        WHERE segment.id = segment_id AND segment.source_id = NEW.id;
        RETURN NULL;
    END $$
    """


def _marks() -> Iterator[str]:
    """Return the ranges of all marks, which belong to the letters before them."""
    first = None
    for point in range(0x300, 0x1E950):
        is_mark = unicodedata.category(chr(point)).startswith("M")
        if is_mark and first is None:
            first = point
        elif not is_mark and first is not None:
            yield f"{chr(first)}-{chr(point - 1)}"
            first = None
