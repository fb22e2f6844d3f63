from __future__ import annotations

import pytest

from quotegrid.errors import UnknownNameError
from quotegrid.workflows.sources.list_turns import sources_named

NAMES = ["first/ada.txt", "first/ray.txt", "ray.md", "second/ray.txt"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("RAY.md", ["ray.md"]),
        ("first/ray.txt", ["first/ray.txt"]),
        ("ada.txt", ["first/ada.txt"]),
        (" ada ", ["first/ada.txt"]),
        ("ray", ["first/ray.txt", "ray.md", "second/ray.txt"]),
        ("first/", ["first/ada.txt", "first/ray.txt"]),
        ("ada.t", ["first/ada.txt"]),
    ],
)
def test_a_source_is_named_wholly_or_by_a_part_of_its_name(asked: str, found: list[str]) -> None:
    assert sources_named(asked, NAMES) == found


@pytest.mark.parametrize("asked", ["rya.md", "", "*"])
def test_a_source_that_is_not_there_is_refused_with_those_that_are(asked: str) -> None:
    with pytest.raises(UnknownNameError, match=f'there is no source "{asked}" here'.replace("*", r"\*")):
        sources_named(asked, NAMES)
