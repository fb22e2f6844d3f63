from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from quotegrid.domain.search.conditions import WordsCondition
from quotegrid.domain.text.search_form import forms
from quotegrid.storage.engines.database import Database, Session
from quotegrid.storage.search.queries import matching_segments
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.sources.full_text import says, spoken_places
from quotegrid.storage.sources.languages import set_language, stemmed_languages
from quotegrid.storage.sources.sources import add_source, remove_source
from quotegrid.storage.tables import AnySegmentRow
from tests.engines import outside
from tests.storage.samples import interview

ON_BOTH_ENGINES = True


def found(session: Session, words: str, is_open: bool = False) -> list[int]:
    return matching_segments(session, says(WordsCondition(words, is_open), stemmed_languages(session)))


def in_step(database: Database) -> None:
    """Both indexes hold exactly the words of the segments that are there."""
    with database.session() as session:
        texts = {quote.id: quote.text for quote in load_quotes(session)}
    words = {(number, word) for number, text in texts.items() for word in re.findall(r"\w+", text.casefold())}
    if database.at.is_shared:
        with outside(database) as execute:
            kept = "SELECT segment_id, unnest(%s) FROM segment_words"
            assert set(execute(kept % "words")) == set(execute(kept % "tsvector_to_array(forms)")) == words
            stems = "stems IS DISTINCT FROM quotegrid_vector(quotegrid_stems(words, language))"
            assert not list(execute(f"SELECT 1 FROM segment_words WHERE {stems}"))  # noqa: S608
        return
    with closing(sqlite3.connect(database.path)) as connection:
        assert dict(connection.execute("SELECT id, text FROM segment_text")) == {
            number: forms(text) for number, text in texts.items()
        }
        for index in ("segment_words", "segment_forms"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        connection.execute("CREATE VIRTUAL TABLE temp.forms USING fts5vocab(main, segment_forms, instance)")
        # SQLite takes pictures for words too.
        indexed = {row for row in connection.execute("SELECT doc, term FROM forms") if row[1].isalnum()}
    assert indexed == words


def test_words_are_found_by_stem_phrase_accent_and_beginning(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(
            session,
            interview("more.txt", ("Ray", "We were waiting at the caf\u00e9, a Band-Aid university.")),
        )
        assert found(session, "WAITS") == found(session, "cafe") == found(session, "band aid") == [4]
        assert found(session, "aid band") == found(session, "universit") == []
        assert found(session, "universit", True) == found(session, "a band ai", True) == [4]
        assert found(session, "month list") == []


def test_the_indexes_are_kept_in_step(database: Database) -> None:
    in_step(database)
    with database.session(write=True) as session:
        add_source(
            session, interview("more.txt", ("Ray", "A zebra."), ("Ada", "Two zebras. \U0001f642 Yes."))
        )
        assert found(session, "zebra") == [4, 5]
    in_step(database)
    with database.session(write=True) as session:
        remove_source(session, 2)
        assert found(session, "zebra") == []
    in_step(database)
    with database.session(write=True) as session:
        add_source(session, interview("more.txt", ("Ray", "A giraffe.")))
        (number,) = found(session, "giraffe")
        row = session.exec(select(AnySegmentRow).where(AnySegmentRow.id == number)).one()
        row.end -= len("affe.")
        session.add(row)
    in_step(database)
    with outside(database) as execute:
        execute("DELETE FROM source WHERE name = 'more.txt'")
    in_step(database)


def marked(session: Session, words: str, is_open: bool = False) -> list[str]:
    """The words that are marked in the segments that have them."""
    numbers = found(session, words, is_open)
    texts = {quote.id: quote.text for quote in load_quotes(session, only=numbers)}
    places = spoken_places(session, [WordsCondition(words, is_open)], texts)
    assert sorted(places) == sorted(numbers)
    return [texts[number][start:end] for number in numbers for start, end in places[number]]


@pytest.mark.parametrize(
    ("said", "words", "shown"),
    [
        ("我们没有人打电话。", "人打", "人打"),
        ("我们没有人打电话。", "电", "电"),
        ("我们没有人打电话。", "电人", ""),
        ("駅でバスを待つ。", "バス", "バス"),
        ("駅でバスを待つ。", "待つ", "待つ"),
        ("駅で\uff8a\uff9e\uff7dを待つ。", "バス", "\uff8a\uff9e\uff7d"),
        ("เขาไม่มาตลาดแล้ว", "ตลาด", "ตลาด"),
        ("เขาไม่มาตลาดแล้ว", "มา", "มา"),
        ("동네 학교에서 왔어요", "학교", "학교"),
        ("बच्चों को किताब मिली", "किताब", "किताब"),
        ("बच्चों को किताब मिली", "कतब", ""),
        ("An o\ufb03ce and \ufb02oors.", "office", "o\ufb03ce"),
        ("An office and floors.", "\ufb02oor", "floors"),
        ("Ma sœur.", "soeur", "sœur"),
        ("Ma soeur.", "sœur", "soeur"),
        ("Die Straße hinab.", "strasse", "Straße"),
        ("Koło Łodzi.", "lodzi", "Łodzi"),
        ("Færøerne og Århus.", "faeroerne", "Færøerne"),
        ("كَتَبَ رسالة", "كتب", "كَتَبَ"),
        ("Het 3G网络 valt uit.", "3g", "3G"),
    ],
)
def test_words_are_found_in_any_script(empty: Database, said: str, words: str, shown: str) -> None:
    with empty.session(write=True) as session:
        add_source(session, interview("script.txt", ("Ray", "Yes."), ("Ada", said)))
        assert marked(session, words) == ([shown] if shown else [])


def test_endings_are_those_of_the_sources_language(empty: Database) -> None:
    with empty.session(write=True) as session:
        source = interview("haus.txt", ("Ray", "Die Häuser stehen leer, sagten die Gemeinden."))
        add_source(session, replace(source, language="de"))
        add_source(session, interview("house.txt", ("Ray", "The houses were empty.")))
        assert marked(session, "haus") == ["Häuser"]
        assert marked(session, "gemeinde steht") == []
        assert marked(session, "Gemeinde") == ["Gemeinden"]
        assert marked(session, "house") == ["houses"]
        assert marked(session, "häu", True) == ["Häuser"]


def test_another_language_is_another_index(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, interview("haus.txt", ("Ray", "Die Kinder der Gemeinden.")))
        assert found(session, "gemeinde") == []
    with database.session(write=True) as session:
        set_language(session, 2, "de")
        assert marked(session, "gemeinde") == ["Gemeinden"]
    in_step(database)
    with database.session(write=True) as session:
        set_language(session, 2, None)
        assert found(session, "gemeinde") == []
    in_step(database)


@given(words=st.text(max_size=30) | st.sampled_from(['"', '" OR "', "a NEAR(b", "^a", "*", "\x00", "\ud800"]))
def test_nothing_typed_is_an_operator_or_an_error(database: Database, words: str) -> None:
    with database.session() as session:
        for is_open in (False, True):
            assert set(found(session, words, is_open)) <= {1, 2, 3}
            spoken_places(
                session, [WordsCondition(words, is_open)], {1: "It is a quick fix. \U0001f642 Nothing else."}
            )


def test_places_are_code_points_whatever_the_text_holds(empty: Database) -> None:
    text = "\U0001f642\ue000 The wait\ue000ing, e\u0301 waits \ue001."
    with empty.session(write=True) as session:
        add_source(session, interview("odd.txt", ("Ray", "Nothing. \U0001f642 " + text)))
        (quote,) = load_quotes(session)
        asked = [WordsCondition("wait"), WordsCondition("noth", True)]
        places = spoken_places(session, asked, {quote.id: quote.text})
    assert [quote.text[start:end] for start, end in places[quote.id]] == ["Nothing", "waits"]


def test_phrases_that_share_a_word_are_one_place(database: Database) -> None:
    text = "It is a quick fix. Nothing else."
    asked = [WordsCondition("a quick"), WordsCondition("quick fix")]
    with database.session() as session:
        places = spoken_places(session, asked, {1: text})
    assert [text[start:end] for start, end in places[1]] == ["a quick fix"]


@pytest.mark.parametrize("words", ["a OR b", "quick NOT fix", "text : quick", "quick + fix", "{quick}"])
def test_operators_are_words(database: Database, words: str) -> None:
    with database.session() as session:
        assert found(session, words) == ([1] if words in ("quick + fix", "{quick}") else [])
