from __future__ import annotations

from typing import Any

import pytest

from quotegrid import __version__
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.model import Base, Rows
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.sources.model import SourceKind
from quotegrid.errors import ConfigError, UnknownNameError, UsageError
from quotegrid.exports.matrix.layout import column_texts
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.matrix.columns import column_attributes
from quotegrid.workflows.matrix.make_matrix import (
    MatrixChoice,
    choice_of,
    make_matrix,
    options_of,
)
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import GOVERNOR
from tests.reading import read_everything


def test_the_columns_follow_the_order_of_the_study(suggested: StudyFolder) -> None:
    assert make_matrix(suggested).matrix.columns == ("school", "parent")
    assert make_matrix(suggested, columns="area").matrix.columns == ("Eastlow", "Westhay")


def test_an_export_says_where_its_numbers_come_from(study: StudyFolder) -> None:
    nothing = make_matrix(study).provenance
    assert (nothing.coders, nothing.codings, nothing.first_decision) == ((), 0, None)
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 4, Action.APPLY, "long wait")
    undo(study)
    made = make_matrix(study).provenance
    assert (made.study, made.version, made.coders, made.codings) == ("Trial", __version__, ("tester",), 1)
    assert made.codebook_hash == current_codebook(study).hash()
    assert made.first_decision is not None
    assert made.last_decision is not None
    assert made.first_decision <= made.last_decision
    assert made.filters == ()
    assert make_matrix(study, include_suggested=True).provenance.filters == (
        "unconfirmed suggestions are counted too",
    )


def test_every_cell_leads_back_to_its_quotes(study: StudyFolder) -> None:
    decide_segment(study, 3, Action.APPLY, "long wait")
    decide_segment(study, 4, Action.APPLY, "long wait")
    made = make_matrix(read_everything(study), rows=Rows.CODE, count=measures.SHARE)
    row = made.matrix.rows.index("long wait")
    assert made.matrix.cells[row] == (1.0, 1.0)
    assert made.matrix.members[row, 0] == (3,)
    assert made.matrix.members[row, 1] == (4,)


def test_the_attributes_on_offer_are_those_that_work_as_columns(study: StudyFolder) -> None:
    names = column_attributes(study)
    assert names == ["group", "area", "region", "wave", "role", "source", "case"]
    for name in names:
        assert make_matrix(study, columns=name).matrix.columns_are == name
    with pytest.raises(UnknownNameError, match="Did you mean region"):
        make_matrix(study, columns="regio")


@pytest.mark.parametrize(
    ("bands", "columns"),
    [
        ("[2]", ("under 2", "2 and over")),
        ("{early = 1, late = 2}", ("early", "late")),
        ('"halves"', ("under 1.5", "1.5 and over")),
    ],
)
def test_a_numeric_attribute_is_put_into_the_bands_of_the_settings(
    study: StudyFolder, bands: str, columns: tuple[str, ...]
) -> None:
    decide_segment(study, 4, Action.APPLY, "long wait")
    config = study.root / "quotegrid.toml"
    config.write_text(f"{config.read_text(encoding='utf-8')}\n[bands]\nwave = {bands}\n", encoding="utf-8")
    matrix = make_matrix(open_study(study.root), rows=Rows.CODE, columns="wave").matrix
    assert matrix.columns == columns
    assert [matrix.bases[name].cases for name in columns] == [1, 1]
    assert matrix.cells[matrix.rows.index("long wait")] == (0, 1)


def test_bands_are_found_under_the_name_that_the_table_gives_its_column(study: StudyFolder) -> None:
    table = study.root / "corpus" / "money.csv"
    table.write_text('area,Cost per head\nWesthay,£412\nEastlow,"£1,655"\n', encoding="utf-8")
    import_sources(study, [table], ReadingOptions())
    config = study.root / "quotegrid.toml"
    config.write_text(
        f'{config.read_text(encoding="utf-8")}\n[bands]\n"Cost per head" = {{low = 0, high = 1000}}\n',
        encoding="utf-8",
    )
    matrix = make_matrix(open_study(study.root), columns="cost-per-head").matrix
    assert (matrix.columns, [matrix.bases[name].cases for name in matrix.columns]) == (
        ("low", "high"),
        [1, 1],
    )


