"""Give a code that stands one stance after the other."""

from __future__ import annotations

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.workflows.coding.add_decisions import Decided
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder


def turn_stance(study: StudyFolder, segment: int, code: str) -> tuple[Stance | None, Decided]:
    """Give a code that stands on a segment the next stance: supports, disputes, mixed, then none again.

    Returns:
        The stance, and what was decided.

    Raises:
        UsageError: If it does not stand by the coder's own decision.
    """
    from quotegrid.storage.coding.decisions import own_stance

    with study.reading_session() as session:
        now = own_stance(session, segment, code, study.settings.coder_name())
    turns: list[Stance | None] = [None, *Stance]
    following = turns[(turns.index(now) + 1) % len(turns)]
    return following, decide_segment(study, segment, Action.MARK, code, stance=following)
