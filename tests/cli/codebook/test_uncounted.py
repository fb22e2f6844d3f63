"""Codings whose code has left the codebook: every command that counts says how many, and of which codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.codebook.uncounted import uncounted_notes
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, records
from tests.conftest import Result

ONE = '1 coding of "long wait", which is no longer in the codebook, is not counted.'
TWO = (
    '3 codings of codes that are no longer in the codebook are not counted: "long wait" (1), "quick fix" (2).'
)
COUNTING = [
    ("matrix",),
    ("matrix", "--rows", "code", "--columns", "case"),
    ("codes",),
    ("codebook",),
    ("status",),
    ("quotes",),
    ("amounts",),
    ("coverage",),
    ("cooccurrence",),
    ("matrix", "--format", "csv"),
    ("codes", "--format", "json"),
    ("quotes", "--format", "csv"),
]


@pytest.fixture
def coded(run: Run, study: StudyFolder) -> StudyFolder:
    numbers = [quote["id"] for quote in records(run("-C", study.root, "quotes", "--format", "json"))]
    for number, code in ((0, "long wait"), (1, "quick fix"), (2, "quick fix"), (2, "room to plan")):
        decide_segment(study, numbers[number], Action.APPLY, code)
    return study


def _rename_and_redefine(study: StudyFolder, *names: str) -> None:
    text = study.codebook_path.read_text(encoding="utf-8")
    for name in names:
        text = text.replace(f"name: {name}\n", f"name: not {name}\n")
    anew = re.sub(r"definition: .*", f"definition: Anew, without {names[-1]}.", text)
    study.codebook_path.write_text(anew, encoding="utf-8")


@pytest.mark.parametrize("command", COUNTING, ids=" ".join)
def test_every_count_tells_of_codings_whose_code_is_gone(
    run: Run, coded: StudyFolder, command: tuple[str, ...]
) -> None:
    before = run("-C", coded.root, *command)
    assert "no longer in the codebook" not in before.out + before.err
    _rename_and_redefine(coded, "long wait")
    told = run("-C", coded.root, *command)
    assert told.code == 0, told.err
    assert _said(told).count(ONE) == 1
    _rename_and_redefine(coded, "quick fix")
    assert _said(run("-C", coded.root, *command)).count(TWO) == 1


def _said(result: Result) -> str:
    """Return all that a command printed, with lines joined and what a format escapes as it was."""
    return " ".join((result.out + result.err).replace('""', '"').split())


def test_a_report_tells_it_once_in_each_part(run: Run, coded: StudyFolder, tmp_path: Path) -> None:
    _rename_and_redefine(coded, "long wait")
    assert run("-C", coded.root, "report", "-o", tmp_path / "report.md").code == 0
    assert (tmp_path / "report.md").read_text(encoding="utf-8").count("no longer in the codebook") == 1


def test_what_is_published_names_neither_code_nor_number(run: Run, coded: StudyFolder) -> None:
    assert uncounted_notes(coded, publish=True) == []
    _rename_and_redefine(coded, "long wait")
    assert run("-C", coded.root, "codes").code == 0
    assert uncounted_notes(coded, publish=True) == [
        "Codings of codes that are no longer in the codebook are not counted."
    ]


def test_no_figure_includes_them(run: Run, coded: StudyFolder) -> None:
    _rename_and_redefine(coded, "long wait", "quick fix")
    status = records(run("-C", coded.root, "status", "--format", "json"))
    assert (status["codings"], status["coded_segments"]) == (1, 1)
    assert status["not_counted"] == {"long wait": 1, "quick fix": 2}
    assert sum(line["coded"] for line in status["by_group"]) == 1
    quotes = records(run("-C", coded.root, "quotes", "--format", "json"))
    assert [quote["codes"] for quote in quotes if quote["codes"]] == [["room to plan"]]
    for option, expected in (("--coded", [True]), ("--uncoded", [False] * (len(quotes) - 1))):
        found = records(run("-C", coded.root, "quotes", option, "--format", "json"))
        assert [bool(quote["codes"]) for quote in found] == expected
