"""The sources of the study: what was read, how far it is coded, and what can be put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.exchange.listing import Record
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.languages import language_name
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.tui.look import plain
from quotegrid.tui.messages import ShowPassage
from quotegrid.tui.sources.ask_file import AskFileScreen
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.tui.widgets.write_memo import ask_memo_on
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.sources.list_sources import first_passage, source_records
from quotegrid.workflows.sources.mark_read import turn_read_mark
from quotegrid.workflows.sources.versions.difference_messages import difference_lines
from quotegrid.workflows.sources.versions.reading_words import NAMES, options_from_words, options_in_words
from quotegrid.workflows.sources.versions.removing import plan_removal, remove_source
from quotegrid.workflows.sources.versions.replacing import (
    Difference,
    preview_replacement,
    preview_reread,
    replace_source,
    reread_source,
)
from quotegrid.workflows.study.folder import StudyFolder

_NAME = 28
_NOTHING = "Nothing has been imported yet: i imports transcripts, reports and tables."
HEADING = f"{'source':<{_NAME}}{'turns':>6}{'passages':>9}{'words':>8}{'decided':>8}{'coded':>6} read"


class SourcesScreen(WorkbenchScreen):
    """A line for each source, and below them more about the one under the cursor.

    Args:
        study: The study.
    """

    MODE = "sources"
    AUTO_FOCUS = "#sources"
    MORE_KEYS = (("up, down", "Move among the sources"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", tooltip="Open the source to read it", priority=True),
        Binding("p", "replace", "Replace", tooltip="Replace the source with a corrected file"),
        Binding("o", "reread", "Options", tooltip="Read the source's file again with other options"),
        Binding("x", "remove", "Remove", tooltip="Remove the source from the study"),
        Binding("R", "mark_read", "Read to end", tooltip="Mark the source as read to the end, or as not"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest change"),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the source, or change yours"),
        Binding("i", "app.import_files", "Import", tooltip="Import transcripts, reports and tables"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._sources: Sequence[Record] | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the sources and what is known of one of them."""
        yield Static(HEADING, id="sources-head")
        yield ChoiceList(id="sources", markup=False, compact=True)
        yield Static(id="source-facts")

    async def on_screen_resume(self) -> None:
        """Read them again: much may have changed meanwhile."""
        await self.look_again()

    def study_changed(self, change: Change) -> None:
        """Read them again when somebody has changed something."""
        self.start(self.look_again, "look", exclusive=True)

    async def look_again(self, message: str | None = None) -> None:
        """Read the sources again."""
        sources = await self.attempt(lambda: source_records(self._study))
        if sources is not None:
            chosen = self.chosen
            self._sources = sources
            self._list("" if chosen is None else chosen["name"])
            self.say(self.last_message if message is None else message)

    def _list(self, name: str) -> None:
        sources = self._sources or ()
        listed = self.query_one("#sources", ChoiceList)
        before = listed.highlighted or 0
        listed.set_options([Option(_line(source)) for source in sources])
        places = {source["name"]: place for place, source in enumerate(sources)}
        listed.highlighted = places.get(name, min(before, len(sources) - 1)) if sources else None
        self._show_facts()

    @property
    def chosen(self) -> Record | None:
        """The source under the cursor; None if there is none."""
        place = self.query_one("#sources", ChoiceList).highlighted
        sources = self._sources or ()
        return sources[place] if place is not None and place < len(sources) else None

    def place_text(self) -> str:
        """Return how many sources there are, and how many are read to the end."""
        if self._sources is None:
            return "Reading the sources"
        read = sum(source["read"] for source in self._sources)
        return f"{counted(len(self._sources), 'source')}, {read:,} of them read to the end"

    @on(OptionList.OptionHighlighted, "#sources")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_facts()

    @on(OptionList.OptionSelected, "#sources")
    async def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self.action_open()

    def _show_facts(self) -> None:
        source = self.chosen
        facts = _NOTHING if self._sources is not None and source is None else ""
        self.query_one("#source-facts", Static).update(plain(facts if source is None else _facts(source)))

    async def action_open(self) -> None:
        """Open the source under the cursor at its first passage."""
        source = self.chosen
        if source is None:
            return
        passage = await self.attempt(lambda: first_passage(self._study, source["name"]))
        if passage is None:
            self.say(f'"{source["name"]}" has no passage to read.')
        else:
            self.post_message(ShowPassage(passage))

    def action_replace(self) -> None:
        """Ask for a corrected file, show the difference, and replace the source if that is agreed to."""
        source = self.chosen
        if source is None:
            return
        name = source["name"]

        def replace(typed: str) -> None:
            file = self._study.root / Path(typed).expanduser()
            self._compare(
                lambda: preview_replacement(self._study, name, file),
                # The difference says if it is another text, so agreeing to it is agreeing to that too.
                lambda found: replace_source(self._study, name, file, anyway=True, agreed=found),
                f'Replaced "{name}".',
            )

        self.ask(AskFileScreen(f"The corrected file of {name}", self._study.root), replace)

    def action_reread(self) -> None:
        """Ask for options, show the difference, and read the source again if that is agreed to."""
        source = self.chosen
        if source is None:
            return
        name = source["name"]

        def reread(typed: str) -> None:
            self._compare(
                lambda: preview_reread(self._study, name, options_from_words(typed)),
                lambda found: reread_source(self._study, name, options_from_words(typed), agreed=found),
                f'Read "{name}" again.',
            )

        hint = f"NAME=VALUE, several with commas between: {', '.join(NAMES)}. Empty: as before."
        kept = {option: value for option, value in source["options"].items() if option in NAMES}
        self.ask(
            AskTextScreen(f"Read {name} again with", options_in_words(kept), hint, allows_empty=True), reread
        )

    def _compare(
        self, look: Callable[[], Difference], make: Callable[[Difference], Difference], done: str
    ) -> None:
        """Show a difference, and make it if that is agreed to."""

        async def compare() -> None:
            found = await self.attempt(look)
            if found is None:
                return
            if found.is_same:
                self.say("Nothing would be different: the text and who speaks are as they were.")
                return

            def agreed(is_sure: bool | None) -> None:
                if is_sure:
                    self._change(made)

            def made() -> str:
                make(found)
                return done

            lines = [*difference_lines(found, verbose=True), "", "One undo takes all of it back."]
            self.app.push_screen(ReadLinesScreen("The difference", lines, "make it so"), agreed)

        self.start(compare, "compare", exclusive=True)

    def action_remove(self) -> None:
        """Say what stands on the source, and remove it if that is agreed to."""
        source = self.chosen
        if source is None:
            return
        name = source["name"]

        async def ask() -> None:
            removal = await self.attempt(lambda: plan_removal(self._study, name))
            if removal is None:
                return

            def remove() -> str:
                remove_source(self._study, name, agreed=removal)
                return f'Removed "{name}"; u brings it back.'

            def agreed(is_sure: bool | None) -> None:
                if is_sure:
                    self._change(remove)

            lines = [removal.sentence(), "", "Its file stays. One undo brings all of it back."]
            self.app.push_screen(ReadLinesScreen(f"Remove {name}", lines, "remove it"), agreed)

        self.start(ask, "compare", exclusive=True)

    async def action_mark_read(self) -> None:
        """Mark the source under the cursor as read to the end, or as not where it is."""
        source = self.chosen
        if source is not None:
            await self.change(lambda: turn_read_mark(self._study, source["name"]))

    async def action_memo(self) -> None:
        """Write a memo on the source under the cursor, or change yours."""
        source = self.chosen
        if source is not None:
            await ask_memo_on(self, MemoSubject.SOURCE, source["name"])

    def _change(self, change: Callable[[], str]) -> None:
        self.start(partial(self.change, change), "change")


def _line(source: Record) -> Content:
    name = shortened(plain(source["name"]).plain, _NAME - 1)
    room = " " * (_NAME - plain(name).cell_length)
    figures = "".join(
        f"{source[field]:>{width},}"
        for field, width in (("turns", 6), ("segments", 9), ("words", 8), ("decided", 8), ("coded", 6))
    )
    return Content.assemble(name, room, figures, " yes" if source["read"] else "")


def _facts(source: Record) -> str:
    """Return more about a source in a few lines."""
    language = "" if source["language"] is None else language_name(source["language"])
    kept = f"{counted(source['versions'], 'earlier version')} kept" if source["versions"] else ""
    options = options_in_words(source["options"])
    lines = [
        " · ".join(part for part in (source["kind"], source["title"], source["date"], language) if part),
        f"Who speaks: {', '.join(source['cases']) or 'nobody by name'}",
        f"Its file was read on {source['imported_at'][:16].replace('T', ' at ')} (UTC)"
        + (f" with {options}" if options else ""),
        kept,
    ]
    return "\n".join(line for line in lines if line)
