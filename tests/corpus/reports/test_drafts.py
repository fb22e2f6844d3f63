from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from quotegrid.corpus.reports.drafts import DraftSentence, draft_sentences
from quotegrid.errors import DataError, UsageError


def test_sentences_of_markdown_have_their_lines_and_no_markup(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "# A *heading*\n\n**Most** parents said so. They\nsaid [[the wait]] and `[[code]]`.\n\n"
        "- An [item](http://x.invalid).\n\n```\n[[no]]\n```\n\n<!-- [[no]] -->\n\n"
        "| a |\n|---|\n| [[who pays]] |\n",
        encoding="utf-8",
    )
    assert draft_sentences(draft) == [
        DraftSentence("A heading", 1),
        DraftSentence("Most parents said so.", 3),
        DraftSentence("They said [[the wait]] and .", 3),
        DraftSentence("An item.", 6),
        DraftSentence("a", 14),
        DraftSentence("[[who pays]]", 16),
    ]


def test_sentences_of_word_have_their_paragraphs(tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    document = Document()
    document.add_heading("Findings")
    document.add_paragraph("Most parents said so. Some spoke of [[the wait]].")
    document.save(str(draft))
    assert draft_sentences(draft) == [
        DraftSentence("Findings", 1),
        DraftSentence("Most parents said so.", 2),
        DraftSentence("Some spoke of [[the wait]].", 2),
    ]


@pytest.mark.parametrize(
    ("name", "data", "error", "said"),
    [
        ("draft.pdf", b"", UsageError, "not a draft that can be read"),
        ("draft.md", b"\xff\xfe\x81", DataError, "not UTF-8"),
        ("draft.docx", b"no", DataError, "Word document"),
    ],
)
def test_what_is_no_draft_is_refused(
    tmp_path: Path, name: str, data: bytes, error: type[Exception], said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=said):
        draft_sentences(tmp_path / name)
    with pytest.raises(UsageError, match="no such file"):
        draft_sentences(tmp_path / "missing.md")
