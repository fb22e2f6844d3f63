"""The list of the codes with their figures, and the text of one code."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.tui.look import NOTED, colour_of, colours_of, memo_line, plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.workflows.codebook.codebook_overview import CodebookView, CodeLine

_NAME = 38
_FIGURE = 8
HEADING = f"{'':<2}{'code':<{_NAME}}{'quotes':>{_FIGURE}}{'cases':>{_FIGURE}}{'suggested':>{_FIGURE + 2}}"
"""The heading of the list."""


class CodeList(ChoiceList):
    """A list with a line for each code; the cursor stays on its code while the list changes."""

    class Chosen(Message):
        """The cursor has moved to a code.

        Args:
            line: The code with its figures; None if there are no codes.
        """

        def __init__(self, line: CodeLine | None) -> None:
            super().__init__()
            self.line = line

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._code_lines: Sequence[CodeLine] = ()

    @property
    def chosen(self) -> CodeLine | None:
        """The code under the cursor; None if there is none."""
        place = self.highlighted
        return self._code_lines[place] if place is not None and place < len(self._code_lines) else None

    def show(self, view: CodebookView, *, on: str | None = None) -> None:
        """Show a codebook.

        Args:
            view: The codebook.
            on: The code that the cursor goes to; None to stay on the current one.
        """
        wanted = on or (self.chosen.code.name if self.chosen else None)
        before = self.highlighted or 0
        self._code_lines = view.lines
        colours = colours_of(view.codebook)
        dark = self.app.current_theme.dark
        self.set_options(
            [Option(_line(line, colour_of(colours[line.code.name], dark=dark))) for line in view.lines]
        )
        places = {line.code.name.casefold(): place for place, line in enumerate(view.lines)}
        place = places.get((wanted or "").casefold(), min(before, len(view.lines) - 1))
        self.highlighted = place if view.lines else None
        if not view.lines:
            self.post_message(self.Chosen(None))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Post the code under the cursor."""
        event.stop()
        self.post_message(self.Chosen(self.chosen))


def _line(line: CodeLine, colour: str) -> Content:
    indent = "  " * line.depth
    marks = (4 if line.code.is_deprecated else 1) + (2 if line.memos else 0)
    name = shortened(plain(line.code.name).plain, _NAME - len(indent) - marks)
    style = "bold" if line.depth == 0 else ""
    noted = f" {NOTED}" if line.memos else ""
    shown = Content.assemble((name, style), " (d)" if line.code.is_deprecated else "", noted)
    room = " " * max(_NAME - len(indent) - shown.cell_length, 0)
    figures = f"{line.quotes:>{_FIGURE},}{line.cases:>{_FIGURE},}{line.suggested:>{_FIGURE + 2},}"
    return Content.assemble(("● ", colour), indent, shown, room, figures)


def code_text(line: CodeLine) -> Content:
    """Return what a code means, and how much is coded with it."""
    code = line.code
    parts: list[Content] = [plain(code.name).stylize("bold")]
    if code.is_deprecated:
        parts.append(Content("Deprecated: it counts, and is not suggested or offered any more."))
    no_definition = Content("No definition; e writes one.").stylize("dim")
    parts.append(plain(code.definition) if code.definition else no_definition)
    for heading, items in _rules(code):
        if items:
            parts.append(Content(""))
            parts.append(Content(heading).stylize("bold"))
            parts += [Content.assemble("  - ", plain(item)) for item in items]
    if code.terms:
        parts += [Content(""), Content("Terms").stylize("bold"), plain(f"  {', '.join(code.terms)}")]
    if line.memos:
        parts += [Content(""), Content("Memos; m writes").stylize("bold")]
        parts += [memo_line(memo.author, memo.text) for memo in line.memos]
    parts.append(Content(""))
    figures = f"{counted(line.quotes, 'quote')} by {counted(line.cases, 'case')}"
    parts.append(Content(f"{figures}; suggested for {line.suggested:,} more.").stylize("dim"))
    return Content("\n").join(parts)


def _rules(code: Code) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("Use when", code.use_when),
        ("Do not use when", code.do_not_use_when),
        ("Examples", code.examples),
    ]
