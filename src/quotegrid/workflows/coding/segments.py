"""Segments made by hand: the coding of any range, and the widening, narrowing and splitting of codings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.text.ranges import Side, check_range, narrow_range, split_range, trim_range, widen_range
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import bring_in_step
from quotegrid.workflows.coding.add_decisions import LARGEST, DecisionOutcome, DecisionRequest, decide_in
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import named_source

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.hand_made import SegmentPlace, Utterance


@dataclass(frozen=True, slots=True)
class Cut:
    """The segments to which the coder's codings were moved."""

    segment: int
    start: int
    end: int


def segment_at(study: StudyFolder, source: str, start: int, end: int) -> int:
    """Return the number of the segment with these offsets, without outer white space; make it if needed.

    A new segment is not in use, and so is not listed or counted, until it is coded.

    Args:
        study: The study.
        source: The source's name.
        start: Its start in the source's text.
        end: Its end, exclusive.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If the range leaves its turn or quote, lies in an interviewer's turn, begins or ends in
            the middle of a word, or contains no words.
    """
    from quotegrid.storage.coding.decisions import coder_id

    with study.writing_session("cutting out a passage") as session:
        coder = coder_id(session, study.settings.coder_name())
        return find_or_cut(session, _source_id(session, study, source), start, end, coder).segment


def code_range(
    study: StudyFolder,
    source: str,
    start: int,
    end: int,
    code: str,
    *,
    stance: Stance | None = None,
    memo: str = "",
) -> DecisionOutcome:
    """Apply a code to any range within one turn, or within one quote of a report.

    The arguments are those of `segment_at`, and a code's name.

    Raises:
        UnknownNameError: If there is no such source or code.
        UsageError: If the range cannot be coded; see `segment_at`.
    """
    from quotegrid.storage.coding.decisions import coder_id

    bring_in_step(study)
    name = study.settings.coder_name()
    with study.writing_session("deciding") as session:
        cut = find_or_cut(session, _source_id(session, study, source), start, end, coder_id(session, name))
        return decide_in(session, name, [DecisionRequest(cut.segment, Action.APPLY, code, stance)], memo)[0]


def code_ranges(
    study: StudyFolder, source: str, ranges: Sequence[tuple[int, int]], code: str
) -> list[DecisionOutcome]:
    """Apply a code to several ranges of a source, each within one turn or quote; one undo takes all back.

    Raises:
        UnknownNameError: If there is no such source or code.
        UsageError: If one of the ranges cannot be coded; none is then.
    """
    from quotegrid.storage.coding.decisions import coder_id

    bring_in_step(study)
    name = study.settings.coder_name()
    with study.writing_session("deciding") as session:
        number, coder = _source_id(session, study, source), coder_id(session, name)
        cuts = [find_or_cut(session, number, start, end, coder) for start, end in ranges]
        return decide_in(session, name, [DecisionRequest(cut.segment, Action.APPLY, code) for cut in cuts])


def widen(study: StudyFolder, segment: int, side: Side) -> Cut:
    """Widen the coder's codings of a segment by one sentence of its turn.

    Other coders' codings stay. One undo restores the coder's.

    Args:
        study: The study.
        segment: The segment's number.
        side: Whether the sentence before it is taken in, or the one after it.

    Raises:
        UnknownNameError: If there is no such segment.
        UsageError: If the turn or quote ends there, or the coder has coded nothing on it.
    """
    return _move(study, segment, [wider_range(study, segment, side)])[0]


def narrow(study: StudyFolder, segment: int, side: Side) -> Cut:
    """Narrow the coder's codings of a segment by one sentence; see `widen`.

    Raises:
        UnknownNameError: If there is no such segment.
        UsageError: If it has only one sentence, or the coder has coded nothing on it.
    """
    return _move(study, segment, [narrower_range(study, segment, side)])[0]


def split(study: StudyFolder, segment: int, at: int) -> tuple[Cut, Cut]:
    """Move the coder's codings of a segment to each of its two parts; see `widen`.

    Args:
        study: The study.
        segment: The segment's number.
        at: The start of the second part, as an offset in the source's text.

    Raises:
        UnknownNameError: If there is no such segment.
        UsageError: If the offset lies outside the segment or within a word, if one part would have no words,
            or if the coder has coded nothing on it.
    """
    place, _, text = _read(study, segment)
    first, second = _move(study, segment, split_range(text, place.start, place.end, at))
    return first, second


