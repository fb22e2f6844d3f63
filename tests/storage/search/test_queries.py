"""SQL finds what the rule says, on any study and any query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.people.case_values import Origin, StatedValue
from quotegrid.domain.search.comparison import read_comparison
from quotegrid.domain.search.conditions import (
    AllOf,
    AnyOf,
    AttributeCondition,
    CodeCondition,
    CoderCondition,
    CodingCondition,
    ComparedCondition,
    KindCondition,
    LengthCondition,
    Meaning,
    MemoCondition,
    NearWordsCondition,
    NoneOf,
    PatternCondition,
    ReadCondition,
    RelatedCondition,
    SinceCondition,
    StanceCondition,
    UntilCondition,
    WildcardCondition,
    WordsCondition,
)
from quotegrid.domain.search.meaning import bind_codings
from quotegrid.domain.search.query import Sort
from quotegrid.domain.search.relations import Relation, Scope
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database, Session
from quotegrid.storage.people.case_values import settle, value_row
from quotegrid.storage.search.pages import page
from quotegrid.storage.search.queries import QueryCondition, matching_segments
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.search.values import QueryValues
from quotegrid.storage.sources.memos import NewMemo, add_memo
from quotegrid.storage.sources.sources import add_source
from quotegrid.storage.tables import (
    AnySegmentRow,
    CaseRow,
    CodeRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    SegmentRow,
    SourceRow,
)
from tests.profiles import examples
from tests.storage.conftest import Templates
from tests.storage.decisions import add_decision
from tests.storage.samples import interview, report
from tests.storage.search.rule import Passage, StandingCoding, matches

ON_BOTH_ENGINES = True
CODES = ("Money", "quick fix", "room to plan", "Families", "long wait")
CODERS = ("ana", "ben")
codings = st.lists(
    st.tuples(
        st.sampled_from(CODERS), st.integers(1, 7), st.sampled_from(CODES), st.sampled_from([None, *Stance])
    ),
    max_size=14,
)
asides: st.SearchStrategy[Meaning] = st.one_of(
    st.builds(StanceCondition, st.sampled_from(Stance)),
    st.builds(CoderCondition, st.sampled_from(CODERS)),
    st.builds(SinceCondition, st.sampled_from(["2000", "2999"])),
    st.builds(UntilCondition, st.sampled_from(["2000", "2999"])),
)
leaves: st.SearchStrategy[Meaning] = st.one_of(
    asides,
    st.builds(CodeCondition, st.frozensets(st.sampled_from(CODES), min_size=1, max_size=5)),
    st.just(CodingCondition()),
    st.builds(KindCondition, st.sampled_from(SegmentKind)),
    st.builds(
        AttributeCondition, st.just("group"), st.sampled_from(["school", "parent", "local authority", "none"])
    ),
    st.builds(AttributeCondition, st.just("role"), st.sampled_from(["HEADTEACHER", "parent", "la leaders"])),
    st.builds(
        AttributeCondition, st.just("area"), st.sampled_from(["Westhay", "Eastlow", "Northmoor", "Southby"])
    ),
    st.builds(AttributeCondition, st.just("case"), st.sampled_from(["ada stone", "r"]), st.booleans()),
    st.builds(AttributeCondition, st.just("source"), st.sampled_from(["talk.txt", "report"]), st.booleans()),
    st.builds(
        AttributeCondition, st.sampled_from(["wave", "region"]), st.sampled_from(["1", "2", "3", "east"])
    ),
    st.builds(
        WordsCondition, st.sampled_from(["fix", "quick fix", "a patch", "room", "fourteen months", "absent"])
    ),
    st.builds(WordsCondition, st.sampled_from(["fo", "a pat", "ro"]), st.just(True)),
    st.builds(
        AttributeCondition, st.sampled_from(["wave", "area", "case", "date"]), st.just(""), st.just(True)
    ),
    st.builds(
        ComparedCondition,
        st.sampled_from(["wave", "region", "date"]),
        st.sampled_from(
            [">1", ">=2", "<2", "<=2", "2..3", "..2", "2024-11..2025-01", ">2025-01", "<=2025", "2024..2024"]
        ).map(read_comparison),
    ),
    st.builds(LengthCondition, st.sampled_from(["<5", ">=5", "4..6"]).map(read_comparison)),
    st.builds(
        NearWordsCondition,
        st.sampled_from([("roof", "patch"), ("months", "of"), ("a", "a"), ("we", "room", "had")]),
        st.integers(0, 4),
    ),
    st.builds(PatternCondition, st.sampled_from(["r[oi]+m", "^a ", "fix[.]$", "(a|b)c"])),
    st.builds(WildcardCondition, st.sampled_from(["r*m", "*ix", "f*", "a p*h", "*"])),
    st.builds(MemoCondition, st.sampled_from([None, "look ag*n", "again", "nothing"])),
    st.just(ReadCondition()),
)


def related_parts(parts: st.SearchStrategy[Meaning]) -> st.SearchStrategy[Meaning]:
    near = st.builds(RelatedCondition, parts, parts, st.just(Relation.NEAR), st.sampled_from(Scope))
    scopes = st.sampled_from([scope for scope in Scope if scope is not Scope.PASSAGE])
    return near | st.builds(RelatedCondition, parts, parts, st.just(Relation.BEFORE), scopes)


queries: st.SearchStrategy[Meaning] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(NoneOf, parts),
        related_parts(parts),
        *(st.builds(kind, st.lists(parts, max_size=3).map(tuple)) for kind in (AllOf, AnyOf)),
    ),
    max_leaves=9,
)


@pytest.fixture(scope="module")
def seven(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Seven segments: an interview, a report with groups and areas of its own, and Ray's second interview."""
    folder = tmp_path_factory.mktemp("queries")
    database = Database(templates.copy(templates.stocked, folder / "quotegrid.db"))
    with database.session(write=True) as session:
        add_source(
            session,
            report(
                "Report.txt",
                ("A patch on a roof.", "LA leaders", "local authority"),
                ("No change.", "Parent", None),
                ("We had room.", "Headteacher", "school"),
            ),
        )
        add_source(
            session,
            interview("again.txt", ("Ray", "Still a fix."), area="Southby", attributes={"region": "east"}),
        )
        # Ray is in another wave in each of his two interviews.
        for source_id, wave in ((1, "1"), (3, "2")):
            said = StatedValue("wave", wave, Origin.TABLE, "waves.csv", source_id)
            session.add(value_row(said, 2, source_id, "Ray"))
        settle(session)
        own = session.get_one(AnySegmentRow, 6)
        own.area, own.attributes = "Westhay", {"wave": "3"}
        empty = session.get_one(CaseRow, 2)
        empty.area = ""
        # Ada says two passages in one turn.
        session.get_one(AnySegmentRow, 3).turn_id = session.get_one(AnySegmentRow, 1).turn_id
        for coder in CODERS:
            coder_id(session, coder)
        for segment, words in ((2, "Look again: a list."), (5, "Nothing")):
            add_memo(session, "ana", NewMemo("segment", words, segment))
    yield database
    database.close()
    templates.drop(database)


