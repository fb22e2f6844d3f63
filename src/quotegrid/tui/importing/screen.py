"""The screen that chooses files to import, and shows who speaks in them before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import DirectoryTree, Footer, Input, Static
from textual.worker import get_current_worker

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.readers import READERS, TABLES
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.corpus.text.headers import names_in
from quotegrid.errors import CancelledError, QuotegridError
from quotegrid.tui.importing.ask_columns import AskColumnsScreen
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.path_input import PathSuggester
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.workflows.sources.import_messages import MessageLine, preview_lines
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.sources.tables.questions import asks_for_columns, table_columns
from quotegrid.workflows.study.folder import StudyFolder

_READABLE = {*READERS, *TABLES}
_NOT = "-"
"""The sign before the name of somebody who asks but is no interviewer."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A file or folder to be imported, and how."""

    path: Path
    options: ReadingOptions


class ReadableTree(DirectoryTree):
    """A tree of the folders and the files that can be read."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out what cannot be imported."""
        return [
            path
            for path in paths
            if not path.name.startswith(".") and (path.is_dir() or path.suffix.lower() in _READABLE)
        ]


class ImportFilesScreen(GuardedScreen[ImportRequest | None]):
    """A path, the folders to choose from, and a preview; answers with what to import, or None.

    Args:
        study: The study.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "import_", "Import", priority=True, tooltip="Import what is shown"),
        Binding("enter", "look", "Look", tooltip="Show what an import would do"),
        Binding("tab", "app.focus_next", "Field or folders", show=True),
        Binding("ctrl+t", "columns", "Columns", priority=True, tooltip="Set what a table's columns mean"),
        Binding(
            "ctrl+n", "interviewer", "Interviewer", priority=True, tooltip="Set the label of the interviewer"
        ),
        Binding("escape", "dismiss(None)", "Leave", key_display="esc", priority=True),
    ]

    @dataclass
    class Previewed(Message):
        """An import of a path has been previewed."""

        path: Path
        lines: list[MessageLine]
        can_import: bool
        unclear: str | None = None
        """A table in the folder that is not read before its columns are explained."""

    def __init__(self, study: StudyFolder) -> None:
        super().__init__()
        self._study = study
        self._options = ReadingOptions()
        self._previewed: Path | None = None
        """The path that has been previewed and can be imported."""

    def compose(self) -> ComposeResult:
        """Lay out the path, the folders and the preview."""
        yield PlaceLine()
        yield Input(
            "corpus/" if (self._study.root / "corpus").is_dir() else "",
            placeholder="a file or a folder",
            suggester=PathSuggester(self._study.root),
            id="import-path",
        )
        with Horizontal(id="import"):
            yield ReadableTree(self._study.root, id="import-tree")
            with VerticalScroll(id="import-side", can_focus=False):
                yield Static(id="import-preview")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Focus the path."""
        self._say("")
        self.query_one("#import-preview", Static).update(
            "Enter shows who speaks in each file. Nothing is kept until Ctrl+S."
        )
        self.query_one(Input).focus()

    def _say(self, message: str) -> None:
        self.query_one(PlaceLine).show("Import: type a path, or choose from the folders", message)

    @property
    def _path(self) -> Path:
        return self._study.root / Path(self.query_one(Input).value.strip()).expanduser()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_look()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._previewed = None
        self._options = replace(self._options, columns=None)

    @on(DirectoryTree.FileSelected)
    @on(DirectoryTree.DirectorySelected)
    def _chosen(self, event: DirectoryTree.FileSelected | DirectoryTree.DirectorySelected) -> None:
        path = event.path
        if path.resolve() == self._study.root.resolve():
            return
        inside = path.is_relative_to(self._study.root)
        self.query_one(Input).value = str(path.relative_to(self._study.root) if inside else path)
        self.action_look()

    def action_look(self) -> None:
        """Show what an import of the path would do; ask first what a table's columns mean."""
        path = self._path
        if not path.exists():
            self._say("There is no such file or folder.")
            return
        if path.is_file() and asks_for_columns(self._study, path) and self._options.columns is None:
            self._ask_columns(path)
            return
        self._begin_preview(path)

    def action_columns(self) -> None:
        """Ask what the columns of a table mean."""
        path = self._path
        if not path.is_file() or path.suffix.lower() not in TABLES:
            self._say("Only a table has columns: choose a .csv, .tsv, .xlsx or .jsonl file first.")
            return
        self._ask_columns(path)

    def _ask_columns(self, path: Path) -> None:
        try:
            columns = table_columns(path)
        except QuotegridError as error:
            self._say(str(error))
            return

        def preview(meanings: Columns) -> None:
            self._options = replace(self._options, columns=meanings)
            self._begin_preview(path)

        self.ask(AskColumnsScreen(path.name, columns), preview)

    def action_interviewer(self) -> None:
        """Ask for the label of the interviewer in the transcripts."""

        def preview(written: str) -> None:
            names = names_in(written)
            asking = ", ".join(name for name in names if not name.startswith(_NOT))
            others = ", ".join(name.removeprefix(_NOT) for name in names if name.startswith(_NOT))
            self._options = replace(self._options, interviewer=asking or None, participant=others or None)
            self.action_look()

        others = [f"{_NOT}{name}" for name in names_in(self._options.participant)]
        written = ", ".join([*names_in(self._options.interviewer), *others])
        hint = f"As the transcripts print it; {_NOT}NAME for one who asks but is none; empty to detect it."
        self.ask(AskTextScreen("The label of the interviewer", written, hint, allows_empty=True), preview)

    def _begin_preview(self, path: Path) -> None:
        self._say("Reading")
        self._previewed = None
        self._preview(path, self._options)

    @work(thread=True, exclusive=True, group="preview")
    def _preview(self, path: Path, options: ReadingOptions) -> None:
        worker = get_current_worker()

        def report(_name: str, _done: int, _total: int) -> None:
            if worker.is_cancelled:
                raise CancelledError("Another path is previewed.")

        try:
            preview = preview_import(self._study, [path], options, report=report)
        except CancelledError:
            return
        except QuotegridError as error:
            self.post_message(
                self.Previewed(path, [MessageLine(str(error), is_warning=True)], can_import=False)
            )
            return
        can_import = bool(preview.sources or preview.attributes_files or preview.plan_files)
        unclear = next((name for name in preview.left_out if name.casefold().endswith(TABLES)), None)
        self.post_message(self.Previewed(path, preview_lines(preview, verbose=True), can_import, unclear))

    @on(Previewed)
    def _show_preview(self, event: Previewed) -> None:
        self._previewed = event.path if event.can_import else None
        lines = [
            plain(line.text).stylize("bold") if line.is_warning else plain(line.text) for line in event.lines
        ]
        self.query_one("#import-preview", Static).update(Content("\n").join(lines))
        self.query_one("#import-side", VerticalScroll).scroll_home(animate=False)
        said = "Ctrl+S imports this." if event.can_import else "Nothing here can be imported."
        if event.unclear is not None:
            said += f" Choose {event.unclear} to say what its columns mean."
        self._say(said)

    def action_import_(self) -> None:
        """Answer with what is to be imported; show a preview first if there was none."""
        if self._previewed is None or self._previewed != self._path:
            self.action_look()
            return
        self.dismiss(ImportRequest(self._previewed, self._options))
