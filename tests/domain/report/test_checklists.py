from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from quotegrid.domain.report.checklists import Checklist, coreq, srqr


@pytest.mark.parametrize(("checklist", "name", "count"), [(coreq, "COREQ", 32), (srqr, "SRQR", 21)])
def test_all_items_come_in_their_order_with_a_question_and_what_is_known(
    checklist: Callable[[Mapping[int, str]], Checklist], name: str, count: int
) -> None:
    made = checklist({14: "2 coders.", 17: ""})
    assert made.name == name
    assert [item.number for item in made.items] == list(range(1, count + 1))
    assert all(item.question.endswith("?") and item.topic for item in made.items)
    assert len({item.topic for item in made.items}) == count
    answers = {item.number: item.answer for item in made.items if item.answer is not None}
    assert answers == {14: "2 coders.", 17: ""}


def test_items_have_the_numbers_of_the_published_lists() -> None:
    topics = {item.number: item.topic for item in coreq({}).items}
    assert [topics[number] for number in (24, 25, 26, 27)] == [
        "Coders",
        "Coding tree",
        "Derivation of themes",
        "Software",
    ]
    topics = {item.number: item.topic for item in srqr({}).items}
    assert [topics[number] for number in (1, 9, 12, 14, 21)] == [
        "Title",
        "Ethics",
        "What was studied",
        "Analysis",
        "Funding",
    ]
