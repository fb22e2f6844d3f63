"""Quotes: asked for in the language of queries, read, recoded and copied."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.search.query import Sort
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.errors import QueryError, QuotegridError, UnknownNameError
from quotegrid.tui.messages import GoTo
from quotegrid.tui.quotes.query_input import QueryInput
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.quote_list import QuoteList
from quotegrid.tui.widgets.write_memo import WriteMemoScreen
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.mark_exemplar import toggle_exemplar
from quotegrid.workflows.coding.add_decisions import DecisionRequest
from quotegrid.workflows.coding.decide import decide_many
from quotegrid.workflows.coding.stances import turn_stance
from quotegrid.workflows.coding.undo import redo_in_words, undo_in_words
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.search.export_quotes import export_quotes
from quotegrid.workflows.search.find_quotes import asks_for_nearness
from quotegrid.workflows.search.query_vocabulary import query_vocabulary
from quotegrid.workflows.search.quote_pages import PAGE, QuotePage, quote_page
from quotegrid.workflows.search.saved_queries import save_query
from quotegrid.workflows.sources.write_memo import write_memo_on
from quotegrid.workflows.study.folder import StudyFolder

_PAUSE = 0.2
"""Seconds after a key before a query that is being typed is asked."""
EXPORT = "exports/quotes.md"
_ORDERS = (Sort.SOURCE, Sort.GROUP, Sort.AREA, Sort.CASE, Sort.NEWEST, Sort.NEAREST)


class QuotesScreen(WorkbenchScreen):
    """A query and the quotes that fit it.

    Args:
        study: The study.
    """

    MODE = "quotes"
    AUTO_FOCUS = "#quote-list"
    MORE_KEYS = (("up, down", "Move among the quotes, over the ends of pages"), ("tab", "Complete the query"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "ask", "Query", key_display="/", tooltip="Write a query"),
        Binding("escape", "leave", "Back", show=False, key_display="esc", tooltip="To the quotes"),
        Binding("enter", "open", "In its transcript", tooltip="Show the quote in its transcript"),
        Binding("c", "code", "Code", tooltip="Apply a code to the quote, or to those picked"),
        Binding("x", "remove", "Take off", tooltip="Take a code off the quote, or off those picked"),
        Binding("t", "stance", "Stance", tooltip="Supports, disputes, mixed or none", show=False),
        Binding("g", "exemplar", "Exemplar", show=False, tooltip="Mark the quote as an exemplar, or do not"),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the quote", show=False),
        Binding("space", "pick", "Pick", tooltip="Pick the quote, or do not"),
        Binding("asterisk", "pick_all", "Pick all", key_display="*", show=False, tooltip="Pick the page"),
        Binding("y", "copy", "Copy", tooltip="Copy with attribution"),
        Binding("o", "order", "Order", tooltip="The order and the headings"),
        Binding("at", "saved", "Saved", key_display="@", tooltip="Ask a saved query", show=False),
        Binding("ctrl+s", "save", "Save", tooltip="Save the query under a name", show=False),
        Binding("e", "export", "Export", tooltip="Export all that fit"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest decision", show=False),
        Binding("ctrl+r", "redo", "Redo", tooltip="Redo what was undone last", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False, tooltip="Next page"),
        Binding("pageup", "page(-1)", "Page up", show=False, tooltip="Page before"),
    ]

    class Known(Message):
        """What a query can ask for has been read."""

        def __init__(self, vocabulary: dict[str, list[str]]) -> None:
            super().__init__()
            self.vocabulary = vocabulary

    class Answered(Message):
        """What a query has found, or why it could not be asked."""

        def __init__(self, query: str, page: QuotePage | None, error: QuotegridError | None, at: int) -> None:
            super().__init__()
            self.query = query
            self.page = page
            self.error = error
            self.at = at

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._query = ""
        self._is_asked = False
        """Whether another screen has asked, and the field does not show it yet."""
        self._sort: Sort | None = None
        self._page: QuotePage | None = None
        self._picked: dict[int, Quote] = {}
        self._pausing: Timer | None = None
        self._latest = 0
        """How often something was asked: only what was asked last is shown."""

    def compose_body(self) -> ComposeResult:
        """Lay out the query and the quotes."""
        yield QueryInput(id="query-input")
        yield QuoteList(id="quote-list")

    def ask(self, query: str) -> None:
        """Ask something else when the screen is shown next."""
        self._query = query
        self._is_asked = True

    async def on_screen_resume(self) -> None:
        """Ask again: decisions may have been made meanwhile."""
        if self._is_asked:
            self._is_asked = False
            self.query_one(QueryInput).text = self._query
        self._know()
        await self._ask_again()

    @work(thread=True, exclusive=True, group="vocabulary")
    def _know(self) -> None:
        try:
            vocabulary = query_vocabulary(self._study)
        except QuotegridError:
            return
        self.post_message(self.Known(vocabulary))

    @on(Known)
    def _known(self, event: Known) -> None:
        self.query_one(QueryInput).know(event.vocabulary)

    def study_changed(self, change: Change) -> None:
        """Ask again when others have changed something."""
        me = self._study.settings.coder_name()
        if change.is_rebuilt or any(one.doer != me for one in change.decisions):
            self.run_worker(self._ask_again(), exclusive=True, group="again")

    def place_told(self) -> str:
        """How many quotes fit, and which of them are shown."""
        if self._page is None:
            return "Asking"
        found = self._page.found
        last = found.first + len(found.quotes) - 1
        parts = [f"{counted(found.total, 'quote')} by {counted(self._page.cases, 'case')}"]
        if found.total:
            parts.append(f"{found.first:,} to {last:,}")
        if self._sort is not None:
            parts.append(f"by {self._sort.value}" if self._sort is not Sort.NEAREST else "nearest first")
        if self._picked:
            parts.append(f"{len(self._picked)} picked")
        return "   ".join(parts)

    # Asking

    @on(QueryInput.Typed)
    def _typed(self, event: QueryInput.Typed) -> None:
        if isinstance(event, QueryInput.Asked) or event.query == self._query:
            return
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(_PAUSE, lambda: self._while_typing(event.query))

    def _while_typing(self, query: str) -> None:
        # To rank by meaning loads a model: that waits for Enter.
        if query == self.query_one(QueryInput).text and "near:" not in query:
            self._ask(query, 1, 0)

    @on(QueryInput.Asked)
    def _asked(self, event: QueryInput.Asked) -> None:
        if self._pausing is not None:
            self._pausing.stop()
        self._ask(event.query, 1, 0)
        self.query_one(QuoteList).focus()

    def _ask(self, query: str, page: int, at: int) -> None:
        self._latest += 1
        self.say("Looking for it")
        self._answer(query, page, at)

    @work(thread=True, exclusive=True, group="ask")
    def _answer(self, query: str, page: int, at: int) -> None:
        worker = get_current_worker()
        try:
            found: QuotePage | None = self._look(query, page)
            error = None
        except QuotegridError as problem:
            found, error = None, problem
        if not worker.is_cancelled:
            self.post_message(self.Answered(query, found, error, at))

    def _look(self, query: str, page: int) -> QuotePage:
        sort = self._sort
        if sort is Sort.NEAREST and not asks_for_nearness(self._study, query):
            sort = None
        return quote_page(self._study, query, sort=sort, page=page)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        field = self.query_one(QueryInput)
        if event.error is not None:
            if isinstance(event.error, UnknownNameError) and field.is_completing:
                field.complain("")
            elif isinstance(event.error, QueryError | UnknownNameError):
                field.complain(str(event.error))
            else:
                self.failed(event.error)
            self.say()
            return
        field.complain("")
        self._query, self._page = event.query, event.page
        self._draw(event.at)

    def _draw(self, at: int, said: str = "") -> None:
        if self._page is None:
            return
        page = self._page
        headings: dict[int, str] = {}
        if page.heading is not None:
            before: object = object()
            for number, quote in enumerate(page.found.quotes):
                value = quote.value(page.heading)
                if value != before:
                    headings[number] = f"{value or 'not known'}: {counted(page.under.get(value, 0), 'quote')}"
                before = value
        self.query_one(QuoteList).show(page.found.quotes, headings, page.found.places, at=at)
        self.query_one(QuoteList).pick(set(self._picked))
        if not page.found.total and not said:
            said = "Nothing fits. Ask for less: fewer words, or OR between them."
        self.say(said)

    async def _ask_again(self, said: str | None = None) -> None:
        """Look for the same once more, keep the place, and say what the last key did; None leaves it said."""
        self._latest += 1
        mine = self._latest
        if said is not None:
            # What is asked after this leaves it said.
            self._said = said
        page = 1 if self._page is None else self._page.page
        at = self.query_one(QuoteList).at
        try:
            found = await asyncio.to_thread(self._look, self._query, page)
        except QuotegridError as error:
            self.failed(error)
            return
        if mine != self._latest:
            # Something has been asked or changed since, and what came of it is shown.
            return
        self._page = found
        self._draw(at, self._said)

    def action_ask(self) -> None:
        """Write a query."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Go from the query to the quotes."""
        self.query_one(QueryInput).close()
        self.query_one(QuoteList).focus()

    def action_page(self, steps: int) -> None:
        """Show the next page, or the one before."""
        if self._page is None or not 1 <= self._page.page + steps <= self._page.pages:
            self.say("These are the last." if steps > 0 else "These are the first.")
            return
        self._ask(self._query, self._page.page + steps, 0 if steps > 0 else PAGE)

    @on(QuoteList.Beyond)
    def _beyond(self, event: QuoteList.Beyond) -> None:
        self.action_page(event.steps)

    def action_order(self) -> None:
        """Choose the order; those by source, group, area and case have headings."""
        now = 0 if self._sort is None else _ORDERS.index(self._sort)

        def chosen(place: int | None) -> None:
            if place is None:
                return
            self._sort = _ORDERS[place]
            self._ask(self._query, 1, 0)

        names = ["by source", "by group", "by area", "by person", "last coded first", "nearest first"]
        self.app.push_screen(ChooseOneScreen("Order", names, now), chosen)

    def action_saved(self) -> None:
        """Choose a saved query, and ask it."""
        saved = self._study.settings.queries
        if not saved:
            self.say("No query is saved yet; Ctrl+S saves one.")
            return
        names = list(saved)

        def chosen(place: int | None) -> None:
            if place is not None:
                self.query_one(QueryInput).text = f"@{names[place]}"
                self._ask(f"@{names[place]}", 1, 0)

        shown = [f"{one}   {saved[one]}" for one in names]
        self.app.push_screen(ChooseOneScreen("Saved queries", shown), chosen)

    def action_save(self) -> None:
        """Save the query under a name."""

        def named(name: str | None) -> None:
            if name:
                self.run_worker(self._do(lambda: save_query(self._study, name, self._query)), group="do")

        if not self._query:
            self.say("There is no query to save; / writes one.")
            return
        self.app.push_screen(AskTextScreen("Save the query as", "", "Letters, digits, - and _"), named)

    def action_export(self) -> None:
        """Write all quotes that fit to a file."""

        def asked(path: str | None) -> None:
            if path:
                self.run_worker(self._do(lambda: write(path)), group="do")

        def write(path: str) -> str:
            count = export_quotes(self._study, self._query, self._study.root / Path(path), sort=self._sort)
            return f"Wrote {counted(count, 'quote')} to {path}. Not for publication."

        hint = "The end of the name says the format: .md, .csv or .json"
        self.app.push_screen(AskTextScreen("Export to", EXPORT, hint), asked)

    # On a quote

    @on(QuoteList.Opened)
    def _clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Show the quote in its transcript."""
        quote = self.query_one(QuoteList).chosen
        if quote is not None:
            self.post_message(GoTo(quote.id))

    def action_pick(self) -> None:
        """Pick the quote, or do not, and go on."""
        quotes = self.query_one(QuoteList)
        quote = quotes.chosen
        if quote is None:
            return
        if self._picked.pop(quote.id, None) is None:
            self._picked[quote.id] = quote
        quotes.pick(set(self._picked))
        quotes.action_move(1)
        self.say()

    def action_pick_all(self) -> None:
        """Pick all quotes of the page, or none where all are picked."""
        here = [] if self._page is None else self._page.found.quotes
        if all(quote.id in self._picked for quote in here):
            for quote in here:
                self._picked.pop(quote.id, None)
        else:
            self._picked |= {quote.id: quote for quote in here}
        self.query_one(QuoteList).pick(set(self._picked))
        self.say()

    def _wanted(self) -> list[Quote]:
        """The quotes that are picked, or else the one under the cursor."""
        chosen = self.query_one(QuoteList).chosen
        return list(self._picked.values()) or ([chosen] if chosen is not None else [])

    async def _do(self, what: Callable[[], str]) -> None:
        """Change something off the event loop, and show what fits then."""
        try:
            said = await asyncio.to_thread(what)
        except QuotegridError as error:
            self.failed(error)
            return
        await self._ask_again(said)

    def action_code(self) -> None:
        """Apply a code to the quote, or to all that are picked in one go."""
        wanted = self._wanted()

        def chosen(code: str | None) -> None:
            if code is not None:
                self._decide(wanted, Action.APPLY, code, f"Coded “{code}”")

        if wanted:
            self.app.push_screen(ChooseCodeScreen(current_codebook(self._study)), chosen)

    def action_remove(self) -> None:
        """Take a code off the quote, or off all that are picked."""
        wanted = self._wanted()
        codes = list(dict.fromkeys(code for quote in wanted for code in quote.codes))
        if not codes:
            self.say("No code stands here; c applies one.")
        elif len(codes) == 1:
            self._decide(wanted, Action.REMOVE, codes[0], f"Took “{codes[0]}” off")
        else:

            def chosen(place: int | None) -> None:
                if place is not None:
                    self._decide(wanted, Action.REMOVE, codes[place], f"Took “{codes[place]}” off")

            self.app.push_screen(ChooseOneScreen("Take off", codes), chosen)

    def _decide(self, quotes: list[Quote], action: Action, code: str, did: str) -> None:
        def decide() -> str:
            done = decide_many(self._study, [DecisionRequest(quote.id, action, code) for quote in quotes])
            made = sum(one.number is not None for one in done)
            self._picked.clear()
            if not made:
                return "That holds already, or is not yours to change."
            return f"{did}: {counted(made, 'quote')}."

        self.run_worker(self._do(decide), group="do")

    def action_stance(self) -> None:
        """Give a code of the quote the next stance."""
        quote = self.query_one(QuoteList).chosen
        if quote is None or not quote.codes:
            self.say("A stance needs a confirmed code; c applies one.")
            return
        if len(quote.codes) == 1:
            self._turn_stance(quote, quote.codes[0])
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self._turn_stance(quote, quote.codes[place])

        self.app.push_screen(ChooseOneScreen("Stance of", quote.codes_with_stances), chosen)

    def _turn_stance(self, quote: Quote, code: str) -> None:
        def turn() -> str:
            stance = turn_stance(self._study, quote.id, code)
            return f"“{code}”: {'no stance' if stance is None else stance.value}."

        self.run_worker(self._do(turn), group="do")

    def action_exemplar(self) -> None:
        """Mark the quote as an exemplar of a code of its own, or take the mark off."""
        quote = self.query_one(QuoteList).chosen
        if quote is None or not quote.codes:
            self.say("An exemplar needs a confirmed code; c applies one.")
            return

        def turn(code: str) -> None:
            def do() -> str:
                is_marked = toggle_exemplar(self._study, quote.id, code)
                return f"{'Marked as' if is_marked else 'No longer'} an exemplar of “{code}”."

            self.run_worker(self._do(do), group="do")

        if len(quote.codes) == 1:
            turn(quote.codes[0])
            return
        self.app.push_screen(
            ChooseOneScreen("An exemplar of", quote.codes),
            lambda place: None if place is None else turn(quote.codes[place]),
        )

    def action_memo(self) -> None:
        """Write a memo on the quote."""
        quote = self.query_one(QuoteList).chosen
        if quote is None:
            return

        def written(text: str | None) -> None:
            if text is not None:
                self.run_worker(self._do(lambda: keep(text)), group="do")

        def keep(text: str) -> str:
            write_memo_on(self._study, quote.id, text)
            return "Kept the memo."

        self.app.push_screen(WriteMemoScreen(quote.text), written)

    def action_copy(self) -> None:
        """Copy the quote, or all that are picked, with who said it but not by name."""
        wanted = self._wanted()
        if wanted:
            said = [f"“{one_line(quote.text)}” ({quote.attribution})" for quote in wanted]
            self.app.copy_to_clipboard("\n\n".join(said))
            self.say(f"Copied {counted(len(wanted), 'quote')}. Not for publication.")

    async def action_undo(self) -> None:
        """Take back the latest decision."""
        await self._do(lambda: undo_in_words(self._study))

    async def action_redo(self) -> None:
        """Bring again what was undone last."""
        await self._do(lambda: redo_in_words(self._study))
