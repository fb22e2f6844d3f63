from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, select

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.codebook.codes import code_ids, codebook_digest, load_codebook, save_codebook
from quotegrid.storage.coding.decision_log import list_decisions
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.suggestions.suggestions import list_suggestions, replace_suggestions
from quotegrid.storage.tables import CodeRow
from tests.storage.decisions import add_decision, all_codings
from tests.storage.samples import BOOK

ON_BOTH_ENGINES = True


def _without(*names: str) -> Codebook:
    return Codebook(tuple(code for code in BOOK.codes if code.name not in names))


def _row(session: Session, name: str) -> CodeRow:
    return session.exec(select(CodeRow).where(CodeRow.name == name)).one()


def test_a_codebook_comes_back_with_everything_it_says(database: Database) -> None:
    with database.session() as session:
        assert load_codebook(session) == BOOK
        assert load_codebook(session).hash() == BOOK.hash()
        assert codebook_digest(session) == "first digest"
        assert set(code_ids(session)) == {code.name for code in BOOK.codes}


def test_a_child_may_stand_before_its_parent(empty: Database) -> None:
    book = Codebook((Code("leaf", parent="Branch"), Code("Branch", parent="Root"), Code("Root")))
    with empty.session(write=True) as session:
        save_codebook(session, book, "d")
    with empty.session() as session:
        loaded = load_codebook(session)
    assert [(code.name, code.parent) for code in loaded.codes] == [
        ("Root", None),
        ("Branch", "Root"),
        ("leaf", "Branch"),
    ]


def test_a_changed_code_keeps_its_number_and_guid(database: Database) -> None:
    changed = Codebook(
        (
            Code("Families"),
            Code("QUICK FIX", parent="families", definition="New.", terms=("plaster",)),
            *(code for code in BOOK.codes if code.name not in ("quick fix", "Families")),
        )
    )
    with database.session() as session:
        before = _row(session, "quick fix")
    with database.session(write=True) as session:
        save_codebook(session, changed, "second digest")
    with database.session() as session:
        after = _row(session, "QUICK FIX")
        assert (after.id, after.guid) == (before.id, before.guid)
        assert len(code_ids(session)) == len(BOOK)
        assert codebook_digest(session) == "second digest"
        loaded = load_codebook(session)
    code = loaded.get("quick fix")
    assert code == Code("QUICK FIX", parent="Families", definition="New.", terms=("plaster",))
    assert [listed.name for listed in loaded.codes] == [
        "Families",
        "QUICK FIX",
        "long wait",
        "Money",
        "room to plan",
    ]


def test_a_code_that_leaves_stays_inactive_with_its_decisions_and_comes_back_as_itself(
    database: Database,
) -> None:
    with database.session(write=True) as session:
        number = code_ids(session)["quick fix"]
        decision = add_decision(
            session, coder=coder_id(session, "jo"), action=Action.APPLY, segment=1, code=number
        )
        wait = code_ids(session)["long wait"]
        replace_suggestions(
            session, [(1, number, 0.9, 1, {}), (2, number, 0.8, 1, {}), (2, wait, 0.7, 2, {})], "m"
        )
    with database.session(write=True) as session:
        save_codebook(session, _without("quick fix"), "second digest")
    with database.session() as session:
        assert load_codebook(session) == _without("quick fix")
        assert code_ids(session)["quick fix"] == number
        assert not _row(session, "quick fix").is_active
        assert [suggestion.code for suggestion in list_suggestions(session)] == ["long wait"]
        assert [listed.code for listed in list_decisions(session)] == ["quick fix"]
        assert all_codings(session) == [(1, "quick fix", "jo", decision)]
    with database.session(write=True) as session:
        save_codebook(session, BOOK, "third digest")
    with database.session() as session:
        assert load_codebook(session) == BOOK
        assert _row(session, "quick fix").is_active
        assert code_ids(session)["quick fix"] == number


def test_a_theme_that_leaves_lets_its_codes_stand_at_the_top(database: Database) -> None:
    book = Codebook(tuple(replace(code, parent=None) for code in BOOK.codes if code.name == "long wait"))
    with database.session(write=True) as session:
        save_codebook(session, book, "second digest")
    with database.session() as session:
        assert load_codebook(session) == book
        assert set(code_ids(session)) == {code.name for code in BOOK.codes}


def test_an_empty_codebook_takes_every_code_out(database: Database) -> None:
    with database.session(write=True) as session:
        save_codebook(session, Codebook(()), "none")
    with database.session() as session:
        assert load_codebook(session) == Codebook(())
        assert not any(row.is_active for row in session.exec(select(CodeRow)))
