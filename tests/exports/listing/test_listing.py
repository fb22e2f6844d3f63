"""A field of a listing is declared once, and stands in everything that is made of it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, make_dataclass
from enum import StrEnum
from typing import Any

import pytest
from rich.console import Console

from quotegrid.domain.exchange.listing import column, columns_of, csv_fields, record_of
from quotegrid.exports.listing.records import listing_as, listing_table, with_documented_fields


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Toy:
    name: str = column("what it is called", place=2, heading="toy")
    colour: Colour = column("its colour", place=1)
    owners: tuple[str, ...] = column("who has it", flat=len)
    maker: str = column("what only JSON tells", is_in_csv=False)
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class HeavyToy(Toy):
    """The same with one more field, which is declared here and nowhere else."""

    grams: int | None = column(
        "how heavy it is", default=None, place=3, cell=lambda record: f"{record['grams']} g"
    )


PAGE = "# Fields\n\n## toys\n\n| field | meaning |\n|---|---|\n| `old` | gone |\n\nMore.\n\n## end\n"
ROWS = [HeavyToy("a|b", Colour.RED, ("Ann", "Bob"), "hidden", 7, 20)]


def shown(listing: type[Any], rows: list[Any]) -> str:
    out = Console(file=io.StringIO(), width=80, markup=False)
    out.print(listing_table(listing, rows))
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def told(form: str) -> str:
    return listing_as(HeavyToy, ROWS, form)


def test_a_field_that_is_added_is_in_everything() -> None:
    assert [line.split() for line in shown(HeavyToy, ROWS).splitlines()] == [
        ["colour", "toy", "grams"],
        ["red", "a|b", "20", "g"],
    ]
    assert list(csv.DictReader(io.StringIO(told("csv")))) == [
        {"name": "a|b", "colour": "red", "owners": "2", "grams": "20"}
    ]
    assert json.loads(told("json")) == [
        {"name": "a|b", "colour": "red", "owners": ["Ann", "Bob"], "maker": "hidden", "grams": 20}
    ]
    assert told("markdown") == (
        "| name | colour | owners | grams |\n|---|---|---|---|\n| a\\|b | red | 2 | 20 |\n"
    )
    assert "| `grams` | how heavy it is |\n" in with_documented_fields(PAGE, {"toys": HeavyToy})


def test_without_it_it_is_in_nothing() -> None:
    rows = [Toy("a", Colour.RED, (), "")]
    assert "grams" not in shown(Toy, rows)
    assert all("grams" not in listing_as(Toy, rows, form) for form in ("csv", "json", "markdown"))
    assert csv_fields(Toy) == ("name", "colour", "owners")
    assert [column.name for column in columns_of(Toy)] == ["name", "colour", "owners", "maker"]


def test_the_page_keeps_what_is_written_by_hand_around_the_fields() -> None:
    page = with_documented_fields(PAGE, {"toys": Toy})
    before, table = PAGE.split("| `old` | gone |\n")
    lines = "".join(f"| `{column.name}` | {column.help} |\n" for column in columns_of(Toy))
    assert page == before + lines + table
    assert with_documented_fields(page, {"toys": Toy}) == page


@pytest.mark.parametrize("heading", ["no such toys", "end"])
def test_a_section_without_a_table_of_fields_is_an_error(heading: str) -> None:
    with pytest.raises(ValueError, match=heading):
        with_documented_fields(PAGE, {heading: Toy})


def test_a_record_is_of_the_listing_whatever_the_thing_has_besides() -> None:
    thing = make_dataclass("Thing", ["name", "colour", "weight"])("b", Colour.RED, 3)
    assert record_of(Toy, thing, owners=("Ann",), maker="s") == {
        "name": "b",
        "colour": "red",
        "owners": ["Ann"],
        "maker": "s",
    }
    with pytest.raises(TypeError, match="wieght"):
        record_of(Toy, thing, owners=(), maker="", wieght=3)


def test_a_cell_is_one_short_line_unless_it_is_to_be_whole() -> None:
    whole = make_dataclass(
        "Whole", [("text", str, column("", place=1, longest=0)), ("cut", str, column("", place=2))]
    )
    text = shown(whole, [{"text": "a\nb", "cut": "c\nd\x1b"}])
    assert [line.rstrip() for line in text.splitlines()] == ["text  cut", "a     c d\u241b", "b"]
