"""The settings of the study."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.normalise import shortened
from quotegrid.errors import QuotegridError
from quotegrid.settings import Setting
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.write_memo import ask_memo_on
from quotegrid.workflows.study.change_settings import change_setting, changeable_settings, value_text

_TITLE = 31


class SettingsScreen(WorkbenchScreen):
    """A list with a line for each setting, and what the one under the cursor does."""

    MODE = "settings"
    AUTO_FOCUS = "#settings"
    MORE_KEYS = (("up, down", "Move among the settings"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change", tooltip="Change the setting", priority=True),
        Binding("m", "memo", "Diary", tooltip="Write an entry of the research diary"),
    ]

    class Changed(Message):
        """A setting has been given another value."""

    def compose_body(self) -> ComposeResult:
        """Lay out the settings and what one of them does."""
        yield ChoiceList(id="settings", markup=False, compact=True)
        yield Static(id="setting-help")

    def on_screen_resume(self) -> None:
        """Show the current values."""
        self._list()
        self.say(self.last_message)

    def place_text(self) -> str:
        """Return where the settings are kept."""
        return f"Settings of this study, kept in {CONFIG_NAME}"

    @property
    def _settings(self) -> tuple[Setting, ...]:
        return changeable_settings(type(self._study.settings))

    def _list(self) -> None:
        settings = self.query_one("#settings", ChoiceList)
        place = settings.highlighted or 0
        settings.set_options([Option(self._line(setting)) for setting in self._settings])
        settings.highlighted = place

    def _line(self, setting: Setting) -> Content:
        value = value_text(self._study, setting)
        if not value and setting.attribute == "coder":
            shown = plain(f"{self._study.settings.coder_name()} (your login name)")
        else:
            shown = plain(shortened(value, 90))
        return Content.assemble((f"{setting.title:<{_TITLE}}", "bold"), shown)

    @property
    def _chosen(self) -> Setting | None:
        place = self.query_one("#settings", ChoiceList).highlighted
        return None if place is None else self._settings[place]

    @on(OptionList.OptionHighlighted, "#settings")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        setting = self._chosen
        description = "" if setting is None else f"{setting.help}\n\n[{setting.section}] {setting.key}"
        others = f"Groups and areas: Ctrl+G. Bands, words never told: edit {CONFIG_NAME}, and start again."
        self.query_one("#setting-help", Static).update(plain(f"{description}\n\n{others}"))

    @on(OptionList.OptionSelected, "#settings")
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Ask for the setting's new value."""
        setting = self._chosen
        if setting is None:
            return
        value = value_text(self._study, setting)
        if setting.choices:
            self.ask(
                ChooseOneScreen(setting.title, setting.choices, setting.choices.index(value)),
                lambda place: self._set_value(setting, setting.choices[place]),
            )
        else:
            self.ask(
                AskTextScreen(setting.title, value, setting.help, allows_empty=True),
                lambda text: self._set_value(setting, text),
            )

    async def action_memo(self) -> None:
        """Write an entry of the research diary."""
        await ask_memo_on(self, MemoSubject.STUDY)

    def _set_value(self, setting: Setting, text: str) -> None:
        try:
            message = change_setting(self._study, setting.name, text)
        except (QuotegridError, OSError) as error:
            self.failed(error if isinstance(error, QuotegridError) else QuotegridError(str(error)))
            return
        self._list()
        self.say(message or "Nothing was changed.")
        self.post_message(self.Changed())
