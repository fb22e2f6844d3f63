"""The dialog in which a memo is written or changed, and how a screen asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Label, Markdown, Static, TextArea

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.sources.memos import Memo, MemoSubject
from quotegrid.domain.text.normalise import one_line, shortened, visible
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import choose_if_several
from quotegrid.tui.widgets.guarded import Dialog
from quotegrid.tui.widgets.leave_screen import CHANGED, leave
from quotegrid.workflows.coding.memos.draft import MemoDraft, draft_of_memo, keep_draft, memo_draft

_SHOWN = 66
_MOST = 20
"""The most other memos that are shown below."""


class WriteMemoScreen(Dialog[str | None]):
    """A text, with what else is written on the thing below; answers with the text, or None when it is left.

    Args:
        draft: The memo.
        about: The words that the memo is on; empty where its thing has a name alone.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("escape", "leave", "Leave", key_display="esc"),
    ]

    def __init__(self, draft: MemoDraft, about: str = "") -> None:
        super().__init__()
        self._draft = draft
        self._about = about

    def compose(self) -> ComposeResult:
        """Lay out the thing, the text area, and the other memos."""
        is_new = self._draft.number is None
        what = "A new memo" if is_new else f"Memo {self._draft.number}"
        is_diary = self._draft.on is MemoSubject.STUDY
        on = "in the research diary" if is_diary else f"on {shortened(self._draft.title, 40)}"
        empty = "" if is_new else ", an empty text deletes it"
        with Vertical(id="choose"):
            yield Label(plain(f"{what} {on}"), id="memo-title")
            yield Label(f"Ctrl+S keeps it, Esc leaves{empty}; [[name]] is a link", markup=False)
            yield Label(plain(shortened(self._about, _SHOWN)), id="memo-about")
            yield TextArea(self._draft.text, id="memo-text", placeholder="What you think of it, in Markdown")
            with VerticalScroll(id="memo-others", can_focus=True):
                yield from self._others()

    def _others(self) -> Iterator[Widget]:
        for heading, memos in (
            ("Other memos on it", self._draft.others),
            ("Memos that speak of it", self._draft.speaking),
        ):
            if memos:
                yield Static(heading, classes="memo-heading", markup=False)
            for memo in memos[:_MOST]:
                yield from memo_widgets(memo)

    def on_mount(self) -> None:
        """Focus the text, behind what stands there."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self.query_one("#memo-about").display = bool(self._about)
        self.query_one("#memo-others").display = bool(self._draft.others or self._draft.speaking)

    def action_save(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_leave(self) -> None:
        """Leave, after asking if something was written."""
        leave(self)

    def unsaved(self) -> str:
        """Return that the text has been changed, if it has."""
        return CHANGED if self.query_one(TextArea).text.strip() != self._draft.text.strip() else ""


def memo_heading(memo: Memo) -> str:
    """Return what a memo is on, who wrote it and when, on one line."""
    gone = ", no longer there" if memo.is_gone else ""
    where = "in the research diary" if memo.subject is MemoSubject.STUDY else f"on {memo.about}"
    return f"{one_line(memo.author)}, {memo.date[:10]}, {where}{gone}"


def memo_widgets(memo: Memo) -> Iterator[Widget]:
    """Yield the widgets that show a memo: its Markdown, or as it stands where it came with a file."""
    yield Static(plain(memo_heading(memo)), classes="memo-who")
    if memo.is_imported:
        yield Static(plain(memo.text))
    else:
        yield Markdown(visible(memo.text), open_links=False)


async def ask_memo(
    screen: WorkbenchScreen,
    draft: Callable[[], MemoDraft],
    keep: Callable[[Callable[[], str]], object] | None = None,
    about: str = "",
) -> None:
    """Have a memo written or changed on a screen.

    Args:
        screen: The screen.
        draft: Reads what stands there; called in a thread.
        keep: Called with what keeps the memo and says so, to be run where the screen runs its changes; None
            to run it and look again.
        about: The words that the memo is on.
    """

    def keep_and_look(change: Callable[[], str]) -> None:
        screen.start(partial(screen.change, change), "decide")

    found = await screen.attempt(draft)
    if found is not None:
        screen.ask(
            WriteMemoScreen(found, about),
            lambda text: (keep or keep_and_look)(lambda: keep_draft(screen.study, found, text)),
        )


async def change_memo_on(screen: WorkbenchScreen, memo: Memo) -> None:
    """Have a memo changed, and the screen look again."""
    await ask_memo(screen, lambda: draft_of_memo(screen.study, memo.id))


async def ask_memo_on(
    screen: WorkbenchScreen,
    on: MemoSubject,
    name: str = "",
    about: str = "",
    keep: Callable[[Callable[[], str]], object] | None = None,
) -> None:
    """Have the coder's memo on a thing written or changed.

    Args:
        screen: The screen.
        on: The kind of thing.
        name: The thing; see `find_subject`.
        about: The words that the memo is on.
        keep: As of `ask_memo`.
    """
    await ask_memo(screen, lambda: memo_draft(screen.study, on, name), keep, about)


def ask_memo_on_words(
    screen: WorkbenchScreen,
    place: str,
    words: str,
    codings: Sequence[tuple[int, str]],
    keep: Callable[[Callable[[], str]], object] | None = None,
) -> None:
    """Have a memo written or changed on words, or on a coding of them; ask on which where there are any.

    Args:
        screen: The screen.
        place: The words, as `find_subject` finds them.
        words: The words themselves.
        codings: The codings on them, each as its passage and its code.
        keep: As of `ask_memo`.
    """
    things = [
        (MemoSubject.PASSAGE, place),
        *((MemoSubject.CODING, f"{segment}/{code}") for segment, code in codings),
    ]
    passages = {segment for segment, _ in codings}
    names = [
        f"the coding “{code}”" + (f" of passage {segment}" if len(passages) > 1 else "")
        for segment, code in codings
    ]

    def ask(number: int) -> None:
        screen.start(partial(ask_memo_on, screen, *things[number], words, keep), "memo")

    choose_if_several(screen, "A memo on", ["the words themselves", *names], ask)


def ask_memo_on_quote(
    screen: WorkbenchScreen, quote: Quote, keep: Callable[[Callable[[], str]], object] | None = None
) -> None:
    """Have a memo written or changed on a quote, or on one of its codings.

    Args:
        screen: The screen.
        quote: The quote.
        keep: As of `ask_memo`.
    """
    ask_memo_on_words(screen, str(quote.id), quote.text, [(quote.id, code) for code in quote.codes], keep)
