from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.search.completion import complete_query
from quotegrid.errors import QueryError
from quotegrid.workflows.search.parse_query import parse

WORDS = {
    "group": ["school", '"parent carer forum"', "parent"],
    "code": ['"who pays"', '"breathing space"', '"What the money does"/*'],
    "text": [],
    "on track": ["yes", "no", "none", "*"],
    "attribute.code": ["A1"],
}


def shown(query: str, cursor: int | None = None) -> list[str]:
    return [
        completion.shown
        for completion in complete_query(query, len(query) if cursor is None else cursor, WORDS)
    ]


def taken(query: str, number: int = 0, cursor: int | None = None) -> str:
    found = complete_query(query, len(query) if cursor is None else cursor, WORDS)
    return found[number].taken(query)[0]


def test_fields_come_first_then_their_values_quoted_where_they_have_to_be() -> None:
    assert shown("") == ["group", "code", "text", "on track", "attribute.code"]
    assert taken("gr") == "group:"
    assert shown("group:") == ["school", "parent carer forum", "parent"]
    assert taken('group:"parent c') == 'group:"parent carer forum"'
    assert taken("on") == '"on track":'
    assert shown('"on track":') == ["yes", "no", "none", "*"]
    assert taken("attr") == "attribute.code:"
    assert taken("attribute.code:") == "attribute.code:A1"


def test_what_stands_between_terms_is_offered_once_a_letter_is_typed() -> None:
    assert shown("code:x ne") == ["near code:"]
    assert taken("code:x wi", 1) == "code:x within turn"
    assert shown("a o") == ["on track", "OR"]


def test_what_has_it_at_the_beginning_comes_before_what_has_it_in_a_word() -> None:
    assert shown("code:w") == ["who pays", "What the money does/*"]
    assert shown("code:sp") == ["breathing space"]
    assert taken("code:wh", 1) == 'code:"What the money does"/*'


def test_only_the_word_at_the_cursor_is_replaced() -> None:
    query = "group:sch text:wait"
    assert taken(query, cursor=9) == "group:school text:wait"
    query = '(code:"brea" OR group:parent)'
    assert taken(query, cursor=11) == '(code:"breathing space" OR group:parent)'
    assert taken("-gr") == "-group:"


@given(
    before=st.text(alphabet='gpcode: "()-\\', max_size=12),
    after=st.text(alphabet='gp: "()', max_size=6),
    number=st.integers(0, 5),
)
def test_what_is_taken_stands_in_the_query_and_the_cursor_behind_it(
    before: str, after: str, number: int
) -> None:
    query = before + after
    found = complete_query(query, len(before), WORDS)
    if number < len(found):
        text, cursor = found[number].taken(query)
        assert text[:cursor].endswith(found[number].text)
        assert found[number].start <= len(before) <= found[number].end


@given(number=st.integers(0, 9), typed=st.sampled_from(["", "s", "par", "w", '"br', "yes"]))
def test_a_value_that_is_taken_can_be_read(number: int, typed: str) -> None:
    for field in WORDS:
        name = f'"{field}"' if " " in field else field
        found = complete_query(f"{name}:{typed}", len(name) + 1 + len(typed), WORDS)
        if number < len(found):
            try:
                parse(found[number].taken(f"{name}:{typed}")[0])
            except QueryError as error:
                raise AssertionError(found[number]) from error
