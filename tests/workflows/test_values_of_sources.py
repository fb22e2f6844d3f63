"""Values of quotes, sources and cases: queries and matrices agree with a count of the quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix import measures
from quotegrid.domain.sources.model import SourceKind
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.search.list_quotes import all_quotes, list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.profiles import IS_DEEP

ON_BOTH_ENGINES = IS_DEEP
NAMES = ("wave", "region", "site", "age")

EXPECTED: Mapping[tuple[str, str | None], Mapping[str, str]] = {
    # The table tells of the source; the case has its area's region and its own age.
    ("ann-1.txt", "Ann Bee"): {"wave": "1", "region": "west", "age": "40"},
    ("ann-2.txt", "Ann Bee"): {"wave": "2", "region": "west", "age": "40"},
    # The header tells the site of the whole source, which goes before the case's own.
    ("cy-1.txt", "Cy Dee"): {"wave": "1", "site": "north", "age": "50"},
    ("cy-2.txt", "Cy Dee"): {"wave": "2", "site": "east", "age": "50"},
    # Of this source nothing is told, so that the case's own stands.
    ("cy-3.txt", "Cy Dee"): {"site": "east", "age": "50"},
    # Two speak in one source; nobody has said anything of the second.
    ("group.txt", "Ann Bee"): {"wave": "2", "region": "west", "age": "40"},
    ("group.txt", "Eve Fox"): {"wave": "2"},
    ("views.md", None): {"wave": "3"},
}


def _import(study: StudyFolder) -> None:
    files = sorted((study.root / "corpus").iterdir())
    tables = [file for file in files if file.suffix == ".csv"]
    talks = [file for file in files if file.suffix == ".txt"]
    reports = [file for file in files if file.suffix == ".md"]
    import_sources(study, [*talks, *tables], ReadingOptions())
    import_sources(study, [*reports, *tables], ReadingOptions(kind=SourceKind.REPORT))


@pytest.fixture
def mixed(empty_study: StudyFolder) -> StudyFolder:
    """Sources, cases and areas that say different things of one attribute."""
    corpus = empty_study.root / "corpus"
    files = {
        "ann-1.txt": "Participant: Ann Bee\nArea: Westhay\n\nI: So?\n\nAnn Bee: The first was long.\n",
        "ann-2.txt": "Participant: Ann Bee\nArea: Westhay\n\nI: So?\n\nAnn Bee: The second was long.\n",
        "cy-1.txt": "Participant: Cy Dee\nSite: north\n\nI: So?\n\nCy Dee: It was cold at first.\n",
        "cy-2.txt": "Participant: Cy Dee\n\nI: So?\n\nCy Dee: It was warm by then.\n",
        "cy-3.txt": "Participant: Cy Dee\n\nI: So?\n\nCy Dee: Nobody came at last.\n",
        "group.txt": "I: So?\n\nAnn Bee: We met.\n\nEve Fox: We did.\n\nI: And?\n\nAnn Bee: And met again.\n",
        "sources.csv": "source,wave\nann-1,1\nann-2,2\ncy-1,1\ncy-2,2\ngroup,2\nviews,3\n",
        "people.csv": "speaker,age,site\nAnn Bee,40,\nCy Dee,50,east\n",
        "areas.csv": "area,region\nWesthay,west\nEastlow,east\n",
    }
    for name, text in files.items():
        (corpus / name).write_text(text, encoding="utf-8")
    config = empty_study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('"on_track"]', '"on_track", "site", "age"]'), encoding="utf-8")
    report = '# Views\n\n"It came late." (parent)\n\n"We waited." (parent, Eastlow)\n\nEnd of it.\n'
    (corpus / "views.md").write_text(report, encoding="utf-8")
    again = open_study(empty_study.root)
    _import(again)
    for number, quote in enumerate(all_quotes(again)):
        if number % 2:
            decide_segment(again, quote.id, Action.APPLY, "long wait")
    return again


def test_each_quote_has_its_own_value_else_its_sources_else_its_cases(mixed: StudyFolder) -> None:
    for quote in all_quotes(mixed):
        expected = dict(EXPECTED[quote.source, quote.case])
        if quote.area == "Eastlow":
            expected["region"] = "east"
        found = {name: value for name, value in quote.attributes.items() if value}
        assert found == expected, (quote.source, quote.case, quote.text)


@pytest.mark.parametrize("name", NAMES)
def test_queries_and_matrices_agree_with_a_count_of_the_quotes(mixed: StudyFolder, name: str) -> None:
    quotes = all_quotes(mixed)
    values = sorted({quote.attributes[name] for quote in quotes if quote.attributes.get(name)})
    assert values
    for value in values:
        having = {quote.id for quote in quotes if quote.attributes.get(name) == value}
        assert {listed.id for listed in list_quotes(mixed, query=f"{name}:{value}")} == having
        others = {quote.id for quote in quotes} - having
        assert {listed.id for listed in list_quotes(mixed, query=f"-{name}:{value}")} == others
    for count in (measures.QUOTES, measures.CASES, measures.SOURCES):
        matrix = make_matrix(mixed, rows="code", columns=name, count=count).matrix
        counted: dict[tuple[str, str], set[object]] = defaultdict(set)
        total: dict[str, set[object]] = defaultdict(set)
        for quote in quotes:
            what = {measures.QUOTES: quote.id, measures.CASES: quote.case, measures.SOURCES: quote.source}[
                count
            ]
            for code in quote.codes:
                if what is not None:
                    counted[code, quote.attributes.get(name) or "not known"].add(what)
                    total[code].add(what)
        for row, cells, of_row in zip(matrix.rows, matrix.cells, matrix.totals, strict=True):
            assert cells == tuple(
                # By cases nothing is known of a column in which nobody is known by name.
                len(counted[row, column])
                if count is not measures.CASES or matrix.bases[column].cases
                else None
                for column in matrix.columns
            )
            assert of_row == len(total[row])


def test_what_tables_tell_later_of_sources_is_the_same_as_at_first(mixed: StudyFolder) -> None:
    before = {quote.id: dict(quote.attributes) for quote in all_quotes(mixed)}
    table = mixed.root / "corpus" / "sources.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("views,3", "views,5").replace("ann-2,2", "ann-2,4"), encoding="utf-8")
    _import(mixed)
    renamed = {"views.md": "5", "ann-2.txt": "4"}
    for quote in all_quotes(mixed):
        expected = before[quote.id]
        if quote.source in renamed:
            expected["wave"] = renamed[quote.source]
        assert dict(quote.attributes) == expected, quote.text
