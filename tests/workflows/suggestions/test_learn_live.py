"""Suggestions follow decisions as they are made."""

from __future__ import annotations

from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.coding.review import segments_in_order, waiting_suggestions
from quotegrid.storage.suggestions.suggestions import StoredSuggestion, list_suggestions
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.review.overview import study_overview
from quotegrid.workflows.coding.review.progress import ReviewProgress
from quotegrid.workflows.coding.status import study_status
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.learn_live import LearningChange, LiveSuggestions
from quotegrid.workflows.suggestions.list_suggestions import suggestion_records
from quotegrid.workflows.suggestions.suggest import suggest_codes


def suggestions(study: StudyFolder) -> dict[tuple[int, str], StoredSuggestion]:
    with study.reading_session() as session:
        return {(suggestion.segment, suggestion.code): suggestion for suggestion in list_suggestions(session)}


def segments(study: StudyFolder) -> list[int]:
    with study.reading_session() as session:
        return segments_in_order(session)


def test_what_is_suggested_at_once_is_what_suggesting_again_would_have_said(suggested: StudyFolder) -> None:
    live = LiveSuggestions(suggested)
    rows = segments(suggested)
    first = suggestions(suggested)
    assert live.catch_up(rows) == LearningChange()
    for segment in rows[:2]:
        best = min(
            (stored for stored in first.values() if stored.segment == segment),
            key=lambda suggestion: suggestion.rank,
        )
        decide_segment(suggested, segment, Action.ACCEPT, best.code)
    decide_segment(suggested, rows[2], Action.REJECT, min(code for row, code in first if row == rows[2]))
    changed = live.catch_up(rows).segments
    now = suggestions(suggested)
    assert changed and now != first
    suggest_codes(suggested, at_least=0.0)
    anew = suggestions(suggested)
    assert now.keys() == anew.keys()
    for place, learned in now.items():
        assert abs(learned.score - anew[place].score) < 0.011 or place[0] in rows[:3]
        if place[0] in changed and place[0] not in rows[:3]:
            assert (learned.rank, learned.evidence) == (anew[place].rank, anew[place].evidence)


def test_what_was_decided_on_stays_as_it_was(suggested: StudyFolder) -> None:
    live = LiveSuggestions(suggested)
    rows = segments(suggested)
    live.catch_up(rows)
    suggestion = next(iter(suggestions(suggested).values()))
    decide_segment(suggested, suggestion.segment, Action.REJECT, suggestion.code)
    live.catch_up(rows)
    assert suggestions(suggested)[suggestion.segment, suggestion.code] == suggestion


def test_an_undo_is_unlearned(suggested: StudyFolder) -> None:
    live = LiveSuggestions(suggested)
    rows = segments(suggested)
    live.catch_up(rows)
    before = suggestions(suggested)
    suggestion = next(iter(before.values()))
    decide_segment(suggested, suggestion.segment, Action.ACCEPT, suggestion.code)
    assert live.catch_up(rows[1:]).segments
    undo(suggested)
    live.catch_up(rows[1:])
    after = suggestions(suggested)
    assert after.keys() == before.keys()
    assert all(abs(after[place].score - before[place].score) < 0.011 for place in before)


def test_decisions_made_before_are_learned_when_it_begins(suggested: StudyFolder) -> None:
    rows = segments(suggested)
    suggestion = next(iter(suggestions(suggested).values()))
    decide_segment(suggested, suggestion.segment, Action.ACCEPT, suggestion.code)
    changed = LiveSuggestions(suggested).catch_up(rows[1:]).segments
    assert changed
    with suggested.reading_session() as session:
        nearest = [
            suggestion.evidence["nearest"] for suggestion in list_suggestions(session, segments=changed)
        ]
    assert suggestion.segment in nearest


def test_another_codebook_has_nothing_to_go_on_from(suggested: StudyFolder) -> None:
    text = suggested.codebook_path.read_text(encoding="utf-8")
    suggested.codebook_path.write_text(text + "\n  - name: Quite another\n", encoding="utf-8")
    before = suggestions(suggested)
    suggestion = next(iter(before.values()))
    decide_segment(suggested, suggestion.segment, Action.ACCEPT, suggestion.code)
    assert LiveSuggestions(suggested).catch_up(segments(suggested)) == LearningChange()
    assert suggestions(suggested) == before


