"""The cycling of a coding through the stances."""

from __future__ import annotations

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder


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
