from __future__ import annotations

from dataclasses import replace

import pytest

from quotegrid.domain.codebook.codes import Code, Codebook, CodeTreeError, refuse_twins

BOOK = Codebook(
    (
        Code("Money", definition="What it does.", line=1),
        Code("quick fix", parent="money", line=2),
        Code("room to plan", parent="Money"),
        Code("a summer", parent="room to plan"),
        Code("Families"),
        Code("long wait", parent="Families"),
        Code("other"),
    )
)


def _names(codes: list[Code]) -> list[str]:
    return [code.name for code in codes]


def test_codes_are_found_without_regard_to_case() -> None:
    found = BOOK.get("QUICK FIX")
    assert found is not None
    assert found.name == "quick fix"
    assert BOOK.get("nothing") is None
    assert len(BOOK) == 7


def test_the_tree_is_walked_parents_first() -> None:
    assert _names(list(BOOK.walk())) == [
        "Money",
        "quick fix",
        "room to plan",
        "a summer",
        "Families",
        "long wait",
        "other",
    ]
    assert [BOOK.depth(code) for code in BOOK.walk()] == [0, 1, 1, 2, 0, 1, 0]
    assert _names(BOOK.children("MONEY")) == ["quick fix", "room to plan"]


def test_themes_stand_at_the_top_and_suggestible_codes_at_the_ends() -> None:
    assert _names(BOOK.themes()) == ["Money", "Families", "other"]
    assert _names(BOOK.assignable()) == ["quick fix", "a summer", "long wait", "other"]


def test_a_family_is_a_code_and_everything_below() -> None:
    assert BOOK.family("money") == ["Money", "quick fix", "room to plan", "a summer"]
    assert BOOK.family("other") == ["other"]
    assert BOOK.theme_of("A Summer") == "Money"
    assert BOOK.theme_of("other") == "other"


@pytest.mark.parametrize(
    ("codes", "message", "at"),
    [
        (
            (Code("A", line=3), Code("a", line=9)),
            r'the code "a" is there twice \(first on line 3\)\.',
            "a",
        ),
        ((Code("A", parent="B"),), 'the parent "B" of "A" is not a code', "A"),
        ((Code("A", parent="a"),), "codes are their own ancestors: A > a", "A"),
        (
            (Code("X", parent="A"), Code("A", parent="B"), Code("B", parent="A")),
            "codes are their own ancestors: A > B > A",
            "A",
        ),
    ],
)
def test_what_is_no_tree_is_refused_at_its_code(codes: tuple[Code, ...], message: str, at: str) -> None:
    with pytest.raises(CodeTreeError, match=message) as caught:
        Codebook(codes)
    assert caught.value.code.name == at


def test_the_hash_follows_what_codes_say_and_not_where_they_stand() -> None:
    moved = Codebook(tuple(replace(code, line=99) for code in BOOK.codes))
    changed = Codebook((replace(BOOK.codes[0], terms=("cash",)), *BOOK.codes[1:]))
    assert len(BOOK.hash()) == 12
    assert moved.hash() == BOOK.hash()
    assert changed.hash() != BOOK.hash()


@pytest.mark.parametrize("twin", ["CAF\u00c9", "cafe\u0301", "CAFE\u0301"])
def test_names_that_read_alike_are_twins(twin: str) -> None:
    refuse_twins(BOOK.codes)
    with pytest.raises(CodeTreeError, match=r"is there twice \(first on line 4") as caught:
        refuse_twins((Code("caf\u00e9", line=4), Code("cafe"), Code(twin, line=7)))
    assert caught.value.code.line == 7


def test_a_codebook_that_holds_twins_already_is_still_read() -> None:
    book = Codebook((Code("caf\u00e9"), Code("cafe\u0301")))
    assert book.get("cafe\u0301") is book.codes[1]
