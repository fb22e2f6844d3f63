from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.exemplars import exemplars, taking
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.sources.model import Certainty
from tests.exports.samples import quote

_QUOTES = st.lists(
    st.builds(
        lambda group, case, words: quote(0, "word " * words, group=group, case=f"{group} {case}"),
        st.sampled_from(["parent", "school", "health"]),
        st.integers(1, 4),
        st.integers(1, 90),
    ),
    max_size=20,
).map(lambda quotes: [replace(listed, id=number) for number, listed in enumerate(quotes)])


@given(_QUOTES, st.integers(1, 8))
def test_each_is_another_case_and_no_group_is_left_out_for_a_second_of_another(
    quotes: list[Quote], most: int
) -> None:
    chosen = exemplars(quotes, most)
    cases = {listed.case for listed in quotes}
    assert len({exemplar.case for exemplar in chosen}) == len(chosen) == min(most, len(cases))
    counts = {
        group: sum(exemplar.group == group for exemplar in chosen)
        for group in {exemplar.group for exemplar in quotes}
    }
    for group, number in counts.items():
        available = len({listed.case for listed in quotes if listed.group == group})
        assert number >= min(available, max(counts.values()) - 1)


def test_the_quote_of_a_middling_length_stands_for_a_case_and_unsure_ones_for_nobody() -> None:
    short, middling, long = (quote(number, "word " * words) for number, words in ((1, 3), (2, 30), (3, 200)))
    assert exemplars([short, long, middling], 3) == [middling]
    assert exemplars([replace(middling, certainty=Certainty.UNSURE)], 3) == []
    unnamed = [quote(number, "x", case=None) for number in (4, 5)]
    assert exemplars(unnamed, 5) == unnamed


def test_only_a_stance_towards_one_of_the_codes_is_taken() -> None:
    said = [
        replace(quote(1, "x"), stances={"quick fix": (Stance.DISPUTES,)}),
        replace(quote(2, "x"), stances={"Quick Fix": (Stance.SUPPORTS, Stance.DISPUTES)}),
        replace(quote(3, "x"), stances={"long wait": (Stance.DISPUTES,)}),
        quote(4, "x"),
    ]
    assert [taken.id for taken in taking(said, ["quick fix"], Stance.DISPUTES)] == [1, 2]
    assert [taken.id for taken in taking(said, ["quick fix"], Stance.SUPPORTS)] == [2]


def test_a_marked_quote_stands_for_its_case_and_comes_first() -> None:
    usual = quote(1, "word " * 35, group="school", case="Ann")
    marked = replace(quote(2, "word " * 4, group="school", case="Ann"), exemplar_of=("who pays",))
    other = quote(3, "word " * 35, group="school", case="Bo")
    assert exemplars([usual, marked, other], 2, ["Who Pays"]) == [marked, other]
    assert exemplars([usual, marked, other], 1, ["Who Pays"]) == [marked]
    assert exemplars([usual, marked, other], 2, ["the wait"]) == exemplars([usual, other], 2)
