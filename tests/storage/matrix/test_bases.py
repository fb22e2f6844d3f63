from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix.bases import heard_quotes
from quotegrid.storage.engines.database import Database
from quotegrid.storage.matrix.bases import load_heard
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.suggestions.suggestions import pending_codes
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.segments import code_range
from quotegrid.workflows.study.folder import StudyFolder
from tests.engines import outside
from tests.profiles import examples

ON_BOTH_ENGINES = True


@examples(15, quick=6)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4),
            st.sampled_from(["quick fix", "long wait"]),
            st.sampled_from([Action.APPLY, Action.REMOVE, Action.REJECT]),
            st.sampled_from([None, *Stance]),
        ),
        max_size=6,
    )
)
def test_what_is_read_is_what_the_quotes_say(
    suggested: StudyFolder, decided: list[tuple[int, str, Action, Stance | None]]
) -> None:
    for segment, code, action, stance in decided:
        decide_segment(suggested, segment, action, code, stance=stance if action is Action.APPLY else None)
    with suggested.reading_session() as session:
        read = load_heard(session, with_words=True, with_suggestions=True)
        expected = heard_quotes(load_quotes(session, suggested=pending_codes(session)))
    assert dict(read.words) == dict(expected.words)
    for number, place in expected.speaker_of.items():
        assert read.speakers[read.speaker_of[number]] == expected.speakers[place]
    for ours, theirs in ((read.coded, expected.coded), (read.suggested, expected.suggested)):
        assert {code: found for code, found in ours.items() if found} == dict(theirs)
    assert dict(read.stances) == dict(expected.stances)


def test_what_is_cut_out_by_hand_is_read_as_the_quotes_say(suggested: StudyFolder) -> None:
    with suggested.reading_session() as session:
        (whole,) = load_quotes(session, only={1})
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    half = whole.text.index(" ", len(whole.text) // 2)
    for start, end in ((whole.start, whole.start + half), (whole.start + half + 1, whole.end)):
        code_range(suggested, whole.source, start, end, "quick fix")
    with suggested.reading_session() as session:
        read = load_heard(session, with_words=True)
        quotes = load_quotes(session)
    expected = heard_quotes(quotes)
    assert len(read.overlaps.ranges) == 3
    assert read.overlaps == expected.overlaps
    assert read.shared == expected.shared
    assert set(read.passages) == {quote.id for quote in quotes if quote.made_by is None}
    assert len(read.apart(read.with_codes(["quick fix"]))) == 1


def test_a_study_is_read_again_only_when_something_has_changed(suggested: StudyFolder) -> None:
    first = suggested.heard()
    assert suggested.heard() is first
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    second = suggested.heard()
    assert second is not first
    assert 1 in second.with_codes(["quick fix"])
    assert suggested.heard(with_words=True) is not second


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (
            'SELECT source_id, case_id, "group", role, area, attributes, group_concat(id), '
            "group_concat(words) FROM segment_in_use GROUP BY 1, 2, 3, 4, 5, 6",
            "ix_segment_speaker",
        ),
        ("SELECT coder_id, action, count(*) FROM decision GROUP BY 1, 2", "ix_decision_coder"),
        (
            "SELECT name FROM coder WHERE EXISTS (SELECT id FROM coding WHERE coder_id = coder.id)",
            "ix_coding_coder",
        ),
    ],
)
def test_what_is_counted_is_read_from_indexes_alone(database: Database, statement: str, index: str) -> None:
    with outside(database) as execute:
        plan = [str(step[-1]) for step in execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert any(f"COVERING INDEX {index}" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)
