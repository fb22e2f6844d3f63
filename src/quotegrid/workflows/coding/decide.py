"""Decisions, one by one from the workbench or the command line, or many from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.decisions import FALLS, Action, Stance
from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import bring_in_step, current_codebook
from quotegrid.workflows.coding.add_decisions import (
    LARGEST,
    NO_STANCE,
    DecisionOutcome,
    DecisionPlan,
    DecisionRequest,
    decide_in,
    stance_named,
    unknown_code,
)
from quotegrid.workflows.coding.decision_places import DecisionPlaces
from quotegrid.workflows.coding.decision_rows import DecisionLine, read_decision_file, refusals_at
from quotegrid.workflows.coding.replay_listing import read_listing
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

FROM_FILE = (Action.ACCEPT, Action.REJECT, Action.SKIP, Action.APPLY, Action.REMOVE, Action.MARK)


@dataclass(frozen=True, slots=True)
class FileSummary:
    """The result of reading a file of decisions."""

    made: int
    unchanged: int
    accepted: int
    rejected: int
    skipped: int
    marked: int
    """The number of decisions with a stance, on another action or alone."""
    undone: int = 0
    """The number of decisions that undo another one of the file."""
    left_out: int = 0
    """The number of rows of a listing whose codes are not in the codebook; none of them stands in the end."""
    cut_out: int = 0
    """The number of passages that were cut out at the places that the file names."""
    coders: tuple[str, ...] = ()
    """The coders whose decisions were added."""

    def sentences(self, reader: str) -> list[str]:
        """Return what there is to report besides the counts of decisions, in sentences.

        Args:
            reader: The coder who reads the file.
        """
        said = []
        if self.undone:
            said.append(f"{_number_of(self.undone, 'of them is an undo', 'of them are undos')}.")
        if set(self.coders) - {reader}:
            said.append(f"They are decisions of {', '.join(visible(name) for name in self.coders)}.")
        if self.cut_out:
            passages = _number_of(self.cut_out, "passage was", "passages were")
            said.append(f"{passages} cut out by hand where the file says so.")
        if self.left_out:
            rows = _number_of(self.left_out, "row was", "rows were")
            said.append(f"{rows} left out: their codes are not in the codebook, and none of them stands.")
        return said


def decide_suggestion(
    study: StudyFolder, suggestion: int, action: Action, memo: str = "", stance: Stance | None = None
) -> DecisionOutcome:
    """Accept, reject or skip a suggestion by its number.

    Raises:
        UnknownNameError: If there is no such suggestion.
    """
    from quotegrid.storage.suggestions.suggestions import find_suggestion

    bring_in_step(study)
    with study.writing_session("deciding") as session:
        found = find_suggestion(session, suggestion) if suggestion <= LARGEST else None
        if found is None:
            raise UnknownNameError(
                f"there is no suggestion {suggestion}.", todo='"quotegrid suggestions" lists them.'
            )
        code = None if action is Action.SKIP else found.code
        return _one(session, study, DecisionRequest(found.segment, action, code, stance), memo)


def decide_segment(
    study: StudyFolder,
    segment: int,
    action: Action,
    code: str | None = None,
    memo: str = "",
    stance: Stance | None = None,
) -> DecisionOutcome:
    """Accept, reject, apply or remove a code on a segment, mark its stance, or skip the segment.

    Raises:
        UnknownNameError: If there is no such segment or code.
        UsageError: If a stance is said of what does not stand.
    """
    bring_in_step(study)
    with study.writing_session("deciding") as session:
        return _one(session, study, DecisionRequest(segment, action, code, stance), memo)


def turn_stance(study: StudyFolder, segment: int, code: str) -> Stance | None:
    """Give a code on a segment the next stance, and return it.

    Raises:
        UsageError: If it does not stand by the coder's own decision.
    """
    stance = next_stance(study, segment, code)
    decide_segment(study, segment, Action.MARK, code, stance=stance)
    return stance


def next_stance(study: StudyFolder, segment: int, code: str) -> Stance | None:
    """Return the stance after the coder's own: supports, disputes, mixed, then none again."""
    from quotegrid.storage.coding.decision_log import own_stance

    with study.reading_session() as session:
        now = own_stance(session, segment, code, study.settings.coder_name())
    turns: list[Stance | None] = [None, *Stance]
    return turns[(turns.index(now) + 1) % len(turns)]


