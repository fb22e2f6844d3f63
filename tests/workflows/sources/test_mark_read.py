"""A source is read when somebody says so, or when every passage of it has been decided on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import UnknownNameError
from quotegrid.storage.sources.read_marks import sources_read
from quotegrid.storage.sources.sources import source_numbers
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.undo import redo_in_words, undo, undo_in_words
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.mark_read import mark_read, turn_read_mark
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result

Run = Callable[..., Result]


def read(study: StudyFolder) -> set[str]:
    with study.reading_session() as session:
        found = sources_read(session)
        return {name for name, number in source_numbers(session).items() if number in found}


def test_a_mark_is_an_entry_of_the_journal_that_is_undone_and_redone(study: StudyFolder) -> None:
    assert mark_read(study, ["head.md"]) == '"head.md" is read to the end.'
    assert mark_read(study, ["head.md"]) == '"head.md" is read to the end already.'
    assert read(study) == {"head.md"}
    assert undo_in_words(study) == 'Took back the mark that "head.md" is read to the end.'
    assert read(study) == set()
    assert redo_in_words(study) == 'Restored the mark that "head.md" is read to the end.'
    assert read(study) == {"head.md"}
    entries = read_history(study, kind="read")
    assert [entry.what for entry in entries] == [
        "marked head.md as read to the end",
        f"took back {entries[0].number}: marked head.md as read to the end",
        f"restored {entries[0].number}: marked head.md as read to the end",
    ]
    assert entries[0].coder == "tester"
    assert entries[0].sources == ("head.md",)


def test_one_undo_takes_back_all_marks_made_at_once(study: StudyFolder) -> None:
    assert mark_read(study, ["head.md", "parent.txt", "head.md"]) == (
        '"head.md", "parent.txt" are read to the end.'
    )
    assert read(study) == {"head.md", "parent.txt"}
    undo(study)
    assert read(study) == set()


def test_a_source_is_read_when_every_passage_has_a_decision_that_counts(study: StudyFolder) -> None:
    passages = [quote.id for quote in find_quotes(study).quotes if quote.source == "head.md"]
    assert len(passages) > 1
    for number in passages[:-1]:
        decide_segment(study, number, Action.APPLY, "quick fix")
    assert read(study) == set()
    decide_segment(study, passages[-1], Action.SKIP)
    assert read(study) == {"head.md"}
    undo(study)
    assert read(study) == set()
    decide_segment(study, passages[-1], Action.REJECT, "long wait")
    assert read(study) == {"head.md"}


def test_the_last_mark_outweighs_the_decisions(study: StudyFolder) -> None:
    for quote in find_quotes(study).quotes:
        decide_segment(study, quote.id, Action.SKIP)
    assert read(study) == {"head.md", "parent.txt"}
    assert mark_read(study, ["parent.txt"], is_read=False) == '"parent.txt" is not read to the end.'
    assert mark_read(study, ["parent.txt"], is_read=False) == '"parent.txt" is not read to the end already.'
    assert read(study) == {"head.md"}
    assert turn_read_mark(study, "parent.txt") == '"parent.txt" is read to the end.'
    assert read(study) == {"head.md", "parent.txt"}


def test_what_is_read_by_decisions_can_be_marked_besides(study: StudyFolder) -> None:
    for quote in find_quotes(study).quotes:
        decide_segment(study, quote.id, Action.SKIP)
    mark_read(study, ["head.md"])
    assert len(read_history(study, kind="read")) == 1


def test_a_source_that_is_not_there_is_named(study: StudyFolder) -> None:
    with pytest.raises(UnknownNameError, match="heda"):
        mark_read(study, ["heda.md"])


def test_the_command_marks_and_the_list_shows_it(study: StudyFolder, run: Run) -> None:
    root = study.root
    assert run("-C", root, "sources", "read", "head.md", "parent.txt").out == (
        '"head.md", "parent.txt" are read to the end.\n'
    )
    run("-C", root, "sources", "read", "parent.txt", "--not")
    assert {record["name"]: record["read"] for record in source_records(study)} == {
        "head.md": True,
        "parent.txt": False,
    }
    assert run("-C", root, "sources").out.count("yes") == 1
    assert "marked parent.txt as not read to the end" in run("-C", root, "history").out
    assert run("-C", root, "sources", "read", "nobody.txt").code == 2
