from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from docx import Document

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records
from tests.reading import read_everything

DRAFT = """\
# Findings

One parent spoke of [[quick fix]].

All headteachers disputed [[quick fix]], and most plumbers spoke of it.
More on [[long wait]] \x1b[31mbelow.
"""


@pytest.fixture
def draft(suggested: StudyFolder, run: Run) -> Path:
    run("-C", suggested.root, "decide", 1, "accept", "--stance", "supports")
    read_everything(suggested)
    path = suggested.root / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_claims_are_listed_in_four_formats(run: Run, suggested: StudyFolder, draft: Path) -> None:
    only = ("-C", suggested.root, "claims", "check", draft)
    found = records(run(*only, "--format", "json"))
    assert [(claim["line"], claim["verdict"], claim["code"]) for claim in found] == [
        (3, "not borne out", "quick fix"),
        (5, "not borne out", "quick fix"),
        (5, "cannot be told", "quick fix"),
        (6, "no amount", "long wait"),
    ]
    assert (found[1]["cases"], found[1]["base"], found[1]["stance"]) == (0, 1, "disputes")
    assert [quote["id"] for quote in found[1]["quotes_against"]] == [1]
    table = run(*only).out
    assert "against 1, Headteacher, Westhay: Honestly, it is a quick fix." in table
    assert "2 not borne out, 1 cannot be told, 1 no amount." in table
    assert "\x1b" not in table
    rows = list(csv.DictReader(io.StringIO(run(*only, "--format", "csv").out)))
    assert [row["quotes_against"] for row in rows] == ["", "1", "", ""]
    markdown = run(*only, "--format", "markdown").out
    assert markdown.startswith("**Not borne out** (line 3, quick fix)")
    assert "Against:\n\n- 1: Honestly" in markdown
    assert "Not for publication" in markdown


def test_strict_ends_with_3_only_when_something_is_not_borne_out_or_not_read(
    run: Run, suggested: StudyFolder, draft: Path
) -> None:
    only = ("-C", suggested.root, "claims", "check", draft)
    assert run(*only).code == 0
    result = run(*only, "--strict")
    assert (result.code, result.err) == (3, "2 not borne out.\n")
    draft.write_text("Dozens of headteachers spoke of [[quick fix]].", encoding="utf-8")
    result = run(*only, "--strict")
    assert (result.code, result.err) == (3, "1 unread.\n")
    draft.write_text(
        "One headteacher spoke of [[quick fix]]. Most plumbers spoke of [[x]].", encoding="utf-8"
    )
    assert run(*only, "--strict").code == 0
    draft.write_text("Nothing here.", encoding="utf-8")
    assert "No sentence names a code" in run(*only, "--strict").out


def test_the_verdicts_are_comments_in_a_copy_of_a_word_draft(
    run: Run, suggested: StudyFolder, tmp_path: Path, draft: Path
) -> None:
    word, copy = tmp_path / "draft.docx", tmp_path / "checked.docx"
    document = Document()
    for line in DRAFT.replace("\x1b[31m", "").split("\n\n"):
        document.add_paragraph(line)
    document.save(word)
    before = word.read_bytes()
    check = ("-C", suggested.root, "claims", "check", word, "--comments")
    done = run(*check, copy)
    assert (done.code, done.err) == (0, f"Wrote {copy}: 4 comments.\n")
    assert word.read_bytes() == before
    comments = [comment.text.split("\n")[0] for comment in Document(str(copy)).comments]
    assert comments == [
        "Not borne out [quick fix]",
        "Not borne out [quick fix]",
        "Cannot be told [quick fix]",
        "No amount [long wait]",
    ]
    assert run(*check, copy).code == 0
    assert len(list(Document(str(copy)).comments)) == 4
    assert "cannot be told" in run("-C", suggested.root, "verify", copy).out
    exports = records(run("-C", suggested.root, "exports", "--format", "json"))
    assert {Path(export["path"]).name for export in exports} == {"checked.docx"}
    for target, said in ((word, "never written into the draft"), (tmp_path / "a.md", "copy of a Word")):
        assert_refused(run(*check, target, "--force"), 2, said)
    assert word.read_bytes() == before
    assert_refused(run("-C", suggested.root, "claims", "check", draft, "--comments", copy), 2, "Word")
    foreign = tmp_path / "mine.docx"
    foreign.write_bytes(before)
    assert_refused(run(*check, foreign), 2, "not replaced")


def test_what_is_no_draft_is_refused(run: Run, suggested: StudyFolder) -> None:
    assert_refused(run("-C", suggested.root, "claims", "check", "none.md"), 2, "no such file")
    assert_refused(run("-C", suggested.root, "claims", "check", "draft.pdf"), 2, "Save it as one of")
