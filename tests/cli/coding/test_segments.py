from __future__ import annotations

import json
from typing import Any

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, contents


def quotes(run: Run, study: StudyFolder, *filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run("-C", study.root, "quotes", *filters, "--format", "json").out
    )
    return found


def test_a_range_is_coded_widened_narrowed_and_split(run: Run, study: StudyFolder) -> None:
    said = run(
        *("-C", study.root, "apply", "head.md", "333-363", "room to plan"),
        *("--stance", "disputes", "--memo", "no time bought"),
    )
    assert said.out == 'Decision 1: apply "room to plan" on passage 6.\n'
    (quote,) = quotes(run, study, "--coded")
    assert (quote["text"], quote["made_by"]) == ("It buys time, I will say that.", "tester")
    assert quote["stances"] == {"room to plan": ["disputes"]}
    again = run("-C", study.root, "apply", "head.md", "333-363", "room to plan")
    assert again.out == 'Nothing changed: "room to plan" stands on passage 6 already.\n'
    wider = run("-C", study.root, "widen", 6, "AFTER")
    assert wider.out == "Your codings of passage 6 stand on passage 2 now, 333-405.\n"
    halves = run("-C", study.root, "split", 2, 364)
    assert halves.out == ("Your codings of passage 2 stand on passages 6, 333-363, and 7, 364-405, now.\n")
    assert len(quotes(run, study, "--coded")) == 2
    undone = run("-C", study.root, "undo")
    assert undone.out == (
        "Took back decisions 4 to 6, which belong together: move, apply and mark disputes "
        '"room to plan" on 3 passages.\n'
    )
    narrower = run("-C", study.root, "narrow", 2, "before")
    assert narrower.out == "Your codings of passage 2 stand on passage 7 now, 364-405.\n"
    assert [quote["text"] for quote in quotes(run, study, "--coded")] == [
        "We had room to plan for one whole summer."
    ]
    assert "apply with 2 disputes" in run("-C", study.root, "decisions").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("apply", "head.md", "333", "quick fix"), '"333" is not a range'),
        (("apply", "head.md", "363-333", "quick fix"), "363-333 is no range of this source"),
        (("apply", "head.md", f"0-{10**17}", "quick fix"), "is no range of this source"),
        (("apply", "head.md", "334-363", "quick fix"), 'in the middle of "It". Choose 333 or 335.'),
        (("apply", "head.md", "155-170", "quick fix"), "is an interviewer's"),
        (("apply", "head.md", "333-470", "quick fix"), "goes beyond its turn, 197-405"),
        (("apply", "head.md", "0-4", "quick fix"), "no participant speaks at 0"),
        (("apply", "haed.md", "333-363", "quick fix"), "Did you mean head.md?"),
        (("apply", "head.md", "333-363", "quik fix"), "Did you mean quick fix?"),
        (("apply", "head.md", "333-363", "quick fix", "--stance", "against"), "Write one of supports"),
        (("widen", "1", "up"), "Write before or after."),
        (("narrow", "99", "before"), "there is no passage 99"),
        (("split", "1", "199"), "in the middle of"),
        (("split", "2", "364"), "no coding of yours stands on passage 2"),
    ],
)
def test_what_cannot_be_cut_is_refused_and_changes_nothing(
    run: Run, study: StudyFolder, arguments: tuple[str, ...], said: str
) -> None:
    before = contents(study.root)
    result = run("-C", study.root, *arguments)
    assert result.code == 2
    assert said in result.err
    assert contents(study.root) == before
