"""Every kind of deed is undone and redone by its number in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.errors import QuotegridError, UsageError
from quotegrid.storage import tables
from quotegrid.storage.coding.exemplars import exemplars_of
from quotegrid.storage.journal import entries_in
from quotegrid.storage.people.cases import list_cases, other_names
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.sources.read_marks import sources_read
from quotegrid.storage.sources.sources import source_numbers
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import (
    add_code,
    describe_code,
    merge_codes,
    move_code,
    rename_code,
)
from quotegrid.workflows.codebook.mark_exemplar import toggle_exemplar
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.memos.write import change_memo, delete_memos, write_memo
from quotegrid.workflows.coding.undo import redo, undo, undo_in_words
from quotegrid.workflows.people.change_cases import (
    merge_cases,
    rename_case,
    split_case,
)
from quotegrid.workflows.people.reversing import undo_case_change
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.report.summarise import read_cell, standing_summaries, write_summary
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.sources.versions.removing import remove_source
from quotegrid.workflows.sources.versions.replacing import replace_source
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import HEAD, PARENT, StudyTemplates
from tests.profiles import examples
from tests.workflows.passages import write_memo_on

KINDS = (
    "decide",
    "decide",
    "add code",
    "rename code",
    "describe code",
    "merge codes",
    "move code",
    "rename case",
    "set case",
    "merge cases",
    "split case",
    "summary",
    "memo",
    "memo",
    "change memo",
    "delete memo",
    "exemplar",
    "mark read",
    "remove source",
    "replace source",
)
CORRECTIONS = (
    ("waiting list", "waitinglist"),
    ("Months of waiting, and", "Months. And"),
    ("Never heard of it. ", ""),
    ("ADA STONE", "ADA STONE-BELL"),
    ("every week...", "every single week, and then some more..."),
)
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*KINDS, "undo", "undo", "undo", "redo", "redo"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    min_size=1,
    max_size=12,
)


class _BackwardClock(datetime):
    """A clock that is set back by a minute whenever it is looked at."""

    looks: ClassVar[Iterator[int]] = count()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a datetime is enough here
        return datetime(2026, 11, 30, tzinfo=UTC) - timedelta(minutes=next(cls.looks))


def _do(study: StudyFolder, kind: str, first: int, other: int) -> None:
    """Do what the numbers choose."""
    codes = [code.name for code in current_codebook(study).codes]
    code, second = codes[first % len(codes)], codes[other % len(codes)]
    with study.reading_session() as session:
        cases = [case.name for case in list_cases(session)]
        sources = list(source_numbers(session))
    case, another = (cases[number % len(cases)] if cases else "nobody" for number in (first, other))
    source = sources[first % len(sources)] if sources else "none"
    segment = 1 + other % 3
    match kind:
        case "decide":
            action = (Action.APPLY, Action.APPLY, Action.REJECT, Action.SKIP)[first % 4]
            decide_segment(study, segment, action, None if action is Action.SKIP else second)
        case "add code":
            add_code(study, Code(f"code {first} {other}", parent=second if first % 2 else None))
        case "rename code":
            rename_code(study, code, f"name {other}")
        case "describe code":
            describe_code(study, code, Code(code, definition=f"What {other} says."))
        case "merge codes":
            merge_codes(study, code, second)
        case "move code":
            move_code(study, code, second if first % 2 else None)
        case "rename case":
            rename_case(study, case, f"Case {other}")
        case "set case":
            set_case(study, case, {("role", "area", "wave")[other % 3]: str(first)})
        case "merge cases":
            merge_cases(study, case, another, despite_groups=True)
        case "split case":
            split_case(study, case, ("head.md", "parent.txt")[other % 2])
        case "summary":
            there = read_cell(study, code, case)
            write_summary(study, code, case, f"Text {other}.", base=there.base)
        case "memo":
            on, name = (
                (MemoSubject.PASSAGE, str(segment)),
                (MemoSubject.STUDY, ""),
                (MemoSubject.CODE, code),
                (MemoSubject.CASE, case),
                (MemoSubject.SOURCE, ("head.md", "parent.txt")[other % 2]),
            )[first % 5]
            write_memo(study, on, name, f"Memo {first} on [[{second}]] and [[case: {another}]].")
        case "change memo" | "delete memo":
            with study.reading_session() as session:
                memos = [memo.id for memo in list_memos(session)]
            if memos and kind == "change memo":
                change_memo(study, memos[first % len(memos)], f"Changed {other}: [[{code}]].")
            elif memos:
                delete_memos(study, [memos[first % len(memos)]])
        case "exemplar":
            toggle_exemplar(study, segment, second)
        case "mark read":
            mark_read(study, [("head.md", "parent.txt")[first % 2]], is_read=bool(other % 2))
        case "remove source":
            remove_source(study, source)
        case "replace source":
            corrected = study.root / f"corrected{Path(source).suffix}"
            text = {"head.md": HEAD}.get(source, PARENT)
            before, after = CORRECTIONS[other % len(CORRECTIONS)]
            corrected.write_text(text.replace(before, after), encoding="utf-8")
            replace_source(study, source, corrected, anyway=True)


def _state(study: StudyFolder) -> dict[str, Any]:
    """Return all that people have made of a study, without numbers, GUIDs and times."""
    quotes = find_quotes(study).quotes
    with study.reading_session() as session:
        cases = [
            (case.name, case.group, case.role, case.area, sorted(case.attributes.items()), case.sources)
            for case in list_cases(session)
        ]
        aliases = sorted(name for names in other_names(session).values() for name in names)
        memos = sorted((memo.about, memo.is_gone, memo.text) for memo in list_memos(session))
        exemplars = exemplars_of(session)
        read = sources_read(session)
    summaries = standing_summaries(study)
    return {
        "codings": [(quote.id, quote.codes, quote.case) for quote in quotes],
        "codebook": list(current_codebook(study).walk()),
        "file": study.codebook_path.read_text(encoding="utf-8"),
        "cases": cases,
        "aliases": aliases,
        "memos": memos,
        "exemplars": exemplars,
        "read": read,
        "summaries": {place: [summary.text for summary in stand] for place, stand in summaries.items()},
    }


def _newest(study: StudyFolder) -> int:
    with study.reading_session() as session:
        return entries_in(session)[-1].number


@pytest.fixture(scope="module")
def fresh(studies: StudyTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open a new copy of a small study each time it is called."""
    folder = tmp_path_factory.mktemp("undo")
    numbers = count()
    made: list[StudyFolder] = []

    def copy() -> StudyFolder:
        made.append(open_study(studies.copied(studies.imported, folder / str(next(numbers)))))
        current_codebook(made[-1])
        return made[-1]

    yield copy
    for study in made:
        study.close()


