from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import Measure
from quotegrid.domain.sources.model import SourceKind
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.storage.sources.sources import find_source
from quotegrid.storage.tables import AnySegmentRow
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.segments import (
    accept_at,
    code_range,
    move,
    narrow,
    segment_at,
    sentences_around,
    split,
    widen,
)
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.people.change_cases import merge_cases
from quotegrid.workflows.people.reversing import undo_case_change
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.list_suggestions import suggestion_records
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.profiles import examples

ON_BOTH_ENGINES = True

REPORT_TEXT = """\
# What we heard

## Waiting

Families told us how long it took.

> "We waited a year. Then a letter came."
> — Parent, Westhay

Others were content with what they got in the end.
"""


def text_of(study: StudyFolder, source: str) -> str:
    with study.reading_session() as session:
        row = find_source(session, source)
        assert row is not None
        return row.text


def standing(study: StudyFolder) -> dict[str, tuple[str, ...]]:
    """The codes that stand on each quote that has any, by its words."""
    return {quote.text: quote.codes for quote in list_quotes(study) if quote.codes}


def quote_of(study: StudyFolder, segment: int) -> Quote:
    return next(quote for quote in list_quotes(study) if quote.id == segment)


def place_of(study: StudyFolder, words: str, source: str = "head.md") -> tuple[int, int]:
    start = text_of(study, source).index(words)
    return start, start + len(words)


def everything(study: StudyFolder) -> list[tuple[object, ...]]:
    """All that is listed: the segments with who says them and what stands on them."""
    return [
        (quote.id, quote.text, quote.case, quote.codes, dict(quote.stances)) for quote in list_quotes(study)
    ]


def count_of(study: StudyFolder, code: str, count: Measure) -> float | int | None:
    """Return the count of a code in the column of schools."""
    matrix = make_matrix(study, rows="code", count=count, with_quotes=False).matrix
    return matrix.cells[matrix.rows.index(code)][0] if code in matrix.rows else 0


def words_heard(study: StudyFolder) -> list[int]:
    made = make_matrix(study, rows="code", count=measures.WORDS, with_quotes=False)
    return [base.words for base in made.matrix.bases.values()]


def test_any_range_of_a_turn_is_coded_and_is_a_quote_like_any_other(study: StudyFolder) -> None:
    start, end = place_of(study, "a patch on a roof")
    before = everything(study)
    done = code_range(study, "HEAD.md", start - 1, end + 1, "quick fix", stance=Stance.SUPPORTS, memo="vivid")
    quote = quote_of(study, done.segment)
    like = quote_of(study, 1)
    assert (quote.text, quote.start, quote.end) == ("a patch on a roof", start, end)
    assert (quote.codes, dict(quote.stances)) == (("quick fix",), {"quick fix": (Stance.SUPPORTS,)})
    same = ("case", "group", "role", "area", "kind", "heading", "attributes", "source")
    assert [getattr(quote, name) for name in same] == [getattr(like, name) for name in same]
    assert (quote.made_by, like.made_by) == ("tester", None)
    assert [listed.id for listed in list_quotes(study, query='text:roof code:"quick fix"')] == [done.segment]
    assert [listed.text for listed in list_quotes(study, query='text:"patch on a"')] == [
        like.text,
        quote.text,
    ]
    assert decision_records(study)[0]["memo"] == "vivid"
    undo(study)
    assert everything(study) == before
    assert [listed.id for listed in list_quotes(study, query="text:roof")] == [1]
    redo(study)
    assert quote_of(study, done.segment) == quote


def test_a_range_that_is_a_segment_already_is_that_segment(study: StudyFolder) -> None:
    assert code_range(study, "head.md", 196, 332, "quick fix").segment == 1
    again = code_range(study, "head.md", 197, 331, "quick fix")
    assert (again.segment, again.number) == (1, None)
    start, end = place_of(study, "waiting list. Months")
    made = segment_at(study, "head.md", start, end)
    assert made == 6
    assert segment_at(study, "head.md", start, end) == made
    assert len(list_quotes(study)) == 5
    assert code_range(study, "head.md", start, end, "long wait").segment == made
    assert len(list_quotes(study)) == 6


