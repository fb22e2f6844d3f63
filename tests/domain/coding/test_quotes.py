from __future__ import annotations

import pytest

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote, codes_with_stances, plain, taking
from quotegrid.domain.sources.model import SegmentKind


def _quote(**changes: object) -> Quote:
    values: dict[str, object] = {
        "id": 1,
        "text": "Who\npays \u201cfor\u201d it, and don\u2019t say us?",
        "kind": SegmentKind.TURN,
        "source": "a.txt",
        "start": 0,
        "end": 9,
        "case": "Ada Stone",
        "group": "school",
        "role": "school leader",
        "area": "Northmoor",
        "heading": None,
        "codes": ("who pays",),
        "attributes": {"wave": "2"},
    }
    return Quote(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "attribution"),
    [
        ({}, "School leader, Northmoor"),
        ({"area": None}, "School leader"),
        ({"role": "LA\nleader"}, "LA leader, Northmoor"),
        ({"role": None}, "School, Northmoor"),
        ({"role": None, "group": None, "area": None}, "Speaker not known"),
    ],
)
def test_the_attribution_gives_the_role_and_never_the_name(
    changes: dict[str, object], attribution: str
) -> None:
    assert _quote(**changes).attribution == attribution


def test_a_value_is_built_in_or_the_studys_own() -> None:
    quote = _quote()
    assert [quote.value(name) for name in ("group", "case", "source", "wave", "region")] == [
        "school",
        "Ada Stone",
        "a.txt",
        "2",
        None,
    ]


def test_texts_are_compared_on_one_line_with_straight_quotation_marks() -> None:
    assert plain("\u201cIt\u2019s\n HERE\u201d") == '"it\'s here"'


def test_codes_are_told_with_their_stances() -> None:
    quote = _quote(
        codes=("a", "b", "c"), stances={"a": (Stance.DISPUTES,), "c": (Stance.MIXED, Stance.SUPPORTS)}
    )
    assert quote.codes_with_stances == ("a: disputes", "b", "c: mixed and supports")
    assert codes_with_stances(["a", "b"], {"a": ["disputes"], "b": []}) == ("a: disputes", "b")


def test_only_a_stance_towards_one_of_the_codes_is_taken() -> None:
    said = [
        _quote(id=1, stances={"quick fix": (Stance.DISPUTES,)}),
        _quote(id=2, stances={"Quick Fix": (Stance.SUPPORTS, Stance.DISPUTES)}),
        _quote(id=3, stances={"long wait": (Stance.DISPUTES,)}),
        _quote(id=4),
    ]
    assert [taken.id for taken in taking(said, ["quick fix"], Stance.DISPUTES)] == [1, 2]
    assert [taken.id for taken in taking(said, ["quick fix"], Stance.SUPPORTS)] == [2]
