"""What the pages on safety and on backups tell to type works."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import pytest

from quotegrid.corpus.text.limits import Limit
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import REPOSITORY, Result

_PAGE = (REPOSITORY / "docs" / "safety.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["safety", "backups"])
def test_every_command_of_the_page_runs(
    suggested: StudyFolder, run: Callable[..., Result], page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(suggested.root)
    text = (REPOSITORY / "docs" / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    commands = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    assert len(commands) >= 3
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "quotegrid"
        assert run("-C", suggested.root, *words).code == 0, command


def test_every_file_that_the_page_names_as_a_test_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", _PAGE)
    assert named
    assert [name for name in named if not (REPOSITORY / name).is_file()] == []


def test_the_limits_of_the_page_are_those_of_the_readers() -> None:
    table = re.findall(r"^\| ([\w ]+) \| ([\d,]+ .+) \|$", _PAGE, re.MULTILINE)
    assert dict(table) == {name: f"{most:,} {unit}" for name, most, unit in (limit.value for limit in Limit)}
