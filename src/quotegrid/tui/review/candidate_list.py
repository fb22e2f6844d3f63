"""The codes suggested for a segment, or applied to it, with their scores, state and evidence."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import ACCEPTED, REJECTED, WAITING, plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.workflows.coding.review.items import Candidate


class CandidateList(ChoiceList):
    """One line a code, and under the chosen one why it was suggested."""

    class Chosen(Message):
        """Another code is under the cursor.

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
        """Show the codes of a segment, the cursor on one of them or on the first that waits."""
        self._candidates = candidates
        first = next((number for number, one in enumerate(candidates) if one.waits), 0)
        first = next((number for number, one in enumerate(candidates) if one.code == on), first)
        self.set_options(
            [Option(_line(number, one), id=str(number)) for number, one in enumerate(candidates)]
        )
        if candidates:
            self.highlighted = first

    @property
    def chosen(self) -> Candidate | None:
        """The code under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self._candidates):
            return None
        return self._candidates[self.highlighted]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell the screen which code is under the cursor."""
        event.stop()
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))


def _line(number: int, candidate: Candidate) -> Content:
    if candidate.stands:
        mark, word = ACCEPTED, _confirmed(candidate)
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


def _confirmed(candidate: Candidate) -> str:
    stances = " and ".join(one.value for one in candidate.stances)
    return f"confirmed, {stances}" if stances else "confirmed"


def evidence_text(candidate: Candidate, nearest: Quote | None) -> Content:
    """Why a code was suggested, in a line or two.

    Args:
        candidate: The code.
        nearest: The confirmed quote most like the segment, if there is one.
    """
    suggestion = candidate.suggestion
    if suggestion is None:
        return Content("Applied by hand.")
    evidence = suggestion.evidence
    parts: list[Content] = []
    if evidence.get("flags"):
        parts.append(Content(f"Careful: {' and '.join(evidence['flags'])} here. ").stylize("bold"))
    view = evidence["view"]
    words = {"name": "the code's name", "definition": "its definition", "term": "the term"}
    what = words.get(view["kind"], f"its “{view['kind']}”")
    parts.append(Content(f"Nearest to {what}: "))
    nearest_view = shortened(view["text"], 160)
    parts.append(Content(nearest_view).stylize("italic"))
    parts.append(Content("" if nearest_view[-1:] in ".?!…" else "."))
    phrase = evidence.get("phrase")
    if phrase is not None:
        parts.append(Content(f" Words found: “{shortened(phrase['text'], 40)}”."))
    if nearest is not None:
        parts.append(Content(f" Like the confirmed: “{shortened(plain(nearest.text).plain, 120)}”"))
    return Content("").join(parts)
