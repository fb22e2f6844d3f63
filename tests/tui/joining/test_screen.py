from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Input

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.sources.model import SourceKind
from quotegrid.storage.people.cases import list_cases
from quotegrid.tui.app import Workbench
from quotegrid.tui.joining.screen import JoinScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.change_settings import read_settings_again
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.importing.test_screen import shown
from tests.tui.settling import settled

ANSWERS = (
    "id,group,area,answer\nR1,ward sister,Hill,No pumps.\nR2,Ward Sister,Hil,No time.\n"
    "R3,porter,Dale,No lifts.\nR4,staff nurse,Dale,No beds.\n"
)
REPORT = (
    "Night care\n\nEastlow's Lantern Rounds\n\nRounds began in Eastlow in May, and wards in Eastlow were "
    "lit. One sister said: 'we were tired of the dark'.\n"
)


def lines(app: Workbench) -> list[str]:
    assert isinstance(app.screen, JoinScreen)
    return [line.told for line in app.screen._lines if line is not None]


def groups(study: StudyFolder) -> list[str | None]:
    with study.reading_session() as session:
        return [case.group for case in list_cases(session)]


async def type_over(pilot: Pilot[None], text: str) -> None:
    await pilot.pause()
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")


async def test_groups_and_areas_are_offered_joined_renamed_and_taken_back(empty_study: StudyFolder) -> None:
    study = empty_study
    config = study.root / "quotegrid.toml"
    table = "\n# Ours.\n[stakeholders]\nlifting = [] # kept\n"
    raw = config.read_text(encoding="utf-8").partition("[stakeholders]")[0]
    config.write_text(raw + table, encoding="utf-8")
    assert read_settings_again(study)
    for name, text, kind in (("a.csv", ANSWERS, None), ("night.txt", REPORT, SourceKind.REPORT)):
        (study.root / "corpus" / name).write_text(text, encoding="utf-8")
        import_sources(study, [study.root / "corpus" / name], ReadingOptions(kind=kind))
    app = Workbench(study, start="overview")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("g")
        await settled(pilot)
        assert lines(app)[0] == 'ward sister, Ward Sister (2 people): join under "ward sister"?'
        await pilot.press("enter")
        await settled(pilot)
        assert "a group of 2 people now." in shown(app, "#place")
        await pilot.press("r")
        await type_over(pilot, "nursing")
        await settled(pilot)
        assert groups(study) == ["nursing", "nursing", "porter", "staff nurse"]
        screen = app.screen
        assert isinstance(screen, JoinScreen)
        places = {line.told: place for place, line in enumerate(screen._lines) if line is not None}
        screen.query_one(ChoiceList).highlighted = places["porter   1 person"]
        await pilot.press("space", "space", "n")
        await type_over(pilot, "lifting")
        await settled(pilot)
        assert groups(study) == ["nursing", "nursing", "lifting", "lifting"]
        await pilot.press("u")
        await settled(pilot)
        assert groups(study) == ["nursing", "nursing", "porter", "staff nurse"]
        assert "# Ours.\n[stakeholders]\nlifting = [] # kept\n" in config.read_text(encoding="utf-8")
        await pilot.press("tab")
        await settled(pilot)
        assert [line for line in lines(app) if line.endswith("?")] == [
            'Hil, Hill (2 people): join under "Hil"?',
            'Eastlow (1 quote) from the heading "Eastlow\'s Lantern Rounds": make it an area?',
        ]
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "an area of 0 people and 1 quote of reports now." in shown(app, "#place")
        assert list(study.areas.names) == ["Eastlow"]
        await pilot.press("x")
        await settled(pilot)
        assert not study.areas.names
        await pilot.press("u", "escape")
        await settled(pilot)
        assert list(study.areas.names) == ["Eastlow"]
        assert app.screen.query_one("#offers")
