"""The screen that chooses files to import, and shows who speaks in them before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import DirectoryTree, Input
from textual.worker import get_current_worker

from quotegrid.corpus.readers import TABLES
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.corpus.text.headers import names_in
from quotegrid.errors import CancelledError, QuotegridError
from quotegrid.settings_values import CONFIG_NAME, SpeakersProfile
from quotegrid.tui.importing.ask_columns import NEEDS_ANSWERS, AskColumnsScreen
from quotegrid.tui.importing.choose_label import ChooseLabelScreen
from quotegrid.tui.importing.preview_list import PreviewList, Remedy
from quotegrid.tui.importing.readable_tree import ReadableTree
from quotegrid.tui.keys import keys_of
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.leave_screen import leave
from quotegrid.tui.widgets.path_input import PathInput
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.workflows.sources.import_messages import MessageLine, column_line, preview_lines
from quotegrid.workflows.sources.preview_import import Preview, PreviewedSource, preview_import
from quotegrid.workflows.sources.previewing.differences import preview_differences
from quotegrid.workflows.sources.previewing.labels import transcript_lines
from quotegrid.workflows.sources.previewing.remedies import (
    NO_REMEDIES,
    Remedies,
    marked_as_asking,
    marked_as_words,
)
from quotegrid.workflows.sources.reading_files import source_name
from quotegrid.workflows.sources.speaker_profiles import profiles_of
from quotegrid.workflows.sources.tables.questions import (
    Column,
    Meaning,
    asks_for_columns,
    columns_from_meanings,
    table_columns,
    with_meaning,
)
from quotegrid.workflows.study.folder import StudyFolder

_NOT = "-"
"""The sign before the name of somebody who asks but is no interviewer."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A file or folder to be imported, and how."""

    path: Path
    options: ReadingOptions
    remedies: Remedies = NO_REMEDIES


