from __future__ import annotations

import hashlib
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
