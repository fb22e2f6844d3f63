"""The summary of a session in the workbench."""

from __future__ import annotations

from collections import Counter
from time import monotonic

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.study.folder import StudyFolder

_DONE = {
    Action.ACCEPT: "accepted",
    Action.APPLY: "applied by hand",
    Action.REJECT: "rejected",
    Action.REMOVE: "taken off",
    Action.SKIP: "skipped",
    Action.MARK: "marked",
    Action.UNDO: "undone",
}


class WorkSession:
    """A session of work, which begins when the object is created.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        from quotegrid.storage.coding.decision_log import newest_decision

        self._study = study
        self._began = monotonic()
        with study.reading_session() as session:
            self._since = newest_decision(session)

    def summary(self) -> str:
        """Return the coder's decisions and what is left, in a sentence or two; empty without decisions."""
        from quotegrid.storage.coding.decision_log import list_decisions
        from quotegrid.storage.coding.review import waiting_count

        coder = self._study.settings.coder_name()
        with self._study.reading_session() as session:
            made = Counter(
                decision.action
                for decision in list_decisions(session, after=self._since)
                if decision.doer == coder
            )
            waiting = waiting_count(session)
        if not made:
            return ""
        minutes = round((monotonic() - self._began) / 60)
        span = counted(minutes, "minute") if minutes else "less than a minute"
        deeds = ", ".join(f"{made[action]} {word}" for action, word in _DONE.items() if made[action])
        left = f"{counted(waiting, 'suggestion')} still {'waits' if waiting == 1 else 'wait'}."
        return f"In {span}: {deeds}. Everything is saved; {left if waiting else 'no suggestion waits.'}"
