"""The screen that lists the backups of the study, makes and checks them, and puts one back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.restoring import (
    ListedBackup,
    back_up_by_hand,
    list_backups,
    lost_by_restoring,
    restore_backup,
    verify_backups,
)

_REASON = 36


class BackupsScreen(GuardedScreen[str | None]):
    """A list of the backups, the newest first; answers with what was put back, in a sentence.

    Args:
        study: The study.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "restore", "Put back", priority=True, tooltip="Put this backup in place"),
        Binding("n", "make", "Back up now", tooltip="Make a backup now"),
        Binding("v", "verify", "Check", tooltip="Check that this backup is whole and unchanged"),
        Binding("escape", "dismiss(None)", "Leave", key_display="esc"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__()
        self._study = study
        self._listed: list[ListedBackup] = []

    def compose(self) -> ComposeResult:
        """Lay out the list and what is known of the backup under the cursor."""
        yield PlaceLine()
        yield ChoiceList(id="backups", markup=False, compact=True)
        yield Static(id="backup-where", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    async def on_mount(self) -> None:
        """Read what there is."""
        self.query_one(ChoiceList).focus()
        await self._read()

    async def _read(self, message: str = "") -> None:
        try:
            listed = await asyncio.to_thread(list_backups, self._study)
        except QuotegridError as error:
            self._say(str(error))
            return
        self._listed = listed[::-1]
        choices = self.query_one(ChoiceList)
        place = choices.highlighted or 0
        choices.set_options([Option(plain(_line(backup))) for backup in self._listed])
        choices.highlighted = min(place, len(listed) - 1) if listed else None
        self._say(message or ("" if listed else "There is none yet; n makes one."))

    def _say(self, message: str = "") -> None:
        made = self._study.settings.backups
        how = "made by themselves" if made == "each day" else "made with n"
        self.query_one(PlaceLine).show(f"{counted(len(self._listed), 'backup')}, {how}", message)

    @property
    def _chosen(self) -> ListedBackup | None:
        place = self.query_one(ChoiceList).highlighted
        return None if place is None or place >= len(self._listed) else self._listed[place]

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        chosen = self._chosen
        self.query_one("#backup-where", Static).update("" if chosen is None else plain(_more(chosen)))

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_restore()

    def action_make(self) -> None:
        """Make a backup."""
        self.start(partial(self._do, lambda: f"Wrote {back_up_by_hand(self._study).name}."), "backup")

    def action_verify(self) -> None:
        """Check the backup under the cursor."""
        chosen = self._chosen
        if chosen is not None:
            self.start(partial(self._do, lambda: _checked(self._study, chosen.name)), "backup")

    def action_restore(self) -> None:
        """Ask, then put the backup under the cursor in the study's place."""
        chosen = self._chosen
        if chosen is not None:
            self.start(partial(self._ask, chosen.name), "backup")

    async def _ask(self, name: str) -> None:
        try:
            told = await asyncio.to_thread(lost_by_restoring, self._study, name)
        except QuotegridError as error:
            self._say(str(error))
            return
        self._say(told)
        self.ask(
            ChooseOneScreen(f"Put back {name}", ("No, leave everything as it is", "Yes, put it back")),
            lambda place: self.start(partial(self._restore, name), "backup") if place else None,
        )

    async def _restore(self, name: str) -> None:
        async with self._changing:
            try:
                done = await asyncio.to_thread(restore_backup, self._study, name)
            except QuotegridError as error:
                self._say(str(error))
                return
        kept = f" What stood here before is {done.before.name}." if done.before else ""
        self.dismiss(f"Put back {done.backup.name}.{kept}")

    async def _do(self, work: Callable[[], str]) -> None:
        async with self._changing:
            try:
                message = await asyncio.to_thread(work)
            except QuotegridError as error:
                message = str(error)
        await self._read(message)


def _line(backup: ListedBackup) -> str:
    made = backup.made[:16].replace("T", " ")
    reason = shortened(backup.why or "before a migration", _REASON)
    return f"{made}  {reason:<{_REASON}} {backup.bytes / 1_000_000:8.1f} MB"


def _more(backup: ListedBackup) -> str:
    journal = "" if backup.entries is None else f"By {backup.by}, the journal up to entry {backup.entries:,}."
    return f"{journal}\n{backup.folder}".lstrip()


def _checked(study: StudyFolder, name: str) -> str:
    ((_, faults),) = verify_backups(study, [name])
    return f"{name} cannot be used: {'; '.join(faults)}." if faults else f"{name} is whole and unchanged."