def test_a_range_may_run_over_two_segments_of_one_turn(study: StudyFolder) -> None:
    start, end = place_of(study, "gone near it.\n\nIt buys time")
    done = code_range(study, "head.md", start, end, "quick fix")
    assert quote_of(study, done.segment).text == "gone near it.\n\nIt buys time"
    assert quote_of(study, done.segment).case == "Ada Stone"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Honestly, it is a qu", 'in the middle of "quick"'),
        ("onestly, it is", 'in the middle of "Honestly"'),
        ("whole summer.\n\n**Jo", "goes beyond its turn"),
        ("did the money", "is an interviewer's"),
        ("did the money change?\n\n**Ada Stone:** Honestly", "goes beyond its turn"),
        ("area: Westhay", "no participant speaks"),
        (", ", "nothing is said"),
    ],
)
def test_a_range_that_cannot_be_coded_is_refused_and_nothing_is_kept(
    study: StudyFolder, words: str, said: str
) -> None:
    before = everything(study)
    with pytest.raises(UsageError, match=said):
        code_range(study, "head.md", *place_of(study, words), "quick fix")
    assert (everything(study), decision_records(study)) == (before, [])
    with study.reading_session() as session:
        assert session.get(AnySegmentRow, 6) is None


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (300, 200), (0, 10**30), (10**30, 10**31), (300, 300)])
def test_offsets_outside_the_text_are_refused(study: StudyFolder, start: int, end: int) -> None:
    with pytest.raises(UsageError):
        code_range(study, "head.md", start, end, "quick fix")


def test_an_unknown_source_code_or_segment_is_named(study: StudyFolder) -> None:
    with pytest.raises(UnknownNameError, match=r'no source "haed.md".*Did you mean head.md'):
        code_range(study, "haed.md", 197, 331, "quick fix")
    with pytest.raises(UnknownNameError, match="no code"):
        code_range(study, "head.md", *place_of(study, "a patch"), "quik fix")
    for wrong in (99, 0, -1, 10**30):
        with pytest.raises(UnknownNameError, match="there is no passage"):
            widen(study, wrong, Side.AFTER)
    with study.reading_session() as session:
        assert session.get(AnySegmentRow, 6) is None


