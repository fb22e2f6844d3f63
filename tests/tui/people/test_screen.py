from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from quotegrid.tui.app import Workbench
from quotegrid.tui.people.cell_input import CellInput
from quotegrid.tui.people.screen import PeopleScreen
from quotegrid.tui.people.table import PeopleTable
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.workflows.people.change_cases import merge_cases
from quotegrid.workflows.people.list_cases import case_change_records, case_records
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.people.show_case import show_case
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import StudyTemplates, add_files
from tests.tui.codebook.test_screen import shown
from tests.tui.settling import settled

WARD = """\
Title: Ward 4
Interviewer: Lena Fox

Lena Fox: Who decides on breaks?

Marta Quill (ward sister): I do, if somebody is left.

Joe Tarn (porter): Nobody goes.

Lena Fox: Every night?

Marta Quill (ward sister): Three of four.

Joe Tarn (porter): I write it down.
"""
NIGHT = """\
Title: A night
Interviewer: Lena Fox

Lena Fox: And now?

Marta Quil: The same again.

Lena Fox: Why?

Marta Quil: Ask the rota.
"""


def add_ward(study: StudyFolder) -> None:
    add_files(study, {"ward.txt": WARD, "night.txt": NIGHT, "staff.csv": "speaker,grade\nJoe Tarn,5\n"})


