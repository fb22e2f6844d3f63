"""The dialog that chooses a speaker of a source, or names a new one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quotegrid.domain.text.normalise import name_key, one_line
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.typed_choice import TypedChoiceScreen


class ChooseSpeakerScreen(TypedChoiceScreen[str, str]):
    """The speakers who fit what is typed, and what is typed as a new one; answers with a speaker's label.

    Args:
        speakers: The labels of the source's speakers, the likeliest first.
    """

    TITLE_SHOWN = "Who says it: type a name or part of one, Enter takes it, Esc leaves"

    def __init__(self, speakers: Sequence[str]) -> None:
        super().__init__()
        self._speakers = speakers

    def fitting(self, typed: str) -> Sequence[str]:
        """Return the speakers whose labels hold what is typed, and what is typed where it is none of them."""
        wanted = one_line(typed)
        found = [speaker for speaker in self._speakers if name_key(wanted) in name_key(speaker)]
        is_known = not wanted or any(name_key(speaker) == name_key(wanted) for speaker in found)
        return found if is_known else [*found, wanted]

    def line(self, thing: str) -> Content:
        """Return a speaker's label, and whether it is a new one."""
        return Content.assemble(plain(thing), "" if thing in self._speakers else "  (new)")

    def description(self, thing: str | None) -> str:
        """Return what choosing a speaker does."""
        if thing is None:
            return "Type the name of a new speaker."
        return "A speaker of this source." if thing in self._speakers else "A new speaker, and a new case."

    def answer(self, thing: str) -> str:
        """Return the speaker's label."""
        return thing
