from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.search.query import (
    And,
    Everything,
    Field,
    Node,
    Not,
    Or,
    Related,
    Term,
    ValueForm,
    write_query,
)
from quotegrid.domain.search.relations import Relation, Scope
from quotegrid.errors import QueryError
from quotegrid.workflows.search.parse_query import MOST_CHARACTERS, parse

WITH_STAR = [Field.TEXT, Field.CODE, Field.GROUP, "wave", "on track"]
values = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
NAMES = ["wave", "on track", 'a"b\\', "attribute.code"]
SPECIAL = st.one_of(
    st.sampled_from(["none", "None", ">4", "<=2025-01", "4..5", "/a b/", "a*b", "*", "~5", "x~5"]), values
)
FORMS = [
    Term("wave", "none", form=ValueForm.MISSING),
    Term(Field.GROUP, "none", form=ValueForm.MISSING),
    Term("wave", "", is_open=True),
    Term(Field.MEMO, "", is_open=True),
    Term(Field.CODE, "", is_open=True),
    Term("on track", "<=2025-01", form=ValueForm.COMPARISON),
    Term(Field.WORDS, "4..5", form=ValueForm.COMPARISON),
    Term(Field.TEXT, r"a b|(\/c)", form=ValueForm.PATTERN),
    Term(Field.TEXT, "*wa*t", form=ValueForm.WILDCARD),
    Term(Field.TEXT, 'a "b"', distance=5),
]
leaves = st.one_of(
    st.builds(Term, st.sampled_from([*Field, *NAMES]), SPECIAL),
    st.sampled_from(FORMS),
    st.builds(Term, st.sampled_from(WITH_STAR), values, st.booleans()),
)


def _several(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(parts, min_size=2, max_size=3).map(tuple)


trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(And, _several(parts)),
        st.builds(Or, _several(parts)),
        st.builds(Related, parts, parts, st.just(Relation.NEAR), st.sampled_from(Scope)),
        st.builds(Related, parts, parts, st.just(Relation.BEFORE), st.sampled_from([Scope.TURN, Scope.CASE])),
    ),
    max_leaves=8,
)


@given(trees)
def test_what_is_written_is_read_as_the_same_tree(tree: Node) -> None:
    assert parse(write_query(tree)) == tree


def test_the_empty_query_asks_for_everything() -> None:
    assert parse("  ") == Everything()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a b OR c", "(text:a AND text:b) OR text:c"),
        ("NOT a b", "(NOT text:a) text:b"),
        ("-a OR b", "(NOT a) OR b"),
        ("GROUP:x", "group:x"),
        ("@mine", "saved:mine"),
        ("\u201cwho pays\u201d", '"who pays"'),
        ("buy*", "text:buy*"),
        ("band-aid 10:30", 'text:"band-aid" text:"10:30"'),
        ("a or b and c", "a OR (b AND c)"),
        ("a and not group:x", "a NOT group:x"),
        ('"and" "or" "not"', "text:and text:or text:not"),
        ("near miss before christmas", "text:near text:miss text:before text:christmas"),
        ("within reach", "text:within text:reach"),
        ("code:a near code:b", "code:a NEAR code:b WITHIN turn"),
        ("code:a before code:b", "code:a BEFORE code:b WITHIN source"),
        ("-code:a near (code:b or x) within case", "(NOT code:a) NEAR (code:b OR x) WITHIN case"),
        ("/a b|(c)/ wa*t", "text:/a b|(c)/ text:wa*t"),
        ('"a b"~5', 'text:"a b"~5'),
        ("attribute.case:x", "case:x"),
        ("attribute.wave:none", "wave:None"),
        ("ATTRIBUTE.code:x", '"attribute.code":x'),
    ],
)
def test_ways_to_write_the_same(text: str, same: str) -> None:
    assert parse(text) == parse(same)


def test_a_term_knows_its_column() -> None:
    query = parse("a (group:x OR -b)")
    assert [term.column for term in _terms(query)] == [1, 4, 16]


def _terms(query: Node) -> list[Term]:
    from quotegrid.domain.search.query import terms

    return list(terms(query))


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("a (b", 3, "the parenthesis is not closed"),
        ("(a) b)", 6, "was not opened"),
        ("a OR", 5, 'missing behind "OR"'),
        ("OR a", 1, '"OR" cannot stand here'),
        ("a AND AND b", 7, '"AND" cannot stand here'),
        ('group:x "abc', 9, "quotation mark is not closed"),
        ("a group:", 9, 'missing behind "group:"'),
        ("a group: b", 3, 'nothing stands behind "group:"'),
        ("group:(a)", 7, '"(" cannot stand here'),
        ('a group:""', 3, "nothing to look for"),
        ("text:*", 1, "nothing to look for"),
        ("a - b", 3, '"-" cannot stand here'),
        ("a and", 6, 'missing behind "and"'),
        ("or a", 1, '"or" cannot stand here'),
        ("a not b", 3, 'a small "not"'),
        ("code:a near code:b near code:c", 20, '"near" cannot stand here'),
        ("code:a NEAR", 12, 'missing behind "NEAR"'),
        ("code:a within turn", 8, '"within turn" cannot stand here'),
        ("code:a before code:b within passage", 22, "before itself"),
        ('code:"a b"~5', 6, "only words of text:"),
        ('text:"a"~5', 6, "at least two"),
        ('"a b"~1001', 1, "at most 1,000 words apart"),
        ("x" * (MOST_CHARACTERS + 1), MOST_CHARACTERS + 1, "longer than"),
        ("(" * 60 + "a" + " b)" * 60, 1, "too many parts"),
        ("a " * 201, 1, "too many parts"),
        ("-" * 3000 + "a", 1, "too many parts"),
        ("text:/a+/ " * 21, 1, "too many parts"),
        ('"a b"~3 w*t ' * 11, 1, "too many parts"),
        ("(" * 21 + "code:a" + " near code:b)" * 21, 1, "too many parts"),
    ],
    ids=lambda query: str(query)[:20],
)
def test_an_error_points_at_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.column, said in caught.value.what) == (column, True), caught.value.what


def test_the_caret_stands_under_the_column_whatever_stands_before_it() -> None:
    with pytest.raises(QueryError) as caught:
        parse("\u754c\u754c\t(a")
    shown, caret = str(caught.value).splitlines()[1:]
    assert shown == "  \u754c\u754c (a"
    assert caret == " " * 7 + "^"


@given(st.text(max_size=60))
def test_nothing_typed_ends_in_another_error(text: str) -> None:
    try:
        tree = parse(text)
    except QueryError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert parse(write_query(tree)) == tree
