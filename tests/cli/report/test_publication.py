"""The commands with --publish."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records


def test_quotes_are_written_with_a_log_beside_them(
    publishable: StudyFolder, run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "quotes.csv"
    result = run("-C", publishable.root, "quotes", "--publish", "-o", target)
    assert result.code == 0, result.err
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"text", "attribution", "group", "role", "area", "codes", "stances"}
    assert {row["attribution"] for row in rows} == {"Participant"}
    log = tmp_path / "quotes.csv.withheld.csv"
    assert str(log) in result.out
    with log.open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert "attribution" in kinds


def test_printed_quotes_have_no_source(publishable: StudyFolder, run: Run) -> None:
    for form in ("table", "markdown", "csv", "json"):
        result = run("-C", publishable.root, "quotes", "--publish", "--format", form)
        assert result.code == 0, result.err
        assert ".md" not in result.out
        assert ".txt" not in result.out
        assert "Withheld or coarsened: " in result.err
    assert {quote["attribution"] for quote in records(result)} == {"Participant"}


def test_a_matrix_says_how_much_it_withholds(publishable: StudyFolder, run: Run, tmp_path: Path) -> None:
    result = run("-C", publishable.root, "matrix", "--publish", "-o", tmp_path / "matrix.md")
    assert result.code == 0, result.err
    assert "For publication" in (tmp_path / "matrix.md").read_text(encoding="utf-8")
    assert (tmp_path / "matrix.md.withheld.csv").exists()


def test_files_of_a_name_in_several_formats_each_have_a_log(
    publishable: StudyFolder, run: Run, tmp_path: Path
) -> None:
    for name, command in (("m.md", "matrix"), ("m.csv", "quotes")):
        result = run("-C", publishable.root, command, "--publish", "-o", tmp_path / name)
        assert result.code == 0, result.err
    kinds = {}
    for name in ("m.md", "m.csv"):
        with (tmp_path / f"{name}.withheld.csv").open(encoding="utf-8", newline="") as file:
            kinds[name] = {row["kind"] for row in csv.DictReader(file)}
    assert "attribution" in kinds["m.csv"]
    assert "attribution" not in kinds["m.md"]


def test_a_matrix_of_cases_is_refused(suggested: StudyFolder, run: Run) -> None:
    result = run("-C", suggested.root, "matrix", "--publish", "--columns", "case")
    assert_refused(result, 2, "cannot be published", "--publish")


@pytest.mark.parametrize("command", ["matrix", "quotes", "amounts", "cooccurrence", "report"])
def test_of_fewer_people_than_the_minimum_nothing_is_published(
    suggested: StudyFolder, run: Run, command: str
) -> None:
    options = ["-o", suggested.root / "exports" / "out.md"] if command == "report" else []
    result = run("-C", suggested.root, command, "--publish", *options)
    assert result.code == 2
    assert "fewer than 3 cases were heard" in result.err
    assert result.out == ""
    assert list((suggested.root / "exports").glob("out*")) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('case:"Ada Stone"', "names a case or a source"),
        ('text:wait AND (NOT case:"Ada Stone" OR group:parent)', "names a case or a source"),
        ("NOT source:head.md", "names a case or a source"),
        ("@hers", "names a case or a source"),
        ("group:parent", "fewer than 3 cases"),
        ("area:Westhay AND text:the", "fewer than 3 cases"),
        ("NOT group:school", "fewer than 3 cases"),
        ("group:parent OR text:nothing", "fewer than 3 cases"),
    ],
)
def test_quotes_chosen_by_who_said_them_are_published_only_where_enough_did(
    publishable: StudyFolder, run: Run, query: str, said: str
) -> None:
    assert run("-C", publishable.root, "quotes", 'case:"Ada Stone"', "--save", "hers").code == 0
    result = run("-C", publishable.root, "quotes", query, "--publish")
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize("option", [("--case", "Ada Stone"), ("--source", "head.md"), ("--group", "parents")])
def test_options_are_no_way_round_either(publishable: StudyFolder, run: Run, option: tuple[str, str]) -> None:
    result = run("-C", publishable.root, "quotes", *option, "--publish")
    assert (result.code, result.out) == (2, "")