def decide_many(
    study: StudyFolder, wanted: Sequence[DecisionRequest], memo: str = ""
) -> list[DecisionOutcome]:
    """Make decisions that belong together: one undo takes them all back, one redo restores them.

    All are made or none. They are made in their order: a later one may follow from an earlier one.

    Args:
        study: The study.
        wanted: The decisions; one that would change nothing is not added.
        memo: A note, which is kept with the first that is made.

    Returns:
        What became of each, in the same order.

    Raises:
        UnknownNameError: If there is no such segment or code.
        UsageError: If a stance is said of what does not stand.
    """
    bring_in_step(study)
    with study.writing_session("deciding") as session:
        return decide_in(session, study.settings.coder_name(), wanted, memo)


def decide_from_file(study: StudyFolder, path: Path) -> FileSummary:
    """Make the decisions of a CSV file, all of them or none.

    The columns are segment, code, decision and, if wanted, memo, stance, coder and text. A segment is its
    number, its GUID, or "source:start-end"; source, start and end in columns of their own take its place. A
    row that would change nothing is not added. The listing of another study's decisions is read with its
    coders, undos and memos.

    Raises:
        DataError: If the file cannot be used; the message names the line.
    """
    codebook = current_codebook(study)
    reader = study.settings.coder_name()
    file = read_decision_file(path)
    with study.writing_session("deciding") as session:
        plan = DecisionPlan(session)
        places = DecisionPlaces(session, file.lines, plan.settle)
        if file.is_listing:
            taken = read_listing(
                session,
                path,
                file.lines,
                codebook,
                reader,
                lambda line: places.segment(line, line.coder or reader),
            )
            made = [(decision.action, decision.stance is not None) for decision in taken.added]
            unchanged, left_out = taken.unchanged, taken.left_out
            coders = {decision.coder for decision in taken.added}
        else:
            made, coders, unchanged, left_out = [], set(), 0, 0
            known: dict[str, set[int]] = {}
            for line in file.lines:
                known.setdefault(line.coder or reader, set()).update(places.known(line))
            for coder, segments in known.items():
                plan.read(coder, segments)
            for line in file.lines:
                coder = line.coder or reader
                with refusals_at(path, line.line):
                    wanted = _wanted(codebook, line, places, coder)
                    planned = plan.add(coder, wanted, line.memo)
                if planned.holds:
                    unchanged += 1
                else:
                    made.append((wanted.action, bool(line.stance)))
                    coders.add(coder)
            plan.write()
        cut_out = places.cut_out
    return _summary(made, unchanged, left_out, cut_out, sorted(coders))


def _number_of(number: int, singular: str, plural: str) -> str:
    return f"{number:,} {singular if number == 1 else plural}"


def _summary(
    made: Sequence[tuple[Action, bool]],
    unchanged: int,
    left_out: int,
    cut_out: int,
    coders: Sequence[str],
) -> FileSummary:
    counts = Counter(action for action, _ in made)
    return FileSummary(
        made=len(made),
        unchanged=unchanged,
        accepted=counts[Action.ACCEPT] + counts[Action.APPLY],
        rejected=counts[Action.REJECT] + counts[Action.REMOVE] + counts[Action.MOVE],
        skipped=counts[Action.SKIP],
        marked=sum(says_stance or action is Action.MARK for action, says_stance in made),
        undone=counts[Action.UNDO],
        left_out=left_out,
        cut_out=cut_out,
        coders=tuple(coders),
    )


def _wanted(codebook: Codebook, line: DecisionLine, places: DecisionPlaces, coder: str) -> DecisionRequest:
    action = next((accepted for accepted in FROM_FILE if accepted.value == line.decision.casefold()), None)
    if action is None:
        words = ", ".join(accepted.value for accepted in FROM_FILE)
        raise UnknownNameError(f'"{line.decision}" is not a decision.', todo=f"Write one of {words}.")
    segment = places.segment(line, coder)
    code = None
    if action is not Action.SKIP:
        known = codebook.get(one_line(line.code))
        if known is None:
            raise unknown_code(line.code, [listed.name for listed in codebook.codes])
        code = known.name
    if line.stance and action in (*FALLS, Action.SKIP):
        raise UsageError(f'a stance cannot be said with "{action.value}".', todo="Leave it empty.")
    return DecisionRequest(segment, action, code, stance_named(line.stance or NO_STANCE))


def _one(session: Session, study: StudyFolder, wanted: DecisionRequest, memo: str) -> DecisionOutcome:
    return decide_in(session, study.settings.coder_name(), [wanted], memo)[0]
