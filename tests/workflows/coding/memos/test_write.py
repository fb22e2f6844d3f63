"""Memos on each kind of thing: written, changed, deleted, undone, and following what becomes of the thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.memos import Memo, MemoSubject
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import QuotegridError, UnknownNameError, UsageError
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import (
    add_code,
    merge_codes,
    remove_code,
    rename_code,
    split_code,
)
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.memos.draft import keep_draft, memo_draft
from quotegrid.workflows.coding.memos.list import MemoFilter, memo_records, show_memo
from quotegrid.workflows.coding.memos.write import change_memo, delete_memos, write_memo
from quotegrid.workflows.coding.segments import narrow
from quotegrid.workflows.coding.undo import redo, redo_in_words, undo, undo_in_words
from quotegrid.workflows.people.change_cases import merge_cases, rename_case
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import StudyTemplates
from tests.profiles import examples
from tests.workflows.passages import write_memo_on

STUDY, SOURCE, CASE, CODE, CODING, PASSAGE = (
    MemoSubject.STUDY,
    MemoSubject.SOURCE,
    MemoSubject.CASE,
    MemoSubject.CODE,
    MemoSubject.CODING,
    MemoSubject.PASSAGE,
)


def memos(study: StudyFolder) -> list[Memo]:
    with study.reading_session() as session:
        return list_memos(session)


def told(study: StudyFolder) -> list[tuple[str, str, bool]]:
    return [(memo.about, memo.text, memo.is_gone) for memo in memos(study)]


def as_coder(study: StudyFolder, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEGRID_CODER", name)


def test_a_memo_is_on_anything_and_is_written_changed_deleted_and_brought_back(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    written = [
        write_memo(study, STUDY, "", "Began.", day="2026-11-02"),
        write_memo(study, CODE, "QUICK fix", "On a code."),
        write_memo(study, CASE, "ada stone", "On a case."),
        write_memo(study, SOURCE, "head.md", "On a source."),
        write_memo(study, PASSAGE, "1", "On a passage."),
        write_memo(study, CODING, "1/quick fix", "On a coding."),
    ]
    assert [memo.number for memo in written] == [1, 2, 3, 4, 5, 6]
    before = [
        ("the study", "Began.", False),
        ("quick fix", "On a code.", False),
        ("Ada Stone", "On a case.", False),
        ("head.md", "On a source.", False),
        ("passage 1 of head.md", "On a passage.", False),
        ("quick fix on passage 1 of head.md", "On a coding.", False),
    ]
    assert told(study) == before
    assert memos(study)[0].date == "2026-11-02"
    assert change_memo(study, 2, "On a code, again.").is_changed
    assert not change_memo(study, 2, " On a code, again.\n").is_changed
    assert [memo.id for memo in delete_memos(study, [5, 6, 5])] == [5, 6]
    assert told(study) == [before[0], ("quick fix", "On a code, again.", False), *before[2:4]]
    assert [memo.id for memo in memos(study) if memo.changed_at] == [2]
    # Each change is a journal entry of its own, and an undo takes back the latest.
    assert [entry.what for entry in read_history(study, kind="memo")][-3:] == [
        'changed the memo "On a code, again." on quick fix',
        'deleted the memo "On a passage." on passage 1 of head.md',
        'deleted the memo "On a coding." on quick fix on passage 1 of head.md',
    ]
    assert undo_in_words(study) == 'Took back the deletion of a memo: "On a coding.".'
    assert undo_in_words(study) == 'Took back the deletion of a memo: "On a passage.".'
    assert undo_in_words(study) == 'Took back a change of a memo: "On a code, again.".'
    assert told(study) == before
    assert undo_in_words(study) == 'Took back a memo: "On a coding.".'
    assert told(study) == before[:-1]
    assert redo_in_words(study) == 'Restored a memo: "On a coding.".'
    assert redo_in_words(study) == 'Restored a change of a memo: "On a code, again.".'
    assert told(study)[1] == ("quick fix", "On a code, again.", False)
    assert {entry.kind for entry in read_history(study, code="quick fix")} >= {EntryKind.MEMO}


def test_memos_and_links_follow_names_and_merges_and_undos_of_these(study: StudyFolder) -> None:
    write_memo(study, STUDY, "", "[[quick fix]] as [[Ada Stone]] has it in [[head.md]].")
    write_memo(study, CODE, "quick fix", "A code.")
    write_memo(study, CASE, "Ada Stone", "A case.")
    cases = [memo.about for memo in memos(study) if memo.subject is CASE]
    rename_code(study, "quick fix", "patch")
    rename_case(study, "Ada Stone", "A. Stone")
    assert told(study) == [
        ("the study", "[[patch]] as [[A. Stone]] has it in [[head.md]].", False),
        ("patch", "A code.", False),
        ("A. Stone", "A case.", False),
    ]
    other = next(quote.case for quote in find_quotes(study).quotes if quote.case not in (None, "A. Stone"))
    assert other is not None
    merge_codes(study, "patch", "room to plan")
    merge_cases(study, "A. Stone", other, despite_groups=True)
    assert [about for about, _, _ in told(study)] == ["the study", "room to plan", other]
    assert told(study)[0][1] == f"[[room to plan]] as [[{other}]] has it in [[head.md]]."
    assert [memo["id"] for memo in memo_records(study, MemoFilter(links_to="room to plan"))] == [1]
    assert [memo["id"] for memo in memo_records(study, MemoFilter(about="room to plan"))] == [2]
    undo_in_words(study)
    undo_in_words(study)
    assert [about for about, _, _ in told(study)] == ["the study", "patch", "A. Stone"]
    undo_in_words(study)
    undo_in_words(study)
    assert [about for about, _, _ in told(study)] == ["the study", "quick fix", *cases]


def test_a_memo_outlives_what_it_is_on(study: StudyFolder) -> None:
    add_code(study, Code("side path"))
    write_memo(study, CODE, "side path", "See [[passage 2]].")
    write_memo(study, STUDY, "", "Of [[side path]].")
    remove_code(study, "side path")
    assert told(study) == [
        ("the study", "Of [[side path]] (code no longer there).", False),
        ("side path", "See [[passage 2]].", True),
    ]
    undo_in_words(study)
    assert told(study)[1] == ("side path", "See [[passage 2]].", False)


def test_a_memo_on_a_coding_goes_where_the_coding_goes(study: StudyFolder) -> None:
    def about() -> list[tuple[str, bool]]:
        return [(memo.about, memo.is_gone) for memo in memos(study)]

    decide_segment(study, 1, Action.APPLY, "quick fix")
    write_memo(study, CODING, "passage 1/quick fix", "Is it?")
    split_code(study, "quick fix", {1: "leaking roof"}, ["leaking roof"])
    assert about() == [("leaking roof on passage 1 of head.md", False)]
    merge_codes(study, "leaking roof", "room to plan")
    assert about() == [("room to plan on passage 1 of head.md", False)]
    cut = narrow(study, 1, Side.AFTER)
    assert about() == [(f"room to plan on passage {cut.segment} of head.md", False)]
    undo_in_words(study)
    undo_in_words(study)
    undo_in_words(study)
    assert about() == [("quick fix on passage 1 of head.md", False)]
    decide_segment(study, 1, Action.REMOVE, "quick fix")
    assert about() == [("quick fix on passage 1 of head.md", True)]
    undo_in_words(study)
    assert about() == [("quick fix on passage 1 of head.md", False)]


def test_only_its_author_changes_a_memo(study: StudyFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    as_coder(study, "Ana", monkeypatch)
    write_memo_on(study, 1, "Ana's.")
    as_coder(study, "Bo", monkeypatch)
    for change in (lambda: change_memo(study, 1, "Bo's."), lambda: delete_memos(study, [1])):
        with pytest.raises(UsageError, match="memo 1 is Ana's; you are Bo"):
            change()
    draft = memo_draft(study, PASSAGE, "1")
    assert (draft.number, [memo.text for memo in draft.others]) == (None, ["Ana's."])
    assert keep_draft(study, draft, "Bo's [[quik fix]].") == (
        "Kept the memo. [[quik fix]]: not found; near is quick fix."
    )
    draft = memo_draft(study, PASSAGE, "1")
    assert (draft.number, draft.text) == (2, "Bo's [[quik fix]].")
    assert keep_draft(study, draft, draft.text).startswith("Nothing was changed.")
    assert keep_draft(study, draft, " ") == "Deleted the memo; u brings it back."
    assert [memo.text for memo in memos(study)] == ["Ana's."]


def test_a_thing_shows_what_speaks_of_it_and_queries_find_passages_by_their_memos(study: StudyFolder) -> None:
    write_memo_on(study, 2, "The wait, see [[passage 1]].")
    write_memo_on(study, 1, "Sharp.")
    assert [memo.text for memo in show_memo(study, 2).speaking] == ["The wait, see [[passage 1]]."]
    assert [quote.id for quote in find_quotes(study, "memo:wait").quotes] == [2]
    change_memo(study, 1, "The delay.")
    assert [quote.id for quote in find_quotes(study, "memo:wait").quotes] == []
    assert [quote.id for quote in find_quotes(study, "memo:delay").quotes] == [2]
    delete_memos(study, [1])
    assert [quote.id for quote in find_quotes(study, "memo:*").quotes] == [1]
    (quote,) = find_quotes(study, "memo:*").quotes
    assert [memo.text for memo in quote.memos] == ["Sharp."]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"on": CODE}, [2]),
        ({"on": PASSAGE}, [5]),
        ({"about": "quick fix"}, [2]),
        ({"about": "Ada Stone"}, [3, 5]),
        ({"about": "head.md"}, [4, 5]),
        ({"about": "1"}, [5]),
        ({"about": "study"}, [1]),
        ({"links_to": "Ada Stone"}, [1]),
        ({"links_to": "head.md"}, [2]),
        ({"search": "on"}, [2, 3]),
        ({"search": "beg*"}, [1]),
        ({"since": "2026-11-03"}, [2, 3, 4, 5]),
        ({"coder": "TESTER"}, [1, 2, 3, 4, 5]),
    ],
)
def test_memos_are_found_by_thing_author_words_and_time(
    noted: StudyFolder, wanted: dict[str, Any], numbers: list[int]
) -> None:
    assert [memo["id"] for memo in memo_records(noted, MemoFilter(**wanted))] == numbers


@pytest.fixture
def noted(study: StudyFolder) -> StudyFolder:
    """A study with a memo of each kind."""
    write_memo(study, STUDY, "", "Began with [[Ada Stone]].", day="2000-01-01")
    write_memo(study, CODE, "quick fix", "On [[head.md:0-10]].")
    write_memo(study, CASE, "Ada Stone", "On her.")
    write_memo(study, SOURCE, "head.md", "Whole.")
    write_memo(study, PASSAGE, "1", "Words.")
    return study


@pytest.mark.parametrize(
    ("attempt", "error", "said"),
    [
        (lambda study: write_memo(study, CODE, "qick fix", "x"), UnknownNameError, 'no code "qick fix"'),
        (lambda study: write_memo(study, CODE, " ", "x"), UsageError, "say which code"),
        (lambda study: write_memo(study, STUDY, "name", "x"), UsageError, "the study needs no name"),
        (lambda study: write_memo(study, PASSAGE, "99", "x"), UnknownNameError, 'no passage "99"'),
        (lambda study: write_memo(study, PASSAGE, "head.md", "x"), UnknownNameError, 'no passage "head.md"'),
        (lambda study: write_memo(study, PASSAGE, "head.md:9-9999", "x"), UnknownNameError, "no passage"),
        (lambda study: write_memo(study, CODING, "1/quick fix", "x"), UnknownNameError, "does not stand"),
        (lambda study: write_memo(study, CODING, "quick fix", "x"), UnknownNameError, "no coding"),
        (lambda study: write_memo(study, STUDY, "", " \n"), UsageError, "nothing in the memo"),
        (lambda study: write_memo(study, STUDY, "", "x", day="soon"), UsageError, '"soon" is no day'),
        (lambda study: write_memo(study, CODE, "quick fix", "x", day="2026-01-01"), UsageError, "a day"),
        (lambda study: change_memo(study, 1, "x"), UnknownNameError, "no memo 1"),
        (lambda study: delete_memos(study, [1]), UnknownNameError, "no memo 1"),
        (lambda study: memo_records(study, MemoFilter(about="Ada Ston")), UnknownNameError, "no code, case"),
        (lambda study: memo_records(study, MemoFilter(since="then")), UsageError, "no day or time"),
        (lambda study: memo_records(study, MemoFilter(coder="Zo")), UnknownNameError, "no author"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_no_trace(
    study: StudyFolder, attempt: Callable[[StudyFolder], object], error: type[QuotegridError], said: str
) -> None:
    current_codebook(study)
    before = len(read_history(study))
    with pytest.raises(error, match=said):
        attempt(study)
    assert memos(study) == []
    assert len(read_history(study)) == before


@pytest.fixture(scope="module")
def fresh(studies: StudyTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open a new copy of a small study each time it is called."""
    folder = tmp_path_factory.mktemp("memos")
    numbers = count()
    made: list[StudyFolder] = []

    def copy() -> StudyFolder:
        made.append(open_study(studies.copied(studies.imported, folder / str(next(numbers)))))
        return made[-1]

    yield copy
    for study in made:
        study.close()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "change", "change", "delete", "undo", "undo", "redo"]),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=14,
)


