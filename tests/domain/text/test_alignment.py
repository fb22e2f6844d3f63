"""The words of two versions are paired, each once."""

from __future__ import annotations

from quotegrid.domain.text.alignment import in_order, pair_words

OLD = "a b c d e f g h i j k l m n o p q r s t".split()


def test_what_is_between_equal_runs_is_compared_word_by_word() -> None:
    new = "a b c d e X g h i j k Y Z l m n o p q r s t".split()
    pairs = pair_words(OLD, new)
    assert [new[place] for place in pairs if place is not None] == [word for word in OLD if word != "f"]
    assert pairs[OLD.index("f")] is None


def test_a_run_that_moved_is_paired_and_is_not_in_order() -> None:
    new = [*OLD[8:], *OLD[:8]]
    pairs = pair_words(OLD, new)
    assert [new[place or 0] for place in pairs] == OLD
    assert in_order(pairs) == set(range(8, 20))


def test_a_short_run_out_of_order_is_not_believed() -> None:
    new = [*OLD[:2], *OLD[7:], "X", *OLD[2:6]]
    assert pair_words(OLD, new)[2:6] == [None] * 4


def test_no_word_is_paired_twice() -> None:
    pairs = pair_words("yes yes no yes".split(), "yes no".split())
    assert sorted(place for place in pairs if place is not None) == [0, 1]
    assert pair_words([], ["a"]) == []
    assert pair_words(["a"], []) == [None]
