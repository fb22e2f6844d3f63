from __future__ import annotations

from quotegrid.domain.report.coreq import method_items


def test_all_32_items_come_in_their_order_with_a_question_and_what_is_known() -> None:
    items = method_items({24: "2 coders.", 27: ""})
    assert [one.number for one in items] == list(range(1, 33))
    assert all(one.question.endswith("?") and one.topic for one in items)
    assert len({one.topic for one in items}) == 32
    assert {one.number: one.answer for one in items if one.answer is not None} == {24: "2 coders.", 27: ""}
    topics = {one.number: one.topic for one in items}
    assert (topics[24], topics[25], topics[26], topics[27]) == (
        "Coders",
        "Coding tree",
        "Derivation of themes",
        "Software",
    )