@contextmanager
def study(seven: Database, made: list[tuple[str, int, str, Stance | None]]) -> Iterator[Session]:
    """The seven with codings, which are given up afterwards: the log of decisions cannot be emptied."""
    with seven.session(write=True) as session:
        for coder, segment, code, stance in made:
            add_decision(
                session,
                coder=coder_id(session, coder),
                action=Action.APPLY,
                segment=segment,
                code=code_ids(session)[code],
                stance=stance,
            )
        yield session
        session.rollback()


def add_piece(session: Session, of: int) -> None:
    """A passage that stands within another one."""
    whole = session.get_one(AnySegmentRow, of)
    values = {**whole.model_dump(exclude={"id"}), "guid": "piece", "end": whole.end - 3, "words": 4}
    session.add(AnySegmentRow(**values))
    session.flush()


def standing(session: Session) -> dict[int, list[StandingCoding]]:
    found: dict[int, list[StandingCoding]] = {}

    rows = session.exec(
        select(CodingRow, CodeRow.name, CoderRow.name)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
    )
    for row, code, coder in rows:
        stance = None if row.stance is None else Stance(row.stance)
        found.setdefault(row.segment_id, []).append(StandingCoding(code, coder, row.at, stance))
    return found


def passages(session: Session) -> list[Passage]:
    read = sources_decided_on(session)
    codings = standing(session)
    rows = {
        number: (words, turn, source.name, source.date)
        for number, words, turn, source in session.exec(
            select(SegmentRow.id, SegmentRow.words, SegmentRow.turn_id, SourceRow).join(
                SourceRow, col(SourceRow.id) == SegmentRow.source_id
            )
        )
    }
    found = []
    for quote in load_quotes(session):
        words, turn, source, date = rows[quote.id]
        attributes = {"date": date or "", **quote.attributes}
        found.append(Passage(quote, codings.get(quote.id, []), words, turn, source in read, attributes))
    return found


