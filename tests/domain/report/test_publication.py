"""Matrices and quotes as they may leave the team."""

from __future__ import annotations

from functools import partial

from hypothesis import example, given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.disclosure import Reason
from quotegrid.domain.matrix.measures import Measure
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.report.publication import (
    DisclosureRules,
    gather_columns,
    publishable_matrix,
    publishable_quotes,
)
from quotegrid.domain.sources.model import SegmentKind

BOOK = Codebook((Code(name="wait"), Code(name="money")))


def _quote(
    number: int,
    case: str | None,
    group: str | None = "school",
    *,
    role: str | None = "Head",
    area: str | None = "Ash",
    codes: tuple[str, ...] = ("wait",),
    text: str = "We waited.",
) -> Quote:
    return Quote(
        id=number,
        text=text,
        kind=SegmentKind.TURN,
        source=f"{case}.md",
        start=0,
        end=len(text),
        case=case,
        group=group,
        role=role,
        area=area,
        heading=None,
        codes=codes,
    )


def _heard(**people: int) -> list[Quote]:
    """So many cases of each group, one quote each."""
    return [
        _quote(1000 * place + number, f"{group} {number}", group)
        for place, (group, many) in enumerate(people.items())
        for number in range(many)
    ]


def _matrix(quotes: list[Quote], count: Measure = measures.CASES) -> Matrix:
    return build_matrix(quotes, BOOK, rows=Rows.CODE, count=count)


def test_a_column_of_too_few_cases_goes_together_with_the_next_smallest() -> None:
    matrix = _matrix(_heard(parent=9, health=2, school=4))
    assert gather_columns(matrix, 3) == {"health": "health / school", "school": "health / school"}
    assert gather_columns(_matrix(_heard(parent=9, school=4)), 3) == {}


def test_many_small_columns_are_one_without_their_names() -> None:
    heard = _heard(a=1, b=1, c=1, d=1, e=9)
    gathered = gather_columns(_matrix(heard), 3)
    assert set(gathered.values()) == {"4 others"}
    made = build_matrix(heard, BOOK, rows=Rows.CODE, count=measures.CASES, gathered=gathered)
    assert made.columns == ("e", "4 others")
    assert made.bases["4 others"].cases == 4


def test_a_column_that_nobody_knows_the_group_of_is_gathered_too() -> None:
    quotes = [*_heard(parent=5), _quote(9000, "x", None)]
    gathered = gather_columns(_matrix(quotes), 3)
    assert gathered == dict.fromkeys(("parent", "not known"), "parent / not known")
    made = build_matrix(quotes, BOOK, rows=Rows.CODE, gathered=gathered)
    assert made.columns == ("parent / not known",)


def test_quotes_that_name_nobody_make_no_column_of_known_people_larger() -> None:
    quotes = [*_heard(parent=5, chair=2), _quote(9000, None, "chair")]
    assert set(gather_columns(_matrix(quotes), 3)) == {"parent", "chair"}
    nameless = [*_heard(parent=5), _quote(9000, None, "chair")]
    assert gather_columns(_matrix(nameless), 3) == {}


def test_small_cells_go_and_their_quotes_with_them_whatever_is_counted() -> None:
    quotes = [
        *_heard(parent=9, health=5, school=8),
        *(_quote(5000 + number, "parent 0", "parent", codes=("money",)) for number in range(20)),
        *(_quote(6000 + number, f"school {number}", codes=("money",)) for number in range(6)),
    ]
    withheld = []
    for count in (measures.QUOTES, measures.CASES, measures.SHARE, measures.SOURCES):
        matrix, log = publishable_matrix(_matrix(quotes, count), quotes, DisclosureRules(), "k")
        row, column = matrix.rows.index("money"), matrix.columns.index("parent")
        assert (row, column) in matrix.withheld
        assert matrix.cells[row][column] is None
        assert (row, column) not in matrix.members
        assert len([item for item in log if item.kind == "cell"]) == len(matrix.withheld) > 1
        withheld.append(set(matrix.withheld))
    assert all(published == withheld[0] for published in withheld)


def test_the_quotes_of_a_report_need_no_protection() -> None:
    quotes = [*_heard(parent=9), _quote(1, None, "school", role="Head", area=None)]
    matrix, log = publishable_matrix(_matrix(quotes, measures.QUOTES), quotes, DisclosureRules(), "k")
    assert not matrix.withheld
    assert log == []
    told, _ = publishable_quotes(quotes[-1:], quotes, DisclosureRules())
    assert told[0].attribution == "Head"


def test_an_attribution_tells_no_more_than_enough_cases_share() -> None:
    heard = [
        *(_quote(number, f"s{number}") for number in range(3)),
        _quote(10, "s10", role="Bursar"),
        _quote(11, "s11", role="Bursar", area="Birch"),
        *(_quote(20 + number, f"h{number}", "health", role="Nurse", area="Elm") for number in range(2)),
    ]
    told, log = publishable_quotes(heard, heard, DisclosureRules(attributions={"school": "School leader"}))
    assert {quote.id: quote.attribution for quote in told} == {
        **dict.fromkeys(range(3), "Head, Ash"),
        10: "School leader, Ash",
        11: "School leader",
        20: "Participant",
        21: "Participant",
    }
    assert {quote.group for quote in told if quote.id in (20, 21)} == {None}
    assert {item.place for item in log} == {"quote 10", "quote 11", "quote 20", "quote 21"}


def test_nothing_of_where_a_quote_stood_is_left() -> None:
    heard = _heard(parent=4)
    told, _ = publishable_quotes(heard, heard, DisclosureRules())
    for quote in told:
        assert (quote.case, quote.source, quote.heading, quote.page) == (None, "", None, None)
        assert quote.attributes == {}


