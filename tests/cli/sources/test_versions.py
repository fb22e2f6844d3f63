"""Sources are replaced, read again and removed by command, after the difference has been shown."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import PARENT, Result

Run = Callable[..., Result]


@pytest.fixture
def coded(study: StudyFolder) -> StudyFolder:
    number = next(quote.id for quote in find_quotes(study).quotes if "Fourteen" in quote.text)
    decide_segment(study, number, Action.APPLY, "long wait")
    return study


def test_the_difference_is_shown_first_and_nobody_can_be_asked_here(coded: StudyFolder, run: Run) -> None:
    better = coded.root / "better.txt"
    better.write_text(PARENT.replace("never rang", "never phoned"), encoding="utf-8")
    command = ("-C", coded.root, "sources", "replace", "parent.txt", better)
    shown = run(*command, "--preview")
    assert shown.code == 0
    assert "1 coding, no longer on the same words in its place." in shown.out
    assert "Words changed under 1 coding:" in shown.out
    assert "Unsure: the group" not in shown.out
    assert "they never phoned back" in shown.out
    asked = run(*command)
    assert asked.code == 2
    assert "nothing was changed: nobody can be asked here. --yes does it." in asked.err
    done = run(*command, "--yes")
    assert 'Replaced "parent.txt". "quotegrid undo" brings the old version back.' in done.out
    assert "would be the same" in run(*command, "--yes").out
    listed = json.loads(run("-C", coded.root, "sources", "--format", "json").out)[1]
    assert (listed["decided"], listed["coded"], listed["versions"]) == (1, 1, 1)
    assert "replacement" in run("-C", coded.root, "undo").out


def test_another_text_is_refused_before_anything_is_listed(coded: StudyFolder, run: Run) -> None:
    command = ("-C", coded.root, "sources", "replace", "parent.txt", coded.root / "corpus" / "head.md")
    refused = run(*command, "--yes")
    assert refused.code == 3
    assert 'this is another text than "parent.txt"' in refused.err
    assert refused.out == ""
    assert "Cannot be placed" in run(*command, "--anyway", "--yes").out
    unplaced = run("-C", coded.root, "sources", "unplaced")
    assert "long wait" in unplaced.out
    assert "1 coding that could not be placed." in unplaced.out


def test_a_source_is_read_again_with_options_that_are_listed(coded: StudyFolder, run: Run) -> None:
    options = ("--interviewer", "RAY MOSS", "--participant", "INTERVIEWER")
    done = run("-C", coded.root, "sources", "reread", "parent.txt", *options, "--yes")
    assert 'Read "parent.txt" again.' in done.out
    listed = json.loads(run("-C", coded.root, "sources", "--format", "json").out)[1]
    assert listed["options"] == {"interviewer": "RAY MOSS", "participant": "INTERVIEWER"}
    assert "interviewer=RAY MOSS" in run("-C", coded.root, "sources", "--format", "csv").out


def test_a_source_is_removed_after_what_stands_on_it_is_told(coded: StudyFolder, run: Run) -> None:
    assert '"parent.txt" is read to the end.' in run("-C", coded.root, "sources", "read", "PARENT").out
    told = run("-C", coded.root, "sources", "remove", coded.root / "corpus" / "parent.txt", "--preview")
    assert 'On "parent.txt" stand 1 coding of 1 code by tester, 1 decision' in told.out
    assert 'Removed "parent.txt"' in run("-C", coded.root, "sources", "remove", "parent.txt", "--yes").out
    missing = run("-C", coded.root, "sources", "remove", "parent.txt", "--yes")
    assert missing.code != 0
    assert '"parent.txt" is no longer in the study: tester has removed it.' in missing.err
    assert "parent.txt (removed 1)" in run("-C", coded.root, "decisions").out
    assert "removal" in run("-C", coded.root, "undo").out
