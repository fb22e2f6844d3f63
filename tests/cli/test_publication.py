"""The commands with --publish."""

from __future__ import annotations

import csv
from pathlib import Path

from quotegrid.workflows.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records


def test_quotes_are_written_with_a_log_beside_them(suggested: StudyFolder, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "quotes.csv"
    result = run("-C", suggested.root, "quotes", "--publish", "-o", target)
    assert result.code == 0, result.err
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"text", "attribution", "group", "role", "area", "codes", "stances"}
    assert {row["attribution"] for row in rows} == {"Participant"}
    log = tmp_path / "quotes.withheld.csv"
    assert str(log) in result.out
    with log.open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert "attribution" in kinds


def test_printed_quotes_have_no_source(suggested: StudyFolder, run: Run) -> None:
    for form in ("table", "markdown", "csv", "json"):
        result = run("-C", suggested.root, "quotes", "--publish", "--format", form)
        assert result.code == 0, result.err
        assert ".md" not in result.out
        assert ".txt" not in result.out
        assert "Withheld or coarsened: " in result.err
    assert {one["attribution"] for one in records(result)} == {"Participant"}


def test_a_matrix_says_how_much_it_withholds(suggested: StudyFolder, run: Run, tmp_path: Path) -> None:
    result = run("-C", suggested.root, "matrix", "--publish", "-o", tmp_path / "matrix.md")
    assert result.code == 0, result.err
    assert "For publication" in (tmp_path / "matrix.md").read_text(encoding="utf-8")
    assert (tmp_path / "matrix.withheld.csv").exists()


def test_a_matrix_of_cases_is_refused(suggested: StudyFolder, run: Run) -> None:
    result = run("-C", suggested.root, "matrix", "--publish", "--columns", "case")
    assert_refused(result, 2, "cannot be published", "--publish")
