"""The screen that splits a code: its quotes are given to other codes, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.place_bar import PlaceLine

_MOST = 9


@dataclass(frozen=True, slots=True)
class Split:
    """The codes to which the quotes of a code are to be given."""

    becomes: dict[int, str]
    """The code that each quote is given to, by the number of its passage; without those that stay."""
    new: tuple[str, ...]
    """The codes among these that are to be added."""


class SplitCodeScreen(GuardedScreen[Split | None]):
    """The quotes of a code, each with the code that it is to have.

    Args:
        code: The code.
        quotes: Its quotes.
        codebook: The codes that there are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New code", tooltip="Give the quote to a new code"),
        Binding("c", "choose", "Code", tooltip="Give the quote to another code of the codebook"),
        *(
            Binding(
                str(number),
                f"give({number})",
                "Give",
                show=number == 1,
                key_display="1-9",
                tooltip=f"Give the quote to code {number} of those named above",
            )
            for number in range(1, _MOST + 1)
        ),
        Binding("0", "keep", "Keep", tooltip="Let the quote keep its code"),
        Binding("ctrl+s", "save", "Split", tooltip="Do it"),
        Binding("escape", "dismiss(None)", "Leave", key_display="esc", tooltip="Leave all as it is"),
    ]

    def __init__(self, code: Code, quotes: Sequence[Quote], codebook: Codebook) -> None:
        super().__init__()
        self._code = code
        self._quotes = quotes
        self._codebook = codebook
        self._targets: list[str] = []
        self._new: list[str] = []
        self._becomes: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out what is done, the codes to give to, and the quotes."""
        yield PlaceLine()
        yield Static(id="targets")
        yield ChoiceList(*(Option(self._line(quote)) for quote in self._quotes), id="quotes", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Focus the quotes."""
        self.query_one(ChoiceList).focus()
        self._show()

    def _show(self, message: str = "") -> None:
        given = f"{len(self._becomes)} of {counted(len(self._quotes), 'quote')} given to other codes"
        self.query_one(PlaceLine).show(f"Split “{self._code.name}”   {given}", message)
        names = [f"{number} {name}" for number, name in enumerate(self._targets, start=1)]
        targets = "   ".join(names) or "n gives the quote to a new code, c to another one; ctrl+s does it."
        self.query_one("#targets", Static).update(plain(targets))

    def _line(self, quote: Quote) -> Content:
        target = self._becomes.get(quote.id)
        return Content("\n").join(
            [
                Content.assemble(
                    (plain(f"▸ {target}" if target else "  keeps its code").plain, "bold" if target else ""),
                    f"   {plain(quote.attribution).plain}",
                ),
                plain(one_line(quote.text)),
                Content(""),
            ]
        )

    def _give(self, name: str | None) -> None:
        """Give the quote under the cursor to a code, and go to the next."""
        quotes = self.query_one(ChoiceList)
        place = quotes.highlighted
        if place is None:
            return
        quote = self._quotes[place]
        if name is None or name.casefold() == self._code.name.casefold():
            self._becomes.pop(quote.id, None)
        else:
            self._becomes[quote.id] = name
        quotes.replace_option_prompt_at_index(place, self._line(quote))
        quotes.highlighted = min(place + 1, len(self._quotes) - 1)
        self._show()

    def _give_to(self, name: str) -> None:
        if name not in self._targets and name.casefold() != self._code.name.casefold():
            self._targets.append(name)
        self._give(name)

    def action_new(self) -> None:
        """Give the quote to a new code."""

        def create(name: str) -> None:
            code = self._codebook.get(name)
            known = next((new for new in self._new if new.casefold() == name.casefold()), None)
            if code is None and known is None:
                self._new.append(name)
            self._give_to(code.name if code is not None else known or name)

        self.ask(AskTextScreen("A new code for the quote", hint="Its name"), create)

    def action_choose(self) -> None:
        """Give the quote to a code of the codebook."""
        self.ask(ChooseCodeScreen(self._codebook, "Give the quote to"), self._give_to)

    def action_give(self, number: int) -> None:
        """Give the quote to a code that another quote was given to."""
        if number <= len(self._targets):
            self._give(self._targets[number - 1])
        else:
            self._show(f"There is no code {number} yet; n makes a new one.")

    def action_keep(self) -> None:
        """Let the quote keep its code."""
        self._give(None)

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.is_active:  # Enter pressed twice in a burst opens one dialog.
            self.action_choose()

    def action_save(self) -> None:
        """Answer with the code that each quote was given to."""
        used = set(self._becomes.values())
        self.dismiss(Split(dict(self._becomes), tuple(name for name in self._new if name in used)))
