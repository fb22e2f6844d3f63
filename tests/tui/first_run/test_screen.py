from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.tui.app import Workbench
from quotegrid.tui.first_run_app import FirstRun
from quotegrid.tui.importing.screen import ImportRequest
from quotegrid.workflows.coding.status import study_status
from quotegrid.workflows.study.demonstration import FOLDER
from quotegrid.workflows.study.folder import open_study
from tests.conftest import REPOSITORY


async def test_a_study_is_started_under_the_name_that_is_asked_for(tmp_path: Path) -> None:
    app = FirstRun(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert str(tmp_path) in str(app.screen.query_one("#first-where", Static).content)
        await pilot.press("enter")
        app.screen.query_one(Input).value = "Views of the programme"
        await pilot.press("enter")
    study = app.return_value
    assert study is not None
    assert study.root == tmp_path.resolve()
    assert study.settings.name == "Views of the programme"
    assert (tmp_path / "codebook" / "codebook.yaml").is_file()
    study.close()


async def test_the_demonstration_is_copied_and_imported(tmp_path: Path) -> None:
    app = FirstRun(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "enter")
    made = app.return_value
    assert made is not None
    assert made.root == (tmp_path / FOLDER).resolve()
    assert sorted(path.name for path in (made.root / "corpus").iterdir()) == sorted(
        path.name for path in (REPOSITORY / "corpus").iterdir()
    )
    workbench = Workbench(
        made, start="overview", at_first=ImportRequest(made.root / "corpus", ReadingOptions())
    )
    async with workbench.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await workbench.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()
        assert study_status(made).sources == 18
        assert "Imported 18 sources with 676 passages" in str(
            workbench.screen.query_one("#place", Static).content
        )
    made.close()


async def test_what_cannot_be_made_is_said_and_can_be_tried_again(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "mine.txt").write_text("mine", encoding="utf-8")
    app = FirstRun(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "enter")
        await pilot.pause()
        assert "there is something here already" in str(
            app.screen.query_one("#first-message", Static).content
        )
        await pilot.press("enter")
        app.screen.query_one(Input).value = "another"
        await pilot.press("enter")
    assert app.return_value is not None
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["mine.txt"]
    app.return_value.close()
    open_study(tmp_path / "another").close()


@pytest.mark.parametrize("keys", [("q",), ("escape",), ("end", "enter")])
async def test_leaving_changes_nothing(tmp_path: Path, keys: tuple[str, ...]) -> None:
    app = FirstRun(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
    assert app.return_value is None
    assert list(tmp_path.iterdir()) == []
