"""Every example of docs/import.md is read as the page says."""

from __future__ import annotations

import csv
import io
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from openpyxl import Workbook

from quotegrid.corpus.people.attributes import read_attributes
from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.transcripts.confidence import SURE
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.corpus.transcripts.shapes.layouts import CONVENTIONS
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import SourceKind, WarningKind
from quotegrid.domain.text.normalise import one_line
from quotegrid.settings_reading import load_settings
from quotegrid.settings_values import SpeakersProfile
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import REPOSITORY, Result

PAGE = (REPOSITORY / "docs" / "import.md").read_text(encoding="utf-8")
SUFFIXES = {"text": ".txt", "markdown": ".md", "vtt": ".vtt", "docx": ".docx", "table": ".docx"}
SUFFIXES |= {"csv": ".csv", "json": ".json"}
MARKED_BY_FORMAT = ("vtt", "table", "csv", "json")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """An example of a convention: its name, the format, the text, and the rows of the table below it."""

    name: str
    format: str
    text: str
    rows: list[tuple[str, bool, str | None, str]]


def _examples() -> Iterator[Example]:
    turns = PAGE.split("\n## Speaker turns\n")[1].split("\n### What counts as a label\n")[0]
    for section in turns.split("\n### `")[1:]:
        name = section.split("`\n")[0]
        for fence in FENCE.finditer(section):
            table = re.match(r"\n\| speaker \|.*\n\|[-|]+\n((?:\|.*\n?)+)", section[fence.end() :])
            assert table is not None, f"{name}: no table below the example"
            rows = []
            for line in table.group(1).splitlines():
                speaker, time, words = (cell.strip() for cell in line.strip("|").split("|"))
                rows.append(
                    (speaker.removesuffix(" (asks)"), speaker.endswith("(asks)"), time or None, words)
                )
            yield Example(name, fence.group(1), fence.group(2), rows)


EXAMPLES = list(_examples())


def _written(folder: Path, example: Example) -> Path:
    path = folder / f"example{SUFFIXES[example.format]}"
    if path.suffix != ".docx":
        path.write_text(example.text, encoding="utf-8")
        return path
    document = Document()
    if example.format == "table":
        rows = [line.split(" | ") for line in example.text.splitlines()]
        table = document.add_table(len(rows), len(rows[0]))
        for cells, row in zip(rows, table.rows, strict=True):
            for words, cell in zip(cells, row.cells, strict=True):
                cell.text = words
    else:
        for paragraph in example.text.strip().split("\n\n"):
            document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def _read(path: Path, options: ReadingOptions | None = None) -> ReadSource:
    return read_source(path, path.name, options or ReadingOptions(), Stakeholders({}))


def _turns(read: ReadSource) -> list[tuple[str | None, bool, str | None, str]]:
    text = read.source.text
    return [
        (turn.label, turn.is_interviewer, turn.time, one_line(text[turn.start : turn.end]))
        for turn in read.source.turns
    ]


def test_every_convention_has_an_example() -> None:
    assert {example.name for example in EXAMPLES} == {example.name for example in CONVENTIONS}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda known: f"{known.name}-{known.format}")
def test_an_example_is_recognised_and_read_as_the_page_says(example: Example, tmp_path: Path) -> None:
    read = _read(_written(tmp_path, example))
    assert read.source.kind is SourceKind.TRANSCRIPT
    assert _turns(read) == example.rows
    assert read.convention is not None
    assert read.convention.name == example.name
    unsure = [warning for warning in read.warnings if warning.kind is WarningKind.SPEAKER]
    assert [warning for warning in unsure if "is taken for the interviewer" not in warning.what] == []


@pytest.mark.parametrize(
    "example",
    [known for known in EXAMPLES if known.format not in MARKED_BY_FORMAT],
    ids=lambda known: f"{known.name}-{known.format}",
)
def test_an_example_is_read_the_same_by_the_name_of_its_convention(example: Example, tmp_path: Path) -> None:
    said = ReadingOptions(kind=SourceKind.TRANSCRIPT, speakers=parse_convention(example.name))
    read = _read(_written(tmp_path, example), said)
    asking = {speaker for speaker, asks, _, _ in example.rows if asks and speaker not in ("I", "Q")}
    expected = [(speaker, asks, time, words) for speaker, asks, time, words in example.rows]
    found = [(label, asks or label in asking, time, words) for label, asks, time, words in _turns(read)]
    assert found == expected
    assert read.convention is not None
    assert read.convention.name == example.name


