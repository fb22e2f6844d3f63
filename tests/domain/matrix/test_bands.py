from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.matrix.bands import by_names, by_quantiles, by_thresholds, reading_notes


def test_thresholds_name_their_bands_and_begin_the_next() -> None:
    bands = by_thresholds([600, 400])
    assert bands.labels == ("under 400", "400 to under 600", "600 and over")
    said = {value: bands.of(value) for value in ("399.9", "400", "599", "600", "1,200")}
    assert list(said.values()) == [
        "under 400",
        "400 to under 600",
        "400 to under 600",
        "600 and over",
        "600 and over",
    ]


def test_one_threshold_makes_two_bands() -> None:
    assert by_thresholds([0.5]).labels == ("under 0.5", "0.5 and over")


def test_named_bands_begin_at_their_numbers() -> None:
    bands = by_names({"large": 500, "small": 0})
    assert [bands.of(value) for value in ("-1", "0", "499", "500")] == ["under 0", "small", "small", "large"]


def test_what_is_no_number_stays_and_what_is_not_known_stays_unknown() -> None:
    bands = by_thresholds([1])
    assert bands.of("not counted") == "not counted"
    assert bands.of(None) is None


def test_too_few_numbers_make_no_quantiles() -> None:
    assert by_quantiles(["3", "3", "x"], 2) is None


@pytest.mark.parametrize("parts", [2, 3, 4, 5])
def test_quantiles_hold_as_many_values_each(parts: int) -> None:
    values = [str(number) for number in range(60)]
    bands = by_quantiles(values, parts)
    assert bands is not None
    found = [bands.of(value) for value in values]
    sizes = [found.count(label) for label in bands.labels]
    assert len(sizes) == parts
    assert max(sizes) - min(sizes) <= 1


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6),
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20),
)
def test_larger_numbers_are_never_in_a_lower_band(starts: list[float], numbers: list[float]) -> None:
    bands = by_thresholds(starts)
    assert len(bands.labels) == len(bands.starts) + 1
    places = [bands.labels.index(str(bands.of(repr(number)))) for number in sorted(numbers)]
    assert places == sorted(places)


def test_what_is_read_and_what_is_left_out_is_said() -> None:
    values = ["3.2%", "£507", "1,200", "12", "n/a", "n/a", "3,2"]
    read, left = reading_notes("deficit", values, by_thresholds([400]), None)
    assert read.startswith('deficit: read as numbers are "3.2%" as 3.2, "£507" as 507, "1,200" as 1200;')
    assert left == 'deficit: in no band, as no number is read in it: "n/a" (2 cases), "3,2" (1 case).'
    assert not reading_notes("deficit", ["12", "-3.5"], by_thresholds([400]), None)


def test_bands_that_ties_make_fewer_are_counted() -> None:
    values = ["1", "1", "1", "1", "2"]
    bands = by_quantiles(values, 4)
    assert bands is not None
    (told,) = reading_notes("visits", values, bands, 4)
    assert told.endswith(f"so there are {len(bands.labels)} bands and not 4.")
