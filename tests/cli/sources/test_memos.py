from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import pytest
from docx import Document
from sqlmodel import select

from quotegrid.storage.tables import CoderRow, MemoRow
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, records


def commented(path: Path, remark: str = "Check *this*", words: str = "It is a quick fix.") -> Path:
    document = Document()
    document.add_paragraph("I: What did it change?")
    run = document.add_paragraph("P1: ").add_run(words)
    document.add_comment(run, text=remark, author="Jo Field", initials="JF")
    asked = document.add_paragraph("I: ").add_run("And then?")
    document.add_comment(asked, text="A leading question", author="Jo Field", initials="JF")
    document.add_paragraph("P1: No.")
    document.save(str(path))
    return path


@pytest.fixture
def noted(empty_study: StudyFolder, run: Run) -> StudyFolder:
    path = commented(empty_study.root / "corpus" / "ray.docx")
    assert run("-C", empty_study.root, "import", path).code == 0
    return empty_study


def test_comments_of_a_file_are_listed_with_their_places(run: Run, noted: StudyFolder) -> None:
    found = records(run("-C", noted.root, "memos", "--format", "json"))
    assert [(memo["segment"], memo["author"], memo["text"], memo["imported"]) for memo in found] == [
        (1, "Jo Field", "Check *this*", True),
        (None, "Jo Field", "A leading question", True),
    ]
    (quote, other) = records(run("-C", noted.root, "quotes", "--format", "json"))
    start = quote["start"]
    assert quote["text"] == "It is a quick fix."
    assert [(memo["text"], memo["start"] - start, memo["end"] - start) for memo in quote["memos"]] == [
        ("Check *this*", 0, len("It is a quick fix"))
    ]
    assert other["memos"] == []
    shown = run("-C", noted.root, "memos").out
    assert f"ray.docx:{start}-{start + 17}  passage 1  Jo Field" in shown
    assert shown.endswith("2 memos.\n")


def test_quotes_in_markdown_have_their_memos_below(run: Run, noted: StudyFolder) -> None:
    text = run("-C", noted.root, "quotes", "--format", "markdown").out
    assert "> Memo (Jo Field): Check \\*this\\*\n" in text
    assert text.count("Memo (") == 1


def test_a_file_with_other_comments_or_words_brings_its_own(run: Run, noted: StudyFolder) -> None:
    path = commented(noted.root / "corpus" / "ray.docx", "Seen again")
    assert "1 unchanged" in run("-C", noted.root, "import", path).out
    found = records(run("-C", noted.root, "memos", "--format", "json"))
    assert [memo["text"] for memo in found] == ["Seen again", "A leading question"]
    commented(path, "Third look", "It is a patch.")
    assert "had changed; read again" in run("-C", noted.root, "import", path).out
    found = records(run("-C", noted.root, "memos", "--format", "json"))
    assert [memo["text"] for memo in found] == ["Third look", "A leading question"]


def test_a_changed_file_with_memos_of_ones_own_is_refused(run: Run, noted: StudyFolder) -> None:
    with noted.writing_session("noting") as session:
        coder = session.exec(select(CoderRow.id)).one()
        assert coder is not None
        session.add(MemoRow(coder_id=coder, about="segment", about_id=1, text="Mine"))
    path = commented(noted.root / "corpus" / "ray.docx", words="It is a patch.")
    result = run("-C", noted.root, "import", path)
    assert result.code == 3
    assert "1 memo of yours stands on the old text" in result.err
    found = records(run("-C", noted.root, "memos", "--format", "json"))
    assert [(memo["text"], memo["imported"]) for memo in found] == [
        ("Check *this*", True),
        ("Mine", False),
        ("A leading question", True),
    ]


def test_preview_and_import_say_what_stands_beside_what_is_said(run: Run, empty_study: StudyFolder) -> None:
    path = commented(
        empty_study.root / "corpus" / "ray.docx", words="It is [laughs] a quick in\u00adfor\u00admed fix."
    )
    shown = run("-C", empty_study.root, "import", "--preview", path).out
    assert "  Beside what is said: 1 mark of what is not speech, 2 comments kept as memos\n" in shown
    assert "  Repaired: 2 soft hyphens\n" in shown
    said = run("-C", empty_study.root, "import", path).out
    assert (
        "ray.docx: transcript, 2 passages, 1 case, 1 mark of what is not speech, 2 comments kept as memos\n"
        in said
    )
    (source,) = records(run("-C", empty_study.root, "sources", "--format", "json"))
    assert source["repairs"] == {"soft hyphens": 2}
    assert source["file_hash"] == hashlib.sha256(path.read_bytes()).hexdigest()
    (quote, _) = records(run("-C", empty_study.root, "quotes", "--format", "json"))
    assert quote["text"] == "It is [laughs] a quick informed fix."


