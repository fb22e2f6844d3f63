from __future__ import annotations

from quotegrid.domain.report.coreq import method_items


def test_all_32_items_come_in_their_order_with_a_question_and_what_is_known() -> None:
    items = method_items({24: "2 coders.", 27: ""})
    assert [item.number for item in items] == list(range(1, 33))
    assert all(item.question.endswith("?") and item.topic for item in items)
    assert len({item.topic for item in items}) == 32
    assert {item.number: item.answer for item in items if item.answer is not None} == {
        24: "2 coders.",
        27: "",
    }
    topics = {item.number: item.topic for item in items}
    assert (topics[24], topics[25], topics[26], topics[27]) == (
        "Coders",
        "Coding tree",
        "Derivation of themes",
        "Software",
    )