def sources_decided_on(session: Session) -> set[str]:
    """The sources of which every passage has a decision; nothing here is undone."""
    decided = set(session.exec(select(DecisionRow.segment_id)))
    by_source: dict[str, list[bool]] = {}
    for quote in load_quotes(session):
        by_source.setdefault(quote.source, []).append(quote.id in decided)
    return {source for source, all_of_it in by_source.items() if all(all_of_it)}


@examples(150, quick=40)
@given(made=codings, asked=st.lists(queries, min_size=4, max_size=8))
def test_sql_finds_what_the_rule_says(
    seven: Database, made: list[tuple[str, int, str, Stance | None]], asked: list[Meaning]
) -> None:
    with study(seven, made) as session:
        add_piece(session, of=4)
        all_passages = passages(session)
        for query in map(bind_codings, asked):
            expected = {passage.quote.id for passage in all_passages if matches(query, passage, all_passages)}
            assert set(matching_segments(session, QueryCondition(session)(query))) == expected, query


def test_the_moment_of_a_coding_counts_as_since_and_not_as_until(seven: Database) -> None:
    with study(seven, [("ana", 2, "Money", None)]) as session:
        (coding,) = standing(session)[2]
        for condition, found in ((SinceCondition(coding.at), [2]), (UntilCondition(coding.at), [])):
            query = QueryCondition(session)(bind_codings(condition))
            assert matching_segments(session, query) == found


def _value(quote: Quote, sort: Sort) -> tuple[bool, str]:
    value = {Sort.GROUP: quote.group, Sort.AREA: quote.area, Sort.CASE: quote.case}.get(sort)
    return (not value, value or "") if sort is not Sort.SOURCE else (False, "")


@pytest.mark.parametrize("sort", [Sort.SOURCE, Sort.GROUP, Sort.AREA, Sort.CASE, Sort.NEWEST])
def test_pages_are_the_whole_in_pieces_and_in_order(seven: Database, sort: Sort) -> None:
    made: list[tuple[str, int, str, Stance | None]] = [
        ("ana", 6, "Money", None),
        ("ben", 2, "long wait", None),
    ]
    with study(seven, made) as session:
        values = QueryValues(session)
        condition = QueryCondition(session, values)(AllOf(()))
        total, whole = page(session, condition, values, sort=sort)
        assert total == len(whole) == 7
        quotes = load_quotes(session)
        if sort is Sort.NEWEST:
            assert whole[:2] == [2, 6]
            assert whole[2:] == [number for number in range(1, 8) if number not in (2, 6)]
        else:
            assert whole == [quote.id for quote in sorted(quotes, key=lambda quote: _value(quote, sort))]
        for limit in (1, 2, 3, 7, 9):
            pieces = [
                page(session, condition, values, sort=sort, offset=first, limit=limit)[1]
                for first in range(0, 7, limit)
            ]
            assert [number for piece in pieces for number in piece] == whole
        assert page(session, condition, values, sort=sort, offset=70, limit=5) == (7, [])
