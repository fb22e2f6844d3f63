from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from quotegrid.settings_reading import load_settings
from quotegrid.settings_values import SpeakersProfile
from quotegrid.storage.people.cases import list_cases
from quotegrid.tui.app import Workbench
from quotegrid.tui.importing.ask_columns import AskColumnsScreen
from quotegrid.tui.importing.choose_label import ChooseLabelScreen
from quotegrid.tui.importing.preview_list import PreviewList
from quotegrid.tui.importing.screen import ImportFilesScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.leave_screen import LeaveScreen
from quotegrid.tui.widgets.path_input import completions
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.importing.test_screen import previewed, shown
from tests.tui.settling import settled

TILDES = (
    "Jo ~ How long have you been here?\nNurse Bell ~ Eleven years, all told.\nJo ~ And the pumps?\n"
    "Nurse Bell ~ We share them now.\nGuess ~ a bell rings.\nNurse Bell ~ Always.\nGuess ~ a door.\n"
)
SURVEY = "Nr,Unit,What would you most like to see changed on your ward?,Form\n" + "".join(
    f"S{number},{('porters', 'cooks')[number % 2]},More pumps at night please.,F{number}\n"
    for number in range(1, 7)
)


def go_to(app: Workbench, source: str, *, label: str | None = None, column: str = "") -> None:
    preview = app.screen.query_one(PreviewList)
    lines = [(line.source, line.label, line.column) for line in preview._shown]
    preview.highlighted = lines.index((source, label, column))


async def preview(app: Workbench, pilot: Pilot[None], path: Path) -> None:
    await settled(pilot)
    await pilot.press("i")
    await pilot.pause()
    app.screen.query_one(Input).value = str(path)
    await pilot.pause()
    await pilot.press("enter")
    await settled(pilot)


async def test_a_transcript_is_put_right_by_keys(empty_study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "bell.txt").write_text(TILDES, encoding="utf-8")
    app = Workbench(empty_study, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await preview(app, pilot, tmp_path / "elsewhere")
        go_to(app, "bell.txt")
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, ChooseLabelScreen)
        await pilot.press("down", "enter")
        assert app.screen.query_one(Input).value == "Nurse Bell"
        await pilot.press("enter")
        await settled(pilot)
        assert 'speakers by "{speaker} ~ {text}"' in shown(app, "#place")
        go_to(app, "bell.txt", label="Guess")
        await pilot.press("x")
        await settled(pilot)
        assert '"Guess" speaks no longer' in previewed(app)
        go_to(app, "bell.txt", label="Nurse Bell")
        await pilot.press("i")
        await settled(pilot)
        assert "Nurse Bell: asks" in previewed(app)
        await pilot.press("u")
        await settled(pilot)
        assert "Nurse Bell: case Nurse Bell" in previewed(app)
        assert not load_settings(empty_study.root / "quotegrid.toml").speakers
        await pilot.press("question_mark")
        await pilot.pause()
        assert "This speaker asks" in shown(app, "#help Static") and "Column:" not in shown(
            app, "#help Static"
        )
        await pilot.press("escape")
        for key in ("q", "escape"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, LeaveScreen)
            await pilot.press("n")
            await pilot.pause()
            assert isinstance(app.screen, ImportFilesScreen)
        await pilot.press("ctrl+s")
        await settled(pilot)
    with empty_study.reading_session() as session:
        assert [case.name for case in list_cases(session)] == ["Nurse Bell"]
    (profile,) = load_settings(empty_study.root / "quotegrid.toml").speakers
    assert profile == SpeakersProfile("bell.txt", "{speaker} ~ {text}", not_speakers=("Guess",))


async def test_a_table_is_explained_by_keys_and_the_next_of_its_form_by_itself(
    empty_study: StudyFolder, tmp_path: Path
) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "may.csv").write_text(SURVEY, encoding="utf-8")
    app = Workbench(empty_study, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await preview(app, pilot, tmp_path / "forms")
        assert "may.csv: say which of its columns hold answers" in previewed(app)
        assert isinstance(app.screen, ImportFilesScreen)
        assert "Column: answer" in dict(app.screen.more_keys()).values()
        go_to(app, "may.csv", column="What would you most like to see changed on your ward?")
        await pilot.press("0")
        await pilot.pause()
        assert "At least one column must hold answers" in shown(app, "#place")
        await pilot.press("a")
        await settled(pilot)
        assert "6 passages of 6 people" in shown(app, "#place")
        go_to(app, "may.csv", column="Nr")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AskColumnsScreen)
        await pilot.press("c", "down")
        assert app.screen.query_one(ChoiceList).highlighted == 1
        await pilot.press("g", "ctrl+s")
        await settled(pilot)
        assert "S1: case S1, cooks" in previewed(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        (tmp_path / "june.csv").write_text(SURVEY.replace("S", "T"), encoding="utf-8")
        await preview(app, pilot, tmp_path / "june.csv")
        assert 'group: "Unit"' in previewed(app)
        assert "T1: case T1, cooks" in previewed(app)


async def test_tab_completes_a_path_from_anywhere(empty_study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "interviews").mkdir()
    for name in ("anna.txt", "anton.txt"):
        (tmp_path / "interviews" / name).write_text("x", encoding="utf-8")
    assert completions(tmp_path, "~") == ["~/"]
    assert completions(tmp_path, "~nobody-of-this-name/x") == []
    app = Workbench(empty_study, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await pilot.pause()
        field = app.screen.query_one(Input)
        field.value = f"{tmp_path}/inter"
        await pilot.press("end", "tab")
        assert field.value == f"{tmp_path}/interviews/"
        await pilot.press("tab")
        assert field.value == f"{tmp_path}/interviews/an"
        await pilot.press("tab")
        await pilot.pause()
        assert previewed(app).splitlines() == [
            f"{tmp_path}/interviews/anna.txt",
            f"{tmp_path}/interviews/anton.txt",
        ]
        assert field.has_focus
        await pilot.press("tab")
        assert not field.has_focus
        # Nothing was put right, so that nothing is asked.
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, ImportFilesScreen | LeaveScreen)
