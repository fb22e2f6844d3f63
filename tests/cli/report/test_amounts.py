from __future__ import annotations

import csv
import io

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records
from tests.reading import read_everything


def test_amounts_are_told_in_four_formats(run: Run, suggested: StudyFolder) -> None:
    read_everything(suggested)
    run("-C", suggested.root, "decide", 1, "accept", "--stance", "disputes")
    only = ("-C", suggested.root, "amounts", "--code", "quick fix")
    sentence = 'The only one heard of the school participants spoke of "quick fix", and disputed it.'
    found = records(run(*only, "--format", "json"))
    assert found[0]["column"] == "school"
    assert found[0]["sentence"] == sentence
    assert found[0]["stances"] == {"disputes": 1}
    table = run(*only).out
    assert table.startswith(f"quick fix\n  {sentence}\n")
    assert "Not for publication" in table
    rows = list(csv.DictReader(io.StringIO(run(*only, "--format", "csv").out)))
    assert [row["sentence"] for row in rows] == [amount["sentence"] for amount in found]
    markdown = run(*only, "--format", "markdown").out
    assert markdown.startswith(f"## quick fix\n\n- {sentence}\n")
    assert "Codebook: " in markdown


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_publication_tells_no_small_amount(run: Run, publishable: StudyFolder, form: str) -> None:
    read_everything(publishable)
    run("-C", publishable.root, "decide", 1, "accept", "--stance", "disputes")
    result = run("-C", publishable.root, "amounts", "--publish", "--code", "quick fix", "--format", form)
    assert result.code == 0, result.err
    assert "is withheld" in result.out
    assert "disputed" not in result.out
    assert "Withheld or coarsened: " in result.err


def test_unknown_names_are_refused(run: Run, study: StudyFolder) -> None:
    assert_refused(run("-C", study.root, "amounts", "--code", "quik fix"), 2, "Did you mean quick fix?")
    assert_refused(run("-C", study.root, "amounts", "--columns", "case"), 2, "groups of cases")


def test_amounts_of_all_who_were_heard_are_told_on_request(run: Run, suggested: StudyFolder) -> None:
    run("-C", suggested.root, "decide", 1, "accept")
    told = records(run("-C", suggested.root, "amounts", "--code", "quick fix", "--format", "json"))
    assert {amount["amount"] for amount in told if amount["heard"]} == {"not read yet"}
    told = records(
        run("-C", suggested.root, "amounts", "--code", "quick fix", "--of", "heard", "--format", "json")
    )
    assert [amount["amount"] for amount in told if amount["heard"]] == [
        "the only one",
        "none of the 1",
        "one of the 2",
    ]