def test_memos_are_written_changed_deleted_and_shown_by_command(
    run: Run, study: StudyFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note.md"
    note.write_text("# First\n\nOf [[quick fix]] and [[head.md]]. [[quik fix]] <b>\n", encoding="utf-8")
    done = run("-C", study.root, "memos", "write", "study", "--from", note, "--day", "2026-11-02")
    assert (done.out, done.err) == (
        "Wrote memo 1 on the study.\n",
        "[[quik fix]]: not found; near is quick fix.\n",
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("From a pipe.\n"))
    assert (
        "Wrote memo 2 on head.md.\n" in run("-C", study.root, "memos", "write", "source", "head.md", "-").out
    )
    assert run("-C", study.root, "memos", "write", "code", "quick fix", "A habit.").code == 0
    assert run("-C", study.root, "memos", "change", 3, "A *habit*.").out == "Changed memo 3 on quick fix.\n"
    assert run("-C", study.root, "memos", "change", 3, "A *habit*.").out.startswith("Nothing changed: memo 3")
    shown = run("-C", study.root, "memos", "show", 2).out
    assert "Memo 2 on the source head.md\n" in shown
    assert 'Memo 1 on the study speaks of it: "# First Of [[quick fix]]' in shown
    (found,) = records(run("-C", study.root, "memos", "--on", "study", "--format", "json"))
    assert (found["day"], found["links"]) == ("2026-11-02", ["quick fix", "head.md"])
    assert run("-C", study.root, "memos", "delete", 2).out == 'Deleted memo 2 on head.md: "From a pipe."\n'
    file = study.root / "exports" / "memos.md"
    assert run("-C", study.root, "memos", "-o", file).code == 0
    journal = file.read_text(encoding="utf-8")
    head, _, index = journal.partition("## What the memos are about")
    assert head.startswith('# Memos\n\n## 2026-11-02\n\n### <a id="memo-1"></a>Diary\n\nMemo 1, tester, ')
    assert "\n#### First\n\nOf [quick fix](#thing-2) and [head.md](#thing-1). [[quik fix]] (not" in head
    assert "\\<b>" in head
    assert "On the code [quick fix](#thing-2)" in head
    assert (
        '<a id="thing-2"></a>**quick fix**: memos on it: [3](#memo-3); memos that speak of it: [1]' in index
    )
    assert "From a pipe" not in journal
    assert run("-C", study.root, "verify", file).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("write", "code", "quick fix"), "say what the memo is, once"),
        (("write", "code", "quick fix", "two", "texts"), "2 texts were given"),
        (("write", "code"), "say what the memo is, once"),
        (("write", "study", "x", "--from", "note.md"), "say what the memo is, once"),
        (("write", "case", "Ada Ston", "x"), 'no case "Ada Ston" here. Did you mean Ada Stone?'),
        (("write", "study", "--from", "nowhere.md"), "nowhere.md: this file cannot be read"),
        (("show", "7"), 'there is no memo 7. "quotegrid memos" lists them.'),
        (
            ("--about", "quick"),
            'there is no code, case, source or passage "quick" here. Did you mean quick fix?',
        ),
    ],
)
def test_what_is_wrong_with_a_command_on_memos_is_said(
    run: Run, study: StudyFolder, arguments: tuple[str, ...], said: str
) -> None:
    result = run("-C", study.root, "memos", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_brackets_and_markup_in_a_comment_of_a_file_stay_as_they_are(
    run: Run, empty_study: StudyFolder
) -> None:
    path = commented(empty_study.root / "corpus" / "ray.docx", remark="# Sic [[quick fix]] [x](y)")
    assert run("-C", empty_study.root, "import", path).code == 0
    found = records(run("-C", empty_study.root, "memos", "--format", "json"))
    assert (found[0]["text"], found[0]["links"]) == ("# Sic [[quick fix]] [x](y)", [])
    journal = run("-C", empty_study.root, "memos", "--format", "markdown").out
    assert "\n\\# Sic \\[\\[quick fix\\]\\] \\[x\\](y)\n" in journal
    refused = run("-C", empty_study.root, "memos", "change", 1, "Mine now")
    assert (refused.code, "memo 1 is a comment that came with ray.docx" in refused.err) == (2, True)


def test_a_changed_file_is_read_again_once_ones_memos_are_deleted_and_these_can_still_be_brought_back(
    run: Run, noted: StudyFolder
) -> None:
    root = noted.root
    for on, name in (("source", "ray.docx"), ("passage", "1")):
        assert run("-C", root, "memos", "write", on, name, f"On a {on}.").code == 0
    path = commented(root / "corpus" / "ray.docx", words="It is a patch.")
    assert "2 memos of yours stand on the old text" in run("-C", root, "import", path).err
    assert run("-C", root, "memos", "delete", 3, 4).code == 0
    assert "had changed; read again" in run("-C", root, "import", path).out
    assert [memo["imported"] for memo in records(run("-C", root, "memos", "--format", "json"))] == [
        True,
        True,
    ]
    # Their passages are gone, and the memos are on no other passage that has got the same number.
    assert run("-C", root, "undo").code == 0
    assert run("-C", root, "undo").code == 0
    back = [memo for memo in records(run("-C", root, "memos", "--format", "json")) if not memo["imported"]]
    assert sorted((memo["text"], memo["gone"], memo["segment"]) for memo in back) == [
        ("On a passage.", True, None),
        ("On a source.", True, None),
    ]
