from __future__ import annotations

import time

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.session_summary import WorkSession
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.coding.watching import StudyWatch
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.suggestions.suggest import suggest_codes

ON_BOTH_ENGINES = True


def test_what_another_program_decides_is_told_once(suggested: StudyFolder) -> None:
    watch = StudyWatch(suggested)
    assert watch.look() is None
    other = open_study(suggested.root)
    decide_segment(other, 1, Action.APPLY, "Families")
    other.close()
    change = watch.look()
    assert change is not None
    assert [(decision.segment, decision.code) for decision in change.decisions] == [(1, "Families")]
    assert not change.is_rebuilt
    assert watch.look() is None


def test_people_that_another_coder_changes_are_told_once(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = StudyWatch(study)
    set_case(study, "Ada Stone", {"shift": "day"})
    assert watch.look() is None
    monkeypatch.setenv("QUOTEGRID_CODER", "bea")
    set_case(study, "Ada Stone", {"shift": "night"})
    monkeypatch.undo()
    change = watch.look()
    assert change is not None and change.has_changed_people and not change.is_rebuilt
    assert watch.look() is None


def test_new_sources_and_suggestions_and_codes_rebuild(study: StudyFolder) -> None:
    watch = StudyWatch(study)
    suggest_codes(study, at_least=0.0)
    change = watch.look()
    assert change is not None
    assert change.is_rebuilt
    path = study.root / "corpus" / "more.txt"
    path.write_text("I: Why?\n\nP9: It is a quick fix.\n\nI: And?\n\nP9: No.\n", encoding="utf-8")
    import_sources(study, [path], ReadingOptions())
    change = watch.look()
    assert change is not None
    assert change.is_rebuilt
    study.codebook_path.write_text(study.codebook_path.read_text("utf-8") + "  - name: Late\n", "utf-8")
    current_codebook(study)
    change = watch.look()
    assert change is not None
    assert change.is_rebuilt


def test_looking_where_nothing_has_changed_costs_next_to_nothing(suggested: StudyFolder) -> None:
    watch = StudyWatch(suggested)
    watch.look()
    began = time.process_time()
    for _ in range(200):
        assert watch.look() is None
    assert time.process_time() - began < 0.2


def test_a_sitting_tells_what_the_coder_did_and_what_is_left(suggested: StudyFolder) -> None:
    decide_segment(suggested, 1, Action.APPLY, "Families")
    session = WorkSession(suggested)
    assert session.summary() == ""
    decide_segment(suggested, 1, Action.ACCEPT, "quick fix")
    decide_segment(suggested, 1, Action.REJECT, "long wait")
    decide_segment(suggested, 2, Action.REJECT, "long wait")
    decide_segment(suggested, 2, Action.SKIP)
    undo(suggested)
    told = session.summary()
    assert told.startswith("In less than a minute: 1 accepted, 2 rejected, 1 skipped, 1 undone.")
    assert told.endswith(" still wait.")
