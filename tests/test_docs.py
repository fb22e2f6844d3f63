"""The documentation names what there is: every command and every field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from docx import Document

from quotegrid import Study
from quotegrid.cli.main import app
from quotegrid.corpus.people.plans import is_plan_file, read_plan
from quotegrid.corpus.readers import READERS
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.text.non_speech import NonSpeechKind, non_speech
from quotegrid.domain.text.repairs import Repair
from quotegrid.settings_reading import load_settings
from quotegrid.workflows.api.fields_page import SECTIONS, brought_up_to_date
from quotegrid.workflows.coding.decide import decide_segment, decide_suggestion
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import REPOSITORY, StudyTemplates
from tests.demonstration import called, records

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
COMMANDS = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
FIELDS = (REPOSITORY / "docs" / "fields.md").read_text(encoding="utf-8")
IMPORT = (REPOSITORY / "docs" / "import.md").read_text(encoding="utf-8")
LISTINGS = (
    "quotes",
    "suggestions",
    "matrix",
    "cooccurrence",
    "amounts",
    "claims check",
    "coverage",
    "sources",
    "turns",
    "cases",
    "cases show",
    "cases check",
    "cases history",
    "cases types",
    "stakeholders",
    "areas",
    "codes",
    "codebook history",
    "decisions",
    "history",
    "summaries",
    "summaries --empty",
    "summaries --log",
    "memos",
    "status",
    "exports",
    "verify",
    "backup list",
    "settings",
)


def test_the_readme_opens_with_the_two_commands() -> None:
    assert README.startswith("# quotegrid\n\n```console\n$ make demo\n$ make test\n```\n")


def _names(command: Any, name: str = "") -> Iterator[str]:
    """The names of a command and of all below it: "cases", "cases show"."""
    for part, below in getattr(command, "commands", {}).items():
        whole = f"{name} {part}".strip()
        yield whole
        yield from _names(below, whole)


def test_every_command_is_in_the_readme_or_the_page_of_commands() -> None:
    names = list(_names(typer.main.get_command(app)))
    assert len(names) > 50
    missing = [name for name in names if not re.search(rf"`quotegrid {name}[ `]", README + COMMANDS)]
    assert missing == []


def test_the_page_of_commands_names_no_command_that_is_not_there() -> None:
    names = set(_names(typer.main.get_command(app)))
    named = re.findall(r"`quotegrid ([a-z-]+(?: [a-z-]+)?)", COMMANDS)
    assert [name for name in named if name not in names and name.split()[0] not in names] == []


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    assert len(README.splitlines()) <= 120
    examples = {"example-draft.md", "example-forms.md", "example-report.md"}
    pages = {page.name for page in (REPOSITORY / "docs").glob("*.md")} - examples
    assert [page for page in sorted(pages) if f"](docs/{page})" not in README] == []


def test_every_link_leads_to_a_page_and_a_heading_that_are_there() -> None:
    pages = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("*.md")]
    for page in pages:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for place, heading in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", text):
            target = page if not place else (page.parent / place)
            assert target.exists(), f"{page.name}: {place}"
            if heading:
                found = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                anchors = {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in found}
                assert heading in anchors, f"{page.name}: {place}#{heading}"


def test_the_page_on_python_names_every_method_of_a_study() -> None:
    page = (REPOSITORY / "docs" / "python.md").read_text(encoding="utf-8")
    methods = {name for name in dir(Study) if not name.startswith("_")}
    table = page.split("| what | methods", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`(\w+)`", table)) - {"Study"} == methods


def test_the_tables_of_fields_are_as_the_listings_declare_them() -> None:
    assert brought_up_to_date(FIELDS) == FIELDS, "make docs brings the page up to date"
    assert set(LISTINGS) - {"matrix", "coverage"} <= set(SECTIONS)


def _fill(suggested: StudyFolder) -> None:
    """Give a study something that each listing can list."""
    decide_suggestion(suggested, 1, Action.ACCEPT, "clear")
    decide_segment(suggested, 1, Action.APPLY, "room to plan")
    stranger = suggested.root / "corpus" / "stranger.docx"
    document = Document()
    for words in ("I: So?", "P1: Nobody asked me.", "I: No?", "P1: No."):
        document.add_paragraph(words)
    document.add_comment(document.paragraphs[1].runs[0], text="Ask again", author="Jo Field", initials="JF")
    document.save(str(stranger))
    called(suggested.root, "import", str(stranger))
    called(suggested.root, "cases", "set", "Ada Stone", "wave=2")
    called(suggested.root, "summarise", "Money", "Ada Stone", "--text", "A fix [q:1].")
    (suggested.root / "draft.md").write_text("One headteacher spoke of [[quick fix]].", encoding="utf-8")
    called(suggested.root, "codes", "-o", "exports/codes.csv")
    called(suggested.root, "backup", "now")


@pytest.mark.parametrize("command", LISTINGS)
def test_every_field_is_documented_and_every_documented_field_is_there(
    studies: StudyTemplates, tmp_path: Path, command: str
) -> None:
    filled = studies.copied(studies.derived(studies.suggested, _fill), tmp_path / "study")
    more = {
        "cases show": ["Ada Stone"],
        "claims check": ["draft.md"],
        "verify": ["exports/codes.csv"],
    }
    found = records(filled, *command.split(), *more.get(command, []))
    record = found if isinstance(found, dict) else found[0]
    section = FIELDS.split(f"## {command}\n", 1)[1].split("\n## ", 1)[0]
    if "| field |" in section:
        first_cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
        documented = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}
    else:
        outside = re.sub(r"\([^)]*\)", "", section)
        documented = set(re.findall(r"`(\w+)`", outside))
    assert documented == set(record)


@pytest.mark.parametrize("kind", NonSpeechKind)
def test_the_examples_of_what_is_not_speech_are_recognised(kind: NonSpeechKind) -> None:
    section = IMPORT.split("## What is not speech\n", 1)[1].split("\n## ", 1)[0]
    row = next(line for line in section.splitlines() if line.startswith(f"| {kind.value} |"))
    examples = re.findall(r"`([^`]+)`", row)
    assert len(examples) >= 3
    for mark in examples:
        assert [found.kind for found in non_speech(f"We waited {mark} and waited.")] == [kind], mark


def test_the_examples_of_what_stays_speech_are_left_alone() -> None:
    section = IMPORT.split("| what stays speech |", 1)[1].split("\n## ", 1)[0]
    examples = re.findall(r"`([^`]+)`", section)
    assert len(examples) >= 6
    assert [example for example in examples if non_speech(f"We waited {example} and waited.")] == []


def test_every_repair_is_documented() -> None:
    section = IMPORT.split("## What is repaired\n", 1)[1].split("\n## ", 1)[0]
    assert [repair.value for repair in Repair if repair.value not in section] == []


def test_every_file_type_that_can_be_read_is_documented() -> None:
    for suffix in set(READERS) - {".markdown"}:
        assert f"`{suffix}`" in IMPORT
        assert f"`{suffix}`" in README


def test_the_plan_and_the_bands_of_the_import_page_can_be_used(tmp_path: Path) -> None:
    plan = re.search(r"```text\n(group,area,planned\n.+?)```", IMPORT, re.DOTALL)
    bands = re.search(r"```toml\n(\[bands\]\n.+?)```", IMPORT, re.DOTALL)
    assert plan is not None
    assert bands is not None
    (tmp_path / "plan.csv").write_text(plan.group(1), encoding="utf-8")
    (tmp_path / "quotegrid.toml").write_text(bands.group(1), encoding="utf-8")
    assert is_plan_file(tmp_path / "plan.csv", ())
    assert sum(line.planned for line in read_plan(tmp_path / "plan.csv")) == 4
    assert load_settings(tmp_path / "quotegrid.toml").bands == {
        "deficit_per_head": (400, 600),
        "rate": {"low": 0, "high": 3.5},
        "visits": "thirds",
    }
