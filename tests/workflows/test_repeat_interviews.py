"""People who are interviewed twice: a value that is told of a source is the source's."""

from __future__ import annotations

from collections import defaultdict

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix import measures
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.coverage import make_coverage
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.people.change_cases import set_case
from quotegrid.workflows.search.list_quotes import all_quotes, list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder

ON_BOTH_ENGINES = True
PEOPLE = ("Ann Bee", "Cy Dee", "Eve Fox")


@pytest.fixture
def twice(empty_study: StudyFolder) -> StudyFolder:
    """Three people interviewed in two waves, and one in the second alone, whom the header tells of."""
    corpus = empty_study.root / "corpus"
    rows = ["source,wave"]
    for person in PEOPLE:
        for wave in "12":
            name = f"{person.replace(' ', '-')}-{wave}.txt"
            talk = f"Participant: {person}\nGroup: parents\n\nI: So?\n\n{person}: Round {wave} was long.\n"
            (corpus / name).write_text(talk, encoding="utf-8")
            rows.append(f"{name},{wave}")
    talk = "Participant: Gus Hay\nGroup: schools\nWave: 2\n\nI: So?\n\nGus Hay: I came late.\n"
    (corpus / "Gus-Hay.txt").write_text(talk, encoding="utf-8")
    (corpus / "attributes.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    summary = import_sources(empty_study, [corpus], ReadingOptions())
    assert [str(told) for _, told in summary.warnings if "wave" in str(told)] == []
    return empty_study


def test_each_person_stands_in_both_waves_and_once_in_the_total(twice: StudyFolder) -> None:
    for quote in all_quotes(twice):
        if quote.source != "Cy-Dee-1.txt":
            decide_segment(twice, quote.id, Action.APPLY, "long wait")
    matrix = make_matrix(twice, rows="code", columns="wave", count=measures.CASES).matrix
    assert matrix.columns == ("1", "2")
    # Counted once more from the quotes alone.
    heard: dict[str | None, set[str | None]] = defaultdict(set)
    coded: dict[str | None, set[str | None]] = defaultdict(set)
    for quote in all_quotes(twice):
        wave = quote.source.removesuffix(".txt").rpartition("-")[2]
        wave = "2" if quote.case == "Gus Hay" else wave
        heard[wave].add(quote.case)
        if "long wait" in quote.codes:
            coded[wave].add(quote.case)
    assert {name: matrix.bases[name].cases for name in matrix.columns} == {
        wave: len(cases) for wave, cases in heard.items()
    }
    row = matrix.rows.index("long wait")
    assert matrix.cells[row] == (len(coded["1"]), len(coded["2"])) == (2, 4)
    assert matrix.totals[row] == len(coded["1"] | coded["2"]) == 4


@pytest.mark.parametrize(
    ("query", "expected"), [("wave:1", 3), ("wave:2", 4), ("-wave:2", 3), ("-wave:1", 4)]
)
def test_a_query_asks_for_the_wave_of_the_source(twice: StudyFolder, query: str, expected: int) -> None:
    found = list_quotes(twice, query=query)
    assert len(found) == expected
    wanted = {"1"} if query in ("wave:1", "-wave:2") else {"2"}
    assert {quote.attributes["wave"] for quote in found} == wanted


def test_coverage_counts_each_person_in_both_waves_and_once_in_all(twice: StudyFolder) -> None:
    coverage = make_coverage(twice, rows="group", columns="wave")
    assert coverage.columns == ("1", "2")
    assert [total.heard for total in coverage.column_totals] == [3, 4]
    assert coverage.total.heard == 4


def test_a_value_set_by_hand_for_a_person_yields_to_what_a_source_tells_and_that_is_said(
    twice: StudyFolder,
) -> None:
    changed = set_case(twice, "Ann Bee", {"wave": "3"})
    (told,) = changed.unsure
    assert "Ann-Bee-1.txt, Ann-Bee-2.txt" in told
    assert [quote.attributes["wave"] for quote in all_quotes(twice) if quote.case == "Ann Bee"] == ["1", "2"]


def test_a_table_that_tells_otherwise_is_followed_and_an_emptied_cell_says_nothing(
    twice: StudyFolder,
) -> None:
    table = twice.root / "corpus" / "attributes.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(
        text.replace("Ann-Bee-1.txt,1", "Ann-Bee-1.txt,9").replace("Cy-Dee-2.txt,2", "Cy-Dee-2.txt,")
    )
    import_sources(twice, [twice.root / "corpus"], ReadingOptions())
    waves = {quote.source: quote.attributes.get("wave") for quote in all_quotes(twice)}
    assert waves["Ann-Bee-1.txt"] == "9"
    assert waves["Cy-Dee-2.txt"] is None
    assert waves["Eve-Fox-2.txt"] == "2"
