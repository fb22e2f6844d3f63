from __future__ import annotations

import pytest

from quotegrid.domain.decisions import Stance
from quotegrid.domain.quotes import Quote, QuoteFilter, plain, told_codes
from quotegrid.domain.sources import SegmentKind


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
    ("asked", "matches"),
    [
        (QuoteFilter(), True),
        (QuoteFilter(groups=("SCHOOL",)), True),
        (QuoteFilter(groups=("parent", "school")), True),
        (QuoteFilter(groups=("parent",)), False),
        (QuoteFilter(groups=("school",), areas=("Eastlow",)), False),
        (QuoteFilter(roles=("School Leader",), cases=("ada stone",), sources=("A.txt",)), True),
        (QuoteFilter(codes=("other", "Who Pays")), True),
        (QuoteFilter(codes=("other",)), False),
        (QuoteFilter(kinds=(SegmentKind.BLOCK,)), False),
        (QuoteFilter(coded=True), True),
        (QuoteFilter(coded=False), False),
        (QuoteFilter(attributes={"wave": "2"}), True),
        (QuoteFilter(attributes={"wave": "3"}), False),
        (QuoteFilter(attributes={"region": "2"}), False),
        (QuoteFilter(text='PAYS "for" it'), True),
        (QuoteFilter(text="don't"), True),
        (QuoteFilter(text="pays it"), False),
    ],
)
def test_filters_combine_and_values_of_one_are_alternatives(asked: QuoteFilter, matches: bool) -> None:
    assert asked.matches(_quote()) is matches


def test_what_is_typed_decomposed_finds_what_is_stored_composed() -> None:
    quote = _quote(text="In the caf\u00e9.", area="Caf\u00e9 Hill")
    assert QuoteFilter(text="cafe\u0301", areas=("CAFE\u0301 hill",)).matches(quote)


def test_a_filter_never_matches_a_value_that_is_not_known() -> None:
    assert not QuoteFilter(areas=("Northmoor",)).matches(_quote(area=None))


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
    assert quote.told_codes == ("a: disputes", "b", "c: mixed and supports")
    assert told_codes(["a", "b"], {"a": ["disputes"], "b": []}) == ("a: disputes", "b")
