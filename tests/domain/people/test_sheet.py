from __future__ import annotations

import pytest

from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.people.pasted import read_pasted
from quotegrid.domain.people.sheet import RowOrder, SheetRow, fields_of, in_order
from quotegrid.domain.people.value_types import TEXT, AttributeType, ValueType, order_of, type_of
from quotegrid.domain.text.normalise import name_key
from quotegrid.errors import UsageError

ROWS = [
    SheetRow("1", "Ola", {"group": ("porter",), "years": ("10",), "wave": ("1", "2")}, segments=3),
    SheetRow("2", "joe", {"group": ("",), "years": ("9",), "wave": ("1", "")}, segments=9),
    SheetRow("3", "Ann", {"group": ("nurse",), "years": ("",)}),
]
NAMES = {name_key(row.name): row.guid for row in ROWS} | {"mrs ann": "3"}


def names(order: RowOrder | str) -> list[str]:
    types = {"years": AttributeType(ValueType.NUMBER)}
    return [row.name for row in in_order(ROWS, fields_of(ROWS), order, types)]


def test_a_cell_shows_the_values_of_the_interviews_and_what_is_not_known() -> None:
    assert fields_of(ROWS, ["site"]) == ("group", "role", "area", "site", "wave", "years")
    assert [row.text("wave") for row in ROWS] == ["1; 2", "1; not known", "not known"]
    assert [row.lacks("wave") for row in ROWS] == [False, True, True]
    assert ROWS[1].lacking(["group", "years", "wave"]) == ["group", "wave"]


def test_the_rows_have_an_order() -> None:
    assert names(RowOrder.LACKING) == ["Ann", "joe", "Ola"]
    assert names(RowOrder.NAME) == ["Ann", "joe", "Ola"]
    assert names(RowOrder.PASSAGES) == ["joe", "Ola", "Ann"]
    assert names("years") == ["Ann", "joe", "Ola"]
    assert names("group") == ["joe", "Ann", "Ola"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["10", "9", ""], ValueType.NUMBER),
        (["£1,200", "3 %"], ValueType.NUMBER),
        (["2026-03-01", "3/4/2026", "March 2026"], ValueType.DATE),
        (["10", "ten"], ValueType.TEXT),
        (["2026-03-01", "soon"], ValueType.TEXT),
        ([""], ValueType.TEXT),
    ],
)
def test_the_type_of_values_is_told(values: list[str], kind: ValueType) -> None:
    assert type_of(values) == AttributeType(kind)


def test_values_are_sorted_by_their_type() -> None:
    assert sorted(["10", "9", "none"], key=order_of(AttributeType(ValueType.NUMBER))) == ["9", "10", "none"]
    dates = ["1 May 2026", "2026-04-30", "?"]
    assert sorted(dates, key=order_of(AttributeType(ValueType.DATE))) == ["2026-04-30", "1 May 2026", "?"]
    assert sorted(["b", "A"], key=order_of(TEXT)) == ["A", "b"]
    grades = AttributeType(ValueType.LIST, ("trainee", "qualified"))
    assert sorted(["Qualified", "agency", "trainee"], key=order_of(grades)) == [
        "trainee",
        "Qualified",
        "agency",
    ]


def paste(text: str, field: str = "years") -> tuple[object, object, object]:
    pasted = read_pasted(text, ROWS, NAMES, field, below=["2", "3"], missing=MissingValues())
    return pasted.values, pasted.lines, pasted.unused


def test_a_column_goes_down_from_the_cursor() -> None:
    assert paste("8\r\n7\r\n") == (
        {"2": {"years": "8"}, "3": {"years": "7"}},
        ['joe: years "8", was "9"', 'Ann: years "7", was not known'],
        [],
    )
    assert paste("8\r7\r")[0] == paste("8\n7\n")[0]
    assert paste("\n4\n")[0] == {"3": {"years": "4"}}
    assert paste("9\nNA")[0] == {}


def test_names_beside_the_values_say_whose_they_are() -> None:
    assert paste("Ola\t11\nMrs Ann\t3\nPia\t1\n") == (
        {"1": {"years": "11"}, "3": {"years": "3"}},
        ['Ola: years "11", was "10"', 'Ann: years "3", was not known'],
        ['line 3: nobody is called "Pia"'],
    )
    assert paste('Person\tYears\tStart date\nOla\t\t"1 May\n2026"\n')[0] == {
        "1": {"start_date": "1 May 2026"}
    }
    assert paste("Ola\t11\nOLA\t11\n")[0] == {"1": {"years": "11"}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n", "there is nothing to paste."),
        ("1\n2\n3\n", "3 values were pasted, and there are 2 people from the cursor on."),
        ("x" * 200_000, "line 1 cannot be read: field larger than field limit (131072)."),
        ("Ola\t11\t12\n", "line 1 has 2 values, and 1 columns are named."),
        ("Ola\t11\nola\t12\n", 'lines 1 and 2 say "11" and "12" for the years of "ola".'),
        ("who\tyears\tYears\nOla\t1\t2\n", "the first line names a column twice, or leaves a name empty."),
    ],
)
def test_what_cannot_be_told_is_refused(text: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        paste(text)
    assert caught.value.what == told and caught.value.todo
