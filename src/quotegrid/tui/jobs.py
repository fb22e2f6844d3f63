"""Long work beside the workbench: what it is, how far it has come, and how long it still takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import counted
from quotegrid.tui.look import bar

VECTORS_KEPT = "what was embedded is kept, and is not embedded again"
_SURE_AFTER = 2.0
"""Seconds of work before an estimate says anything."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something that takes long."""

    name: str
    """What it is, as "Importing"."""
    work: Callable[[ProgressReport], str]
    """Does it, and answers with what came of it. What it reports to ends it once it is to stop."""
    if_cancelled: str = "nothing of it was kept"
    """What becomes of it when it is stopped half-way."""


@dataclass(slots=True)
class Progress:
    """How far a job has come."""

    job: Job
    what: str = ""
    done: int = 0
    total: int = 0
    is_cancelled: bool = False
    began: float = field(default_factory=monotonic)
    """When the stage that is counted began."""

    def step(self, what: str, done: int, total: int) -> None:
        """Take in how far it has come; another stage begins with fewer done than before."""
        if done < self.done or total != self.total:
            self.began = monotonic()
        self.what, self.done, self.total = what, done, total

    def told(self) -> str:
        """How far it has come, in a line."""
        if self.is_cancelled:
            return f"{self.job.name}: stopping"
        if not self.total:
            return f"{self.job.name}   ctrl+x cancels"
        parts = [
            f"{self.job.name}: {self.what}",
            f"{bar(self.done, self.total, 12)} {self.done} of {self.total}",
        ]
        left = self.seconds_left(monotonic() - self.began)
        if left is not None:
            parts.append(f"about {counted(left, 'second')} left")
        return "   ".join([*parts, "ctrl+x cancels"])

    def seconds_left(self, elapsed: float) -> int | None:
        """An estimate by the pace so far; None while there is too little to go by."""
        if elapsed < _SURE_AFTER or not self.done or self.done >= self.total:
            return None
        return max(round(elapsed / self.done * (self.total - self.done)), 1)
