from __future__ import annotations

from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.sources.questions import questions_before
from quotegrid.workflows.study.folder import StudyFolder

ON_BOTH_ENGINES = True


def test_each_segment_has_the_question_right_before_its_turn(study: StudyFolder) -> None:
    with study.reading_session() as session:
        asked = questions_before(session)
        said = {quote.id: quote.text for quote in load_quotes(session)}
    told = {said[number][:12]: question for number, question in asked.items()}
    assert len(told) > 1
    assert any("What did the money change?" in question for question in told.values())
    assert not any(question in said.values() for question in asked.values())
