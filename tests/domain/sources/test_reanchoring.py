"""Ranges of a text are found again in its corrected version, or said not to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.sources.reanchoring import Outcome, Placement, Reanchoring, fitted
from tests.profiles import examples

OLD = """\
Nurse: How was the night?

Pat: Long. The bed was too short and the ward was never dark. Somebody rang a bell at four.

Nurse: And the breakfast?

Pat: Cold porridge, but the tea was good. I asked for another cup.

Nurse: Yes.

Pat: Yes, and that was that.
"""


def placed(new: str, words: str, old: str = OLD) -> tuple[Outcome, str]:
    start = old.index(words)
    found = Reanchoring(old, new).place(start, start + len(words))
    return found.outcome, new[found.start : found.end]


@pytest.mark.parametrize(
    ("before", "after", "words", "outcome", "found"),
    [
        ("Long. ", "Very long. ", "Somebody rang a bell", Outcome.KEPT, "Somebody rang a bell"),
        ("too short", "to short", "The bed was too short", Outcome.CHANGED, "The bed was to short"),
        ("too short", "tooshort", "The bed was too short", Outcome.CHANGED, "The bed was tooshort"),
        ("Somebody", "Some body", "Somebody rang a bell", Outcome.CHANGED, "Some body rang a bell"),
        ("porridge, but", "porridge but", "Cold porridge, but", Outcome.CHANGED, "Cold porridge but"),
        ("tea was good.", "tea was good. Really.", "the tea was good.", Outcome.KEPT, "the tea was good."),
        ("Pat:", "Patrick Lowe:", "I asked for another cup.", Outcome.KEPT, "I asked for another cup."),
        ("Long. ", "", "Long. ", Outcome.LOST, ""),
        (
            "The bed was too short and the ward was never dark. Somebody rang a bell at four.",
            "We spoke of football the whole evening instead.",
            "Somebody rang a bell at four.",
            Outcome.LOST,
            "",
        ),
    ],
)  # fmt: skip
def test_a_range_follows_its_words(before: str, after: str, words: str, outcome: Outcome, found: str) -> None:
    assert placed(OLD.replace(before, after), words) == (outcome, found)


def test_a_paragraph_that_moved_takes_its_codings_along() -> None:
    first, second, third, fourth, *rest = OLD.split("\n\n")
    moved = "\n\n".join([first, third, fourth, *rest, second])
    assert placed(moved, "The bed was too short and the ward was never dark.")[0] is Outcome.MOVED
    assert placed(moved, "I asked for another cup.") == (Outcome.KEPT, "I asked for another cup.")


def test_a_word_that_was_taken_out_is_not_found_in_another_mouth() -> None:
    start = OLD.index("Yes.")
    new = OLD.replace("Nurse: Yes.\n\n", "")
    assert Reanchoring(OLD, new).place(start, start + 4).outcome is Outcome.LOST
    later = OLD.index("Yes, and")
    found = Reanchoring(OLD, new).place(later, later + 3)
    assert (found.outcome, found.start) == (Outcome.KEPT, new.index("Yes, and"))


def test_whether_only_punctuation_differs_is_said() -> None:
    start = OLD.index("Cold porridge, but")
    end = start + len("Cold porridge, but the tea")
    assert (
        Reanchoring(OLD, OLD.replace("porridge, but", "porridge \u2013 But")).place(start, end).has_same_words
    )
    assert not Reanchoring(OLD, OLD.replace("Cold", "Tepid")).place(start, end).has_same_words


def test_a_place_is_fitted_to_the_passage_that_has_the_same_words() -> None:
    text = "Pat: \u201cCold porridge.\u201d And tea."
    start = text.index("Cold")
    kept = Placement(Outcome.KEPT, start, start + len("Cold porridge"))
    whole = (text.index("\u201c"), text.index("\u201d") + 1)
    assert fitted(text, kept, [whole]) == Placement(Outcome.CHANGED, *whole)
    assert fitted(text, kept, [(whole[0], len(text))]) == kept


def test_another_text_is_not_alike() -> None:
    other = (
        "Host: What shall we cook today? Guest: An onion tart, and then we see. Host: The oven is on at four."
    )
    assert Reanchoring(OLD, other).likeness() == 0.0
    assert Reanchoring(OLD, OLD.replace("Cold", "Tepid")).likeness() > 0.9


WORDS = st.lists(st.sampled_from("yes no the ward bed was cold tea and I asked for it".split()), max_size=30)


@examples(300, quick=40)
@given(
    old=st.lists(WORDS, min_size=1, max_size=6),
    new=st.lists(WORDS, min_size=1, max_size=6),
    cut=st.tuples(st.integers(0, 400), st.integers(1, 60)),
)
def test_a_range_that_is_not_listed_has_its_words_to_the_letter(
    old: list[list[str]], new: list[list[str]], cut: tuple[int, int]
) -> None:
    before, after = ("\n".join(" ".join(line) + "." for line in lines) for lines in (old, new))
    start = cut[0] % len(before)
    end = min(start + cut[1], len(before))
    found = Reanchoring(before, after).place(start, end)
    if found.outcome in (Outcome.KEPT, Outcome.MOVED):
        assert after[found.start : found.end] == before[start:end]
    elif found.outcome is Outcome.CHANGED:
        assert 0 <= found.start < found.end <= len(after)
    assert Reanchoring(before, before).place(start, end) == Placement(Outcome.KEPT, start, end)


@examples(100, quick=20)
@given(
    lines=st.lists(WORDS.filter(lambda words: len(words) > 4), min_size=2, max_size=8), at=st.integers(0, 200)
)
def test_a_sentence_that_is_added_leaves_every_other_word_in_its_place(
    lines: list[list[str]], at: int
) -> None:
    numbered = [" ".join([f"w{number}a", *words, f"w{number}z"]) for number, words in enumerate(lines)]
    before = "\n".join(numbered)
    place = at % (len(lines) + 1)
    after = "\n".join([*numbered[:place], "something wholly new was said", *numbered[place:]])
    for line in numbered:
        start = before.index(line)
        found = Reanchoring(before, after).place(start, start + len(line))
        assert (found.outcome, found.start) == (Outcome.KEPT, after.index(line))