def move(study: StudyFolder, segment: int, start: int, end: int) -> Cut:
    """Move the coder's codings of a segment to another range of the same turn; see `widen`.

    Raises:
        UnknownNameError: If there is no such segment.
        UsageError: If the range cannot be coded, or the coder has coded nothing on the segment.
    """
    _read(study, segment)
    return _move(study, segment, [(start, end)])[0]


def wider_range(
    study: StudyFolder, segment: int, side: Side, now: tuple[int, int] | None = None
) -> tuple[int, int]:
    """Return a segment's range with one more sentence of its turn.

    Args:
        study: The study.
        segment: The segment's number.
        side: Whether the sentence before it is taken in, or the one after it.
        now: Another range of the same turn to start from.

    Raises:
        UnknownNameError: If there is no such segment.
        UsageError: If the turn or quote ends there.
    """
    place, whole, text = _read(study, segment)
    found = widen_range(*(now or (place.start, place.end)), side, _sentences(study, text, whole))
    if found is None:
        where = "begins" if side is Side.BEFORE else "ends"
        what = "quote" if whole.turn_id is None else "turn"
        raise UsageError(f"the {what} {where} here, so passage {segment} cannot be widened.")
    return found


def narrower_range(
    study: StudyFolder, segment: int, side: Side, now: tuple[int, int] | None = None
) -> tuple[int, int]:
    """Return a segment's range with one sentence fewer; the arguments are those of `wider_range`.

    Raises:
        UnknownNameError: If there is no such segment.
        UsageError: If it has only one sentence.
    """
    place, whole, text = _read(study, segment)
    found = narrow_range(*(now or (place.start, place.end)), side, _sentences(study, text, whole))
    if found is None:
        raise UsageError(
            f"passage {segment} has only one sentence here, so it cannot be narrowed by one.",
            todo="To code some of its words, apply a code to their range.",
        )
    return found


def is_own(study: StudyFolder, segment: int) -> bool:
    """Return whether the coder has a coding on a segment."""
    from quotegrid.storage.coding.decision_log import own_codings

    with study.reading_session() as session:
        return own_codings(session, segment, study.settings.coder_name()) > 0


def accept_at(study: StudyFolder, segment: int, code: str, start: int, end: int) -> Cut:
    """Accept a segment's suggested code on another range of its turn, as one step.

    The suggestion is decided on, and the code stands on the range instead of the segment.

    Raises:
        UnknownNameError: If there is no such segment or code.
        UsageError: If the range cannot be coded; see `segment_at`.
    """
    _read(study, segment)
    return _move(study, segment, [(start, end)], accepting=code)[0]


def sentences_around(study: StudyFolder, segment: int) -> list[tuple[int, int]]:
    """Return the sentences of the turn or quote that contains a segment; offsets in the source's text.

    Raises:
        UnknownNameError: If there is no such segment.
    """
    _, whole, text = _read(study, segment)
    return _sentences(study, text, whole)


def _source_id(session: Session, study: StudyFolder, name: str) -> int:
    from quotegrid.storage.sources.sources import source_numbers

    return source_numbers(session)[named_source(session, study.root, name)]


def find_or_cut(session: Session, source_id: int, start: int, end: int, coder: int) -> Cut:
    """Find the segment at a range, or cut it out, in a transaction of the caller's; see `segment_at`.

    Raises:
        UsageError: If the range cannot be coded.
    """
    from quotegrid.storage.sources.hand_made import add_hand_made, segment_with, source_text

    text = source_text(session, source_id)
    if not 0 <= start < end <= len(text):
        raise UsageError(
            f"{start}-{end} is no range of this source.",
            todo=f"Write where it begins and ends, as offsets from 0 to {len(text)}.",
        )
    start, end = trim_range(text, start, end)
    if start == end:
        raise UsageError("there is only white space.", todo="Choose a range with words in it.")
    whole = _utterance_at(session, source_id, start, end)
    start, end = check_range(text, start, end, within=(whole.start, whole.end))
    number = segment_with(session, source_id, start, end) or add_hand_made(session, whole, start, end, coder)
    if number is None:
        raise UsageError(f"nothing that is said in {whole.start}-{whole.end} is data.")
    return Cut(number, start, end)