class ImportFilesScreen(GuardedScreen[ImportRequest | None]):
    """A path, the folders to choose from, and a preview; answers with what to import, or None.

    Args:
        study: The study.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "import_", "Import", priority=True, tooltip="Import what is shown"),
        Binding("escape", "leave", "Leave", key_display="esc", priority=True),
        Binding("enter", "look", "Look", tooltip="Show what an import would do"),
        Binding("tab", "app.focus_next", "Next part", tooltip="To the path, the folders or the preview"),
        Binding("ctrl+t", "columns", "Columns", priority=True, show=False, tooltip="Set what columns mean"),
        Binding(
            "ctrl+n",
            "interviewer",
            "Interviewer",
            priority=True,
            show=False,
            tooltip="Set the label of the interviewer in all files",
        ),
    ]

    @dataclass
    class Previewed(Message):
        """An import of a path has been previewed."""

        path: Path
        preview: Preview | None
        lines: Sequence[MessageLine] = ()
        """The lines of the preview, or why there is none."""
        changed: str = ""
        """The file that was read again because of a remedy; empty where all were read."""

    def __init__(self, study: StudyFolder) -> None:
        super().__init__()
        self._study = study
        self._options = ReadingOptions()
        self._remedies = NO_REMEDIES
        self._earlier: list[tuple[Remedies, str]] = []
        """The remedies before each one, with the file that it was for."""
        self._preview: Preview | None = None
        self._lines: Sequence[MessageLine] = ()
        self._columns: dict[str, list[Column]] = {}
        """The columns of the tables in the preview, by their names."""
        self._differences: dict[str, list[str]] = {}
        self._previewed: Path | None = None
        """The path that has been previewed and can be imported."""
        self._seen: Path | None = None
        """The path of the preview that is shown."""

    def compose(self) -> ComposeResult:
        """Lay out the path, the folders and the preview."""
        yield PlaceLine()
        begun = "corpus/" if (self._study.root / "corpus").is_dir() else ""
        yield PathInput(self._study.root, begun, name="import-path")
        with Horizontal(id="import"):
            yield ReadableTree(self._study.root, id="import-tree")
            yield PreviewList(name="import-preview")
        yield KeyFooter(("import_", "leave"))

    def on_mount(self) -> None:
        """Focus the path."""
        self._say("")
        self._show([MessageLine("Enter shows who speaks in each file. Nothing is kept until Ctrl+S.")])
        self.query_one(Input).focus()

    def _say(self, message: str) -> None:
        title = "Import: type a path, or choose from the folders" if self._preview is None else "Import"
        self.query_one(PlaceLine).show(title, message)

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the preview that mean something for one of its lines."""
        return keys_of(self.query_one(PreviewList).keys_here())

    def unsaved(self) -> str:
        """Return that remedies are not imported, if there are any."""
        return "What you put right here is not imported yet." if self._earlier else ""

    def action_leave(self) -> None:
        """Leave without importing, after asking if something was put right."""
        leave(self)

    def on_descendant_focus(self) -> None:
        """Give the preview the room of the folders in a narrow window while it is used."""
        self.set_class(self.query_one(PreviewList).has_focus, "-reading")

    def _show(self, lines: Sequence[MessageLine]) -> None:
        self._lines = lines
        self.query_one(PreviewList).show(
            lines, self._differences, tuple(self._columns), can_undo=bool(self._earlier)
        )

    @property
    def _path(self) -> Path:
        return self._study.root / Path(self.query_one(Input).value.strip()).expanduser()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_look()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._previewed = None

    @on(PathInput.Ambiguous)
    def _show_ways_on(self, event: PathInput.Ambiguous) -> None:
        self._previewed = None
        self._differences = {}
        self._show([MessageLine(path) for path in event.paths])
        self._say(f"{len(event.paths):,} names go on so; Tab again leaves the field.")

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
        is_told = (
            source_name(self._study, path) in self._remedies.columns or path in self._remedies.attributes
        )
        if path.is_file() and asks_for_columns(self._study, path) and not is_told:
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
        name = source_name(self._study, path)
        try:
            columns = self._columns.get(name) or table_columns(path, self._remedies.columns.get(name))
        except QuotegridError as error:
            self._say(str(error))
            return
        self._ask_columns_of(name, columns)

    def _ask_columns_of(self, name: str, columns: Sequence[Column], place: int = 0) -> None:
        self.ask(
            AskColumnsScreen(name, columns, place),
            lambda meanings: self._remedy(self._remedies.with_columns(name, meanings), name),
        )

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

    @on(PreviewList.MeaningChosen)
    def _mean(self, event: PreviewList.MeaningChosen) -> None:
        name = event.line.source
        columns = self._columns[name]
        place = [column.name for column in columns].index(event.line.column)
        columns = with_meaning(columns, place, Meaning(event.meaning))
        meanings = columns_from_meanings(columns)
        self._columns[name] = columns
        if meanings is None:
            lines = {column.name: column_line(name, column) for column in columns}
            self._show(
                [lines.get(line.column, line) if line.source == name else line for line in self._lines]
            )
            self._say(NEEDS_ANSWERS)
        else:
            self._remedy(self._remedies.with_columns(name, meanings), name)

    @on(PreviewList.RemedyRequested)
    def _put_right(self, event: PreviewList.RemedyRequested) -> None:
        name, label = event.line.source, event.line.label or ""
        match event.remedy:
            case Remedy.ASKS:
                asks = not self._asks(name, label)
                self._remedy_speakers(marked_as_asking(self._profile(name), label, asks=asks))
            case Remedy.NOT_A_SPEAKER:
                self._remedy_speakers(marked_as_words(self._profile(name), label))
            case Remedy.LABELS:
                self._ask_label(name)
            case Remedy.COLUMNS:
                names = [column.name for column in self._columns[name]]
                place = names.index(event.line.column) if event.line.column else 0
                self._ask_columns_of(name, self._columns[name], place)
            case Remedy.PEOPLE if self._preview is not None:
                path = self._preview.paths[name]
                others = {
                    other: columns for other, columns in self._remedies.columns.items() if other != name
                }
                attributes = (*self._remedies.attributes, path)
                self._remedy(Remedies(self._remedies.speakers, others, attributes), "")
            case Remedy.UNDO:
                self._undo_remedy()

    def _source(self, name: str) -> PreviewedSource | None:
        sources = () if self._preview is None else self._preview.sources
        return next((source for source in sources if source.name == name), None)

    def _asks(self, name: str, label: str) -> bool:
        source = self._source(name)
        speakers = () if source is None else source.speakers
        return any(speaker.label == label and speaker.speaker is None for speaker in speakers)

    def _profile(self, name: str) -> SpeakersProfile:
        profiles = profiles_of(
            self._study.settings, self._study.root / CONFIG_NAME, self._remedies.speakers.values()
        )
        return profiles.profile_for(name)

    def _ask_label(self, name: str) -> None:
        if self._preview is None or name not in self._preview.paths:
            return
        try:
            lines = transcript_lines(self._preview.paths[name])
        except QuotegridError as error:
            self._say(str(error))
            return
        self.ask(
            ChooseLabelScreen(name, lines),
            lambda pattern: self._remedy_speakers(replace(self._profile(name), pattern=pattern)),
        )

    def _remedy_speakers(self, profile: SpeakersProfile) -> None:
        self._remedy(self._remedies.with_profile(profile), profile.files)

    def _remedy(self, remedies: Remedies, name: str) -> None:
        """Read a file again with other remedies, or all of them where no name is given."""
        self._earlier.append((self._remedies, name))
        self._remedies = remedies
        self._begin_preview(self._path, only=name)

    def _undo_remedy(self) -> None:
        if not self._earlier:
            self._say("There is no remedy to take back.")
            return
        self._remedies, name = self._earlier.pop()
        self._begin_preview(self._path, only=name)

    def _begin_preview(self, path: Path, only: str = "") -> None:
        self._say("Reading")
        before = self._preview if only and self._seen == path else None
        self._previewed = None
        self._read(path, self._options, self._remedies, before, only)

    @work(thread=True, exclusive=True, group="preview")
    def _read(
        self, path: Path, options: ReadingOptions, remedies: Remedies, before: Preview | None, only: str
    ) -> None:
        worker = get_current_worker()

        def report(_name: str, _done: int, _total: int) -> None:
            if worker.is_cancelled:
                raise CancelledError("Another path is previewed.")

        sources = () if before is None else before.sources
        kept = {source.name: source for source in sources if source.name != only}
        try:
            preview = preview_import(
                self._study, [path], options, remedies=remedies, kept=kept, report=report
            )
        except CancelledError:
            return
        except QuotegridError as error:
            self.post_message(self.Previewed(path, None, [MessageLine(str(error), is_warning=True)]))
            return
        changed = "" if before is None else only
        self.post_message(
            self.Previewed(path, preview, preview_lines(preview, verbose=True, asks_columns=True), changed)
        )

    @on(Previewed)
    def _show_preview(self, event: Previewed) -> None:
        preview = event.preview
        before = self._source(event.changed)
        self._preview, self._seen = preview, event.path
        sources = () if preview is None else preview.sources
        unclear = {} if preview is None else preview.unclear
        tables = {source.name: source.columns for source in sources if source.columns}
        self._columns = {name: list(columns) for name, columns in {**unclear, **tables}.items()}
        changed = self._source(event.changed)
        self._differences = {} if changed is None else {changed.name: preview_differences(before, changed)}
        can_import = preview is not None and bool(
            preview.sources or preview.attributes_files or preview.plan_files
        )
        self._previewed = event.path if can_import else None
        self._show(event.lines)
        if self.query_one(Input).has_focus:
            self.query_one(PreviewList).focus()
        said = "Ctrl+S imports this." if can_import else "Nothing here can be imported."
        if changed is not None:
            said = f"{'; '.join(self._differences[changed.name]) or 'Nothing changed'}. {said}"
        elif unclear:
            said += f" Choose {next(iter(unclear))} to say what its columns mean."
        self._say(said)

    def action_import_(self) -> None:
        """Answer with what is to be imported; show a preview first if there was none."""
        if self._previewed is None or self._previewed != self._path:
            self.action_look()
            return
        self.dismiss(ImportRequest(self._previewed, self._options, self._remedies))
