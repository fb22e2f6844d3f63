from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.sources.memo_links import stored
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.sources.model import Comment
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.sources.memo_things import coding_of, known_things
from quotegrid.storage.sources.memos import (
    UNNAMED,
    NewMemo,
    add_memo,
    change_memo,
    count_own_memos,
    noted_cases,
    on_words,
    replace_comments,
    texts_on_segments,
)
from quotegrid.storage.sources.reading import remarks_on
from quotegrid.storage.sources.sources import add_source, find_source, remove_source
from quotegrid.storage.tables import CaseRow, CodeRow, MemoRow, SegmentRow, SourceRow
from tests.engines import REFUSED, outside
from tests.storage.decisions import add_decision
from tests.storage.samples import TALK, interview, report

ON_BOTH_ENGINES = True
SOURCE = interview("b.txt", *TALK)
FIRST, SECOND, _ = SOURCE.segments
COMMENTS = (
    Comment(FIRST.start, FIRST.start + 5, "Jo Field", "2025-03-04T10:00:00", "On a segment"),
    Comment(FIRST.start + 3, SECOND.start + 3, None, None, "Over two"),
    Comment(0, 2, "Ray", "2025-03-05", "On the interviewer"),
    Comment(SECOND.start, SECOND.start, "Ray", "2025-03-05", "At a point"),
)
NOTED = [
    (None, 0, 2, "Ray", "2025-03-05", "On the interviewer"),
    (4, FIRST.start, FIRST.start + 5, "Jo Field", "2025-03-04T10:00:00", "On a segment"),
    (None, FIRST.start + 3, SECOND.start + 3, UNNAMED, None, "Over two"),
    (5, SECOND.start, SECOND.start, "Ray", "2025-03-05", "At a point"),
]


def noted(database: Database) -> list[tuple[object, ...]]:
    with database.session() as session:
        return [
            (
                memo.segment,
                memo.start,
                memo.end,
                memo.author,
                None if memo.author == UNNAMED else memo.at,
                memo.text,
            )
            for memo in list_memos(session)
        ]


def number(database: Database) -> int:
    with database.session() as session:
        row = find_source(session, "b.txt")
    assert row is not None and row.id is not None
    return row.id


def test_comments_are_memos_on_the_segment_that_holds_them_or_else_on_the_source(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, replace(SOURCE, comments=COMMENTS))
    assert noted(database) == NOTED
    with database.session() as session:
        assert [memo.source for memo in list_memos(session)] == ["b.txt"] * 4
        assert [memo.text for memo in list_memos(session, segments=[5])] == ["At a point"]
        quotes = {quote.id: [memo.text for memo in quote.memos] for quote in load_quotes(session)}
    assert {key: texts for key, texts in quotes.items() if texts} == {4: ["On a segment"], 5: ["At a point"]}


def test_a_source_that_is_read_again_has_the_new_comments_only(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, replace(SOURCE, comments=COMMENTS))
    with database.session(write=True) as session:
        replace_comments(session, number(database), COMMENTS[:1])
    assert noted(database) == NOTED[1:2]
    source = number(database)
    with database.session(write=True) as session:
        remove_source(session, source)
    assert noted(database) == []


def test_memos_that_somebody_wrote_here_are_counted_and_stay(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, report("other.txt", ("A quick fix.", "LA leaders", None)))
        add_source(session, replace(SOURCE, comments=COMMENTS))
    source = number(database)
    with database.session(write=True) as session:
        coder = coder_id(session, "Ada")
        for about, about_id in (("source", source), ("segment", 5), ("source", source + 7), ("decision", 5)):
            session.add(MemoRow(coder_id=coder, about=about, about_id=about_id, text=f"On a {about}"))
    with database.session(write=True) as session:
        assert count_own_memos(session, source) == 2
        replace_comments(session, source, ())
    with database.session() as session:
        kept = {(memo.text, memo.source, memo.is_gone) for memo in list_memos(session)}
    # A memo on a source that was never there is listed too.
    assert kept == {
        ("On a source", "b.txt", False),
        ("On a segment", "b.txt", False),
        ("On a source", None, True),
    }


def test_a_comment_on_a_speakers_label_and_words_is_about_the_words(database: Database) -> None:
    whole = Comment(FIRST.start - 4, FIRST.end, "Ana", "2025-03-04", "On the paragraph")
    with database.session(write=True) as session:
        add_source(session, replace(SOURCE, comments=(whole,)))
    assert [memo[0] for memo in noted(database)] == [4]


def test_memos_on_each_kind_of_thing_are_listed_by_present_names_and_changes_are_only_added(
    database: Database,
) -> None:
    with database.session(write=True) as session:
        add_source(session, SOURCE)
        source = session.exec(select(SourceRow.id).where(SourceRow.name == "b.txt")).one()
        code = session.exec(select(CodeRow).where(CodeRow.name == "quick fix")).one()
        segment = session.exec(
            select(SegmentRow).where(SegmentRow.source_id == source, SegmentRow.start == FIRST.start)
        ).one()
        case = session.exec(select(CaseRow).where(CaseRow.id == segment.case_id)).one()
        coder = coder_id(session, "Ada")
        assert source is not None
        assert segment.id is not None
        add_decision(session, coder=coder, action=Action.APPLY, segment=segment.id, code=code.id)
        things = known_things(session, [f"[[b.txt:{SECOND.start}-{SECOND.end}]]"])
        words = stored(f"[[quick fix]] and [[b.txt:{SECOND.start}-{SECOND.end}]]", things)
        for memo in (
            NewMemo("study", words, day="2026-01-02"),
            NewMemo("code", "C", about_guid=code.guid, name="quick fix"),
            NewMemo("case", "P", about_guid=case.guid, name=case.name),
            NewMemo("coding", "G", about_id=segment.id, about_guid=code.guid, whose_id=coder, name="it"),
            on_words(session, source, FIRST.start, FIRST.end, "b.txt", "S"),
            on_words(session, source, 0, 3, "b.txt", "W"),
        ):
            add_memo(session, "Ada", memo)
        code.name = "faith"
        session.add(code)
        last = session.exec(select(MemoRow.id).where(MemoRow.text == "W")).one()
        assert last is not None
        change_memo(session, "Ada", last, "V")
        assert coding_of(session, segment.guid, code.guid) == {"Ada": (segment.id, coder)}
    with database.session() as session:
        told = {memo.text: (memo.subject, memo.about, memo.is_gone) for memo in list_memos(session)}
        assert noted_cases(session) == {case.guid}
        assert texts_on_segments(session) == [(segment.id, "S")]
        assert [memo.text for memo in remarks_on(session, source)] == ["V", "G", "S"]
    assert told == {
        f"[[faith]] and [[passage {segment.id + 1}]]": (MemoSubject.STUDY, "the study", False),
        "C": (MemoSubject.CODE, "faith", False),
        "P": (MemoSubject.CASE, case.name, False),
        "G": (MemoSubject.CODING, f"faith on passage {segment.id} of b.txt", False),
        "S": (MemoSubject.PASSAGE, f"passage {segment.id} of b.txt", False),
        "V": (MemoSubject.PASSAGE, "b.txt:0-3", False),
    }
    for change in ("UPDATE memo_change SET text = 'x'", "DELETE FROM memo_change"):
        with pytest.raises(REFUSED, match="are only ever added"), outside(database) as execute:
            execute(change)
