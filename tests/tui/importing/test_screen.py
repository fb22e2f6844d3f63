from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.errors import CancelledError
from quotegrid.settings_reading import load_settings
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.tui.app import Workbench
from quotegrid.tui.importing.ask_columns import AskColumnsScreen
from quotegrid.tui.importing.preview_list import PreviewList
from quotegrid.tui.importing.screen import ImportFilesScreen, ImportRequest
from quotegrid.tui.importing.summarise import import_and_summarise
from quotegrid.tui.jobs import Job, Progress
from quotegrid.tui.messages import StartJob
from quotegrid.tui.widgets.path_input import PathSuggester
from quotegrid.workflows.coding.status import study_status
from quotegrid.workflows.search.quote_records import quote_records
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import HEAD, PARENT
from tests.tui.settling import settled

TABLE = "Who,What did it change?,Kind\nA1,It bought us time.,schools\nA2,Nothing at all.,parents\n"


def shown(app: Workbench, name: str) -> str:
    return str(app.screen.query_one(name, Static).content)


def previewed(app: Workbench) -> str:
    return "\n".join(str(option.prompt) for option in app.screen.query_one(PreviewList).options)


async def seen(app: Workbench, pilot: Pilot[None], said: str) -> None:
    """Wait until the line of long work says something."""
    for _ in range(100):
        if said in shown(app, "#job"):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{said} was not shown")


@pytest.fixture
def filled(empty_study: StudyFolder) -> StudyFolder:
    """A study with files that are not imported yet."""
    corpus = empty_study.root / "corpus"
    (corpus / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / "parent.txt").write_text(PARENT, encoding="utf-8")
    (corpus / "survey.csv").write_text(TABLE, encoding="utf-8")
    return empty_study


async def test_an_empty_study_begins_with_importing(filled: StudyFolder) -> None:
    app = Workbench(filled, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ImportFilesScreen)
        await pilot.press("enter")
        await settled(pilot)
        told = previewed(app)
        assert "head.md: transcript" in told
        assert "Nothing was imported." in told
        assert "Choose survey.csv to say what its columns mean." in shown(app, "#place")
        assert study_status(filled).sources == 0
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert study_status(filled).sources == 2
        assert "Imported 2 sources" in shown(app, "#place")
        assert app.screen.query_one("#offers", OptionList).option_count >= 2


async def test_what_is_not_there_or_cannot_be_read_is_said(filled: StudyFolder) -> None:
    (filled.root / "corpus" / "broken.docx").write_bytes(b"no document")
    app = Workbench(filled, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await pilot.pause()
        app.screen.query_one(Input).value = "nowhere"
        await pilot.press("enter")
        await pilot.pause()
        assert "There is no such file or folder." in shown(app, "#place")
        app.screen.query_one(Input).value = "corpus/broken.docx"
        await pilot.press("enter")
        await settled(pilot)
        assert "Cannot be used" in previewed(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, ImportFilesScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert study_status(filled).sources == 0


async def test_the_columns_of_a_table_are_asked_for_and_remembered(filled: StudyFolder) -> None:
    app = Workbench(filled, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await pilot.pause()
        app.screen.query_one(Input).value = "corpus/survey.csv"
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AskColumnsScreen)
        await pilot.press("down", "0", "ctrl+s")
        assert "At least one column must hold answers" in str(
            app.screen.query_one("#columns-message", Static).content
        )
        await pilot.press("up", "c", "down", "a", "down", "g", "ctrl+s")
        await settled(pilot)
        assert "survey.csv" in previewed(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        (table,) = load_settings(filled.root / "quotegrid.toml").tables.values()
        assert list(table["text"]) == ["What did it change?"]
        assert (table["case"], table["group"]) == ("Who", "Kind")
    with filled.reading_session() as session:
        quotes = quote_records(load_quotes(session))
    assert [(quote["case"], quote["text"]) for quote in quotes] == [
        ("A1", "It bought us time."),
        ("A2", "Nothing at all."),
    ]


async def test_long_work_goes_on_beside_and_can_be_cancelled(filled: StudyFolder) -> None:
    go_on = threading.Event()
    cancelled: list[str] = []

    def work(report: ProgressReport) -> str:
        report("reading a", 1, 3)
        go_on.wait(10)
        try:
            report("reading b", 2, 3)
        except CancelledError as error:
            cancelled.append(str(error))
            raise
        return "all done"

    app = Workbench(filled, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.post_message(StartJob(Job("Counting sheep", work)))
        await seen(app, pilot, "1 of 3")
        await pilot.press("4")
        assert app.current_mode == "codebook"
        await seen(app, pilot, "1 of 3")
        app.post_message(StartJob(Job("Another", work)))
        await pilot.pause()
        assert any("under way" in notification.message for notification in app._notifications)
        await pilot.press("ctrl+x")
        assert "stopping" in shown(app, "#job")
        go_on.set()
        await settled(pilot)
        assert cancelled == ["Counting sheep was cancelled; nothing of it was kept."]
        assert not app.screen.query_one("#job").display


def test_a_cancelled_import_keeps_nothing(filled: StudyFolder) -> None:
    def report(_what: str, done: int, _total: int) -> None:
        if done == 1:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        import_and_summarise(filled, ImportRequest(filled.root / "corpus", ReadingOptions()), report)
    assert study_status(filled).sources == 0


def test_an_estimate_goes_by_the_pace_so_far() -> None:
    progress = Progress(Job("Importing", lambda report: ""))
    progress.step("a", 10, 40)
    assert progress.seconds_left(1.0) is None
    assert progress.seconds_left(20.0) == 60
    progress.step("b", 40, 40)
    assert progress.seconds_left(80.0) is None


async def test_a_path_is_completed(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "head.md").write_text("x", encoding="utf-8")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    suggester = PathSuggester(tmp_path)
    assert await suggester.get_suggestion("co") == "corpus/"
    assert await suggester.get_suggestion("corpus/h") == "corpus/head.md"
    assert await suggester.get_suggestion("corpus/x") is None
    assert await suggester.get_suggestion("nowhere/x") is None
