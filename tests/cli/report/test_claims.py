from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

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


def test_strict_ends_with_3_only_when_something_is_not_borne_out(
    run: Run, suggested: StudyFolder, draft: Path
) -> None:
    only = ("-C", suggested.root, "claims", "check", draft)
    assert run(*only).code == 0
    result = run(*only, "--strict")
    assert (result.code, result.err) == (3, "2 not borne out.\n")
    draft.write_text(
        "One headteacher spoke of [[quick fix]]. Most plumbers spoke of [[x]].", encoding="utf-8"
    )
    assert run(*only, "--strict").code == 0
    draft.write_text("Nothing here.", encoding="utf-8")
    assert "No sentence names a code" in run(*only, "--strict").out


def test_what_is_no_draft_is_refused(run: Run, suggested: StudyFolder) -> None:
    assert_refused(run("-C", suggested.root, "claims", "check", "none.md"), 2, "no such file")
    assert_refused(run("-C", suggested.root, "claims", "check", "draft.pdf"), 2, "Save it as one of")
