from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static, TextArea

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.codebook.code_list import CodeList
from quotegrid.tui.codebook.edit_code import EditCodeScreen
from quotegrid.tui.codebook.screen import CodebookScreen
from quotegrid.tui.codebook.split_code import SplitCodeScreen
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.settling import settled
from tests.workflows.codebook.test_edit_codebook import in_step, segments, standing


def shown(app: Workbench, name: str) -> str:
    return str(app.screen.query_one(name, Static).content)


async def on(app: Workbench, pilot: Pilot[None], name: str) -> None:
    """Put the cursor on a code."""
    await settled(pilot)
    codes = app.screen.query_one(CodeList)
    for _ in range(20):
        if codes.chosen is not None and codes.chosen.code.name == name:
            return
        await pilot.press("down")
    raise AssertionError(f"{name} is not there")


def names(study: StudyFolder) -> list[str]:
    return [code.name for code in current_codebook(study).walk()]


@pytest.fixture
def coded(study: StudyFolder) -> StudyFolder:
    """A study in which three passages are coded."""
    for segment in segments(study)[:3]:
        decide_segment(study, segment, Action.APPLY, "quick fix")
    return study


async def test_the_codes_are_shown_with_figures_and_what_they_say(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    async with app.run_test(size=(80, 24)) as pilot:
        await on(app, pilot, "quick fix")
        line = app.screen.query_one(CodeList).chosen
        assert line is not None
        assert (line.quotes, line.cases) == (3, 1)
        assert "The money covers up the trouble for a while." in shown(app, "#code")
        assert shown(app, "#place") == "2 themes, 3 codes below them"


async def test_a_code_is_added_beside_below_and_at_the_top(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    async with app.run_test(size=(80, 24)) as pilot:
        await on(app, pilot, "quick fix")
        for place, name in ((0, "beside"), (1, "below"), (2, "top")):
            await on(app, pilot, "quick fix")
            await pilot.press("a", *["down"] * place, "enter", *name, "enter")
            await settled(pilot)
            chosen = app.screen.query_one(CodeList).chosen
            assert chosen is not None and chosen.code.name == name
            await pilot.press("home")
        parents = {code.name: code.parent for code in current_codebook(coded).codes}
        assert (parents["beside"], parents["below"], parents["top"]) == ("Money", "quick fix", None)
        assert in_step(coded)


async def test_renaming_merging_and_undo(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    file = coded.codebook_path.read_bytes()
    async with app.run_test(size=(100, 30)) as pilot:
        await on(app, pilot, "quick fix")
        await pilot.press("r", "end", *"es", "enter")
        await settled(pilot)
        assert {code for _, code, _, _ in standing(coded)} == {"quick fixes"}
        await pilot.press("g", *"wait", "enter")
        assert isinstance(app.screen, ReadLinesScreen)
        await pilot.press("n")
        await settled(pilot)
        assert {code for _, code, _, _ in standing(coded)} == {"quick fixes"}
        await pilot.press("g", *"wait", "enter", "y")
        await settled(pilot)
        assert {code for _, code, _, _ in standing(coded)} == {"long wait"}
        assert "3 codings moved with it" in shown(app, "#place")
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert {code for _, code, _, _ in standing(coded)} == {"quick fix"}
        assert coded.codebook_path.read_bytes() == file
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert "quick fixes" in names(coded)


async def test_editing_as_markdown_and_leaving_it(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    async with app.run_test(size=(100, 30)) as pilot:
        await on(app, pilot, "quick fix")
        await pilot.press("e")
        assert isinstance(app.screen, EditCodeScreen)
        text = app.screen.query_one(TextArea)
        text.text = text.text.replace("for a while", "for now").replace("## Terms", "## Trems")
        await pilot.press("ctrl+s")
        assert "Not saved, line 11" in shown(app, "#place")
        text.text = text.text.replace("## Trems", "## Terms\n- band-aid")
        await pilot.press("ctrl+s")
        await settled(pilot)
        code = current_codebook(coded).get("quick fix")
        assert code is not None
        assert code.definition == "The money covers up the trouble for now."
        assert code.terms == ("band-aid", "quick fix", "patch")
        await pilot.press("e", "x", "escape")
        assert type(app.screen).__name__ == "LeaveScreen"
        await pilot.press("y")
        await settled(pilot)
        assert current_codebook(coded).get("quick fix") == code


async def test_moving_colouring_deprecating_and_removing(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    async with app.run_test(size=(100, 30)) as pilot:
        await on(app, pilot, "quick fix")
        await pilot.press("J")
        await settled(pilot)
        assert names(coded)[:3] == ["Money", "room to plan", "quick fix"]
        await pilot.press("v", "end", "enter")
        await settled(pilot)
        moved = current_codebook(coded).get("quick fix")
        assert moved is not None and moved.parent == "long wait"
        await pilot.press("o", "end", "enter")
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        code = current_codebook(coded).get("quick fix")
        assert code is not None and code.colour == "violet" and code.is_deprecated
        await pilot.press("x")
        await settled(pilot)
        assert "quick fix" in names(coded), "three passages are coded with it"
        await on(app, pilot, "quick fix")
        await pilot.press("home")
        await on(app, pilot, "room to plan")
        await pilot.press("x")
        await settled(pilot)
        assert "room to plan" not in names(coded)


async def test_a_code_is_split_quote_by_quote(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    first, second, third = segments(coded)[:3]
    async with app.run_test(size=(100, 30)) as pilot:
        await on(app, pilot, "quick fix")
        await pilot.press("s")
        assert isinstance(app.screen, SplitCodeScreen)
        await pilot.press("n", *"patch", "enter")
        await pilot.press("c", *"wait", "enter")
        await pilot.press("1", "0", "1", "ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, CodebookScreen)
        assert {(one, code) for one, code, _, _ in standing(coded)} == {
            (first, "patch"),
            (second, "long wait"),
            (third, "patch"),
        }
        await pilot.press("u")
        await settled(pilot)
        assert {code for _, code, _, _ in standing(coded)} == {"quick fix"}
        assert "patch" not in names(coded)


async def test_a_file_changed_by_hand_is_noticed_shown_and_taken_in(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    async with app.run_test(size=(100, 30)) as pilot:
        await on(app, pilot, "quick fix")
        text = coded.codebook_path.read_text(encoding="utf-8").replace("name: quick fix", "name: plaster")
        coded.codebook_path.write_text(text, encoding="utf-8")
        app._check()
        await settled(pilot)
        await settled(pilot)
        assert "t shows what was changed" in shown(app, "#place")
        assert any("changed by hand" in notification.message for notification in app._notifications)
        await pilot.press("r", *"x", "enter")
        await settled(pilot)
        assert coded.codebook_path.read_text(encoding="utf-8") == text, "nothing is written over it"
        await pilot.press("t")
        assert isinstance(app.screen, ReadLinesScreen)
        await pilot.press("y")
        await settled(pilot)
        assert {code for _, code, _, _ in standing(coded)} == {"plaster"}
        assert "Took in 1 change of the file." in shown(app, "#place")
        await pilot.press("h")
        assert isinstance(app.screen, ReadLinesScreen)


async def test_enter_shows_the_quotes_of_a_code(coded: StudyFolder) -> None:
    app = Workbench(coded, start="codebook")
    async with app.run_test(size=(100, 30)) as pilot:
        await on(app, pilot, "quick fix")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.pause()
        assert app.current_mode == "quotes"
        assert shown(app, "#place").startswith("3 quotes by 1 case")


async def test_an_empty_codebook_says_how_to_begin(empty_study: StudyFolder) -> None:
    empty_study.codebook_path.write_text("themes: []\n", encoding="utf-8")
    app = Workbench(empty_study, start="codebook")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert shown(app, "#place").endswith("No codes yet: a adds the first")
        await pilot.press("a", *"Money", "enter")
        await settled(pilot)
        assert names(empty_study) == ["Money"]
        assert app.screen.query_one("#codes", OptionList).option_count == 1


async def test_codings_are_not_lost_by_opening_the_workbench(coded: StudyFolder) -> None:
    text = coded.codebook_path.read_text(encoding="utf-8")
    coded.codebook_path.write_text(
        text.replace("name: quick fix\n", "name: x\n").replace("covers", "c"), "utf-8"
    )
    app = Workbench(coded, start="codebook")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "quick fix" in names(coded)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, ReadLinesScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert {code for _, code, _, _ in standing(coded)} == {"quick fix"}
