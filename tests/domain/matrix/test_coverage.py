from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.matrix.coverage import (
    Coverage,
    CoverageFigures,
    HeardCase,
    Planned,
    build_coverage,
    publishable_coverage,
)


def case(group: str | None, area: str | None, coded: bool = False, **more: str) -> HeardCase:
    known = {"group": group, "area": area, **more}
    return HeardCase({name: value for name, value in known.items() if value}, coded)


def line(planned: int, **attributes: str) -> Planned:
    return Planned(attributes, planned, "plan.csv", 2)


HEARD = [
    case("school", "Westhay", coded=True),
    case("school", "Westhay"),
    case("parent", "Eastlow", coded=True),
    case("parent", None),
]


def covered(cases: list[HeardCase], plan: list[Planned], **options: str) -> Coverage:
    return build_coverage(cases, plan, **{"rows": "area", "columns": "group", **options})  # type: ignore[arg-type]


def test_without_a_plan_only_who_was_heard_and_coded_is_known() -> None:
    found = build_coverage(HEARD, [], rows="area", columns="group", column_order=("school", "parent"))
    assert (found.rows, found.columns) == (("Eastlow", "Westhay", "not known"), ("school", "parent"))
    assert found.cells == (
        (CoverageFigures(0, 0, read=0), CoverageFigures(1, 1, read=1)),
        (CoverageFigures(2, 1, read=2), CoverageFigures(0, 0, read=0)),
        (CoverageFigures(0, 0, read=0), CoverageFigures(1, 0, read=1)),
    )
    assert found.row_totals == (
        CoverageFigures(1, 1, read=1),
        CoverageFigures(2, 1, read=2),
        CoverageFigures(1, 0, read=1),
    )
    assert (found.column_totals, found.total) == (
        (CoverageFigures(2, 1, read=2), CoverageFigures(2, 1, read=2)),
        CoverageFigures(4, 2, read=4),
    )
    assert not found.has_plan


def test_each_line_of_the_plan_is_compared_with_its_own_cases() -> None:
    plan = [
        line(1, group="School", area="westhay"),
        line(2, group="parent", area="Eastlow"),
        line(1, group="health", area="Eastlow"),
    ]
    found = covered(HEARD, plan)
    by_name = {
        (row, column): found.cells[i][j]
        for i, row in enumerate(found.rows)
        for j, column in enumerate(found.columns)
    }
    assert by_name["Westhay", "school"] == CoverageFigures(2, 1, 1, 0, read=2)
    assert by_name["Eastlow", "parent"] == CoverageFigures(1, 1, 2, 1, read=1)
    assert by_name["Eastlow", "health"] == CoverageFigures(0, 0, 1, 1, read=0)
    assert by_name["not known", "parent"] == CoverageFigures(1, 0, 0, 0, read=1)
    # A second school in Westhay is no parent and no nurse in Eastlow.
    assert found.total == CoverageFigures(4, 2, 4, 2, read=4)


def test_a_plan_by_one_attribute_tells_only_the_totals_of_it() -> None:
    found = covered(HEARD, [line(3, group="school"), line(1, group="parent")])
    assert {cell.planned for row in found.cells for cell in row} == {None}
    assert {total.planned for total in found.row_totals} == {None}
    assert dict(zip(found.columns, found.column_totals, strict=True)) == {
        "parent": CoverageFigures(2, 1, 1, 0, read=2),
        "school": CoverageFigures(2, 1, 3, 1, read=2),
    }
    assert found.total == CoverageFigures(4, 2, 4, 1, read=4)


def test_a_finer_plan_adds_up_and_still_says_what_is_missing() -> None:
    cases = [case("school", "Westhay", wave="1"), case("school", "Westhay", wave="1")]
    plan = [line(1, group="school", area="Westhay", wave=wave) for wave in ("1", "2")]
    assert covered(cases, plan).cells == ((CoverageFigures(2, 0, 2, 1, read=2),),)
    assert covered(cases, plan, rows="wave").cells == (
        (CoverageFigures(2, 0, 1, 0, read=2),),
        (CoverageFigures(0, 0, 1, 1, read=0),),
    )


def test_values_that_somebody_should_have_and_nobody_has_are_named() -> None:
    found = build_coverage(HEARD, [], rows="area", columns="group", expected=("School", "health"))
    assert found.not_heard == ("health",)


def test_nobody_heard_and_nothing_planned_is_an_empty_table() -> None:
    found = covered([], [])
    assert (found.rows, found.columns, found.cells, found.total) == (
        (),
        (),
        (),
        CoverageFigures(0, 0, read=0),
    )


VALUES = st.sampled_from(["a", "b", "c"])


@given(
    st.lists(st.tuples(st.one_of(st.none(), VALUES), st.one_of(st.none(), VALUES), st.booleans())),
    st.dictionaries(st.tuples(VALUES, VALUES), st.integers(0, 4)),
)
def test_the_totals_are_the_sums_of_their_cells(
    cases: list[tuple[str | None, str | None, bool]], plan: dict[tuple[str, str], int]
) -> None:
    lines = [line(planned, group=group, area=area) for (group, area), planned in plan.items()]
    found = covered([case(*member) for member in cases], lines)
    measures = ("heard", "coded", "planned", "missing") if lines else ("heard", "coded")
    for measure in measures:
        cells = [[getattr(cell, measure) for cell in row] for row in found.cells]
        assert [sum(row) for row in cells] == [getattr(total, measure) for total in found.row_totals]
        assert [sum(column) for column in zip(*cells, strict=True)] == [
            getattr(total, measure) for total in found.column_totals
        ]
        assert sum(map(sum, cells)) == getattr(found.total, measure)
    assert found.total.heard == len(cases)
    assert found.total.coded == sum(coded for _, _, coded in cases)


values = st.sampled_from(["school", "college", "health", "parent", "council"])


@given(
    cases=st.lists(st.tuples(values, st.booleans()), min_size=3, max_size=25),
    minimum=st.integers(3, 5),
)
def test_nothing_published_stands_for_too_few_or_can_be_worked_out(
    cases: list[tuple[str, bool]], minimum: int
) -> None:
    heard = [HeardCase({"group": group, "area": "north"}, coded) for group, coded in cases]
    whole = build_coverage(heard, [], rows="area", columns="group")
    told, together = publishable_coverage(whole, minimum)
    assert told.cells == ()
    assert sum(cell.heard for cell in told.column_totals) == told.total.heard == len(cases)
    for name, cell in zip(told.columns, told.column_totals, strict=True):
        assert cell.heard >= minimum or (len(cases) < minimum and together)
        members = [
            member
            for member in cases
            if member[0] == name or (name not in dict(cases) and member[0] in together)
        ]
        assert cell.heard == len(members)
        if cell.coded is not None:
            coded = sum(done for _, done in members)
            assert cell.coded == coded
            assert not any(0 < number < minimum for number in (coded, cell.heard - coded))
    if any(cell.coded is None for cell in told.column_totals):
        assert told.total.coded is None
