from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import heard_quotes
from quotegrid.domain.report.exemplars import exemplar_basis, exemplars
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


def _chosen(
    quotes: list[Quote], most: int, family: tuple[str, ...] = (), *, apart: bool = False
) -> list[Quote]:
    by_number = {listed.id: listed for listed in quotes}
    found = exemplars(heard_quotes(quotes), by_number, most, exemplar_basis(quotes), family, apart=apart)
    return [by_number[number] for number in found]


@given(_QUOTES, st.integers(0, 8))
def test_each_is_another_case_and_no_group_is_left_out_for_a_second_of_another(
    quotes: list[Quote], most: int
) -> None:
    chosen = _chosen(quotes, most)
    cases = {listed.case for listed in quotes}
    assert len({exemplar.case for exemplar in chosen}) == len(chosen) == min(most, len(cases))
    counts = {
        group: sum(exemplar.group == group for exemplar in chosen)
        for group in {exemplar.group for exemplar in quotes}
    }
    for group, number in counts.items():
        available = len({listed.case for listed in quotes if listed.group == group})
        assert number >= min(available, max(counts.values()) - 1)


@given(_QUOTES, st.integers(0, 8))
def test_of_a_case_and_of_a_group_the_quotes_nearest_to_35_words_are_chosen(
    quotes: list[Quote], most: int
) -> None:
    def distance(listed: Quote) -> int:
        return abs(len(listed.text.split()) - 35)

    chosen = _chosen(quotes, most)
    for exemplar in chosen:
        assert all(
            (distance(exemplar), exemplar.id) <= (distance(other), other.id)
            for other in quotes
            if other.case == exemplar.case
        )
    for group in {exemplar.group for exemplar in chosen}:
        of_group = [(distance(exemplar), exemplar.id) for exemplar in chosen if exemplar.group == group]
        assert of_group == sorted(of_group)


def test_the_quote_of_a_middling_length_stands_for_a_case_and_unsure_ones_for_nobody() -> None:
    short, middling, long = (quote(number, "word " * words) for number, words in ((1, 3), (2, 30), (3, 200)))
    assert _chosen([short, long, middling], 3) == [middling]
    assert _chosen([replace(middling, certainty=Certainty.UNSURE)], 3) == []
    unnamed = [quote(number, "x", case=None) for number in (4, 5)]
    assert _chosen(unnamed, 5) == unnamed


def test_quotes_of_a_case_that_count_apart_are_chosen_together() -> None:
    said = [quote(number, "word " * words) for number, words in ((1, 3), (2, 30), (3, 200))]
    assert _chosen(said, 5, apart=True) == [said[1], said[0], said[2]]
    assert _chosen(said, 2, apart=True) == [said[1], said[0]]


def test_of_equally_long_quotes_of_a_case_the_first_in_the_order_of_the_sources_stands_for_it() -> None:
    later = quote(1, "word " * 30, source="b.txt")
    first = quote(2, "word " * 40, source="A.txt")
    assert _chosen([later, first], 1) == [first]


def test_a_marked_quote_stands_for_its_case_and_comes_first() -> None:
    usual = quote(1, "word " * 35, group="school", case="Ann")
    marked = replace(quote(2, "word " * 4, group="school", case="Ann"), exemplar_of=("who pays",))
    other = quote(3, "word " * 35, group="school", case="Bo")
    assert _chosen([usual, marked, other], 2, ("Who Pays",)) == [marked, other]
    assert _chosen([usual, marked, other], 1, ("Who Pays",)) == [marked]
    assert _chosen([usual, marked, other], 2, ("the wait",)) == _chosen([usual, other], 2)
