"""The commands on publications, and what a new one may tell beside earlier ones."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records
from tests.conftest import StudyTemplates

AREAS = {"parent": "Westhay", "school": "Westhay", "health": "Eastlow"}


def _enlarge(study: StudyFolder) -> None:
    folder = study.root / "many"
    folder.mkdir()
    for group, area in AREAS.items():
        for number in range(5):
            where = "Northmoor" if (group, number) == ("school", 4) else area
            (folder / f"{group}{number}.md").write_text(
                f"---\ninterviewer: Jo Field\nparticipant: {group.title()} Person{number}\ngroup: {group}\n"
                f"area: {where}\n---\n\n**Jo Field:** And?\n\n**{group.title()} Person{number}:** "
                f"We waited, and I am number {number}.\n"
            )
    import_sources(study, [folder], ReadingOptions())
    for quote in all_quotes(study):
        number = int(quote.source[-4])
        if (quote.group == "school" and number > 0) or (quote.group == "health" and number < 4):
            decide_segment(study, quote.id, Action.APPLY, "long wait")


@pytest.fixture
def fifteen(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """Five people each of three groups: four of a school and of health wait; one of a school is apart."""
    yield from studies.opened(studies.derived(studies.empty, _enlarge), tmp_path)


def _matrix(study: StudyFolder, run: Run, name: str, *options: str) -> dict[str, dict[str, str]]:
    target = study.root / "exports" / name
    result = run(
        "-C", study.root, "matrix", *options, "--rows", "code", "--count", "cases", "--publish", "-o", target
    )
    assert result.code == 0, result.err
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    head = next(row for row in rows if "all" in row)
    return {row[0]: dict(zip(head, row, strict=False)) for row in rows[rows.index(head) + 1 :] if row}


def test_a_query_that_leaves_one_person_out_does_not_tell_of_them(fifteen: StudyFolder, run: Run) -> None:
    before = _matrix(fifteen, run, "all.csv")["long wait"]
    assert (before["school"], before["all"]) == ("4", "8")
    after = _matrix(fifteen, run, "without.csv", "NOT area:Northmoor")["long wait"]
    assert (after["school"], after["all"]) == ("[c]", "[c]")


def test_where_too_little_would_be_left_the_earlier_publication_is_named(
    fifteen: StudyFolder, run: Run
) -> None:
    _matrix(fifteen, run, "all.csv")
    target = fifteen.root / "exports" / "without.csv"
    result = run(
        "-C", fifteen.root, "matrix", "NOT area:Northmoor", "--only", "long wait", "--publish", "-o", target
    )
    assert_refused(result, 2, "In the way: number", "exports/all.csv", "withdraw")
    assert not target.exists()


def test_one_decision_more_is_not_told(fifteen: StudyFolder, run: Run) -> None:
    before = _matrix(fifteen, run, "before.csv")["long wait"]
    late = next(quote for quote in all_quotes(fifteen) if quote.group == "health" and not quote.codes)
    decide_segment(fifteen, late.id, Action.APPLY, "long wait")
    result = run(
        "-C", fifteen.root, "matrix", "--rows", "code", "--count", "cases", "--publish",
        "-o", fifteen.root / "exports" / "after.csv",
    )  # fmt: skip
    if result.code == 0:
        after = _matrix(fifteen, run, "after.csv")["long wait"]
        assert before["all"] == "[c]" or after["all"] == "[c]"
        assert before["health"] == "[c]" or after["health"] == "[c]"
    else:
        assert "In the way" in result.err


def test_a_code_that_is_renamed_is_still_the_same(fifteen: StudyFolder, run: Run) -> None:
    _matrix(fifteen, run, "all.csv")
    assert run("-C", fifteen.root, "codebook", "rename", "long wait", "Anything").code == 0
    after = _matrix(fifteen, run, "without.csv", "NOT area:Northmoor")["Anything"]
    assert (after["school"], after["all"]) == ("[c]", "[c]")


def test_what_is_told_of_each_person_in_a_column_is_listed(fifteen: StudyFolder, run: Run) -> None:
    for quote in all_quotes(fifteen):
        if quote.group == "health" and not quote.codes:
            decide_segment(fifteen, quote.id, Action.APPLY, "long wait")
    target = fifteen.root / "exports" / "all.csv"
    result = run(
        "-C", fifteen.root, "matrix", "--only", "long wait", "--count", "cases", "--publish", "-o", target
    )
    assert result.code == 0, result.err
    with target.with_name("all.csv.withheld.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {
            (row["kind"], row["place"]): row["became"]
            for row in csv.DictReader(file)
            if row["kind"] in ("all", "none")
        }
    assert listed == {("all", "long wait / health"): "5", ("none", "long wait / parent"): "0"}
    assert "each person in a column: 1 count all, 1 count none." in result.out


def test_pairs_of_codes_are_checked_beside_matrices_also_when_read_back(
    fifteen: StudyFolder, run: Run
) -> None:
    """Four of a school wait, and the fifth alone has the other code: never both, so at most one has it."""
    for quote in all_quotes(fifteen):
        is_fifth = quote.group == "school" and quote.source.startswith("school0")
        if is_fifth or (quote.group == "parent" and not quote.source.startswith("parent0")):
            decide_segment(fifteen, quote.id, Action.APPLY, "quick fix")
    before = _matrix(fifteen, run, "all.csv")
    assert (before["long wait"]["school"], before["quick fix"]["school"]) == ("4", "[c]")
    target = fifteen.root / "exports" / "pairs.json"
    pairs = ("-C", fifteen.root, "cooccurrence", "--within", "case", "--publish", "-o", target)
    assert_refused(run(*pairs), 2, "In the way: number 1 of", "exports/all.csv")
    assert not target.exists()
    assert run("-C", fifteen.root, "publications", "withdraw", "1", "--never-left").code == 0
    assert run(*pairs).code == 0
    # That they never meet is told now, and what would tell how many of the school have the other goes.
    assert json.loads(target.read_text(encoding="utf-8")) == []
    after = _matrix(fifteen, run, "after.csv", "--of", "heard")
    assert set(after["quick fix"].values()) == {"quick fix", "[c]"} != set(before["quick fix"].values())


def test_the_same_matrix_is_published_again_as_it_was(fifteen: StudyFolder, run: Run) -> None:
    first, second = (_matrix(fifteen, run, name)["long wait"] for name in ("one.csv", "two.csv"))
    assert first == second
    assert first["all"] == "8"


def test_publications_are_listed_compared_and_withdrawn(fifteen: StudyFolder, run: Run) -> None:
    _matrix(fifteen, run, "one.csv")
    _matrix(fifteen, run, "two.csv")
    listed = records(run("-C", fifteen.root, "publications", "list", "--format", "json"))
    assert [each["path"] for each in listed] == ["exports/one.csv", "exports/two.csv"]
    assert all(each["checked_beside"] for each in listed)
    heading, *table = run("-C", fifteen.root, "publications").out.splitlines()
    assert heading.endswith("checked beside")
    assert "exports/one.csv" in table[0]
    assert table[0].split()[-1] == "yes"
    first, second = (each["number"] for each in listed)
    assert run("-C", fifteen.root, "publications", "compare", first, second).out == "0 differences.\n"

    result = run("-C", fifteen.root, "publications", "withdraw", first)
    assert "still checked beside it" in result.out
    listed = records(run("-C", fifteen.root, "publications", "list", "--format", "json"))
    assert listed[0]["withdrawn"]
    assert listed[0]["checked_beside"]
    assert_refused(run("-C", fifteen.root, "publications", "withdraw", first), 2, "already")

    assert run("-C", fifteen.root, "publications", "withdraw", first, "--never-left").code == 0
    listed = records(run("-C", fifteen.root, "publications", "list", "--format", "json"))
    assert [each["checked_beside"] for each in listed] == [False, True]
    assert run("-C", fifteen.root, "publications").out.splitlines()[1].split()[-1] == "no"
    history = run("-C", fifteen.root, "history", "--kind", "publication")
    assert history.out.count("took back") == 2
    assert_refused(run("-C", fifteen.root, "publications", "withdraw", 99), 2, "no publication 99")


def test_what_never_left_the_house_is_not_in_the_way(fifteen: StudyFolder, run: Run) -> None:
    _matrix(fifteen, run, "all.csv")
    number = records(run("-C", fifteen.root, "publications", "list", "--format", "json"))[0]["number"]
    assert run("-C", fifteen.root, "publications", "withdraw", number, "--never-left").code == 0
    assert "long wait" in _matrix(fifteen, run, "without.csv", "NOT area:Northmoor")


def test_a_withdrawal_is_not_redone(fifteen: StudyFolder, run: Run) -> None:
    _matrix(fifteen, run, "all.csv")
    number = records(run("-C", fifteen.root, "publications", "list", "--format", "json"))[0]["number"]
    assert run("-C", fifteen.root, "publications", "withdraw", number).code == 0
    run("-C", fifteen.root, "redo")
    assert records(run("-C", fifteen.root, "publications", "list", "--format", "json"))[0]["withdrawn"]


def test_a_preview_is_not_kept(fifteen: StudyFolder, run: Run) -> None:
    result = run("-C", fifteen.root, "matrix", "--publish")
    assert "This is a preview" in result.err
    assert records(run("-C", fifteen.root, "publications", "list", "--format", "json")) == []


@pytest.mark.parametrize("name", ["published.xlsx", "published.docx", "published.html", "published.json"])
@pytest.mark.parametrize("command", ["matrix", "report"])
def test_no_published_file_names_a_coder(fifteen: StudyFolder, run: Run, name: str, command: str) -> None:
    if command == "report" and name.endswith(("xlsx", "json")):
        pytest.skip("a report has no such format")
    coder = fifteen.settings.coder_name()
    assert len(coder) > 2
    target = fifteen.root / "exports" / name
    assert run("-C", fifteen.root, command, "--publish", "-o", target).code == 0
    content = target.read_bytes()
    if zipfile.is_zipfile(target):
        with zipfile.ZipFile(target) as parts:
            content = b"".join(parts.read(part) for part in parts.namelist())
    assert re.search(rf"\b{re.escape(coder)}\b".encode(), content) is None