def test_the_page_says_below_which_confidence_a_turn_is_unsure() -> None:
    assert re.search(rf"below {SURE}\b", PAGE)


def test_the_commands_of_the_page_name_conventions_and_patterns_that_can_be_used() -> None:
    said = [
        shlex.split(line.partition(" --speakers ")[2])[0]
        for line in PAGE.splitlines()
        if line.startswith("quotegrid import ") and " --speakers " in line
    ]
    assert len(said) == 3
    for text in said:
        assert parse_convention(text).patterns


def test_the_front_matter_of_the_page_is_read(tmp_path: Path) -> None:
    single, several = (fence.group(2) for fence in FENCE.finditer(PAGE) if fence.group(1) == "yaml")
    path = tmp_path / "one.md"
    path.write_text(f"---\n{single}---\nJo Field: Why?\n\nAda Stone: It rained.\n", encoding="utf-8")
    read = _read(path)
    assert (read.source.title, read.source.date) == ("Interview with a head teacher", "2025-03-11")
    ada = read.source.speakers["Ada Stone"]
    assert (ada.group, ada.role, ada.area) == ("school", "Headteacher", "Westhay")
    path.write_text(f"---\n{several}---\nJo: Why?\n\nAda: It rained.\n\nRay: It did.\n", encoding="utf-8")
    read = _read(path)
    assert [turn.is_interviewer for turn in read.source.turns] == [True, False, False]
    assert {speaker.name: speaker.role for speaker in read.source.speakers.values()} == {
        "Ada Stone": "Headteacher",
        "Ray Moss": "Parent",
    }


def test_the_attributes_tables_of_the_page_are_read(tmp_path: Path) -> None:
    section = PAGE.split("\n## Attributes tables\n")[1].split("\n## ")[0]
    tables = [fence.group(2) for fence in FENCE.finditer(section) if fence.group(1) == "text"]
    assert len(tables) == 2
    for table in tables:
        path = tmp_path / "attributes.csv"
        path.write_text(table, encoding="utf-8")
        rows = read_attributes(path)
        printed = list(csv.DictReader(io.StringIO(table)))
        assert [(row.area or None, row.source, row.speaker) for row in rows] == [
            (row.get("area") or None, row.get("source"), row.get("speaker")) for row in printed
        ]
        own = set(printed[0]) - {"area", "source", "speaker", "group", "role"}
        assert [dict(row.attributes) for row in rows] == [
            {name: row[name] for name in own} for row in printed
        ]


def test_the_settings_of_the_page_are_read(tmp_path: Path) -> None:
    path = tmp_path / "quotegrid.toml"
    path.write_text("".join(match.group(2) for match in FENCE.finditer(PAGE) if match.group(1) == "toml"))
    settings = load_settings(path)
    assert settings.tables["survey.xlsx"]["text"] == ("What changed?", "What next?")
    (profile,) = settings.speakers
    assert profile == SpeakersProfile("teams/*.docx", "{speaker}  {time}\n", ("Jo Field",), ("Ray Moss",))
    assert profile.pattern is not None
    assert parse_convention(profile.pattern).patterns


def test_the_import_of_a_table_on_the_page_remembers_what_the_page_says(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    sheet = Workbook()
    assert sheet.active is not None
    sheet.active.append(["ID", "Type", "Wave", "What changed?", "What next?"])
    sheet.active.append(["R1", "school", "2", "The queue became longer.", "More staff."])
    sheet.save(empty_study.root / "survey.xlsx")
    command = re.search(r"^quotegrid (import survey\.xlsx .*)$", PAGE, re.MULTILINE)
    assert command is not None
    first, table, *others = shlex.split(command.group(1))
    found = run("-C", empty_study.root, first, empty_study.root / table, *others)
    assert found.code == 0, found.err
    printed = re.search(r'^\[tables\."survey\.xlsx"\]\n(?:[^`].*\n)+', PAGE, re.MULTILINE)
    assert printed is not None
    assert printed.group() in (empty_study.root / "quotegrid.toml").read_text(encoding="utf-8")
