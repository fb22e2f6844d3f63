from __future__ import annotations

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents, records


def test_every_change_says_what_it_did_and_is_undone(run: Run, study: StudyFolder) -> None:
    file = study.codebook_path.read_text(encoding="utf-8")
    before = records(run("-C", study.root, "codes", "--format", "json"))
    number = records(run("-C", study.root, "quotes", "--format", "json"))[0]["id"]
    decide_segment(study, number, Action.APPLY, "quick fix")
    deeds = [
        (
            ("codebook", "add", "late", "--below", "money", "--definition", "Too late."),
            "Added “late” below “Money”.\n",
        ),
        (("codebook", "rename", "Late", "too late"), "Renamed “late” to “too late”.\n"),
        (
            ("codebook", "move", "too late", "--below", "families", "--before", "long wait"),
            "Moved “too late” below “Families”.\n",
        ),
        (("codebook", "deprecate", "long wait"), "“long wait” is deprecated.\n"),
        (("codebook", "deprecate", "long wait", "--use-again"), "“long wait” is in use again.\n"),
        (
            ("codebook", "merge", "quick fix", "room to plan"),
            "Merged “quick fix” into “room to plan”. 1 coding moved with it.\n",
        ),
        (("codebook", "remove", "too late"), "Removed “too late”.\n"),
    ]
    for arguments, said in deeds:
        done = run("-C", study.root, *arguments)
        assert done.code == 0, done.err
        assert said in done.out
    now = records(run("-C", study.root, "codebook", "--format", "json"))
    assert [code["name"] for code in now] == ["Money", "room to plan", "Families", "long wait"]
    assert [code["coded"] for code in now] == [1, 1, 0, 0]
    history = records(run("-C", study.root, "codebook", "history", "--format", "json"))
    assert [version["what"] for version in history][-2:] == [
        "Merged “quick fix” into “room to plan”.",
        "Removed “too late”.",
    ]
    for _ in (*deeds, "the coding"):
        assert run("-C", study.root, "undo").code == 0
    assert records(run("-C", study.root, "codes", "--format", "json")) == before
    assert study.codebook_path.read_text(encoding="utf-8") == file


def test_the_history_of_a_code_says_what_it_meant(run: Run, study: StudyFolder) -> None:
    number = records(run("-C", study.root, "quotes", "--format", "json"))[0]["id"]
    decide_segment(study, number, Action.APPLY, "quick fix")
    run("-C", study.root, "codebook", "rename", "quick fix", "plaster")
    found = records(run("-C", study.root, "codebook", "history", "plaster", "--format", "json"))
    assert [(version["name"], version["codings"]) for version in found] == [("quick fix", 1), ("plaster", 0)]
    assert found[1]["changed"] == ["~ “quick fix” is called “plaster”"]


def test_changes_by_hand_are_shown_and_not_taken_in(run: Run, study: StudyFolder) -> None:
    assert run("-C", study.root, "codebook", "changes").out == "The file says what the study says.\n"
    number = records(run("-C", study.root, "quotes", "--format", "json"))[0]["id"]
    decide_segment(study, number, Action.APPLY, "long wait")
    text = study.codebook_path.read_text(encoding="utf-8").replace("name: quick fix", "name: plaster")
    study.codebook_path.write_text(text[: text.index("    codes:\n      - name: long")], encoding="utf-8")
    before = contents(study.root)
    shown = run("-C", study.root, "codebook", "changes")
    assert "~ “quick fix” is called “plaster”\n" in shown.out
    assert "- “long wait” is gone\n" in shown.out
    assert shown.err.startswith("1 coding of “long wait” would not be counted any more")
    assert contents(study.root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rename", "quik fix", "x"), 'there is no code "quik fix".'),
        (("rename", "quick fix", "long wait"), "is there twice"),
        (("add", " "), "a code must have a name."),
        (("move", "Money", "--below", "quick fix"), "their own ancestors"),
        (("merge", "Money", "quick fix"), "stands below it"),
        (("history", "x"), 'there is no code "x".'),
        (("deprecate", "x"), 'there is no code "x".'),
    ],
)
def test_what_cannot_be_done_is_one_message_and_changes_nothing(
    run: Run, study: StudyFolder, arguments: tuple[str, ...], said: str
) -> None:
    before = contents(study.root)
    assert_refused(run("-C", study.root, "codebook", *arguments), 2, said)
    assert contents(study.root) == before
