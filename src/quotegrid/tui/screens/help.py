"""What the keys do."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

KEYS = (
    (
        "Review",
        (
            ("a", "accept the code under the cursor"),
            ("r", "reject it, or take it off"),
            ("s", "skip the segment for now"),
            ("c", "choose any code by typing part of its name"),
            ("t", "its stance: supports, disputes, mixed or none"),
            ("u", "undo your latest decision; again for the one before"),
            ("up, down", "move among the codes"),
            ("n, right", "next segment, without deciding"),
            ("b, left", "back to the segment before"),
            ("w", "next segment that waits for a decision"),
            ("f", "all segments, or only those with a code or suggestion"),
            ("p", "progress by group and code (in a narrow window)"),
            ("g", "suggest again, learning from your decisions"),
        ),
    ),
    (
        "Matrix",
        (
            ("arrows", "move from cell to cell"),
            ("enter", "the quotes behind the number; enter again goes to one"),
            ("w", "write the summary of a cell; ctrl+s saves it, esc leaves"),
            ("u", "undo what you wrote of the cell last"),
            ("t", "themes or codes in the rows"),
            ("c", "count quotes, cases, sources or the share of cases"),
            ("o", "another attribute in the columns"),
            ("i", "with or without undecided suggestions"),
            ("e", "export to exports/matrix.xlsx"),
        ),
    ),
    (
        "Everywhere",
        (
            ("1, 2", "review, matrix"),
            ("ctrl+p", "every action by name"),
            ("?", "this page"),
            ("q", "quit; everything is saved already"),
        ),
    ),
)


class HelpScreen(ModalScreen[None]):
    """A page of keys, closed by any of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter", "dismiss", "Close", key_display="esc"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the keys by screen."""
        lines = []
        for title, keys in KEYS:
            lines.append(Content(title).stylize("bold"))
            for key, what in keys:
                lines.append(Content.assemble((f"  {key:<10}", "bold"), what))
            lines.append(Content(""))
        lines.append(
            Content("Only what somebody confirmed counts. A suggestion is a proposal, whatever its score.")
        )
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(lines))
