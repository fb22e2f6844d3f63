"""The page on the code's layout says what is there, and the layout is as it says."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
SOURCE = REPOSITORY / "src" / "quotegrid"
_MOST_FILES = 16
FILES = sorted(set(re.findall(r"`([a-z_/]+(?:\.py|\.tcss|/))`", PAGE)))


@pytest.mark.parametrize("named", FILES)
def test_what_the_page_names_is_there(named: str) -> None:
    assert any((root / named).exists() for root in (REPOSITORY, SOURCE))


def test_the_page_answers_fifteen_questions_at_least() -> None:
    table = PAGE.split("Where do I change", 1)[1]
    assert len(re.findall(r"^\| (?!what \||---)", table, re.MULTILINE)) >= 15


def test_no_folder_holds_more_files_than_one_looks_through() -> None:
    folders = {path.parent for path in SOURCE.rglob("*.py")}
    assert [str(one) for one in folders if len(list(one.glob("*.py"))) > _MOST_FILES] == []


def test_each_folder_of_tests_has_its_folder_of_source() -> None:
    tests = REPOSITORY / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")}
    assert sorted(str(one) for one in folders if not (SOURCE / one).is_dir()) == []


def test_every_option_of_a_command_is_used_by_its_function() -> None:
    unused = []
    for path in (SOURCE / "cli").rglob("*.py"):
        for command in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(command, ast.FunctionDef):
                used = {node.id for node in ast.walk(command) if isinstance(node, ast.Name)}
                unused += [f"{command.name} {each.arg}" for each in command.args.args if each.arg not in used]
    assert set(unused) == {"root version"}, "an option that is fetched by its name is seen by nobody"
