"""Long work in the background: what it is, its progress, and how long it still takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import counted
from quotegrid.tui.look import bar

VECTORS_KEPT = "what was embedded is kept, and is not embedded again"
_SURE_AFTER = 2.0
"""The fewest seconds of work before there is an estimate."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that takes long."""

    name: str
    """The name of the work while it goes on, as "Importing"."""
    work: Callable[[ProgressReport], str]
    """Does the work and returns its result in a sentence. The report that it is given raises to stop it."""
    if_cancelled: str = "nothing of it was kept"
    """The fate of the work if it is cancelled."""


@dataclass(slots=True)
class Progress:
    """The progress of a job."""

    job: Job
    what: str = ""
    done: int = 0
    total: int = 0
    is_cancelled: bool = False
    began: float = field(default_factory=monotonic)
    """The time at which the current stage began."""

    def step(self, what: str, done: int, total: int) -> None:
        """Update the progress; a new stage begins with fewer steps done than before."""
        if done < self.done or total != self.total:
            self.began = monotonic()
        self.what, self.done, self.total = what, done, total

    def text(self) -> str:
        """Return the progress in a line."""
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
        """Estimate the seconds left by the pace so far; None while there is too little to go by."""
        if elapsed < _SURE_AFTER or not self.done or self.done >= self.total:
            return None
        return max(round(elapsed / self.done * (self.total - self.done)), 1)