@pytest.fixture
def ward(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """A study with three people of a ward, one of them under two spellings, beside a parent and a head."""
    yield from studies.opened(studies.derived(studies.imported, add_ward), tmp_path)


def table(app: Workbench) -> PeopleTable:
    return app.screen.query_one(PeopleTable)


def names(app: Workbench) -> list[str]:
    return [row.name for row in table(app).rows]


async def at(app: Workbench, pilot: Pilot[None], name: str, field: str) -> None:
    """Put the cursor on a value."""
    await settled(pilot)
    table(app).move_to(names(app).index(name), table(app).fields.index(field))
    await settled(pilot)


def entries(study: StudyFolder) -> list[str]:
    return [record["what"] for record in case_change_records(study)]


async def test_who_lacks_the_most_comes_first_and_each_value_says_where_it_comes_from(
    ward: StudyFolder,
) -> None:
    app = Workbench(ward, start="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert names(app) == ["Marta Quil", "Marta Quill", "Joe Tarn", "Ada Stone", "RAY MOSS"]
        assert table(app).fields == ("group", "role", "area", "grade", "region", "wave")
        assert shown(app, "#place") == "5 people   3 lack a group, a role or an area   ≈ 1 perhaps twice: d"
        assert shown(app, "#person").splitlines()[1] == "group: not known"
        lines = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "≈ Marta Quil " in lines and "  Joe Tarn" in lines and "not known" in lines
        for name, field, told in (
            ("Joe Tarn", "grade", "grade (number): 5, attributes table, staff.csv, line 2"),
            ("RAY MOSS", "role", "role: Parent, header, parent.txt, line 6"),
            ("RAY MOSS", "region", "region: east, derived, attributes.csv, line 3"),
            ("Marta Quill", "group", "group: ward sister, beside the speaker's label, ward.txt, line 6"),
        ):
            await at(app, pilot, name, field)
            assert shown(app, "#person").splitlines()[1] == told
        set_case(ward, "RAY MOSS", {"role": "Carer"})
        await pilot.press("8", "9")
        await at(app, pilot, "RAY MOSS", "role")
        first, second = shown(app, "#person").splitlines()[1:3]
        assert first.startswith("role: Carer, by hand, tester, ")
        assert second == "role: Parent, header, parent.txt, line 6; does not count"
        await pilot.press("o", "down", "enter")
        await settled(pilot)
        assert names(app)[0] == "Ada Stone" and "   by name   " in shown(app, "#place")
        await pilot.press("o", "end", "up", "up", "enter")
        await settled(pilot)
        assert names(app)[-1] == "Joe Tarn"
        await at(app, pilot, "Joe Tarn", "grade")
        await pilot.press("t", "down", "down", "down", "enter")
        await pilot.pause()
        app.screen.query_one(Input).value = "5, 7"
        await pilot.press("enter")
        await settled(pilot)
        assert shown(app, "#place").startswith("grade: ordered list: 5, 7.")
        assert shown(app, "#person").splitlines()[1].startswith("grade (ordered list): 5, ")
        await pilot.press("slash", *"quil", "enter")
        found = table(app).row
        assert found is not None
        assert found.name == "Marta Quil"


async def test_values_are_typed_down_a_column_each_one_entry_of_the_journal(ward: StudyFolder) -> None:
    app = Workbench(ward, start="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(app, pilot, "Marta Quil", "role")
        await pilot.press("enter", *"Sister", "enter", "down", *"porter", "enter", "escape")
        await settled(pilot)
        assert not app.screen.query_one(CellInput).display
        assert [row.text("role") for row in table(app).rows[:3]] == ["Sister", "not known", "porter"]
        assert entries(ward) == [
            'gave "Marta Quil" the role "Sister"',
            'gave "Joe Tarn" the role "porter"',
        ]
        assert show_case(ward, "Joe Tarn").role == "porter"
        await pilot.press("u")
        await settled(pilot)
        assert [row.text("role") for row in table(app).rows[:3]] == ["Sister", "not known", "not known"]
        assert "Took back a change of cases" in shown(app, "#place")
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert show_case(ward, "Joe Tarn").role == "porter"
        await at(app, pilot, "Ada Stone", "grade")
        await pilot.press("N", *"ine", "tab", "escape")
        await settled(pilot)
        assert show_case(ward, "Ada Stone").attributes["grade"] == "Nine"
        await at(app, pilot, "Ada Stone", "role")
        await pilot.press("enter", "backspace", "enter", "escape")
        await settled(pilot)
        assert show_case(ward, "Ada Stone").role == "Headteacher"
        assert shown(app, "#place").startswith("Ada Stone: role is Headteacher, without what was set by hand")
        before = entries(ward)
        await at(app, pilot, "Ada Stone", "area")
        await pilot.press("enter", *"Nowhere", "escape", "enter", "enter", "escape")
        await settled(pilot)
        assert entries(ward) == before and show_case(ward, "Ada Stone").area == "Westhay"


async def test_keys_that_come_all_at_once_go_to_the_cells_they_are_meant_for(ward: StudyFolder) -> None:
    app = Workbench(ward, start="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(app, pilot, "Marta Quil", "role")
        for key in ("enter", *"abc", "enter", "enter", *"def", "enter", "escape"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(200):
            await settled(pilot)
            if len(entries(ward)) == 2:
                break
            await pilot.pause(0.02)
        assert [row.text("role") for row in table(app).rows[:3]] == ["abc", "not known", "def"]
        assert not app.screen.query_one(CellInput).display


async def test_many_are_set_at_once_and_a_column_is_pasted_after_its_difference(ward: StudyFolder) -> None:
    app = Workbench(ward, start="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("a", *"Shift", "enter")
        await settled(pilot)
        assert table(app).field == "shift"
        await pilot.press("s")
        assert shown(app, "#place").startswith("Mark people first")
        await pilot.press("asterisk", "home")
        assert len(table(app).marked) == 5
        await at(app, pilot, "RAY MOSS", "shift")
        await pilot.press("space", "s", *"night", "enter")
        await settled(pilot)
        assert {row.name for row in table(app).rows if row.text("shift") == "night"} == {
            "Marta Quil", "Marta Quill", "Joe Tarn", "Ada Stone"
        }  # fmt: skip
        assert entries(ward) == ['gave "Marta Quil", "Marta Quill" and 2 others the shift "night"']
        await pilot.press("u")
        await settled(pilot)
        assert {row.text("shift") for row in table(app).rows} == {"not known"}
        await pilot.press("ctrl+r", "asterisk")
        await settled(pilot)
        await at(app, pilot, "Joe Tarn", "grade")
        table(app).post_message(events.Paste("6\n\n3\n"))
        await settled(pilot)
        assert isinstance(app.screen, ReadLinesScreen)
        assert app.screen._lines == ['~ Joe Tarn: grade "6", was "5"', '~ RAY MOSS: grade "3", was not known']
        assert show_case(ward, "Joe Tarn").attributes["grade"] == "5"
        await pilot.press("y")
        await settled(pilot)
        assert [row.text("grade") for row in table(app).rows[2:]] == ["6", "not known", "3"]
        await pilot.press("p")
        await pilot.pause()
        app.screen.query_one(TextArea).text = "who\tGrade\tyears\nRay Moss\t4\t2\nNobody\t1\t1\n"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, ReadLinesScreen)
        assert app.screen._lines[-1] == '- Not used, line 3: nobody is called "Nobody"'
        await pilot.press("y")
        await settled(pilot)
        assert table(app).fields[-1] == "years"
        assert show_case(ward, "RAY MOSS").attributes["grade"] == "4"
        assert len(entries(ward)) == 5


async def test_people_are_renamed_merged_and_split(ward: StudyFolder) -> None:
    app = Workbench(ward, start="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d", "ctrl+n")
        await settled(pilot)
        assert shown(app, "#place").startswith('"Marta Quil" and "Marta Quill" are two people')
        await pilot.press("d")
        assert shown(app, "#place").startswith("No two names are near")
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("d", "enter")
        await settled(pilot)
        assert "Marta Quil" not in names(app) and shown(app, "#place").startswith('"Marta Quil" is now')
        assert table(app).rows[0].sources == ("night.txt", "ward.txt")
        await pilot.press("d")
        assert shown(app, "#place").startswith("No two names are near")
        await at(app, pilot, "Marta Quill", "role")
        await pilot.press("x", "enter")
        await pilot.pause()
        await pilot.press(*"Mona", "enter")
        await settled(pilot)
        assert {row.name: row.sources for row in table(app).rows}["Mona"] == ("night.txt",)
        await pilot.press("u")
        await settled(pilot)
        assert "Mona" not in names(app)
        await pilot.press("u")
        await settled(pilot)
        assert {"Marta Quil", "Marta Quill"} <= {*names(app)}
        await at(app, pilot, "Joe Tarn", "role")
        await pilot.press("x")
        await settled(pilot)
        assert "speaks in one place alone" in shown(app, "#place")
        await pilot.press("r")
        await pilot.pause()
        app.screen.query_one(Input).value = "Porter 1"
        await pilot.press("enter")
        await settled(pilot)
        await at(app, pilot, "Porter 1", "role")
        await pilot.press("g", *"ada", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ReadLinesScreen)
        assert app.screen._lines == [
            'group: "school" of "Ada Stone" stands, "porter" of "Porter 1" does not count',
            'grade: "5" of "Porter 1" stands, as "Ada Stone" has none',
        ]
        await pilot.press("n")
        assert "Porter 1" in names(app)
        await pilot.press("g", *"ada", "enter")
        await pilot.pause()
        await pilot.press("y")
        await settled(pilot)
        assert "Porter 1" not in names(app)


async def test_who_is_gone_meanwhile_is_told_and_nothing_is_half_done(
    ward: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Workbench(ward, start="people")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at(app, pilot, "Marta Quil", "role")
        await pilot.press("enter", *"Sister")
        monkeypatch.setenv("QUOTEGRID_CODER", "bea")
        other = open_study(ward.root)
        merge_cases(other, "Marta Quil", "Marta Quill")
        other.close()
        monkeypatch.setenv("QUOTEGRID_CODER", "tester")
        await pilot.press("enter", "escape")
        await settled(pilot)
        (told,) = [note.message for note in app._notifications]
        assert told == (
            '"Marta Quil" is no longer a case: bea merged "Marta Quil" into "Marta Quill". '
            "Nothing was changed."
        )
        assert names(app) == ["Marta Quill", "Joe Tarn", "Ada Stone", "RAY MOSS"]
        assert [case["role"] for case in case_records(ward)] == ["Headteacher", None, None, "Parent"]


async def test_a_study_without_people_says_what_to_do(empty_study: StudyFolder) -> None:
    app = Workbench(empty_study, start="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert shown(app, "#place") == "Nobody speaks yet: 1, then i imports"
        for key in "enter space asterisk s p d m x r o escape slash escape Q u".split():
            await pilot.press(key)
            await settled(pilot)
        assert app.screen.query_one("#person", Static).content == ""
