"""A table of answers with a row for each wave of a person."""

from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix import measures
from quotegrid.storage.search.quotes import attribute_names
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.people.check_cases import check_cases
from quotegrid.workflows.search.list_quotes import all_quotes, list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.import_summary import ImportSummary
from quotegrid.workflows.study.folder import StudyFolder

ON_BOTH_ENGINES = True
ROWS = """ID,group,wave,region,Answer
P1,parent,1,north,It was long.
P2,parent,1,south,It was short.
P1,parent,2,north,It was longer.
P2,parent,2,south,It was shorter.
P3,school,2,north,We came late.
P1,parent,,north,I do not know when.
"""


def _import(study: StudyFolder, rows: str) -> ImportSummary:
    (study.root / "corpus" / "survey.csv").write_text(rows, encoding="utf-8")
    return import_sources(study, [study.root / "corpus"], ReadingOptions())


def _waves(study: StudyFolder) -> list[tuple[str | None, str | None, str | None]]:
    quotes = sorted(all_quotes(study), key=lambda quote: quote.start)
    return [(quote.case, quote.attributes.get("wave"), quote.attributes.get("region")) for quote in quotes]


def test_each_answer_has_the_wave_of_its_row(empty_study: StudyFolder) -> None:
    summary = _import(empty_study, ROWS)
    assert [str(told) for _, told in summary.warnings if "wave" in str(told)] == [
        '"wave" differs between the rows of 2 people, and is read as each answer\'s own.'
    ]
    cells = [row.split(",") for row in ROWS.splitlines()[1:]]
    assert _waves(empty_study) == [(case, wave or None, region) for case, _, wave, region, _ in cells]
    with empty_study.reading_session() as session:
        assert attribute_names(session) == ["region", "wave"]
    for query, wanted in (("wave:1", {"1"}), ("wave:2", {"2"}), ("wave:none", {""}), ("-wave:1", {"2", ""})):
        expected = [words for _, _, wave, _, words in cells if wave in wanted]
        assert sorted(quote.text for quote in list_quotes(empty_study, query=query)) == sorted(expected)
    assert not any(gap.conflicts for gap in check_cases(empty_study))


def test_a_person_stands_in_both_waves_of_a_table_and_once_in_the_total(empty_study: StudyFolder) -> None:
    _import(empty_study, ROWS)
    for quote in all_quotes(empty_study):
        decide_segment(empty_study, quote.id, Action.APPLY, "long wait")
    matrix = make_matrix(empty_study, rows="code", columns="wave", count=measures.CASES).matrix
    assert matrix.columns == ("1", "2", "not known")
    assert [matrix.bases[name].cases for name in matrix.columns] == [2, 3, 1]
    row = matrix.rows.index("long wait")
    assert (matrix.cells[row], matrix.totals[row]) == ((2, 3, 1), 3)


@pytest.mark.parametrize("wave", ["3", ""])
def test_a_table_with_another_wave_and_the_same_answers_is_followed(
    empty_study: StudyFolder, wave: str
) -> None:
    _import(empty_study, ROWS)
    decide_segment(empty_study, 1, Action.APPLY, "long wait")
    summary = _import(empty_study, ROWS.replace("P1,parent,2", f"P1,parent,{wave}"))
    assert summary.unchanged == ["survey.csv"]
    expected = [("P1", "1", "north"), ("P1", wave or "1", "north")]
    assert [told for told in _waves(empty_study) if told[0] == "P1"][:2] == expected
