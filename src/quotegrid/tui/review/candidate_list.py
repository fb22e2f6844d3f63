"""The codes suggested for a passage, or applied to it, with their scores and state."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.look import ACCEPTED, REJECTED, WAITING, plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.workflows.coding.review.items import Candidate


class CandidateList(ChoiceList):
    """A list with a line for each code of a passage."""

    class Chosen(Message):
        """The cursor has moved to another code.

        Args:
            candidate: The code.
        """

        def __init__(self, candidate: Candidate) -> None:
            super().__init__()
            self.candidate = candidate

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._candidates: Sequence[Candidate] = ()

    def show(self, candidates: Sequence[Candidate], *, on: str | None = None) -> None:
        """Show the codes of a passage.

        Args:
            candidates: The codes.
            on: The code that the cursor goes to; None for the first that waits.
        """
        self._candidates = candidates
        waiting = next((place for place, candidate in enumerate(candidates) if candidate.waits), 0)
        place = next((place for place, candidate in enumerate(candidates) if candidate.code == on), waiting)
        self.set_options([Option(_line(candidate)) for candidate in candidates])
        if candidates:
            self.highlighted = place

    @property
    def chosen(self) -> Candidate | None:
        """The code under the cursor; None if there is none."""
        if self.highlighted is None or self.highlighted >= len(self._candidates):
            return None
        return self._candidates[self.highlighted]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Post the code under the cursor."""
        event.stop()
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))


def _line(candidate: Candidate) -> Content:
    if candidate.stands:
        mark, word = ACCEPTED, _confirmed_text(candidate)
    elif candidate.waits:
        mark, word = WAITING, "suggested"
    else:
        mark, word = REJECTED, "moved" if candidate.decision is Action.MOVE else "rejected"
    suggestion = candidate.suggestion
    score = f"{suggestion.score:.2f}" if suggestion is not None else "by hand"
    style = "bold" if candidate.stands else ""
    return Content.assemble(
        (f"{mark} ", style),
        (plain(candidate.code).plain, style),
        (f"  {score}", ""),
        f"  {word}",
    )


def _confirmed_text(candidate: Candidate) -> str:
    stances = " and ".join(stance.value for stance in candidate.stances)
    return f"confirmed, {stances}" if stances else "confirmed"
