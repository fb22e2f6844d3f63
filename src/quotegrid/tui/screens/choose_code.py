"""Choose a code by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.domain.codes import Code, Codebook
from quotegrid.domain.text import shortened
from quotegrid.tui.look import plain


class ChooseCodeScreen(ModalScreen[str | None]):
    """A field to type in and the codes that fit, best first.

    Args:
        codebook: The codes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
    ]

    def __init__(self, codebook: Codebook) -> None:
        super().__init__()
        self._codebook = codebook
        self._shown: list[Code] = []

    def compose(self) -> ComposeResult:
        """Lay out the field, the list, and what the chosen code means."""
        with Vertical(id="choose"):
            yield Label("Apply a code: type part of its name, Enter applies, Esc leaves")
            yield Input(placeholder="part of a name", id="choose-input")
            yield OptionList(id="choose-list", markup=False)
            yield Label("", id="choose-definition", markup=False)

    def on_mount(self) -> None:
        """Show all codes until something is typed."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        chosen = self.query_one(OptionList).highlighted
        if chosen is not None and chosen < len(self._shown):
            self.dismiss(self._shown[chosen].name)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index].name)

    @on(OptionList.OptionHighlighted)
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        code = self._shown[event.option_index]
        self.query_one("#choose-definition", Label).update(plain(code.definition or "No definition."))

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list while typing goes on."""
        codes = self.query_one(OptionList)
        if steps < 0:
            codes.action_cursor_up()
        else:
            codes.action_cursor_down()

    def _show(self, typed: str) -> None:
        self._shown = matching(self._codebook, typed)
        codes = self.query_one(OptionList)
        codes.set_options([Option(self._line(code)) for code in self._shown])
        codes.highlighted = 0 if self._shown else None
        if not self._shown:
            self.query_one("#choose-definition", Label).update(
                Content("No code is called anything like this.")
            )

    def _line(self, code: Code) -> Content:
        if code.parent is None:
            return Content.assemble((plain(code.name).plain, "bold"), ("  theme", "dim"))
        return Content.assemble(plain(code.name), (f"  {shortened(plain(code.parent).plain, 30)}", "dim"))


def matching(codebook: Codebook, typed: str) -> list[Code]:
    """The codes that fit what was typed, best first; all of them, codes before themes, for nothing."""
    codes: Sequence[Code] = [
        *(code for code in codebook.walk() if not codebook.children(code.name)),
        *(code for code in codebook.walk() if codebook.children(code.name)),
    ]
    wanted = typed.strip()
    if not wanted:
        return list(codes)
    matcher = Matcher(wanted)
    scored = []
    for place, code in enumerate(codes):
        by_term = max((matcher.match(term) for term in code.terms), default=0.0)
        score = max(matcher.match(code.name), by_term * 0.5)
        if score > 0:
            scored.append((-score, place, code))
    return [code for _, _, code in sorted(scored, key=lambda one: one[:2])]
