from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.matrix.disclosure import Reason
from quotegrid.domain.report.manifest import (
    Manifest,
    compare_numbers,
    digest,
    numbers_of,
    pack_manifest,
    unpack_manifest,
)
from tests.exports.samples import matrix

TEXT = st.text(max_size=30)
MANIFESTS = st.builds(
    Manifest,
    export=TEXT,
    what=TEXT,
    made_at=TEXT,
    version=TEXT,
    content=TEXT,
    options=st.none() | st.dictionaries(TEXT, TEXT | st.booleans() | st.lists(TEXT, max_size=3), max_size=3),
    codebook=st.none() | TEXT,
    numbers=st.none() | TEXT,
)


@given(MANIFESTS, st.binary(max_size=40))
def test_a_manifest_comes_back_out_of_whatever_stands_around_it(manifest: Manifest, around: bytes) -> None:
    text = pack_manifest(manifest)
    assert not set("<>&%'-\n") & set(text)
    assert text.isascii()
    assert unpack_manifest(around.replace(b"quotegrid", b"") + text.encode() + b"\n" + around) == manifest


def test_no_sign_that_could_end_a_comment_or_an_attribute_is_in_a_manifest() -> None:
    hostile = Manifest("O'Neil", "<!-- & -->", "50 %", "a-b", "'x'")
    text = pack_manifest(hostile)
    assert not set("<>&%'-") & set(text)
    assert unpack_manifest(text.encode()) == hostile


def test_what_is_no_manifest_is_none() -> None:
    for text in ("", "quotegrid manifest {} end", "quotegrid manifest {nonsense} end"):
        assert unpack_manifest(text.encode()) is None
    assert unpack_manifest(b'quotegrid manifest {"quotegrid":1,"more":2} end') is None


def test_numbers_are_json_and_withheld_ones_are_not_in_them() -> None:
    made = matrix()
    numbers = numbers_of(made)
    assert json.loads(json.dumps(numbers)) == numbers
    assert numbers["cells"][0] == [2, 1, 1, 4]
    hidden = replace(made, withheld={(0, 0): next(iter(Reason))}, withheld_totals=frozenset({0}))
    assert numbers_of(hidden)["cells"][0] == ["[c]", 1, 1, "[c]"]


@given(st.data())
def test_exactly_the_numbers_that_changed_are_told(data: st.DataObject) -> None:
    then = numbers_of(matrix())
    now: dict[str, Any] = json.loads(json.dumps(then))
    places = [(row, column) for row in range(len(then["rows"])) for column in range(len(then["columns"]))]
    changed = data.draw(st.sets(st.sampled_from(places)))
    for row, column in changed:
        now["cells"][row][column] += 1
    found = {
        (difference.row, difference.column): (difference.then, difference.now)
        for difference in compare_numbers(then, now)
    }
    assert found == {
        (then["rows"][row], then["columns"][column]): (
            then["cells"][row][column],
            then["cells"][row][column] + 1,
        )
        for row, column in changed
    }
    assert (digest(then) == digest(now)) is (not changed)


def test_another_order_is_no_difference_and_a_row_that_went_is_one() -> None:
    then = numbers_of(matrix())
    turned = {**then, "rows": then["rows"][::-1], "cells": then["cells"][::-1]}
    assert compare_numbers(then, turned) == []
    fewer = {**then, "rows": then["rows"][1:], "cells": then["cells"][1:]}
    gone = compare_numbers(then, fewer)
    assert {difference.row for difference in gone} == {then["rows"][0]}
    assert {difference.now for difference in gone} == {None}
