"""People who are interviewed twice: a value that is told of a source is the source's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix import measures
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.coverage import make_coverage
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.people.check_cases import check_cases
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.people.show_case import show_case
from quotegrid.workflows.search.list_quotes import all_quotes, list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates

ON_BOTH_ENGINES = True
PEOPLE = ("Ann Bee", "Cy Dee", "Eve Fox")
OF_SOURCE, OF_SPEAKER, OF_ENTRY = "a row of the source", "a row of the source and the speaker", "front matter"


def _interview(study: StudyFolder, *, told_by: str) -> None:
    """Three people interviewed in two waves, and one in the second alone, whom the header tells of."""
    corpus = study.root / "corpus"
    rows = ["source,speaker,wave"]
    for person in PEOPLE:
        for wave in "12":
            name = f"{person.replace(' ', '-')}-{wave}.txt"
            header = f"Participant: {person}\nGroup: parents\n\n"
            if told_by is OF_ENTRY:
                header = f"---\nspeakers:\n- name: {person}\n  group: parents\n  wave: {wave}\n---\n\n"
            talk = f"{header}I: So?\n\n{person}: Round {wave} was long.\n"
            (corpus / name).write_text(talk, encoding="utf-8")
            rows += {OF_SOURCE: [f"{name},,{wave}"], OF_SPEAKER: [f"{name},{person},{wave}"]}.get(told_by, [])
    talk = "Participant: Gus Hay\nGroup: schools\nWave: 2\n\nI: So?\n\nGus Hay: I came late.\n"
    (corpus / "Gus-Hay.txt").write_text(talk, encoding="utf-8")
    (corpus / "attributes.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    summary = import_sources(study, [corpus], ReadingOptions())
    assert [str(warning) for _, warning in summary.warnings if "wave" in str(warning)] == []


_INTERVIEWS = {told_by: partial(_interview, told_by=told_by) for told_by in (OF_SOURCE, OF_SPEAKER, OF_ENTRY)}


def _told_by(studies: StudyTemplates, told_by: str, folder: Path) -> Iterator[StudyFolder]:
    empty = studies.derived(studies.empty, current_codebook)
    return studies.opened(studies.derived(empty, _INTERVIEWS[told_by]), folder)


@pytest.fixture
def twice(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """The interviews, with a table whose rows are about sources."""
    yield from _told_by(studies, OF_SOURCE, tmp_path)


@pytest.fixture
def waves(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """The interviews, with a table whose rows are about speakers in sources."""
    yield from _told_by(studies, OF_SPEAKER, tmp_path)


@pytest.fixture(params=[OF_SOURCE, OF_SPEAKER, OF_ENTRY])
def told(studies: StudyTemplates, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StudyFolder]:
    """The interviews, with the wave told in any way."""
    yield from _told_by(studies, request.param, tmp_path)


def test_each_person_stands_in_both_waves_and_once_in_the_total(told: StudyFolder) -> None:
    for quote in all_quotes(told):
        if quote.source != "Cy-Dee-1.txt":
            decide_segment(told, quote.id, Action.APPLY, "long wait")
    matrix = make_matrix(told, rows="code", columns="wave", count=measures.CASES).matrix
    assert matrix.columns == ("1", "2")
    # Counted once more from the quotes alone.
    heard: dict[str | None, set[str | None]] = defaultdict(set)
    coded: dict[str | None, set[str | None]] = defaultdict(set)
    for quote in all_quotes(told):
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
def test_a_query_asks_for_the_wave_of_the_source(told: StudyFolder, query: str, expected: int) -> None:
    found = list_quotes(told, query=query)
    assert len(found) == expected
    wanted = {"1"} if query in ("wave:1", "-wave:2") else {"2"}
    assert {quote.attributes["wave"] for quote in found} == wanted


def test_coverage_counts_each_person_in_both_waves_and_once_in_all(told: StudyFolder) -> None:
    coverage = make_coverage(told, rows="group", columns="wave")
    assert coverage.columns == ("1", "2")
    assert [total.heard for total in coverage.column_totals] == [3, 4]
    assert coverage.total.heard == 4


def test_coverage_counts_as_coded_in_a_wave_who_has_a_code_there(twice: StudyFolder) -> None:
    for quote in all_quotes(twice):
        if quote.source in ("Ann-Bee-1.txt", "Cy-Dee-1.txt", "Cy-Dee-2.txt"):
            decide_segment(twice, quote.id, Action.APPLY, "long wait")
    coverage = make_coverage(twice, rows="group", columns="wave")
    assert [total.coded for total in coverage.column_totals] == [2, 1]
    assert coverage.total.coded == 2


def test_waves_told_of_speakers_are_no_conflict_and_each_stands_in_its_source(
    waves: StudyFolder,
) -> None:
    gaps = {gap.case: gap for gap in check_cases(waves)}
    assert not any(gap.conflicts or "wave" in gap.missing for gap in gaps.values())
    ann = show_case(waves, "Ann Bee")
    assert [(value.value, value.stands) for value in ann.values if value.field == "wave"] == [
        ("1", True),
        ("2", True),
    ]
    again = "Participant: Ann Bee\nGroup: parents\n\nI: So?\n\nAnn Bee: A third one.\n"
    (waves.root / "corpus" / "Ann-Bee-3.txt").write_text(again, encoding="utf-8")
    import_sources(waves, [waves.root / "corpus"], ReadingOptions())
    # Of the third interview nobody tells the wave, and neither of the others is hers.
    assert [gap.missing for gap in check_cases(waves) if gap.case == "Ann Bee"] == [["role", "area", "wave"]]
    assert len(list_quotes(waves, query="wave:none")) == 1


def test_two_rows_that_differ_on_one_source_and_speaker_are_a_conflict(waves: StudyFolder) -> None:
    other = waves.root / "corpus" / "other.csv"
    other.write_text("source,speaker,wave\nAnn-Bee-1,Ann Bee,3\n", encoding="utf-8")
    import_sources(waves, [waves.root / "corpus"], ReadingOptions())
    (conflict,) = [gap for gap in check_cases(waves) if gap.conflicts]
    assert conflict.case == "Ann Bee"
    assert conflict.conflicts == [
        'the wave is "1" (attributes table, attributes.csv, line 2), but "3" (attributes table, other.csv, '
        'line 2); "1" stands.'
    ]


def test_a_wave_set_by_hand_is_the_persons_in_every_interview(waves: StudyFolder) -> None:
    assert set_case(waves, "Ann Bee", {"wave": "3"}).unsure == ()
    assert [quote.attributes["wave"] for quote in all_quotes(waves) if quote.case == "Ann Bee"] == [
        "3",
        "3",
    ]
    assert [listed.case for listed in list_quotes(waves, query="wave:3")] == ["Ann Bee", "Ann Bee"]
    set_case(waves, "Ann Bee", {"wave": ""})
    assert [quote.attributes["wave"] for quote in all_quotes(waves) if quote.case == "Ann Bee"] == [
        "1",
        "2",
    ]


def test_a_value_set_by_hand_for_a_person_yields_to_what_a_source_tells_and_that_is_said(
    twice: StudyFolder,
) -> None:
    changed = set_case(twice, "Ann Bee", {"wave": "3"})
    (warning,) = changed.unsure
    assert "Ann-Bee-1.txt, Ann-Bee-2.txt" in warning
    assert [quote.attributes["wave"] for quote in all_quotes(twice) if quote.case == "Ann Bee"] == ["1", "2"]


def test_a_table_that_tells_otherwise_is_followed_and_an_emptied_cell_says_nothing(
    twice: StudyFolder,
) -> None:
    table = twice.root / "corpus" / "attributes.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(
        text.replace("Ann-Bee-1.txt,,1", "Ann-Bee-1.txt,,9").replace("Cy-Dee-2.txt,,2", "Cy-Dee-2.txt,,")
    )
    import_sources(twice, [twice.root / "corpus"], ReadingOptions())
    waves = {quote.source: quote.attributes.get("wave") for quote in all_quotes(twice)}
    assert waves["Ann-Bee-1.txt"] == "9"
    assert waves["Cy-Dee-2.txt"] is None
    assert waves["Eve-Fox-2.txt"] == "2"
