from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.search.conditions import WordsCondition
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.decision_log import entry_of_decision
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.matrix.bases import load_heard
from quotegrid.storage.people.cases import list_cases
from quotegrid.storage.search.queries import matching_segments
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.sources.full_text import says
from quotegrid.storage.sources.hand_made import (
    add_hand_made,
    hand_made,
    in_use,
    segment_place,
    segment_with,
    utterance_at,
)
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.sources.sources import add_source, find_source, list_sources, segment_texts
from quotegrid.storage.tables import AnySegmentRow, MemoRow, SegmentRow
from tests.storage.decisions import add_decision
from tests.storage.samples import report
from tests.storage.undo import undo_last

WORDS = "Nothing else"


def _source(session: Session, name: str = "talk.txt") -> tuple[int, str]:
    row = find_source(session, name)
    assert row is not None
    return row.id or 0, row.text


def _cut(session: Session, words: str, name: str = "talk.txt") -> int:
    source, text = _source(session, name)
    start = text.index(words)
    place = utterance_at(session, source, start, start + len(words))
    assert place is not None
    number = add_hand_made(session, place, start, start + len(words), coder_id(session, "jo"))
    assert number is not None
    return number


def _code(session: Session, segment: int) -> int:
    code = code_ids(session)["quick fix"]
    return add_decision(
        session, coder=coder_id(session, "jo"), action=Action.APPLY, segment=segment, code=code
    )


def _listed(session: Session) -> list[object]:
    """All that is read of segments in some way."""
    heard = load_heard(session, with_words=True)
    return [
        [quote.id for quote in load_quotes(session)],
        sorted(heard.speaker_of),
        sorted(heard.words),
        sorted(number for number, _, _, _ in segment_texts(session)),
        matching_segments(session, says(WordsCondition(WORDS, False))),
        [source.segments for source in list_sources(session)],
        [case.segments for case in list_cases(session)],
    ]


def test_a_cut_is_in_use_while_a_coding_stands_on_it(database: Database) -> None:
    with database.session(write=True) as session:
        before = _listed(session)
        made = _cut(session, WORDS)
        assert (made, in_use(session, [1, made]), hand_made(session)) == (4, {1}, set())
        assert _listed(session) == before
        _code(session, made)
        assert hand_made(session) == {made}
        after = _listed(session)
        assert after[0] == [1, made, 2, 3]
        assert after[4] == [1, made]
        quote = next(listed for listed in load_quotes(session) if listed.id == made)
        assert (quote.text, quote.case, quote.made_by) == (WORDS, "Ada Stone", "jo")
        jo = coder_id(session, "jo")
        undone = undo_last(session, "jo")
        assert undone is not None
        assert _listed(session) == before
        undo = entry_of_decision(session, undone[1][0])
        add_decision(session, coder=jo, action=Action.UNDO, segment=made, code=None, undoes=undo)
        assert _listed(session) == after
        add_decision(
            session,
            coder=coder_id(session, "kim"),
            action=Action.APPLY,
            segment=made,
            code=code_ids(session)["Money"],
        )
        assert undo_last(session, "jo") is not None
        assert _listed(session) == after


def test_a_cut_has_what_the_segment_has_with_which_it_shares_most(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, report("heard.txt", ("We had no room, none at all.", "Headteacher", "school")))
        made = _cut(session, "no room", "heard.txt")
        row, like = session.get_one(AnySegmentRow, made), session.get_one(AnySegmentRow, 4)
        own = {"id", "guid", "start", "end", "words", "text_hash", "made_by_id", "made_at", "is_idle"}
        assert row.model_dump(exclude=own) == like.model_dump(exclude=own)
        assert (row.words, row.is_idle, row.turn_id, row.role) == (2, True, None, "Headteacher")
        assert row.guid != like.guid
        place = segment_place(session, made)
        assert place is not None
        assert segment_with(session, place.source_id, place.start, place.end) == made
        assert utterance_at(session, place.source_id, 0, 5) is None


def test_a_memo_on_a_cut_outlives_its_use(database: Database) -> None:
    with database.session(write=True) as session:
        made = _cut(session, WORDS)
        _code(session, made)
        session.add(MemoRow(coder_id=coder_id(session, "jo"), about="segment", about_id=made, text="Short."))
        session.flush()
        (memo,) = list_memos(session)
        assert (memo.segment, memo.text, memo.source) == (made, "Short.", "talk.txt")
        assert undo_last(session, "jo") is not None
        (gone,) = list_memos(session)
        assert (gone.segment, gone.start, gone.end) == (None, memo.start, memo.end)


def test_nothing_is_written_through_what_is_read(database: Database) -> None:
    with database.session() as session:
        row = session.exec(select(SegmentRow).where(SegmentRow.id == 1)).one()
        row.words = 99
        session.add(row)
        with pytest.raises(OperationalError, match="is a view"):
            session.flush()
        session.rollback()
