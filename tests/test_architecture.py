"""The pages for who changes the code say what is there, and the layout is as they say."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
SOURCE = REPOSITORY / "src" / "quotegrid"
_MOST_FILES = 16
_MOST_LINES = 400
_LONGER = {
    "corpus/readers/web.py",
    "storage/migrations/versions/r0001_first_schema.py",
    "storage/sources/sources.py",
    "storage/tables.py",
    "tui/people/screen.py",
    "tui/quotes/screen.py",
    "workflows/matrix/publish.py",
    "workflows/sources/import_messages.py",
}
"""Files that are still to be divided, but for the schema, which is one thing."""
FILES = sorted(
    set(re.findall(r"`((?:[a-z0-9_]+/)*(?:[a-z0-9_]+\.(?:py|tcss|md|svg)|[a-z_]+/))`", PAGE + CONTRIBUTING))
)


@pytest.mark.parametrize("named", FILES)
def test_what_the_pages_name_is_there(named: str) -> None:
    assert any((root / named).exists() for root in (REPOSITORY, SOURCE))


def test_the_drawing_shows_which_floor_has_a_folder_for_which_subject() -> None:
    drawn = PAGE.split("## Floors", 1)[1].split("## Subjects", 1)[0]
    lines = [line.split() for line in drawn.splitlines() if line.startswith("    ")]
    subjects = lines[0]
    floors = {line[0]: line[1:] for line in lines if set(line[1:]) & {"#", "."}}
    assert len(floors) == 9
    for floor, marks in floors.items():
        there = ["#" if (SOURCE / floor / subject).is_dir() else "." for subject in subjects]
        assert marks == there, floor


def test_the_page_answers_fifteen_questions_at_least() -> None:
    table = PAGE.split("Where do I change", 1)[1]
    assert len(re.findall(r"^\| (?!what \||---)", table, re.MULTILINE)) >= 15


def test_the_page_on_contributing_says_how_to_add_things_in_a_few_steps_each() -> None:
    parts = re.split(r"^## Add a ", CONTRIBUTING, flags=re.MULTILINE)[1:]
    names = [part.partition("\n")[0] for part in parts]
    wanted = ["reader", "measure", "format", "setting", "field to a listing", "key", "migration"]
    assert [name for name in wanted if name not in names] == []
    for part in parts:
        assert "`src/quotegrid/" in part
        assert "`tests/" in part
        assert 3 <= len(re.findall(r"^\d\. ", part, re.MULTILINE)) <= 6


def test_no_folder_holds_more_files_than_one_looks_through() -> None:
    folders = {path.parent for path in SOURCE.rglob("*.py")}
    assert [str(folder) for folder in folders if len(list(folder.glob("*.py"))) > _MOST_FILES] == []


def test_no_file_is_longer_than_one_reads_at_a_time() -> None:
    long = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > _MOST_LINES
    }
    assert sorted(long - _LONGER) == []


def test_each_folder_of_tests_has_its_folder_of_source() -> None:
    tests = REPOSITORY / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")}
    assert sorted(str(folder) for folder in folders if not (SOURCE / folder).is_dir()) == []


def test_every_option_of_a_command_is_used_by_its_function() -> None:
    unused = []
    for path in (SOURCE / "cli").rglob("*.py"):
        for command in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(command, ast.FunctionDef):
                used = {node.id for node in ast.walk(command) if isinstance(node, ast.Name)}
                unused += [f"{command.name} {part.arg}" for part in command.args.args if part.arg not in used]
    assert set(unused) == {"root version"}, "an option that is fetched by its name is seen by nobody"
