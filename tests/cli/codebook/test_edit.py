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


def test_a_file_cut_short_is_refused_until_a_person_decides(run: Run, study: StudyFolder) -> None:
    number = records(run("-C", study.root, "quotes", "--format", "json"))[0]["id"]
    decide_segment(study, number, Action.APPLY, "long wait")
    whole = study.codebook_path.read_text(encoding="utf-8")
    for damaged in (whole[: whole.index("long wait") + 3], "", "themes: []\n"):
        study.codebook_path.write_text(damaged, encoding="utf-8")
        before = contents(study.root)
        for command in ("matrix", "codes", "status"):
            assert_refused(run("-C", study.root, command), 3, "1 coding of “long wait”", "--put-back")
        assert contents(study.root) == before
        assert "- “long wait” is gone\n" in run("-C", study.root, "codebook", "changes").out
        assert run("-C", study.root, "codebook", "changes", "--put-back").code == 0
        assert study.codebook_path.read_text(encoding="utf-8") == whole
    study.codebook_path.write_text("", encoding="utf-8")
    taken = run("-C", study.root, "codebook", "changes", "--take-in")
    assert taken.err == '1 coding of "long wait", which is no longer in the codebook, is not counted.\n'
    assert records(run("-C", study.root, "codes", "--format", "json")) == []
    both = run("-C", study.root, "codebook", "changes", "--take-in", "--put-back")
    assert_refused(both, 2, "either taken in or put back")


def test_taking_out_the_last_code_by_hand_is_an_edit_where_nothing_is_coded_with_it(
    run: Run, study: StudyFolder
) -> None:
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(text[: text.index("    codes:\n      - name: long")], encoding="utf-8")
    names = [code["name"] for code in records(run("-C", study.root, "codes", "--format", "json"))]
    assert names == ["Money", "quick fix", "room to plan", "Families"]


def test_a_name_that_reads_like_another_is_refused_and_found(run: Run, study: StudyFolder) -> None:
    composed, apart = "caf\u00e9", "CAFE\u0301"
    assert run("-C", study.root, "codebook", "add", composed).code == 0
    assert_refused(run("-C", study.root, "codebook", "add", f" {apart}"), 2, "there twice", "encoded")
    assert_refused(run("-C", study.root, "codebook", "rename", "long wait", apart), 2, "there twice")
    assert run("-C", study.root, "apply", "head.md", "0-10", "x").code != 0
    number = records(run("-C", study.root, "quotes", "--format", "json"))[0]["id"]
    decide_segment(study, number, Action.APPLY, apart)
    found = records(run("-C", study.root, "quotes", "--code", apart, "--format", "json"))
    assert [quote["codes"] for quote in found] == [[composed]]
    file = study.codebook_path
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(composed, apart), encoding="utf-8")
    found = records(run("-C", study.root, "quotes", "--code", composed, "--format", "json"))
    assert [quote["codes"] for quote in found] == [[apart]]
    file.write_text(f"{text}  - name: {apart}\n", encoding="utf-8")
    assert_refused(run("-C", study.root, "codes"), 3, "there twice", "encoded", "codebook.yaml, line")


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
