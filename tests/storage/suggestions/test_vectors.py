from __future__ import annotations

from quotegrid.storage.engines.database import Database
from quotegrid.storage.suggestions.vectors import load_vectors, save_vectors

ON_BOTH_ENGINES = True


def test_models_never_mix(empty: Database) -> None:
    with empty.session(write=True) as session:
        save_vectors(session, "small", {"a": b"small a", "b": b"small b"})
        save_vectors(session, "large", {"a": b"large a"})
    with empty.session() as session:
        assert load_vectors(session, "small", ["a", "b", "c"]) == {"a": b"small a", "b": b"small b"}
        assert load_vectors(session, "large", ["a", "b", "c"]) == {"a": b"large a"}
        assert load_vectors(session, "smal", ["a", "b", "c"]) == {}


def test_a_vector_that_is_there_stays(empty: Database) -> None:
    with empty.session(write=True) as session:
        save_vectors(session, "small", {"a": b"first"})
        save_vectors(session, "small", {"a": b"second", "b": b"new"})
        save_vectors(session, "small", {})
    with empty.session() as session:
        assert load_vectors(session, "small", ["a", "b"]) == {"a": b"first", "b": b"new"}


def test_more_vectors_than_one_question_can_name_are_found(empty: Database) -> None:
    vectors = {f"text {number}": number.to_bytes(2, "little") for number in range(1201)}
    with empty.session(write=True) as session:
        save_vectors(session, "small", vectors)
    with empty.session() as session:
        assert load_vectors(session, "small", [*vectors, *vectors]) == vectors
