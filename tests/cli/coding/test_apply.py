"""`quotegrid apply --query`: what it shows, asks and does."""

from __future__ import annotations

import io

import pytest

from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents


def test_what_fits_is_shown_and_coded_once_it_is_agreed_to(run: Run, study: StudyFolder) -> None:
    before = contents(study.root)
    done = run("-C", study.root, "apply", "--query", "group:school", "long wait")
    assert done.code == 2
    assert "3 passages fit; “long wait” would be applied to 3 passages." in done.out
    assert "    1  Headteacher, Westhay: “Honestly, it is a quick fix." in done.out
    assert "nobody can be asked here. --yes does it." in done.err
    assert contents(study.root) == before
    done = run("-C", study.root, "apply", "--query", "group:school", "long wait", "--yes")
    assert "Applied “long wait” to 3 passages; one undo takes it off all of them." in done.out
    assert len(list_quotes(study, codes=["long wait"])) == 3
    again = run("-C", study.root, "apply", "-q", "text:a*", "long wait", "-y").out
    assert "have “long wait” by you already" in again
    assert run("-C", study.root, "undo").code == run("-C", study.root, "undo").code == 0
    assert contents(study.root) != before
    assert list_quotes(study, coded=True) == []


@pytest.mark.parametrize(("answer", "coded"), [("y\n", 3), ("n\n", 0), ("\n", 0)])
def test_nothing_is_done_without_a_yes(
    run: Run, study: StudyFolder, answer: str, coded: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO(answer)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    done = run("-C", study.root, "apply", "--query", "group:school", "long wait")
    assert ("Nothing was changed." in done.out) is (coded == 0)
    assert len(list_quotes(study, codes=["long wait"])) == coded


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--query", "group:school", "long wait", "1-2"), "with --query a code is all"),
        (("--query", "group:school", "long wait", "--memo", "x"), "with --query a code is all"),
        (("long wait",), "say the source, the range and the code"),
        (("--query", "", "long wait", "--yes"), "an empty query fits every passage"),
        (("--query", "near:roof", "long wait", "--yes"), "near: puts passages in order"),
        (("--query", "group:nobody", "long wait", "--yes"), "\n  group:nobody\n        ^"),
        (("--query", "group:school", "waiting", "--yes"), 'no code "waiting"'),
    ],
)
def test_what_cannot_be_applied_is_refused(
    run: Run, study: StudyFolder, arguments: tuple[str, ...], said: str
) -> None:
    assert_refused(run("-C", study.root, "apply", *arguments), 2, said)
