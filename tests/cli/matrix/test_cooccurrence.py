from __future__ import annotations

import csv
import io
from itertools import combinations
from typing import Any

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, contents, records
from tests.conftest import GOVERNOR

STANDING = {
    1: ("quick fix", "room to plan"),
    2: ("room to plan", "long wait"),
    3: ("long wait",),
    4: ("long wait",),
}


@pytest.fixture
def coded(run: Run, study: StudyFolder) -> StudyFolder:
    file = study.root / "decisions.csv"
    lines = [f"{number},{code},apply" for number, codes in STANDING.items() for code in codes]
    file.write_text("\n".join(["segment,code,decision", *lines]) + "\n")
    assert run("-C", study.root, "decide", "--from", file).code == 0
    return study


def _by_hand(quotes: list[dict[str, Any]], unit: str) -> dict[frozenset[str], tuple[int, int]]:
    """Return how many units hold both codes and either, counted from the listing of quotes."""
    if unit == "segment":
        place = {quote["id"]: quote["id"] for quote in quotes}
    elif unit == "case":
        place = {quote["id"]: quote["case"] for quote in quotes}
    else:
        turns: dict[Any, Any] = {}
        for quote in quotes:
            turns[quote["id"]] = {1: "a", 2: "a", 3: "b", 4: "c", 5: "d"}[quote["id"]]
        place = turns
    units: dict[str, set[Any]] = {}
    for number, codes in STANDING.items():
        for code in codes:
            units.setdefault(code, set()).add(place[number])
    return {
        frozenset(pair): (len(units[pair[0]] & units[pair[1]]), len(units[pair[0]] | units[pair[1]]))
        for pair in combinations(units, 2)
    }


@pytest.mark.parametrize("unit", ["segment", "turn", "case"])
def test_pairs_are_counted_within_segments_turns_and_cases(run: Run, coded: StudyFolder, unit: str) -> None:
    before = contents(coded.root)
    quotes = records(run("-C", coded.root, "quotes", "--format", "json"))
    found = records(run("-C", coded.root, "cooccurrence", "--within", unit, "--format", "json"))
    wanted = {pair: counts for pair, counts in _by_hand(quotes, unit).items() if counts[0]}
    assert {
        frozenset((pair["code"], pair["other"])): (pair["together"], pair["either"]) for pair in found
    } == wanted
    for row in found:
        assert row["jaccard"] == round(row["together"] / row["either"], 4)
    assert [pair["together"] for pair in found] == sorted((pair["together"] for pair in found), reverse=True)
    assert contents(coded.root) == before


def test_the_table_says_how_to_read_it(run: Run, coded: StudyFolder) -> None:
    printed = run("-C", coded.root, "cooccurrence").out
    lines = [line.split() for line in printed.splitlines()]
    assert ["quick", "fix", "1", "room", "to", "plan", "2", "1", "0.50"] in lines
    assert "2 pairs of codes in the same segment, 1 in none." in printed
    assert "Numbers are segments" in printed
    assert "Not for publication" in printed
    themes = records(run("-C", coded.root, "cooccurrence", "--rows", "theme", "--format", "json"))
    assert [(pair["code"], pair["other"], pair["together"], pair["either"]) for pair in themes] == [
        ("Money", "Families", 1, 4)
    ]


def test_the_same_pairs_are_written_as_csv_and_markdown(run: Run, coded: StudyFolder) -> None:
    found = records(run("-C", coded.root, "cooccurrence", "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(run("-C", coded.root, "cooccurrence", "--format", "csv").out)))
    assert [{name: str(value) for name, value in pair.items()} for pair in found] == rows
    markdown = run("-C", coded.root, "cooccurrence", "--format", "markdown").out
    assert all(pair["code"] in markdown for pair in found)


def test_a_publication_withholds_what_tells_of_few(run: Run, coded: StudyFolder) -> None:
    (coded.root / "governor.txt").write_text(GOVERNOR, encoding="utf-8")
    assert run("-C", coded.root, "import", coded.root / "governor.txt").code == 0
    for form in ("table", "json"):
        printed = run("-C", coded.root, "cooccurrence", "--publish", "--format", form)
        assert printed.code == 0, printed.err
    found = records(printed)
    assert {(pair["together"], pair["either"], pair["jaccard"]) for pair in found} == {(None, None, None)}
    assert "[c]" in run("-C", coded.root, "cooccurrence", "--publish").out


def test_nothing_coded_is_no_pair(run: Run, study: StudyFolder) -> None:
    assert records(run("-C", study.root, "cooccurrence", "--format", "json")) == []
    assert "0 pairs of codes" in run("-C", study.root, "cooccurrence").out


def test_quotes_that_name_nobody_are_said_to_be_left_out(run: Run, coded: StudyFolder) -> None:
    report = coded.root / "report.txt"
    report.write_text("Heard\n\n“It is a quick fix.” — *LA leaders*\n", encoding="utf-8")
    assert run("-C", coded.root, "import", "--kind", "report", report).code == 0
    number = records(run("-C", coded.root, "quotes", "--kind", "block", "--format", "json"))[0]["id"]
    file = coded.root / "more.csv"
    file.write_text(f"segment,code,decision\n{number},quick fix,apply\n")
    assert run("-C", coded.root, "decide", "--from", file).code == 0
    assert (
        "Left out: 1 quote that names nobody."
        in run("-C", coded.root, "cooccurrence", "--within", "case").out
    )


def test_an_unknown_unit_is_refused(run: Run, coded: StudyFolder) -> None:
    result = run("-C", coded.root, "cooccurrence", "--within", "page")
    assert result.code == 2
    assert "is not one of 'segment', 'turn', 'case'" in result.err
