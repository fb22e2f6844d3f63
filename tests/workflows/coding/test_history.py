from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.mark_exemplar import toggle_exemplar
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import JournalEntry, read_history
from quotegrid.workflows.coding.undo import redo, reversal_in_words, undo
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates
from tests.workflows.passages import write_memo_on

ON_BOTH_ENGINES = True


@pytest.fixture(scope="module")
def busy(studies: StudyTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudyFolder]:
    """The study with entries of several kinds by two people, some taken back and restored.

    No test changes it.
    """
    template = studies.derived(studies.imported, current_codebook)
    made = studies.opened(template, tmp_path_factory.mktemp("busy"))
    study = next(made)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("QUOTEGRID_CODER", "tester")
        _be_busy(study, monkeypatch)
    yield study
    next(made, None)


def _be_busy(study: StudyFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = {quote.id: quote.case for quote in list_quotes(study)}
    other = next(number for number in speaker if speaker[number] != speaker[1])
    decide_segment(study, 1, Action.APPLY, "quick fix")
    toggle_exemplar(study, 1, "quick fix")
    decide_segment(study, other, Action.APPLY, "long wait", memo="queues")
    monkeypatch.setenv("QUOTEGRID_CODER", "second")
    decide_segment(study, other, Action.APPLY, "quick fix")
    write_memo_on(study, other, "who rang?")
    undo(study)
    redo(study)
    undo(study)
    undo(study)
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    undo(study)
    redo(study)
    undo(study)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"kind": "decision"}, lambda entry: entry.kind == "decision"),
        ({"kind": "memo"}, lambda entry: entry.kind == "memo"),
        ({"code": "Quick Fix"}, lambda entry: "quick fix" in entry.codes),
        ({"code": "long wait", "kind": "decision"}, lambda entry: entry.codes == ("long wait",)),
        ({"coder": "SECOND"}, lambda entry: entry.coder == "second"),
        ({"case": "RAY MOSS"}, lambda entry: "RAY MOSS" in entry.cases),
        (
            {"case": "RAY MOSS", "code": "quick fix", "coder": "second"},
            lambda entry: (
                entry.cases == ("RAY MOSS",) and entry.codes == ("quick fix",) and entry.coder == "second"
            ),
        ),
    ],
)
def test_what_is_asked_for_is_what_the_whole_history_has_of_it(
    busy: StudyFolder, asked: dict[str, str], wanted: Callable[[JournalEntry], bool]
) -> None:
    whole = read_history(busy)
    found = read_history(busy, **asked)
    assert found == [entry for entry in whole if wanted(entry)]
    assert 0 < len(found) < len(whole)


def test_an_undo_is_told_with_what_it_takes_back_even_where_that_is_not_asked_for(busy: StudyFolder) -> None:
    whole = read_history(busy)
    undone = next(entry for entry in whole if entry.undoes is not None)
    later = read_history(busy, since=undone.at)
    assert later == [entry for entry in whole if entry.at >= undone.at]
    assert undone in later
    assert 'wrote the memo "who rang?"' in undone.what


def test_a_day_or_time_is_read_however_it_is_written(busy: StudyFolder) -> None:
    whole = read_history(busy)
    first = datetime.fromisoformat(whole[0].at)
    assert read_history(busy, since=first.strftime("%Y%m%d")) == whole
    assert read_history(busy, since=first.strftime("%Y-%m-%d")) == whole
    east = timezone(timedelta(hours=5))
    assert read_history(busy, since=first.astimezone(east).isoformat()) == whole
    after = datetime.fromisoformat(whole[-1].at) + timedelta(seconds=1)
    assert read_history(busy, since=after.astimezone(east).isoformat()) == []
    with pytest.raises(UsageError, match="is no day or time"):
        read_history(busy, since="last week")


@pytest.mark.parametrize("asked", [{"kind": "thought"}, {"code": "no such"}, {"coder": "x"}, {"case": "x"}])
def test_what_no_entry_is_about_is_refused(busy: StudyFolder, asked: dict[str, str]) -> None:
    with pytest.raises(UnknownNameError, match="there is no"):
        read_history(busy, **asked)


def test_undoing_a_memo_or_an_exemplar_names_that_one_among_several(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 2, Action.APPLY, "quick fix")
    write_memo_on(study, 1, "the first")
    toggle_exemplar(study, 1, "quick fix")
    write_memo_on(study, 2, "the second")
    toggle_exemplar(study, 2, "quick fix")
    done = [undo(study) for _ in range(4)]
    done += [redo(study)]
    assert [reversal_in_words(reversal) for reversal in done if reversal is not None] == [
        'marking passage 2 as an exemplar of "quick fix".',
        'a memo: "the second".',
        'marking passage 1 as an exemplar of "quick fix".',
        'a memo: "the first".',
        'a memo: "the first".',
    ]