def test_quantiles_of_reports_that_name_no_cases_go_by_their_sources(study: StudyFolder) -> None:
    for number in range(4):
        report = study.root / "corpus" / f"report-{number}.txt"
        report.write_text(f"Heard\n\n“It is fix {number}.” — *LA leaders*\n", encoding="utf-8")
    table = study.root / "corpus" / "rates.csv"
    table.write_text("source,rate\n" + "".join(f"report-{n}.txt,{n}\n" for n in range(4)), encoding="utf-8")
    corpus = study.root / "corpus"
    import_sources(study, [corpus], ReadingOptions(kind=SourceKind.REPORT))
    config = study.root / "quotegrid.toml"
    config.write_text(f'{config.read_text(encoding="utf-8")}\n[bands]\nrate = "halves"\n', encoding="utf-8")
    matrix = make_matrix(open_study(study.root), columns="rate").matrix
    assert matrix.columns == ("under 1.5", "1.5 and over", "not known")
    assert [matrix.bases[name].sources for name in matrix.columns] == [2, 2, 2]


@pytest.mark.parametrize("bands", ["[]", '["a"]', '"sevenths"', "{low = true}", "3", "{low = 5, high = 5}"])
def test_bands_that_cannot_be_used_are_named(study: StudyFolder, bands: str) -> None:
    config = study.root / "quotegrid.toml"
    config.write_text(f"{config.read_text(encoding='utf-8')}\n[bands]\nwave = {bands}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r'quotegrid\.toml, line \d+: the bands of "wave"'):
        open_study(study.root)


@pytest.fixture
def coded(study: StudyFolder) -> StudyFolder:
    for number, code in ((1, "quick fix"), (2, "room to plan"), (4, "long wait"), (5, "quick fix")):
        decide_segment(study, number, Action.APPLY, code, stance=Stance.DISPUTES if number == 5 else None)
    return study


def test_what_a_query_asks_of_people_holds_for_the_bases_and_what_it_asks_of_words_does_not(
    coded: StudyFolder,
) -> None:
    everything = make_matrix(coded, rows=Rows.CODE)
    parents = make_matrix(coded, rows=Rows.CODE, query="group:parents")
    assert parents.matrix.columns == ("parent",)
    assert parents.matrix.total_base == everything.matrix.bases["parent"]
    assert parents.provenance.filters == ("among group:parents",)
    fixes = make_matrix(coded, rows=Rows.CODE, query='code:"quick fix" area:Eastlow')
    assert fixes.matrix.total_base == everything.matrix.bases["parent"]
    assert sum(sum(cell or 0 for cell in row) for row in fixes.matrix.cells) == 1
    assert fixes.provenance.filters[1].startswith('counting code:"quick fix"; the bases')


def test_only_disputes_count_when_they_are_asked_for(coded: StudyFolder) -> None:
    made = make_matrix(coded, rows=Rows.CODE, stance=Stance.DISPUTES)
    assert made.matrix.cells[0] == (0, 1)
    assert [quote.id for quote in made.quotes] == [5]
    split = make_matrix(coded, rows=Rows.CODE, by_stance=True).matrix
    assert ("quick fix", "disputes") in split.row_paths


@pytest.mark.parametrize(
    "chosen",
    [
        {"include_suggested": True, "by_stance": True},
        {"include_suggested": True, "stance": Stance.MIXED},
        {"by_stance": True, "stance": Stance.MIXED},
        {"only": ("quick fix",), "within": "Money"},
        {"within": "quick fix"},
        {"columns": "group,area,role"},
        {"columns": "group,group"},
        {"query": 'near:"money"'},
        {"query": 'case:"Ada Stone"', "publish": True},
        {"query": "group:parent", "publish": True},
        {"query": "-(text:roof OR source:head)", "publish": True},
    ],
)
def test_what_cannot_be_counted_together_is_refused(coded: StudyFolder, chosen: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        make_matrix(coded, **chosen)
    assert caught.value.todo


def test_columns_are_nested_by_either_way_of_saying_it(coded: StudyFolder) -> None:
    made = make_matrix(coded, columns="group,area").matrix
    assert made.columns == ("school / Westhay", "parent / Eastlow")
    assert make_matrix(coded, columns="area within group").matrix.columns == made.columns


def test_the_plan_has_columns_for_those_whom_nobody_heard(coded: StudyFolder) -> None:
    plan = coded.root / "corpus" / "plan.csv"
    plan.write_text("group,area,planned\nhealth,Westhay,2\nparent,Eastlow,1\n", encoding="utf-8")
    import_sources(coded, [plan], ReadingOptions())
    made = make_matrix(coded, columns="group,area").matrix
    assert made.not_heard == ("health / Westhay",)
    assert [row[made.columns.index("health / Westhay")] for row in made.cells] == [None] * len(made.rows)
    assert (
        "health / Westhay"
        not in make_matrix(coded, columns="group,area", query="area:Eastlow").matrix.columns
    )


def _column(study: StudyFolder, name: str, **chosen: Any) -> tuple[list[str], Base]:
    """Return what a column of a matrix of shares says, and its base."""
    matrix = make_matrix(study, rows=Rows.CODE, count=measures.SHARE, **chosen).matrix
    return column_texts(matrix, matrix.columns.index(name)), matrix.bases[name]


def test_shares_are_of_the_cases_read_and_nobody_read_is_no_share(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    assert _column(study, "school") == (["not read yet"] * 3, Base(3, 1, 1))
    mark_read(study, ["head.md"])
    assert _column(study, "school")[0] == ["100%", "0%", "0%"]
    assert _column(study, "school")[1].read == 1
    assert _column(study, "parent")[0] == ["not read yet"] * 3
    assert _column(study, "parent", of=SharesOf.HEARD)[0] == ["0%"] * 3
    made = make_matrix(study, rows=Rows.CODE, count=measures.SHARE).matrix
    assert made.totals == (1.0, 0.0, 0.0)
    undo(study)
    assert _column(study, "school")[0] == ["not read yet"] * 3


def test_how_many_are_not_read_is_said(coded: StudyFolder) -> None:
    def notes(**chosen: Any) -> str:
        return " ".join(make_matrix(coded, **chosen).matrix.notes)

    share = {"count": measures.SHARE}
    mark_read(coded, ["head.md", "parent.txt"], is_read=False)
    assert "2 of the 2 cases heard are not read to the end and stand in no share" in notes(**share)
    mark_read(coded, ["head.md"])
    assert "1 of the 2 cases heard is not read to the end and stands in no share" in notes(**share)
    assert "that nothing is coded of them somewhere is no finding yet" in notes()
    assert "counts as silent where nothing is coded" in notes(**share, of=SharesOf.HEARD)
    assert "not read" in notes(query="group:parent")
    assert "not read" not in notes(query="group:school")
    (coded.root / "governor.txt").write_text(GOVERNOR, encoding="utf-8")
    import_sources(coded, [coded.root / "governor.txt"], ReadingOptions())
    assert "Some cases are not read to the end" in notes(publish=True)
    read_everything(coded)
    assert "not read" not in notes()


def test_published_shares_are_of_nothing_but_what_is_read(publishable: StudyFolder) -> None:
    for quote in all_quotes(publishable)[1:]:
        decide_segment(publishable, quote.id, Action.APPLY, "quick fix")
    with pytest.raises(UsageError, match="fewer than 3 cases are read to the end"):
        make_matrix(publishable, count=measures.SHARE, publish=True)
    make_matrix(publishable, count=measures.SHARE, of=SharesOf.HEARD, publish=True)
    mark_read(publishable, ["head.md"])
    with pytest.raises(UsageError, match="fewer than 3 cases are read to the end"):
        make_matrix(publishable, count=measures.SHARE, publish=True)
    read_everything(publishable)
    made = make_matrix(publishable, count=measures.SHARE, publish=True).matrix
    assert (made.total_base.cases, made.total_base.read) == (3, 3)


def test_what_shares_are_of_is_kept_with_an_export() -> None:
    choice = MatrixChoice(count=measures.SHARE)
    assert choice_of(options_of(choice)).of is SharesOf.READ
    older = {name: value for name, value in options_of(choice).items() if name != "of"}
    assert choice_of(older).of is SharesOf.HEARD


def test_a_query_among_some_leaves_the_others_out_of_what_is_told_of_cases(coded: StudyFolder) -> None:
    assert set(make_matrix(coded, columns="source").matrix.columns_of_cases) == {"Ada Stone", "RAY MOSS"}
    assert set(make_matrix(coded, columns="group", query="area:Eastlow").matrix.columns_of_cases) == {
        "RAY MOSS"
    }