@pytest.mark.sqlite
@examples(60, quick=12)
@given(steps=STEPS)
def test_undos_and_redos_of_all_kinds_give_what_a_replay_of_what_counts_gives(
    fresh: Any, steps: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "datetime", _BackwardClock)
    study = fresh()
    states = [_state(study)]
    done: list[Step] = []
    undone: list[tuple[Step, dict[str, Any]]] = []
    for step in steps:
        before = _newest(study)
        if step[0] == "undo":
            assert (undo(study) is None) == (not done)
            if done:
                undone.append((done.pop(), states.pop()))
        elif step[0] == "redo":
            assert (redo(study) is None) == (not undone)
            if undone:
                again, state = undone.pop()
                done.append(again)
                states.append(state)
        else:
            try:
                _do(study, *step)
            except QuotegridError:
                assert _newest(study) == before
                continue
            if _newest(study) > before:
                done.append(step)
                undone.clear()
                states.append(_state(study))
        assert _state(study) == states[-1]
    replayed = fresh()
    for step in done:
        _do(replayed, *step)
    assert _state(replayed) == _state(study) | {"file": _state(replayed)["file"]}
    assert current_codebook(replayed).hash() == current_codebook(study).hash()


def test_a_clock_set_back_changes_nothing_of_what_is_undone_next(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "datetime", _BackwardClock)
    decide_segment(study, 1, Action.APPLY, "quick fix")
    rename_code(study, "quick fix", "patch")
    write_memo_on(study, 1, "Later.")
    set_case(study, "Ada Stone", {"wave": "3"})
    assert undo_in_words(study) == 'Took back a change of cases: gave "Ada Stone" the wave "3".'
    assert undo_in_words(study) == 'Took back a memo: "Later.".'
    assert undo_in_words(study) == "Took back a change of the codebook: Renamed “quick fix” to “patch”."
    assert undo_in_words(study).startswith("Took back decision 1: apply")
    assert undo_in_words(study) == "There is nothing to undo."


def test_a_change_of_a_case_that_somebody_has_changed_since_is_not_undone(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename_case(study, "Ada Stone", "Ada")
    monkeypatch.setenv("QUOTEGRID_CODER", "sam")
    merge_cases(study, "Ada", "RAY MOSS", despite_groups=True)
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    before = _state(study)
    with pytest.raises(UsageError, match='since then sam merged "Ada" into "RAY MOSS"'):
        undo(study)
    assert _state(study) == before
    assert undo_case_change(study) is not None
    assert undo(study) is not None


def test_a_case_change_is_brought_again_unless_its_name_is_taken(study: StudyFolder) -> None:
    rename_case(study, "Ada Stone", "Ada")
    assert undo(study) is not None
    assert undo_in_words(study) == "There is nothing to undo."
    with study.writing_session("test") as session:
        session.add(tables.CaseRow(name="Ada"))
    with pytest.raises(UsageError, match='another case "Ada"'):
        redo(study)


def test_what_goes_together_is_one_group_of_the_journal(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 2, Action.APPLY, "quick fix")
    before = _newest(study)
    merge_codes(study, "quick fix", "room to plan")
    with study.reading_session() as session:
        made = [entry for entry in entries_in(session) if entry.number > before]
    assert [entry.kind for entry in made] == [*[EntryKind.DECISION] * 4, EntryKind.CODEBOOK]
    assert {entry.group for entry in made} == {before + 1}