def test_widening_moves_the_coders_own_codings_with_their_stances(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_segment(study, 2, Action.APPLY, "room to plan", stance=Stance.MIXED)
    decide_segment(study, 2, Action.APPLY, "Money")
    monkeypatch.setenv("QUOTEGRID_CODER", "kim")
    decide_segment(study, 2, Action.APPLY, "quick fix")
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    before = everything(study)
    cut = widen(study, 2, Side.BEFORE)
    wide = quote_of(study, cut.segment)
    assert wide.text.startswith("The cause is\nstill there")
    assert wide.text.endswith("one whole summer.")
    assert (wide.start, wide.end) == (cut.start, cut.end)
    assert set(wide.codes) == {"room to plan", "Money"}
    assert dict(wide.stances) == {"room to plan": (Stance.MIXED,)}
    assert quote_of(study, 2).codes == ("quick fix",)
    wider = widen(study, widen(study, cut.segment, Side.BEFORE).segment, Side.BEFORE)
    assert quote_of(study, wider.segment).start == 197
    assert cut.segment not in {quote.id for quote in list_quotes(study)}
    with pytest.raises(UsageError, match=f"the turn begins here, so passage {wider.segment}"):
        widen(study, wider.segment, Side.BEFORE)
    with pytest.raises(UsageError, match="the turn ends here"):
        widen(study, wider.segment, Side.AFTER)
    after = everything(study)
    for _ in range(3):
        assert undo(study) is not None
    assert everything(study) == before
    for _ in range(3):
        assert redo(study) is not None
    assert everything(study) == after


def test_narrowing_and_widening_lead_back_to_the_imported_segment(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix", stance=Stance.SUPPORTS)
    last = narrow(study, 1, Side.AFTER)
    assert quote_of(study, last.segment).text == (
        "Honestly, it is a quick fix. It is a patch on a roof that leaks everywhere else."
    )
    middle = narrow(study, last.segment, Side.BEFORE)
    assert list(standing(study)) == ["It is a patch on a roof that leaks everywhere else."]
    with pytest.raises(UsageError, match="has only one sentence"):
        narrow(study, middle.segment, Side.BEFORE)
    with pytest.raises(UsageError, match="has only one sentence"):
        narrow(study, middle.segment, Side.AFTER)
    back = widen(study, widen(study, middle.segment, Side.BEFORE).segment, Side.AFTER)
    assert (back.segment, quote_of(study, 1).codes) == (1, ("quick fix",))
    assert dict(quote_of(study, 1).stances) == {"quick fix": (Stance.SUPPORTS,)}
    assert len(list_quotes(study)) == 5


def test_splitting_gives_each_part_the_coders_codings(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix", stance=Stance.SUPPORTS)
    decide_segment(study, 1, Action.APPLY, "Money")
    before = everything(study)
    at = place_of(study, "It is a patch")[0]
    split(study, 1, at)
    assert standing(study) == {
        "Honestly, it is a quick fix.": ("Money", "quick fix"),
        "It is a patch on a roof that leaks everywhere else. The cause is\n"
        "still there and nobody has gone near it.": ("Money", "quick fix"),
    }
    assert count_of(study, "quick fix", measures.QUOTES) == 2
    undo(study)
    assert everything(study) == before
    log = decision_records(study)
    assert {decision["together"] for decision in log[2:8]} == {3}
    assert [decision["decision"] for decision in log[2:8]] == ["move", "move", *["apply"] * 4]
    for wrong, said in (
        (197, "is not within the passage"),
        (331, "is not within the passage"),
        (place_of(study, "atch on a")[0], 'in the middle of "patch"'),
        (330, "nothing is said"),
    ):
        with pytest.raises(UsageError, match=said):
            split(study, 1, wrong)
    assert everything(study) == before


def test_what_is_not_coded_by_the_coder_cannot_be_moved(study: StudyFolder) -> None:
    at = place_of(study, "It is a patch")[0]
    changes: list[Callable[[], object]] = [
        lambda: widen(study, 1, Side.AFTER),
        lambda: narrow(study, 1, Side.AFTER),
        lambda: split(study, 1, at),
        lambda: move(study, 1, 197, at),
    ]
    for change in changes:
        with pytest.raises(UsageError, match="no coding of yours stands on passage 1"):
            change()
    assert decision_records(study) == []


def test_a_range_that_has_the_code_already_keeps_its_own_stance(study: StudyFolder) -> None:
    start, end = place_of(study, "It buys time, I will say that.")
    narrow_one = code_range(study, "head.md", start, end, "quick fix", stance=Stance.DISPUTES).segment
    decide_segment(study, 2, Action.APPLY, "quick fix", stance=Stance.SUPPORTS)
    assert narrow(study, 2, Side.AFTER).segment == narrow_one
    assert dict(quote_of(study, narrow_one).stances) == {"quick fix": (Stance.DISPUTES,)}
    undo(study)
    assert dict(quote_of(study, 2).stances) == {"quick fix": (Stance.SUPPORTS,)}
    assert move(study, 2, 333, 405).segment == 2
    assert quote_of(study, 2).codes == ("quick fix",)


def test_a_suggestion_is_accepted_on_another_range(suggested: StudyFolder) -> None:
    start, end = place_of(suggested, "Honestly, it is a quick fix.")
    cut = accept_at(suggested, 1, "quick fix", start, end)
    assert standing(suggested) == {"Honestly, it is a quick fix.": ("quick fix",)}
    waiting = [(record["segment"], record["code"]) for record in suggestion_records(suggested)]
    assert (1, "quick fix") not in waiting
    assert [record["decision"] for record in decision_records(suggested)] == ["accept", "move", "apply"]
    assert quote_of(suggested, cut.segment).made_by == "tester"
    undo(suggested)
    assert standing(suggested) == {}
    assert (1, "quick fix") in [
        (record["segment"], record["code"]) for record in suggestion_records(suggested)
    ]


def test_what_was_cut_by_hand_teaches_and_gets_no_suggestions_of_its_own(suggested: StudyFolder) -> None:
    start, end = place_of(suggested, "a patch on a roof")
    made = code_range(suggested, "head.md", start, end, "quick fix").segment
    suggest_codes(suggested, at_least=0.0)
    assert made not in {record["segment"] for record in suggestion_records(suggested, include_decided=True)}
    undo(suggested)
    suggest_codes(suggested, at_least=0.0)
    assert made not in {record["segment"] for record in suggestion_records(suggested, include_decided=True)}


def test_words_that_two_segments_share_are_counted_once(study: StudyFolder) -> None:
    decide_segment(study, 2, Action.APPLY, "room to plan")
    before = count_of(study, "room to plan", measures.WORDS), words_heard(study)
    assert before[0] == 16
    start, end = place_of(study, "We had room to plan")
    made = code_range(study, "head.md", start, end, "room to plan")
    assert (count_of(study, "room to plan", measures.WORDS), words_heard(study)) == before
    assert count_of(study, "room to plan", measures.QUOTES) == 1
    decide_segment(study, made.segment, Action.APPLY, "quick fix")
    assert count_of(study, "quick fix", measures.WORDS) == 5
    start, end = place_of(study, "gone near it.\n\nIt buys time")
    code_range(study, "head.md", start, end, "room to plan")
    assert count_of(study, "room to plan", measures.WORDS) == 16 + 3


def test_importing_again_keeps_what_was_cut_by_hand(study: StudyFolder) -> None:
    corpus = study.root / "corpus"
    start, end = place_of(study, "a patch on a roof")
    code_range(study, "head.md", start, end, "quick fix")
    before = everything(study)
    import_sources(study, [corpus], ReadingOptions())
    assert everything(study) == before
    (corpus / "head.md").rename(corpus / "other.md")
    summary = import_sources(study, [corpus], ReadingOptions())
    assert summary.renamed == [("head.md", "other.md")]
    assert everything(study) == before
    undo(study)
    file = corpus / "other.md"
    file.write_text(file.read_text(encoding="utf-8").replace("a patch", "a plaster"), encoding="utf-8")
    (problem,) = import_sources(study, [corpus], ReadingOptions()).problems
    assert "decisions that were taken back, and can be brought again, stand on the old text" in str(problem)
    redo(study)
    assert everything(study) == before


def test_what_was_cut_by_hand_goes_with_its_case_also_out_of_use(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, end = place_of(study, "a patch on a roof")
    made = code_range(study, "head.md", start, end, "quick fix").segment
    before = everything(study)
    undo(study)
    coder = study.settings.coder_name()
    monkeypatch.setenv("QUOTEGRID_CODER", "somebody else")
    merge_cases(study, "Ada Stone", "RAY MOSS", despite_groups=True)
    monkeypatch.setenv("QUOTEGRID_CODER", coder)
    redo(study)
    assert quote_of(study, made).case == "RAY MOSS"
    undo_case_change(study)
    assert everything(study) == before


def test_a_range_of_a_reports_quote_is_coded_and_never_leaves_it(study: StudyFolder) -> None:
    file = study.root / "heard.md"
    file.write_text(REPORT_TEXT, encoding="utf-8")
    import_sources(study, [file], ReadingOptions(kind=SourceKind.REPORT))
    like = next(quote for quote in list_quotes(study) if quote.source == "heard.md")
    start, end = place_of(study, "We waited a year.", "heard.md")
    made = code_range(study, "heard.md", start, end, "long wait").segment
    quote = quote_of(study, made)
    same = ("case", "group", "role", "area", "kind", "heading", "headings", "certainty", "voice")
    assert [getattr(quote, name) for name in same] == [getattr(like, name) for name in same]
    assert quote.role is not None
    wider = widen(study, made, Side.AFTER).segment
    assert quote_of(study, wider).text == 'We waited a year. Then a letter came."'
    assert widen(study, wider, Side.BEFORE).segment == like.id
    with pytest.raises(UsageError, match="the quote ends here"):
        widen(study, like.id, Side.AFTER)
    with pytest.raises(UsageError, match="goes beyond its quote"):
        code_range(study, "heard.md", start, end + 60, "long wait")


def test_sentences_are_those_of_the_whole_turn(study: StudyFolder) -> None:
    text = text_of(study, "head.md")
    said = [text[start:end] for start, end in sentences_around(study, 2)]
    assert said[0] == "Honestly, it is a quick fix."
    assert said[-1] == "We had room to plan for one whole summer."
    assert len(said) == 5


def _change(study: StudyFolder, kind: int, segment: int, which: int, at: int) -> None:
    changes: list[Callable[[], object]] = [
        lambda: code_range(study, "head.md", at, at + 3 * which, "quick fix", stance=Stance.MIXED),
        lambda: widen(study, segment, Side.BEFORE),
        lambda: widen(study, segment, Side.AFTER),
        lambda: narrow(study, segment, Side.BEFORE),
        lambda: narrow(study, segment, Side.AFTER),
        lambda: split(study, segment, at),
        lambda: decide_segment(study, which % 5 + 1, Action.APPLY, "long wait"),
        lambda: accept_at(study, which % 5 + 1, "Money", at, at + 60),
    ]
    changes[kind]()


@pytest.mark.dear
@examples(25, quick=8)
@given(steps=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 30), st.integers(150, 530)), max_size=6))
def test_undo_and_redo_lead_through_every_state_whatever_is_cut(
    study: StudyFolder, steps: list[tuple[int, int, int]]
) -> None:
    while undo(study) is not None:
        pass
    history = [everything(study)]
    for kind, which, at in steps:
        coded = [quote.id for quote in list_quotes(study) if quote.codes] or [1]
        segment = coded[which % len(coded)]
        made = len(decision_records(study))
        try:
            _change(study, kind, segment, which, at)
        except UsageError:
            assert len(decision_records(study)) == made
            assert everything(study) == history[-1]
            continue
        if len(decision_records(study)) > made:
            history.append(everything(study))
    assume(len(history) > 1)
    text = text_of(study, "head.md")
    for quote in list_quotes(study):
        if quote.source == "head.md":
            assert quote.text == text[quote.start : quote.end]
            assert quote.made_by is None or quote.codes
    for before in reversed(history[:-1]):
        assert undo(study) is not None
        assert everything(study) == before
    assert undo(study) is None
    for after in history[1:]:
        assert redo(study) is not None
        assert everything(study) == after
    assert redo(study) is None
