from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.text.repairs import TRIVIAL, Repair, add_counts, repair_text, replace_references


@pytest.mark.parametrize(
    ("raw", "text", "counts"),
    [
        ("a\n\tb\u00a0c", "a\n\tb\u00a0c", {}),
        ("\ufeffa\r\nb\rc", "a\nb\nc", {"byte order mark": 1, "line ends": 2}),
        ("cafe\u0301s, nai\u0308ve", "caf\u00e9s, na\u00efve", {"composed characters": 2}),
        ("\u212b", "\u00c5", {"composed characters": 1}),
        ("in\u00adfor\u00adma\u00adtion", "information", {"soft hyphens": 3}),
        ("wait\u200bing\u2060 list\ufeff", "waiting list", {"zero-width characters": 3}),
        ("\u0e01\u200b\u0e02", "\u0e01\u200b\u0e02", {}),
        ("\U0001f468\u200d\U0001f467", "\U0001f468\u200d\U0001f467", {}),
    ],
)
def test_only_what_nobody_can_see_is_changed_and_it_is_counted(
    raw: str, text: str, counts: dict[str, int]
) -> None:
    assert repair_text(raw) == (text, counts)


@given(st.text(st.sampled_from("ae\u0301\u0308\u00ad\u200b\u2060\ufeff\r\n\u0e01 .")))
def test_what_is_repaired_stays_as_it_is(raw: str) -> None:
    text, counts = repair_text(raw)
    assert repair_text(text)[0] == text
    assert all(counts.values())
    assert (text == raw) == (counts == {})
    shown = [char for char in unicodedata.normalize("NFD", text) if char.isalpha() or char in " ."]
    assert shown == [char for char in unicodedata.normalize("NFD", raw) if char.isalpha() or char in " ."]


def test_counts_of_parts_add_up() -> None:
    assert add_counts({"line ends": 2}, {}, {"line ends": 1, "soft hyphens": 1}) == {
        "line ends": 3,
        "soft hyphens": 1,
    }


def test_trivial_repairs_leave_every_word_as_it_reads() -> None:
    assert {Repair.GUESSED, Repair.LINE_HYPHENS, Repair.SOFT_HYPHENS}.isdisjoint(TRIVIAL)


def test_codes_of_a_web_page_are_replaced_only_if_they_are_whole() -> None:
    assert replace_references("R&amp;D &#8212; R&D &copy &#x2014;") == (
        "R&D \u2014 R&D &copy \u2014",
        {"escaped characters": 3},
    )
    assert replace_references("a & b") == ("a & b", {})
