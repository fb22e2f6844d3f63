from __future__ import annotations

import pytest

from quotegrid.domain.search.query import write_query
from quotegrid.domain.search.scope import names_somebody, ranks, split_query
from quotegrid.workflows.search.parse_query import parse


@pytest.mark.parametrize(
    ("query", "who", "what"),
    [
        ("", "", ""),
        ("group:parent", "group:parent", ""),
        ("code:wait", "", "code:wait"),
        ("group:parent text:roof -area:West", "group:parent (NOT area:West)", "text:roof"),
        ("group:parent OR code:wait", "", "group:parent OR code:wait"),
        (
            "(area:West OR role:head) wave:2 -code:wait",
            "(area:West OR role:head) wave:2",
            "NOT code:wait",
        ),
    ],
)
def test_a_query_is_parted_into_who_speaks_and_what_is_said(query: str, who: str, what: str) -> None:
    found = split_query(parse(query))
    assert found == (parse(who), parse(what))
    assert parse(" ".join(f"({write_query(part)})" for part in found if write_query(part))) is not None


def test_what_names_somebody_and_what_ranks_is_seen_at_any_depth() -> None:
    assert names_somebody(parse("group:parent (code:wait OR -case:Ada)"))
    assert not names_somebody(parse("group:parent text:case"))
    assert ranks(parse('group:parent near:"money"'))
    assert not ranks(parse("group:parent text:near"))
