"""The dialog that lists memos, searches in them, and leads to what they are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, Markdown, OptionList, Static

from quotegrid.domain.sources.memos import Memo, MemoSubject
from quotegrid.domain.text.normalise import one_line, shortened, visible
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.typed_choice import TypedChoiceScreen
from quotegrid.tui.widgets.write_memo import memo_heading

_ABOUT, _AUTHOR = 26, 10
_CUT = 31
_MOST = 200
"""The most memos that are listed; typing narrows them down."""


@dataclass(frozen=True, slots=True)
class ChosenMemo:
    """The answer of the list: a memo, and what is to be done with it."""

    memo: Memo
    is_to_change: bool = False
    """Whether it is to be changed; else what it is on is to be shown."""


class MemosScreen(TypedChoiceScreen[Memo, ChosenMemo]):
    """The memos with all the words that are typed, the latest first, and the one under the cursor whole.

    Args:
        memos: All memos.
    """

    TITLE_SHOWN = "Memos: Enter goes to what one is on, Ctrl+E changes it, Esc leaves"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "change", "Change", priority=True, tooltip="Change the memo"),
    ]

    def __init__(self, memos: Sequence[Memo]) -> None:
        super().__init__()
        self._memos = sorted(memos, key=lambda memo: (memo.date, memo.id), reverse=True)

    def compose(self) -> ComposeResult:
        """Lay out the field, the list and the memo under the cursor."""
        with Vertical(id="choose"):
            yield Label(self.TITLE_SHOWN, markup=False)
            yield Input(placeholder="words of a memo, of what it is on, or its author", id="choose-input")
            yield ChoiceList(id="choose-list", markup=False)
            with VerticalScroll(id="memo-whole"):
                yield Static(id="memo-who", markup=False)
                yield Static(id="memo-plain", markup=False)
                yield Markdown(id="memo-markdown", open_links=False)

    def fitting(self, typed: str) -> Sequence[Memo]:
        """Return the memos with all the words in their text, their author or what they are on."""
        words = typed.casefold().split()
        return [memo for memo in self._memos if all(word in _searched(memo) for word in words)][:_MOST]

    def line(self, thing: Memo) -> Content:
        """Return the day of a memo, what it is on, and how it begins."""
        about = "diary" if thing.subject is MemoSubject.STUDY else thing.about
        about = shortened(plain(about).plain, _ABOUT)
        text = shortened(plain(one_line(thing.text)).plain, _CUT)
        gone = "†" if thing.is_gone else " "
        return Content.assemble(f"{thing.date[:10]} ", (f"{about:<{_ABOUT}}", "bold"), f"{gone} {text}")

    def description(self, thing: Memo | None) -> str:
        """Return what a memo is on, who wrote it and when."""
        if thing is None:
            return "No memo has these words." if self._memos else "There are no memos yet; m writes one."
        return memo_heading(thing)

    def answer(self, thing: Memo) -> ChosenMemo:
        """Return a memo whose thing is to be shown; an entry of the diary is shown for changing."""
        return ChosenMemo(thing, is_to_change=thing.subject is MemoSubject.STUDY)

    def action_change(self) -> None:
        """Answer with the memo under the cursor, to be changed."""
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._shown):
            self.dismiss(ChosenMemo(self._shown[place], is_to_change=True))

    def _describe(self, thing: Memo | None) -> None:
        self.query_one("#memo-who", Static).update(plain(self.description(thing)))
        text = "" if thing is None else visible(thing.text)
        is_plain = thing is not None and thing.is_imported
        self.query_one("#memo-plain", Static).update(plain(text if is_plain else ""))
        self.query_one("#memo-plain").display = is_plain
        self.query_one("#memo-markdown", Markdown).update("" if is_plain else text)
        self.query_one("#memo-whole", VerticalScroll).scroll_home(animate=False)


def _searched(memo: Memo) -> str:
    on = "diary" if memo.subject is MemoSubject.STUDY else ""
    return " ".join((memo.text, memo.author, memo.about, memo.date[:10], on)).casefold()