def _utterance_at(session: Session, source_id: int, start: int, end: int) -> Utterance:
    from quotegrid.storage.sources.hand_made import utterance_at

    whole = utterance_at(session, source_id, start, end)
    if whole is None:
        around = utterance_at(session, source_id, start, start + 1)
        if around is None:
            raise UsageError(
                f"no participant speaks at {start}.",
                todo="Choose a range within one turn, or within one quote of a report.",
            )
        what = "quote" if around.turn_id is None else "turn"
        raise UsageError(
            f"{start}-{end} goes beyond its {what}, {around.start}-{around.end}.",
            todo=f"Choose a range within one {what}; code the next one for itself.",
        )
    if whole.is_interviewer:
        raise UsageError(
            f"the turn {whole.start}-{whole.end} is an interviewer's.",
            todo="What interviewers say is context and is never coded.",
        )
    return whole


def _read(study: StudyFolder, segment: int) -> tuple[SegmentPlace, Utterance, str]:
    """Return a segment's place, the turn or quote that contains it, and the source's text."""
    from quotegrid.storage.sources.hand_made import segment_place, source_text

    with study.reading_session() as session:
        place = segment_place(session, segment) if 0 < segment <= LARGEST else None
        if place is None:
            raise UnknownNameError(f"there is no passage {segment}.", todo='"quotegrid quotes" lists them.')
        whole = _utterance_at(session, place.source_id, place.start, place.end)
        return place, whole, source_text(session, place.source_id)


def _sentences(study: StudyFolder, text: str, whole: Utterance) -> list[tuple[int, int]]:
    from quotegrid.corpus.text.segmentation import paragraph_spans
    from quotegrid.corpus.text.sentences import sentence_spans

    return [
        sentence
        for first, last in paragraph_spans(text, whole.start, whole.end)
        for sentence in sentence_spans(text, first, last, study.settings.pipeline)
    ]


def _move(
    study: StudyFolder, segment: int, ranges: Sequence[tuple[int, int]], *, accepting: str | None = None
) -> list[Cut]:
    """Move the coder's codings of a segment to other ranges, as one group of decisions.

    Args:
        study: The study.
        segment: The segment's number.
        ranges: The new ranges.
        accepting: A code that is accepted first and moved alone; None to move all that stand.
    """
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.coding.decision_log import standing_on
    from quotegrid.storage.coding.decisions import coder_id
    from quotegrid.storage.sources.hand_made import segment_place

    bring_in_step(study)
    name = study.settings.coder_name()
    with study.writing_session("deciding") as session:
        coder = coder_id(session, name)
        place = segment_place(session, segment)
        if place is None:
            raise UnknownNameError(f"there is no passage {segment}.")
        names = {number: code for code, number in code_ids(session).items()}

        def own(number: int) -> dict[str, Stance | None]:
            return {names[coding.code]: coding.stance for coding in standing_on(session, number, coder)}

        codings = own(segment)
        wanted: list[DecisionRequest] = []
        if accepting is not None:
            wanted = [DecisionRequest(segment, Action.ACCEPT, accepting)]
            codings = {accepting: codings.get(accepting)}
        if not codings:
            raise UsageError(
                f"no coding of yours stands on passage {segment}, so there is nothing to move.",
                todo="Accept or apply a code first.",
            )
        cuts = [find_or_cut(session, place.source_id, start, end, coder) for start, end in ranges]
        if [cut.segment for cut in cuts] != [segment]:
            wanted += [DecisionRequest(segment, Action.MOVE, code) for code in codings]
            for cut in cuts:
                there = own(cut.segment)
                wanted += [
                    DecisionRequest(cut.segment, Action.APPLY, code, None if there.get(code) else stance)
                    for code, stance in codings.items()
                ]
        decide_in(session, name, wanted)
        return cuts
