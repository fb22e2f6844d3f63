"""The quotes that fit a query, to read, recode and copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.errors import QueryError, QuotegridError, UnknownNameError
from quotegrid.tui.jobs import Job
from quotegrid.tui.messages import ShowPassage, StartJob
from quotegrid.tui.quotes import changes
from quotegrid.tui.quotes.applying import apply_to_fitting
from quotegrid.tui.quotes.query_input import QueryInput
from quotegrid.tui.quotes.search import ORDERS, QuoteSearch
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen, choose_if_several
from quotegrid.tui.widgets.quote_list import QuoteList
from quotegrid.tui.widgets.write_memo import ask_memo_on_quote
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.search.query_vocabulary import query_vocabulary
from quotegrid.workflows.search.quote_pages import PAGE, QuotePage
from quotegrid.workflows.search.saved_queries import save_query
from quotegrid.workflows.study.folder import StudyFolder

_PAUSE = 0.2
"""Seconds after a key before a query that is being typed is answered."""
EXPORT = "exports/quotes.md"


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
        Binding("a", "apply", "Code all", tooltip="Apply a code to all that fit the query"),
        Binding("x", "remove", "Take off", tooltip="Take a code off the quote, or off those picked"),
        Binding("t", "stance", "Stance", tooltip="Supports, disputes, mixed or none"),
        Binding(
            "g", "exemplar", "Exemplar", show=False, tooltip="Mark the quote as an exemplar, or take it off"
        ),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the quote or a coding"),
        Binding("space", "pick", "Pick", tooltip="Pick the quote, or unpick it"),
        Binding("asterisk", "pick_all", "Pick all", key_display="*", show=False, tooltip="Pick the page"),
        Binding("y", "copy", "Copy", tooltip="Copy with attribution"),
        Binding("o", "order", "Order", tooltip="The order and the headings"),
        Binding("at", "saved", "Saved", key_display="@", tooltip="Ask a saved query", show=False),
        Binding("ctrl+s", "save", "Save", tooltip="Save the query under a name", show=False),
        Binding("e", "export", "Export", tooltip="Export all that fit"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest decision"),
        Binding("ctrl+r", "redo", "Redo", tooltip="Redo what was undone last", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False, tooltip="Next page"),
        Binding("pageup", "page(-1)", "Page up", show=False, tooltip="Page before"),
    ]

    @dataclass
    class VocabularyRead(Message):
        """The fields and values that a query can use have been read."""

        vocabulary: Mapping[str, Sequence[str]]

    @dataclass
    class Answered(Message):
        """A query has been answered, or could not be."""

        query: str
        page: QuotePage | None
        error: QuotegridError | None
        place: int
        """The place on the page of the quote that the cursor goes to."""

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._search = QuoteSearch(study)
        self._is_query_new = False
        """Whether another screen has set the query, and the field does not show it yet."""
        self._picked: dict[int, Quote] = {}
        self._pause: Timer | None = None
        self._searches = 0
        """The number of searches that have begun: only the last one is shown."""

    def compose_body(self) -> ComposeResult:
        """Lay out the query and the quotes."""
        yield QueryInput(id="query-input")
        yield QuoteList(id="quote-list")

    def set_query(self, query: str) -> None:
        """Set the query to be answered when the screen is shown next."""
        self._search.query = query
        self._is_query_new = True

    async def on_screen_resume(self) -> None:
        """Search again: decisions may have been made meanwhile."""
        if self._is_query_new:
            self._is_query_new = False
            self.query_one(QueryInput).text = self._search.query
        self._read_vocabulary()
        await self.look_again()

    @work(thread=True, exclusive=True, group="vocabulary")
    def _read_vocabulary(self) -> None:
        try:
            vocabulary = query_vocabulary(self._study)
        except QuotegridError:
            return
        self.post_message(self.VocabularyRead(vocabulary))

    @on(VocabularyRead)
    def _vocabulary_read(self, event: VocabularyRead) -> None:
        self.query_one(QueryInput).set_vocabulary(event.vocabulary)

    def study_changed(self, change: Change) -> None:
        """Search again when others have changed something."""
        if self.is_changed_by_others(change):
            self.start(self.look_again, "again", exclusive=True)

    def place_text(self) -> str:
        """Return how many quotes fit, which of them are shown, and how many are picked."""
        picked = f"   {len(self._picked)} picked" if self._picked else ""
        return f"{self._search.summary()}{picked}"

    @on(QueryInput.Typed)
    def _typed(self, event: QueryInput.Typed) -> None:
        if isinstance(event, QueryInput.Submitted) or event.query == self._search.query:
            return
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, lambda: self._while_typing(event.query))

    def _while_typing(self, query: str) -> None:
        # To rank by meaning loads a model: that waits for Enter.
        if query == self.query_one(QueryInput).text and "near:" not in query:
            self._begin_search(query)

    @on(QueryInput.Submitted)
    def _submitted(self, event: QueryInput.Submitted) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._begin_search(event.query)
        self.query_one(QuoteList).focus()

    def _begin_search(self, query: str, number: int = 1, place: int = 0) -> None:
        self._searches += 1
        self.say("Searching")
        self._answer(query, number, place)

    @work(thread=True, exclusive=True, group="search")
    def _answer(self, query: str, number: int, place: int) -> None:
        worker = get_current_worker()
        try:
            answer = self.Answered(query, self._search.find(query, number), None, place)
        except QuotegridError as error:
            answer = self.Answered(query, None, error, place)
        if not worker.is_cancelled:
            self.post_message(answer)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        field = self.query_one(QueryInput)
        if event.error is not None:
            if isinstance(event.error, UnknownNameError) and field.is_completing:
                field.show_error("")
            elif isinstance(event.error, QueryError | UnknownNameError):
                field.show_error(str(event.error))
            else:
                self.failed(event.error)
            self.say()
            return
        field.show_error("")
        self._search.query, self._search.page = event.query, event.page
        self._draw(event.place)

    def _draw(self, place: int, message: str = "") -> None:
        page = self._search.page
        if page is None:
            return
        quotes = self.query_one(QuoteList)
        quotes.show(page.found.quotes, self._search.headings(), page.found.places, at=place)
        quotes.pick(set(self._picked))
        if not page.found.total and not message:
            message = "Nothing fits. Ask for less: fewer words, or OR between them."
        self.say(message)

    async def look_again(self, message: str | None = None) -> None:
        """Search for the same once more, and keep the place."""
        self._searches += 1
        number = self._searches
        if message is not None:
            # A search that begins after this one still shows it.
            self.last_message = message
        place = self.query_one(QuoteList).at
        page = await self.attempt(lambda: self._search.find(self._search.query, self._search.number))
        # What has been searched for or changed since is shown instead.
        if page is not None and number == self._searches:
            self._search.page = page
            self._draw(place, self.last_message)

    def action_ask(self) -> None:
        """Write a query."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Go from the query to the quotes."""
        self.query_one(QueryInput).close()
        self.query_one(QuoteList).focus()

    def action_page(self, steps: int) -> None:
        """Show the next page, or the one before."""
        number = self._search.number + steps
        if not self._search.has_page(number):
            self.say("These are the last." if steps > 0 else "These are the first.")
            return
        self._begin_search(self._search.query, number, 0 if steps > 0 else PAGE)

    @on(QuoteList.Beyond)
    def _beyond(self, event: QuoteList.Beyond) -> None:
        self.action_page(event.steps)

    def action_order(self) -> None:
        """Choose the order; by source, group, area and case there are headings."""
        sorts = list(ORDERS)
        current = 0 if self._search.sort is None else sorts.index(self._search.sort)

        def choose(place: int) -> None:
            self._search.sort = sorts[place]
            self._begin_search(self._search.query)

        self.ask(ChooseOneScreen("Order", list(ORDERS.values()), current), choose)

    def action_saved(self) -> None:
        """Choose a saved query and search for it."""
        saved = self._study.settings.queries
        if not saved:
            self.say("No query is saved yet; Ctrl+S saves one.")
            return
        names = list(saved)

        def choose(place: int) -> None:
            self.query_one(QueryInput).text = f"@{names[place]}"
            self._begin_search(f"@{names[place]}")

        lines = [f"{name}   {query}" for name, query in saved.items()]
        self.ask(ChooseOneScreen("Saved queries", lines), choose)

    def action_save(self) -> None:
        """Save the query under a name."""
        if not self._search.query:
            self.say("There is no query to save; / writes one.")
            return
        self.ask(
            AskTextScreen("Save the query as", "", "Letters, digits, - and _"),
            lambda name: self._change(lambda: save_query(self._study, name, self._search.query)),
        )

    def action_export(self) -> None:
        """Write all quotes that fit to a file."""
        search = self._search
        hint = "The end of the name says the format: .md, .csv or .json"
        self.ask(
            AskTextScreen("Export to", EXPORT, hint),
            lambda path: self.post_message(
                StartJob(
                    Job(
                        f"Writing {path}",
                        lambda report: changes.export(self._study, search.query, path, search.sort, report),
                        "nothing was written",
                    )
                )
            ),
        )

    @on(QuoteList.Opened)
    def _clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Show the quote in its transcript."""
        quote = self.query_one(QuoteList).chosen
        if quote is not None:
            self.post_message(ShowPassage(quote.id))

    def action_pick(self) -> None:
        """Pick the quote, or unpick it, and go on."""
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
        """Pick all quotes of the page, or unpick them if all are picked."""
        quotes = [] if self._search.page is None else self._search.page.found.quotes
        if all(quote.id in self._picked for quote in quotes):
            for quote in quotes:
                self._picked.pop(quote.id, None)
        else:
            self._picked |= {quote.id: quote for quote in quotes}
        self.query_one(QuoteList).pick(set(self._picked))
        self.say()

    def _picked_or_chosen(self) -> list[Quote]:
        """Return the quotes that are picked, or else the one under the cursor."""
        chosen = self.query_one(QuoteList).chosen
        return list(self._picked.values()) or ([chosen] if chosen is not None else [])

    def _change(self, change: Callable[[], str]) -> None:
        self.start(partial(self.change, change), "change")

    def action_code(self) -> None:
        """Apply a code to the quote, or to all that are picked in one go."""
        quotes = self._picked_or_chosen()
        if quotes:
            self.ask(
                ChooseCodeScreen(current_codebook(self._study)),
                lambda code: self._decide(lambda: changes.apply_code(self._study, quotes, code)),
            )

    def action_apply(self) -> None:
        """Apply a code to all passages that fit the query, after showing them."""
        query = self._search.query
        self.ask(
            ChooseCodeScreen(current_codebook(self._study), "Apply to all that fit"),
            lambda code: self.start(
                partial(apply_to_fitting, self, self._study, query, code, self._decide), "change"
            ),
        )

    def action_remove(self) -> None:
        """Take a code off the quote, or off all that are picked."""
        quotes = self._picked_or_chosen()
        codes = list(dict.fromkeys(code for quote in quotes for code in quote.codes))
        if not codes:
            self.say("No code stands here; c applies one.")
            return
        choose_if_several(
            self,
            "Take off",
            codes,
            lambda place: self._decide(lambda: changes.take_code_off(self._study, quotes, codes[place])),
        )

    def _decide(self, decide: Callable[[], str]) -> None:
        self.start(partial(self._decide_and_unpick, decide), "change")

    async def _decide_and_unpick(self, decide: Callable[[], str]) -> None:
        message = await self.attempt_in_order(decide)
        if message is not None:
            self._picked.clear()
            await self.look_again(message)

    def action_stance(self) -> None:
        """Give a code of the quote the next stance."""
        quote = self.query_one(QuoteList).chosen
        if quote is None or not quote.codes:
            self.say("A stance needs a confirmed code; c applies one.")
            return

        def change(place: int) -> None:
            self._change(lambda: changes.give_next_stance(self._study, quote, quote.codes[place]))

        choose_if_several(self, "Stance of", quote.codes_with_stances, change)

    def action_exemplar(self) -> None:
        """Mark the quote as an exemplar of a code of its own, or take the mark off."""
        quote = self.query_one(QuoteList).chosen
        if quote is None or not quote.codes:
            self.say("An exemplar needs a confirmed code; c applies one.")
            return

        def change(place: int) -> None:
            self._change(lambda: changes.mark_exemplar(self._study, quote, quote.codes[place]))

        choose_if_several(self, "An exemplar of", quote.codes, change)

    def action_memo(self) -> None:
        """Write a memo on the quote or one of its codings, or change yours."""
        quote = self.query_one(QuoteList).chosen
        if quote is not None:
            ask_memo_on_quote(self, quote, self._change)

    def action_copy(self) -> None:
        """Copy the quote, or all that are picked, with who said it but not by name."""
        quotes = self._picked_or_chosen()
        if quotes:
            texts = [f"“{one_line(quote.text)}” ({quote.attribution})" for quote in quotes]
            self.app.copy_to_clipboard("\n\n".join(texts))
            self.say(f"Copied {counted(len(quotes), 'quote')}. Not for publication.")
