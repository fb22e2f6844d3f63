"""A source that is removed is in no count, and one undo brings all of it back."""

from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import QuotegridError, UnknownNameError, UsageError
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.workflows.coding.decide import decide_from_file, decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.status import study_status
from quotegrid.workflows.coding.undo import redo, undo, undo_in_words
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.versions.removing import plan_removal, remove_source
from quotegrid.workflows.study.folder import StudyFolder
from tests.workflows.passages import write_memo_on

ON_BOTH_ENGINES = True


def passage(study: StudyFolder, words: str) -> int:
    return next(quote.id for quote in find_quotes(study).quotes if words in quote.text)


def test_a_removed_source_is_nowhere_and_comes_back_whole(suggested: StudyFolder) -> None:
    study = suggested
    number = passage(study, "Fourteen")
    decide_segment(study, number, Action.APPLY, "long wait")
    write_memo_on(study, number, "Ask again.")
    before = (find_quotes(study), source_records(study), case_records(study), study_status(study))
    removal = plan_removal(study, "parent.txt")
    assert removal.sentence() == (
        'On "parent.txt" stand 1 coding of 1 code by tester, 1 decision, 1 memo: they are kept, and no '
        "longer counted."
    )
    remove_source(study, "PARENT.txt")
    assert {quote.source for quote in find_quotes(study).quotes} == {"head.md"}
    assert [record["name"] for record in source_records(study)] == ["head.md"]
    assert [record["name"] for record in case_records(study)] == ["Ada Stone"]
    assert not find_quotes(study, "text:fourteen").quotes
    with study.reading_session() as session:
        assert [(memo.text, memo.is_gone) for memo in list_memos(session)] == [("Ask again.", True)]
    assert study_status(study) != before[3]
    with pytest.raises(UnknownNameError):
        remove_source(study, "parent.txt")
    with pytest.raises(QuotegridError):
        decide_segment(study, number, Action.APPLY, "quick fix")
    decisions = study.root / "decisions.csv"
    decisions.write_text(f"segment,code,decision\n{number},quick fix,apply\n", encoding="utf-8")
    with pytest.raises(QuotegridError, match=f'there is no passage "{number}"'):
        decide_from_file(study, decisions)
    assert undo_in_words(study) == 'Took back the removal of "parent.txt".'
    assert (find_quotes(study), source_records(study), case_records(study), study_status(study)) == before
    redo(study)
    assert [record["name"] for record in source_records(study)] == ["head.md"]
    assert read_history(study, kind="removal")[0].what == "removed parent.txt"


def test_a_removal_is_refused_where_something_else_stands_on_the_source_now(study: StudyFolder) -> None:
    planned = plan_removal(study, "parent.txt")
    decide_segment(study, passage(study, "Fourteen"), Action.APPLY, "long wait")
    with pytest.raises(UsageError, match="this has changed since you were asked"):
        remove_source(study, "parent.txt", agreed=planned)
    assert remove_source(study, "parent.txt", agreed=plan_removal(study, "parent.txt")).standing.codings == 1


def test_what_others_undo_meanwhile_is_undone_when_the_source_comes_back(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = passage(study, "Fourteen")
    monkeypatch.setenv("QUOTEGRID_CODER", "Ben")
    decide_segment(study, number, Action.APPLY, "long wait")
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    remove_source(study, "parent.txt")
    monkeypatch.setenv("QUOTEGRID_CODER", "Ben")
    undo(study)
    assert not any(quote.codes for quote in find_quotes(study).quotes)
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    undo(study)
    assert not any(quote.codes for quote in find_quotes(study).quotes)
    assert passage(study, "Fourteen") == number


def test_a_file_can_be_imported_again_and_then_stands_in_the_way_of_an_undo(study: StudyFolder) -> None:
    remove_source(study, "parent.txt")
    corpus = study.root / "corpus"
    left_out = import_sources(study, [corpus], ReadingOptions())
    assert left_out.imported == []
    assert "it was removed from the study" in left_out.left_out["parent.txt"]
    imported = import_sources(study, [corpus / "parent.txt"], ReadingOptions())
    assert [source.name for source in imported.imported] == ["parent.txt"]
    with pytest.raises(UsageError, match=r'another source is called "parent\.txt" now'):
        undo(study)
    remove_source(study, "parent.txt")
    undo(study)
    assert len(source_records(study)) == 2
