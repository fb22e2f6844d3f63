"""The codebook: its codes with their figures, and every change that can be made to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList, Static

from quotegrid.domain.codebook.codes import COLOURS, Code
from quotegrid.domain.codebook.edits import find_sibling
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import QuotegridError
from quotegrid.tui.codebook.code_list import HEADING, CodeList, code_text
from quotegrid.tui.codebook.edit_code import EditCodeScreen
from quotegrid.tui.codebook.split_code import Split, SplitCodeScreen
from quotegrid.tui.look import minutes, plain
from quotegrid.tui.messages import ShowQuotes
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.tui.widgets.write_memo import ask_memo_on
from quotegrid.workflows.codebook import edit_codebook as editing
from quotegrid.workflows.codebook.code_history import CodeMeaning, code_history
from quotegrid.workflows.codebook.codebook_file import FileState, describe_loss, file_change, read_in_file
from quotegrid.workflows.codebook.codebook_overview import CodebookView, codebook_view
from quotegrid.workflows.codebook.edit_codebook import CodebookEdit
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder


class CodebookScreen(WorkbenchScreen):
    """The codes, and beside them what the one under the cursor means.

    Args:
        study: The study.
    """

    MODE = "codebook"
    AUTO_FOCUS = "#codes"
    MORE_KEYS = (("up, down", "Move among the codes"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "quotes", "Quotes", tooltip="Show the quotes of the code", priority=True),
        Binding("a", "add", "Add", tooltip="Add a code beside or below this one"),
        Binding("e", "edit", "Edit", tooltip="Edit definition, rules, examples and terms"),
        Binding("r", "rename", "Rename", tooltip="Give the code another name"),
        Binding("v", "move", "Move", tooltip="Put the code below another"),
        Binding("K,shift+up", "shift(-1)", "Up", show=False, tooltip="Move the code up", key_display="K"),
        Binding(
            "J,shift+down", "shift(1)", "Down", show=False, tooltip="Move the code down", key_display="J"
        ),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the code, or change yours"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest change"),
        Binding("g", "merge", "Merge", tooltip="Merge the code into another"),
        Binding("s", "split", "Split", tooltip="Give its quotes to other codes, one by one"),
        Binding("o", "colour", "Colour", tooltip="Choose the code's colour"),
        Binding("d", "deprecate", "Deprecate", tooltip="Deprecate the code, or use it again"),
        Binding("x", "remove", "Remove", tooltip="Remove a code without codings"),
        Binding("h", "history", "History", tooltip="What the code has meant, and when"),
        Binding("t", "take_in", "Take in", show=False, tooltip="Take in what was changed in the file"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._view: CodebookView | None = None
        self._requested: str | None = None
        """The code that the cursor goes to when the screen is shown next."""

    def compose_body(self) -> ComposeResult:
        """Lay out the codes and what one of them means."""
        with Horizontal(id="codebook"):
            with Vertical(id="codes-side"):
                yield Static(HEADING, id="codes-head")
                yield CodeList(id="codes")
                yield Static(id="codes-left")
            with VerticalScroll(id="code-side", can_focus=False):
                yield Static(id="code")

    async def on_screen_resume(self) -> None:
        """Read it again: much may have changed meanwhile."""
        code, self._requested = self._requested, None
        await self.look_again(on=code)

    def request(self, code: str) -> None:
        """Put the cursor on a code, now or when the screen is shown next."""
        self._requested = code
        if self.is_current:
            self.start(self.on_screen_resume, "look", exclusive=True)

    def study_changed(self, change: Change) -> None:
        """Read it again when somebody has changed something."""
        self.start(self.look_again, "look", exclusive=True)

    async def look_again(self, message: str | None = None, on: str | None = None) -> None:
        """Read the codebook again, and put the cursor on a code."""
        view = await self.attempt(lambda: codebook_view(self._study))
        if view is None:
            return
        self._view = view
        self.query_one(CodeList).show(view, on=on)
        left = self.query_one("#codes-left", Static)
        left.display = bool(view.left)
        lines = [f"{name}: {counted(count, 'coding')}" for name, count in view.left]
        left.update(plain("\n".join(["Not in the codebook any more, and not counted:", *lines])))
        self.say(self.last_message if message is None else message)

    def place_text(self) -> str:
        """Return how many codes there are, and whether the file has changes to take in."""
        if self._view is None:
            return "Reading the codebook"
        themes = len(self._view.codebook.themes())
        text = f"{counted(themes, 'theme')}, {counted(len(self._view.lines) - themes, 'code')} below them"
        if self._view.state in (FileState.CHANGED, FileState.BOTH_CHANGED):
            text += "   the file has been changed by hand: t shows what was changed"
        elif not self._view.lines:
            text = "No codes yet: a adds the first"
        return text

    @on(CodeList.Chosen)
    def _code_chosen(self, event: CodeList.Chosen) -> None:
        code = self.query_one("#code", Static)
        code.update("" if event.line is None else code_text(event.line))
        self.query_one("#code-side", VerticalScroll).scroll_home(animate=False)

    @property
    def _code(self) -> Code | None:
        line = self.query_one(CodeList).chosen
        return None if line is None else line.code

    def _change(self, change: Callable[[], CodebookEdit], on: str | None = None) -> None:
        """Change the codebook in a thread, then show the result."""
        self.start(partial(self._change_and_show, change, on), "change")

    async def _change_and_show(self, change: Callable[[], CodebookEdit], on: str | None) -> None:
        edited = await self.attempt_in_order(change)
        if edited is not None:
            moved = f" {counted(edited.moved, 'coding')} moved with it." if edited.moved else ""
            await self.look_again(f"{edited.what}{moved}" if edited.what else "Nothing was changed.", on)

    @on(OptionList.OptionSelected, "#codes")
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_quotes()

    def action_quotes(self) -> None:
        """Show the quotes of the code under the cursor."""
        code = self._code
        if code is not None:
            self.post_message(ShowQuotes(f'code:"{code.name}"'))

    async def action_memo(self) -> None:
        """Write a memo on the code, or change yours."""
        code = self._code
        if code is not None:
            await ask_memo_on(self, MemoSubject.CODE, code.name)

    def action_add(self) -> None:
        """Add a code beside or below the one under the cursor, or as a theme of its own."""
        here = self._code
        places: list[tuple[str, str | None]] = []
        if here is not None:
            if here.parent is not None:
                places.append((f"beside “{here.name}”, below “{here.parent}”", here.parent))
            places.append((f"below “{here.name}”", here.name))
        places.append(("as a theme of its own", None))
        if len(places) == 1:
            self._add_below(None)
            return

        self.ask(
            ChooseOneScreen("Add a code", [name for name, _ in places]),
            lambda place: self._add_below(places[place][1]),
        )

    def _add_below(self, parent: str | None) -> None:
        where = f"A new code below “{parent}”" if parent else "A new theme"
        self.ask(
            AskTextScreen(where, hint="Its name. e then writes what it means."),
            lambda name: self._change(lambda: editing.add_code(self._study, Code(name, parent=parent)), name),
        )

    def action_edit(self) -> None:
        """Edit what the code means."""
        code = self._code
        if code is not None:
            self.ask(
                EditCodeScreen(code),
                lambda edited: self._change(lambda: editing.describe_code(self._study, code.name, edited)),
            )

    def action_rename(self) -> None:
        """Give the code another name."""
        code = self._code
        if code is None:
            return

        def rename(name: str) -> None:
            if name != code.name:
                self._change(lambda: editing.rename_code(self._study, code.name, name), name)

        self.ask(AskTextScreen("Rename the code", code.name, "All its codings go along."), rename)

    def action_move(self) -> None:
        """Move the code, and all below it, below another one or to the top."""
        code, view = self._code, self._view
        if code is None or view is None:
            return
        family = view.codebook.family(code.name)
        parents = [parent.name for parent in view.codebook.walk() if parent.name not in family]
        names = ["the top: a theme of its own", *(f"below “{name}”" for name in parents)]
        current = 0 if code.parent is None else 1 + parents.index(code.parent)

        def move(place: int) -> None:
            parent = None if place == 0 else parents[place - 1]
            self._change(lambda: editing.move_code(self._study, code.name, parent))

        self.ask(ChooseOneScreen(f"Move “{code.name}”", names, current), move)

    def action_shift(self, steps: int) -> None:
        """Move the code up or down among those beside it."""
        code, view = self._code, self._view
        if code is None or view is None:
            return
        before = find_sibling(view.codebook, code.name, steps)
        self._change(lambda: editing.move_code(self._study, code.name, code.parent, before=before))

    def action_merge(self) -> None:
        """Choose the code that this one is merged into, and ask for confirmation."""
        code, view = self._code, self._view
        line = self.query_one(CodeList).chosen
        if code is None or view is None or line is None:
            return

        def confirm(target: str) -> None:
            def merge(is_sure: bool | None) -> None:
                if is_sure:
                    self._change(lambda: editing.merge_codes(self._study, code.name, target), target)

            lines = [
                f"Its {counted(line.quotes, 'quote')} become “{target}”, whoever coded them.",
                f"“{code.name}” leaves the codebook; what “{target}” says stays as it is.",
                "One undo takes all of it back.",
            ]
            self.app.push_screen(
                ReadLinesScreen(f"Merge “{code.name}” into “{target}”", lines, "merge"), merge
            )

        self.ask(ChooseCodeScreen(view.codebook, f"Merge “{code.name}” into"), confirm)

    def action_split(self) -> None:
        """Give the quotes of the code to other codes, one by one."""
        code, view = self._code, self._view
        if code is None or view is None:
            return
        quotes = editing.coded_with(self._study, code.name)
        if not quotes:
            self.say(f"Nothing is coded with “{code.name}” itself.")
            return

        def split(done: Split) -> None:
            if done.becomes:
                self._change(
                    lambda: editing.split_code(self._study, code.name, done.becomes, done.new), code.name
                )

        self.ask(SplitCodeScreen(code, quotes, view.codebook), split)

    def action_colour(self) -> None:
        """Choose the code's colour."""
        code = self._code
        if code is None:
            return
        names = ["the colour of its place", *COLOURS]

        def colour(place: int) -> None:
            coloured = replace(code, colour="" if place == 0 else COLOURS[place - 1])
            self._change(lambda: editing.describe_code(self._study, code.name, coloured))

        current = 1 + COLOURS.index(code.colour) if code.colour else 0
        self.ask(ChooseOneScreen(f"The colour of “{code.name}”", names, current), colour)

    def action_deprecate(self) -> None:
        """Deprecate the code, or use it again; what was coded with it stays."""
        code = self._code
        if code is not None:
            changed = replace(code, is_deprecated=not code.is_deprecated)
            self._change(lambda: editing.describe_code(self._study, code.name, changed))

    def action_remove(self) -> None:
        """Remove a code without codings from the codebook."""
        code = self._code
        if code is not None:
            self._change(lambda: editing.remove_code(self._study, code.name))

    def action_history(self) -> None:
        """Show what the code has meant, and how much was coded with it under each meaning."""
        code = self._code
        if code is None:
            return
        try:
            history = code_history(self._study, code.name)
        except QuotegridError as error:
            self.failed(error)
            return
        lines = [line for meaning in reversed(history) for line in _meaning_lines(meaning)]
        self.app.push_screen(ReadLinesScreen(f"What “{code.name}” has meant, latest first", lines))

    def action_take_in(self) -> None:
        """Show what was changed by hand in the file, and take it in if the user agrees."""
        if self._view is None or self._view.state not in (FileState.CHANGED, FileState.BOTH_CHANGED):
            self.say("The file says what the study says.")
            return
        try:
            change = file_change(self._study)
        except QuotegridError as error:
            self.failed(error)
            return
        lines = list(change.lines or ["Nothing that a code says: comments or layout alone."])
        lines += [
            f"{loss} would not be counted any more; merge keeps them." for loss in describe_loss(change)
        ]

        def take_in(is_sure: bool | None) -> None:
            if is_sure:
                self._change(self._take_in)

        dialog = ReadLinesScreen("Changed by hand in the codebook file", lines, "take it in")
        self.app.push_screen(dialog, take_in)

    def _take_in(self) -> CodebookEdit:
        change = read_in_file(self._study, damaged_too=True)
        return CodebookEdit(f"Took in {counted(len(change.lines), 'change')} of the file.")


def _meaning_lines(meaning: CodeMeaning) -> list[str]:
    return [
        f"{minutes(meaning.at)}   {meaning.coder}: {meaning.what}",
        *(f"  {line}" for line in meaning.lines),
        f"  {counted(meaning.codings, 'coding')} that stand were made under this meaning.",
        "",
    ]