def test_a_spoilt_file_is_as_good_as_none(suggested: StudyFolder) -> None:
    (suggested.root / ".quotegrid" / "scores.npz").write_bytes(b"half a fi")
    assert LiveSuggestions(suggested).catch_up(segments(suggested)) == LearningChange()


def test_segments_that_are_gone_are_passed_over(suggested: StudyFolder) -> None:
    rows = segments(suggested)
    suggestion = next(iter(suggestions(suggested).values()))
    live = LiveSuggestions(suggested)
    live.catch_up(rows)
    decide_segment(suggested, suggestion.segment, Action.ACCEPT, suggestion.code)
    assert max(rows) + 1000 not in live.catch_up([*rows[1:], max(rows) + 1000]).segments


def test_nothing_below_the_threshold_is_suggested_or_counted_after_any_decision(study: StudyFolder) -> None:
    suggest_codes(study, at_least=0.3)
    live = LiveSuggestions(study)
    rows = segments(study)
    live.catch_up(rows)
    first = suggestions(study)
    for row, code in first:
        if (row, code) not in suggestions(study):
            continue
        decide_segment(study, row, Action.REJECT, code)
        live.catch_up(rows)
        now = suggestions(study)
        assert min(suggestion.score for suggestion in now.values()) >= 0.3
        records = suggestion_records(study)
        with study.reading_session() as session:
            waiting = waiting_suggestions(session)
        progress = ReviewProgress(study).by_code()
        left = len(records)
        assert sum(pending.count for pending in waiting.values()) == left
        assert sum(line.total - line.done for line in progress) == left
        assert study_overview(study).figures.waiting == left
        status = study_status(study)
        assert status.suggestions - status.decided == left
    assert len(suggestions(study)) < len(first)


def test_a_suggestion_that_fell_below_the_threshold_comes_back_when_it_is_likely_again(
    study: StudyFolder,
) -> None:
    suggest_codes(study, at_least=0.3)
    live = LiveSuggestions(study)
    rows = segments(study)
    live.catch_up(rows)
    before = suggestions(study)
    decided: set[int] = set()
    gone: set[int] = set()
    for row, code in before:
        if gone or (row, code) not in suggestions(study):
            continue
        decide_segment(study, row, Action.REJECT, code)
        decided.add(row)
        live.catch_up([number for number in rows if number not in decided])
        gone = {row for row, _ in before} - {row for row, _ in suggestions(study)}
    assert gone
    while undo(study) is not None:
        pass
    changed = live.catch_up(sorted({row for row, _ in suggestions(study)}))
    assert changed.came_or_went and gone <= changed.segments
    assert suggestions(study).keys() == before.keys()


def test_it_is_told_whether_suggestions_are_to_be_counted_again(suggested: StudyFolder) -> None:
    live = LiveSuggestions(suggested)
    rows = segments(suggested)
    live.catch_up(rows)
    before = suggestions(suggested)
    first = min(row for row, _ in before)
    code = min(code for row, code in before if row == first)
    decide_segment(suggested, first, Action.REJECT, code)
    changed = live.catch_up([row for row in rows if row != first])
    # With a threshold of 0 and as many suggestions as codes, chances move and none comes or goes.
    assert changed.segments and not changed.came_or_went
    assert suggestions(suggested).keys() == before.keys()


def test_a_suggestion_that_goes_is_told(suggested: StudyFolder) -> None:
    scores = {place: suggestion.score for place, suggestion in suggestions(suggested).items()}
    first, *_, last = sorted({row for row, _ in scores})
    second = sorted((score for (row, _), score in scores.items() if row == last), reverse=True)[1]
    suggest_codes(suggested, at_least=second - 0.0001)
    live = LiveSuggestions(suggested)
    rows = segments(suggested)
    live.catch_up(rows)
    before = suggestions(suggested)
    for row, code in before:
        if row == first:
            decide_segment(suggested, row, Action.REJECT, code)
    assert live.catch_up(rows).came_or_went
    assert suggestions(suggested).keys() != before.keys()
