from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook import edits
from quotegrid.domain.codebook.codes import Code, Codebook, CodeTreeError
from quotegrid.domain.codebook.merging import (
    MergeConflictError,
    NumberedCodebook,
    guess_renames,
    list_changes,
    merge_codebooks,
)

BOOK = Codebook(
    (
        Code("Money", definition="What it does."),
        Code("fix", parent="Money", definition="It covers up."),
        Code("plan", parent="Money"),
        Code("Families"),
        Code("wait", parent="Families", terms=("list",)),
    )
)


def numbered(
    book: Codebook, before: NumberedCodebook | None = None, names: dict[str, str] | None = None
) -> NumberedCodebook:
    """Numbers that stay with the codes, also under new names; new codes get numbers of their own."""
    known = (
        {} if before is None else {code.name.casefold(): number for number, code in before.codes().items()}
    )
    old = {new.casefold(): name.casefold() for name, new in (names or {}).items()}
    given_numbers = {}
    for code in book.walk():
        name = code.name.casefold()
        given_numbers[name] = known.get(old.get(name, name), 1000 + crc32(name.encode()))
    return NumberedCodebook.of(book, given_numbers)


BASE = NumberedCodebook(tuple(range(1, 6)), BOOK)


def _given(said: Code) -> Callable[[Code], Code]:
    return lambda _: said


CHANGES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 9), st.integers(0, 99)), max_size=4
)


def change(start: NumberedCodebook, steps: list[tuple[int, int, int, int]]) -> NumberedCodebook:
    now = start
    for kind, first, second, serial in steps:
        codes = list(now.codebook.walk())
        code, other = codes[first % len(codes)], codes[second % len(codes)]
        names: dict[str, str] = {}
        try:
            match kind:
                case 0:
                    names = {code.name: f"name {serial}"}
                    book = edits.rename_codes(now.codebook, names)
                case 1:
                    book = edits.move_code(now.codebook, code.name, None if second % 2 else other.name)
                case 2:
                    book = edits.add_code(now.codebook, Code(f"new {serial}", parent=code.name))
                case 3 if len(codes) > 1:
                    book = edits.remove_code(now.codebook, code.name)
                case _:
                    said = replace(code, definition=f"means {serial}")
                    book = edits.change_code(now.codebook, code.name, _given(said))
        except CodeTreeError:
            continue
        now = numbered(book, now, names)
    return now


@given(CHANGES)
def test_what_one_side_changes_alone_is_the_outcome(steps: list[tuple[int, int, int, int]]) -> None:
    there = change(BASE, steps)
    for outcome in (
        merge_codebooks(BASE, there, BASE),
        merge_codebooks(BASE, BASE, there),
        merge_codebooks(BASE, there, there),
    ):
        assert dict(outcome.codes()) == dict(there.codes())
    assert list(merge_codebooks(BASE, BASE, there).codebook.walk()) == list(there.codebook.walk())
    assert list(merge_codebooks(there, there, BASE).codebook.walk()) == list(BOOK.walk())


@given(CHANGES, CHANGES)
def test_both_sides_come_to_the_same_whoever_is_first(
    left: list[tuple[int, int, int, int]], right: list[tuple[int, int, int, int]]
) -> None:
    ours, theirs = change(BASE, left), change(BASE, right)

    def outcome(side: NumberedCodebook, other: NumberedCodebook) -> object:
        try:
            return dict(merge_codebooks(BASE, side, other).codes())
        except MergeConflictError:
            return None

    assert outcome(ours, theirs) == outcome(theirs, ours)


def test_different_changes_of_one_thing_are_a_conflict() -> None:
    ours = NumberedCodebook(BASE.numbers, edits.rename_codes(BOOK, {"fix": "plaster"}))
    theirs = NumberedCodebook(BASE.numbers, edits.rename_codes(BOOK, {"fix": "patch"}))
    with pytest.raises(MergeConflictError, match="the name of “plaster”"):
        merge_codebooks(BASE, ours, theirs)


def test_what_one_takes_away_and_the_other_changes_is_a_conflict() -> None:
    ours = numbered(edits.remove_code(BOOK, "fix"), BASE)
    theirs = NumberedCodebook(
        BASE.numbers, edits.change_code(BOOK, "fix", lambda code: replace(code, definition="New."))
    )
    with pytest.raises(MergeConflictError, match="“fix” was removed by one and changed by another"):
        merge_codebooks(BASE, ours, theirs)


def test_a_rename_by_hand_is_known_by_what_the_code_says() -> None:
    assert guess_renames(BOOK, edits.rename_codes(BOOK, {"fix": "plaster"})) == {"fix": "plaster"}
    assert guess_renames(BOOK, edits.rename_codes(BOOK, {"Families": "Homes"})) == {"Families": "Homes"}
    assert guess_renames(BOOK, edits.rename_codes(BOOK, {"plan": "time"})) == {}, (
        "it says nothing to know it by"
    )


def test_another_encoding_of_a_name_is_a_rename() -> None:
    before, after = Codebook((Code("caf\u00e9"), Code("x"))), Codebook((Code("cafe\u0301"), Code("y")))
    assert guess_renames(before, after) == {"caf\u00e9": "cafe\u0301"}


def test_two_sides_that_add_names_which_read_alike_contradict_each_other() -> None:
    base = NumberedCodebook.of(Codebook((Code("x"),)), {"x": 1})
    ours = NumberedCodebook.of(Codebook((Code("x"), Code("caf\u00e9"))), {"x": 1, "caf\u00e9": 2})
    theirs = NumberedCodebook.of(Codebook((Code("x"), Code("cafe\u0301"))), {"x": 1, "cafe\u0301": -1})
    with pytest.raises(MergeConflictError, match="there twice"):
        merge_codebooks(base, ours, theirs)


def test_differences_are_told_line_by_line() -> None:
    book = edits.rename_codes(BOOK, {"fix": "plaster"})
    book = edits.change_code(book, "wait", lambda code: replace(code, terms=("queue",), is_deprecated=True))
    book = edits.move_code(edits.remove_code(book, "plan"), "wait", None)
    book = edits.add_code(book, Code("late", parent="Money", definition="Too late."))
    assert list_changes(BOOK, book, {"fix": "plaster"}) == [
        "~ “fix” is called “plaster”",
        "- “plan” is gone",
        "~ “wait” stands at the top",
        "~ “wait”: terms",
        "    - list",
        "    + queue",
        "~ “wait” is deprecated",
        "+ “late” is new below “Money”",
        "    definition: Too late.",
    ]
    assert list_changes(BOOK, edits.move_code(BOOK, "plan", "Money", before="fix")) == [
        "~ the order of the codes"
    ]
