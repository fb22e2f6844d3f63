"""The comments on a Word draft are anchored to the sentences, and nothing else of the draft changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from quotegrid.exports.report.claims_docx import commented_copy

FIRST = "Most school leaders spoke of [[who pays]]."
TABLED = "Few parents disputed [[who pays]]."
SECOND = "None of the parents did, and two of [[them]] rang."


def record(sentence: str, line: int = 1, code: str = "who pays", **said: Any) -> dict[str, Any]:
    usual = {
        "verdict": "not borne out",
        "why": "2 of 9 heard did.",
        "fitting": "some of the 9",
        "said": "most",
        "who": "school leaders",
        "areas": (),
        "negated": False,
        "stance": None,
        "quotes_for": [],
        "quotes_against": [],
    }
    return {**usual, "line": line, "sentence": sentence, "code": code, **said}


def draft(folder: Path) -> Path:
    document = Document()
    document.add_heading("Findings", 1)
    paragraph = document.add_paragraph("Before. Most school ")
    paragraph.add_run("leaders").bold = True
    paragraph.add_run(f" spoke  of [[who pays]]. {SECOND}")
    table = document.add_table(2, 2)
    for row, column, text in ((0, 0, FIRST), (1, 0, "Wave 2"), (1, 1, TABLED)):
        table.cell(row, column).text = text
    document.add_comment(paragraph.runs[0], "Really?", author="Ana", initials="A")
    path = folder / "draft.docx"
    document.save(path)
    return path


def anchored(content: bytes) -> list[tuple[str, str]]:
    """Return each comment's first line with the words that it stands on, in the order of the document."""
    document = Document(io.BytesIO(content))
    texts = {str(comment.comment_id): comment.text.split("\n")[0] for comment in document.comments}
    open_now: dict[str, list[str]] = {}
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_now[element.get(qn("w:id"))] = []
        elif element.tag == qn("w:t"):
            for number, words in open_now.items():
                if number not in closed(element):
                    words.append(element.text)
    return [(texts[number], "".join(words)) for number, words in open_now.items()]


def closed(element: Any) -> set[str]:
    """Return the comments whose range ends before an element."""
    return {end.get(qn("w:id")) for end in element.xpath("preceding::w:commentRangeEnd")}


def test_each_claim_is_a_comment_on_its_own_sentence(tmp_path: Path) -> None:
    path = draft(tmp_path)
    before = path.read_bytes()
    made = commented_copy(
        path,
        [
            record(FIRST, 2),
            record(SECOND, 2, "them", verdict="unread"),
            record(SECOND, 2),
            record(f"{FIRST}:", 3),
            record(f"Wave 2: {TABLED}", 4, verdict="no amount"),
        ],
    )
    assert path.read_bytes() == before
    assert sorted(anchored(made)) == sorted(
        [
            ("Really?", "Before. Most school "),
            ("Not borne out [who pays]", "Most school leaders spoke  of [[who pays]]."),
            ("Unread [them]", SECOND),
            ("Not borne out [who pays]", SECOND),
            ("Not borne out [who pays]", FIRST),
            ("No amount [who pays]", TABLED),
        ]
    )


def test_the_words_and_their_look_stay_as_they_were(tmp_path: Path) -> None:
    path = draft(tmp_path)
    made = Document(io.BytesIO(commented_copy(path, [record(FIRST, 2), record(SECOND, 2)])))
    was = Document(str(path))
    assert [paragraph.text for paragraph in made.paragraphs] == [
        paragraph.text for paragraph in was.paragraphs
    ]
    bold = [run.text for paragraph in made.paragraphs[1:] for run in paragraph.runs if run.bold]
    assert bold == ["leaders"]


def test_a_comment_tells_counts_and_quotes_and_nothing_in_it_is_live(tmp_path: Path) -> None:
    quotes = [{"id": number, "attribution": "Head", "text": f"No\x1b {number}."} for number in range(1, 6)]
    made = commented_copy(draft(tmp_path), [record(FIRST, 2, quotes_against=quotes, quotes_for=quotes[:1])])
    text = [comment.text for comment in Document(io.BytesIO(made)).comments][1]
    assert text.split("\n") == [
        "Not borne out [who pays]",
        "2 of 9 heard did. Fitting: some of the 9.",
        "Read as: most, school leaders.",
        "against 1, Head: No\u241b 1.",
        "against 2, Head: No\u241b 2.",
        "against 3, Head: No\u241b 3.",
        "against: 2 more",
        "for 1, Head: No\u241b 1.",
    ]


@pytest.mark.parametrize("sentence", ["Words that no run holds [[x]].", "\u00e9" * 40])
def test_a_sentence_that_is_not_found_is_commented_on_at_the_beginning(tmp_path: Path, sentence: str) -> None:
    made = commented_copy(draft(tmp_path), [record(sentence)])
    assert ("Not borne out [who pays]", "Findings") in anchored(made)


def test_deleted_words_are_not_commented_on(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Gone ")
    run = paragraph.add_run("for good. ")
    paragraph.add_run(FIRST)
    deletion = paragraph._p.makeelement(qn("w:del"), {qn("w:id"): "9", qn("w:author"): "Ana"})
    run._r.addprevious(deletion)
    deletion.append(run._r)
    path = tmp_path / "tracked.docx"
    document.save(path)
    made = commented_copy(path, [record(f"Gone {FIRST}")])
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None
    assert len(list(Document(io.BytesIO(made)).comments)) == 1