def test_names_areas_and_withheld_words_become_what_they_are() -> None:
    said = "Helen from St Jude's told Kim that Ash and Helena would pay, HELEN'S way in st jude's."
    heard = [
        _quote(1, "Helen Marsh", text=said, role="Bursar"),
        _quote(2, "Kim", "parent", role="Parent", text="Ashes, marsh, not Kimberley."),
    ]
    rules = DisclosureRules(words={"St Jude's": "[a school]", "pay": ""})
    told, log = publishable_quotes(heard, heard, rules, names=["Jo Field"])
    by_number = {quote.id: quote.text for quote in told}
    assert by_number[1] == (
        "[name] from [a school] told [name] that [area] and Helena would [withheld], "
        "HELEN'S way in [a school]."
    )
    assert by_number[2] == "Ashes, marsh, not Kimberley."
    assert [item.was for item in log if item.kind == "words"] == [said]


def test_an_area_stays_where_the_attribution_tells_it() -> None:
    heard = [_quote(number, f"s{number}", text="Ash is small.") for number in range(3)]
    told, _ = publishable_quotes(heard, heard, DisclosureRules())
    assert {quote.text for quote in told} == {"Ash is small."}


def test_the_order_says_nothing_about_the_speakers() -> None:
    heard = [_quote(number, f"s{number // 10}") for number in range(60)]
    told, _ = publishable_quotes(heard, heard, DisclosureRules(), key="one")
    again, _ = publishable_quotes(heard, heard, DisclosureRules(), key="one")
    other, _ = publishable_quotes(heard, heard, DisclosureRules(), key="two")
    numbers = [quote.id for quote in told]
    assert numbers == [quote.id for quote in again]
    assert numbers != [quote.id for quote in other]
    assert numbers != sorted(numbers)


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from("abcd"), st.sampled_from(["wait", "money", None])),
        min_size=1,
        max_size=60,
    )
)
def test_no_published_count_has_fewer_cases_than_the_minimum(said: list[tuple[int, str, str | None]]) -> None:
    group_of = {case: group for case, group, _ in said}
    quotes = [
        _quote(number, f"case {case}", group_of[case], codes=(code,) if code else ())
        for number, (case, _, code) in enumerate(said)
    ]
    build = partial(build_matrix, quotes, BOOK, rows=Rows.CODE, count=measures.CASES)
    gathered = gather_columns(build(), 3)
    matrix, _ = publishable_matrix(build(gathered=gathered), quotes, DisclosureRules(), "k")
    for row in range(len(matrix.rows)):
        published = [value for value in (*matrix.cells[row], matrix.totals[row]) if value is not None]
        assert all(value == 0 or value >= 3 for value in published)
        hidden = sum(value is None for value in matrix.cells[row])
        assert hidden != 1 or matrix.totals[row] is None


def _said_in_areas(said: list[tuple[int, str, str | None]]) -> list[Quote]:
    return [
        _quote(number, f"case {case}", area=area, codes=(code,) if code else ())
        for number, (case, area, code) in enumerate(said)
    ]


_IN_AREAS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from("abc"), st.sampled_from(["wait", "money", None])),
    min_size=1,
    max_size=40,
).map(_said_in_areas)


@given(
    quotes=_IN_AREAS,
    count=st.sampled_from([measures.CASES, measures.QUOTES, measures.SHARE, measures.SOURCES]),
)
@example(
    quotes=_said_in_areas(
        [(case, area, "money" if case < 2 else None) for case in range(5) for area in "abc"],
    ),
    count=measures.CASES,
)
def test_no_published_figure_stands_for_few_where_cases_stand_in_several_columns(
    quotes: list[Quote], count: Measure
) -> None:
    build = partial(build_matrix, quotes, BOOK, rows=Rows.CODE, columns="area", count=count)
    gathered = gather_columns(build(), 3)
    matrix, log = publishable_matrix(build(gathered=gathered), quotes, DisclosureRules(), "k")
    everybody = {quote.case for quote in quotes}
    for name in matrix.columns:
        behind = {quote.case for quote in quotes if gathered.get(quote.area or "", quote.area) == name}
        assert len(behind) >= 3 or len(everybody) < 3
    for row, code in enumerate(matrix.rows):
        speaking = {quote.case for quote in quotes if code in quote.codes}
        assert matrix.totals[row] is None or len(speaking) not in (1, 2)
        for column, name in enumerate(matrix.columns):
            behind = {
                quote.case
                for quote in quotes
                if code in quote.codes and gathered.get(quote.area or "", quote.area) == name
            }
            assert matrix.cells[row][column] is None or len(behind) not in (1, 2)
    reasons = {item.place: item.reason for item in log if item.kind == "total"}
    for row in matrix.withheld_totals:
        few = len({quote.case for quote in quotes if matrix.rows[row] in quote.codes}) < 3
        assert (reasons[matrix.rows[row]] == Reason.SMALL.value) == few


def test_columns_that_the_same_people_stand_in_are_gathered_until_there_are_enough_people() -> None:
    quotes = _said_in_areas(
        [(0, "a", None), (1, "a", None), (0, "b", None), (1, "b", None), *((n, "c", None) for n in range(4))]
    )
    matrix = build_matrix(quotes, BOOK, rows=Rows.CODE, columns="area", count=measures.CASES)
    assert set(gather_columns(matrix, 3)) == {"a", "b", "c"}


def test_a_part_in_the_conversation_is_no_name() -> None:
    heard = [_quote(1, "a Participant 2", text="Participant 2 knows Jo.")]
    told, _ = publishable_quotes(heard, heard, DisclosureRules(), names=["Jo Field", "Interviewer"])
    assert told[0].text == "Participant 2 knows [name]."