@pytest.mark.sqlite
@examples(60, quick=10)
@given(steps=STEPS)
def test_any_writing_changing_deleting_undoing_and_redoing_leaves_what_a_replay_leaves(
    fresh: Any, steps: list[tuple[str, int]]
) -> None:
    study = fresh()
    now: dict[int, str] = {}
    done: list[dict[int, str]] = []
    undone: list[dict[int, str]] = []
    for place, (kind, number) in enumerate(steps):
        before = dict(now)
        some = sorted(now)[number % len(now)] if now else 0
        if kind == "undo":
            assert (undo(study) is None) == (not done)
            if done:
                undone.append(now)
                now = done.pop()
            continue
        if kind == "redo":
            assert (redo(study) is None) == (not undone)
            if undone:
                done.append(now)
                now = undone.pop()
            continue
        if kind == "write":
            written = write_memo(study, STUDY, "", f"Written {place}.")
            now = {**now, written.number: f"Written {place}."}
        elif kind == "change" and now:
            change_memo(study, some, f"Changed {place}.")
            now = {**now, some: f"Changed {place}."}
        elif kind == "delete" and now:
            delete_memos(study, [some])
            now = {memo: text for memo, text in now.items() if memo != some}
        if now != before:
            done.append(before)
            undone.clear()
    assert {memo.id: memo.text for memo in memos(study)} == now
