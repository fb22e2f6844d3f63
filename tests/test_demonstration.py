"""The commands that `make demo`, the README and docs/ tell a user to run, run in copies of the repository."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.demonstration import (
    REPOSITORY,
    called,
    copied,
    demonstration_commands,
    made,
    make,
    picture,
    records,
)

pytestmark = [pytest.mark.demo, pytest.mark.model]

TEXTS = {
    page.name: page.read_text(encoding="utf-8")
    for page in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md")))
    if page.name != "postgresql.md"  # what its commands need is a server, and tests/test_postgresql_docs.py
}
COMMANDS = {
    name: [shlex.split(line)[1:] for line in re.findall(r"^\$ (quotegrid .+)$", text, re.MULTILINE)]
    for name, text in TEXTS.items()
}
PAGES = [name for name, commands in COMMANDS.items() if commands]
README, PYTHON = TEXTS["README.md"], TEXTS["python.md"]
SECONDS = 60


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which `make demo`'s commands were run, and what they printed."""
    return made(tmp_path_factory.mktemp("demo") / "study")


def test_the_demonstration_imports_every_interview(demonstration: tuple[Path, str]) -> None:
    folder, printed = demonstration
    assert "Imported 18 sources with 676 passages" in printed
    assert "Unsure" not in printed
    cases = records(folder, "cases")
    assert Counter(case["group"] for case in cases) == {
        "local authority": 4,
        "school": 5,
        "college": 3,
        "health": 3,
        "parent carer forum": 2,
        "parent": 4,
    }
    assert len({case["area"] for case in cases}) == 5
    assert all(
        {"region", "wave", "on_track", "deficit_per_head"} <= case["attributes"].keys() for case in cases
    )
    assert max(len(source["cases"]) for source in records(folder, "sources")) == 4


def test_the_demonstrations_plan_lacks_the_interview_that_the_page_on_imports_names(
    demonstration: tuple[Path, str],
) -> None:
    folder, printed = demonstration
    assert "plan from plan.csv (22 to interview)" in printed
    coverage = records(folder, "coverage")
    assert coverage["total"] == {"heard": 21, "read": 15, "coded": 15, "planned": 22, "missing": 1}
    missing = [
        (row, column)
        for row, cells in zip(coverage["rows"], coverage["cells"], strict=True)
        for column, cell in zip(coverage["columns"], cells, strict=True)
        if cell["missing"]
    ]
    assert missing == [("Ashcombe Vale", "local authority")]


def test_the_demonstrations_decisions_can_be_read_in_a_study_that_imported_its_files_in_another_order(
    demonstration: tuple[Path, str], tmp_path: Path
) -> None:
    folder = demonstration[0]
    (tmp_path / "listing.csv").write_text(called(folder, "decisions", "--format", "csv"), encoding="utf-8")
    other = copied(tmp_path / "other")
    names = sorted(record["name"] for record in records(folder, "sources"))
    for part in (names[len(names) // 2 :], names[: len(names) // 2]):
        called(other, "import", *(f"corpus/{name}" for name in part))
    called(other, "import", "corpus")
    assert [record["name"] for record in records(other, "sources")] == names
    called(other, "decide", "--from", str(tmp_path / "listing.csv"))

    def standing(study: Path) -> list[tuple[Any, ...]]:
        names = ("source", "start", "end", "codes", "stances")
        return [tuple(quote[name] for name in names) for quote in records(study, "quotes", "--coded")]

    assert standing(other) == standing(folder)
    theirs, ours = (records(study, "matrix", "--rows", "code") for study in (other, folder))
    assert theirs["cells"] == ours["cells"]


@pytest.mark.timing
def test_the_demonstration_ends_in_time(tmp_path: Path) -> None:
    folder = copied(tmp_path / "study")
    began = time.perf_counter()
    for arguments in demonstration_commands():
        done = subprocess.run(
            [sys.executable, "-m", "quotegrid", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            env={**os.environ, "QUOTEGRID_CODER": "reader"},
        )
        assert done.returncode == 0, f"{shlex.join(arguments)}: {done.stderr}"
        assert "Traceback" not in done.stderr
    assert time.perf_counter() - began < SECONDS


def test_the_demonstrations_codings_are_its_decisions_and_its_exports_agree(
    demonstration: tuple[Path, str],
) -> None:
    folder = demonstration[0]
    with (folder / "codebook" / "decisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wanted = Counter(row["code"] for row in rows if row["decision"] in ("accept", "apply"))
    matrix = records(folder, "matrix", "--rows", "code")
    totals = dict(zip(matrix["rows"], matrix["totals"], strict=True))
    assert {code: count for code, count in totals.items() if count} == dict(wanted)
    with (folder / "exports" / "matrix.csv").open(encoding="utf-8", newline="") as stream:
        table = {row[0]: row[1:] for row in csv.reader(stream) if row}
    assert {code: int(table[code][-1]) for code in matrix["rows"]} == totals
    sheet = load_workbook(folder / "exports" / "matrix.xlsx")["Matrix"]
    cases = records(folder, "matrix", "--rows", "code", "--count", "cases")
    written = {row[0]: list(row[1:]) for row in sheet.iter_rows(values_only=True) if row[0] in totals}
    expected = zip(cases["rows"], cases["cells"], cases["totals"], strict=True)
    assert written == {name: [*cells, total] for name, cells, total in expected}
    quotes = records(folder, "quotes", "--coded")
    text = (folder / "exports" / "quotes.md").read_text(encoding="utf-8")
    assert (
        text.count("\n> \N{EM DASH} ")
        == len(quotes)
        == len({row["segment"] for row in rows if row["decision"] in ("accept", "apply")})
    )


def test_the_demonstration_says_what_it_made_and_how_to_go_on() -> None:
    said = "\n".join(make("demo"))
    for words in (
        "exports/matrix.xlsx",
        "exports/matrix.csv",
        "exports/quotes.md",
        "Open the workbench with",
    ):
        assert words in said


def test_the_picture_of_the_readme_is_what_the_workbench_shows(
    demonstration: tuple[Path, str], tmp_path: Path
) -> None:
    shutil.copytree(demonstration[0], tmp_path / "study")
    kept = (REPOSITORY / "docs" / "workbench.svg").read_text(encoding="utf-8")
    assert "](docs/workbench.svg)" in README
    assert picture(tmp_path / "study") == kept, "make docs draws it anew"


def test_every_corpus_file_says_that_it_is_invented(demonstration: tuple[Path, str]) -> None:
    from quotegrid.corpus.readers import can_read, read_file

    files = [file for file in (REPOSITORY / "corpus").iterdir() if can_read(file)]
    assert len(files) == 18
    for file in files:
        top = file.read_text(encoding="utf-8") if file.suffix != ".docx" else read_file(file).text
        assert "fictional" in top[:400].casefold(), file.name


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_pages_does_what_it_says(
    demonstration: tuple[Path, str], tmp_path: Path, page: str
) -> None:
    folder = tmp_path / "study"
    shutil.copytree(demonstration[0], folder)
    files = {file.name for file in (folder / "exports").iterdir()}
    for arguments in COMMANDS[page]:
        assert called(folder, *arguments).strip(), shlex.join(arguments)
        files |= _written(arguments)
    assert {file.name for file in (folder / "exports").iterdir()} == files
    if page in ("README.md", "start.md"):
        assert (folder / "my-study" / "quotegrid.toml").is_file()
    if page == "import.md":
        assert len(records(folder, "quotes", "--kind", "block")) == 4
    if page == "publishing.md":
        _nobody_is_named(folder)


def test_the_pages_show_commands_that_are_run_and_nothing_else_in_consoles() -> None:
    assert sum(len(commands) for commands in COMMANDS.values()) >= 100
    for page, text in TEXTS.items():
        for block in re.findall(r"^```console\n(.+?)^```", text, re.DOTALL | re.MULTILINE):
            for line in block.splitlines():
                words = shlex.split(line)
                assert words[:2] == ["$", "quotegrid"] or line in (
                    f"$ make {target}" for target in ("demo", "test", "install")
                ), f"{page}: {line}"


def _written(arguments: list[str]) -> set[str]:
    """The names of the files that a command writes: what it says, and the log of what was withheld."""
    if "-o" not in arguments:
        return set()
    file = Path(arguments[arguments.index("-o") + 1])
    log = {f"{file.name}.withheld.csv"} if "--publish" in arguments else set()
    return {file.name} | log


def test_every_query_of_its_page_finds_quotes(demonstration: tuple[Path, str]) -> None:
    blocks = re.findall(r"^```(\w*)\n(.+?)^```", TEXTS["queries.md"], re.DOTALL | re.MULTILINE)
    queries = [line for kind, block in blocks if not kind for line in block.splitlines()]
    assert len(queries) >= 5
    for query in queries:
        assert records(demonstration[0], "quotes", query), query


def _nobody_is_named(folder: Path) -> None:
    """No name of a case, whole or a part, is in what was published."""
    book = load_workbook(folder / "exports" / "published.xlsx")
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    report = Document(str(folder / "exports" / "published-report.docx"))
    cells += [paragraph.text for paragraph in report.paragraphs]
    cells += [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*cells, (folder / "exports" / "published-quotes.md").read_text(encoding="utf-8")])
    names = {part for case in records(folder, "cases") for part in case["name"].split()}
    assert len(names) > 30
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_the_python_of_its_page_prints_quotes_and_a_matrix(demonstration: tuple[Path, str]) -> None:
    code = re.search(r"```python\n(.+?)```", PYTHON, re.DOTALL)
    assert code is not None
    done = subprocess.run(
        [sys.executable, "-c", code.group(1)], cwd=demonstration[0], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Parent, Northmoor" in done.stdout
    assert "('local authority', 'school', 'college', 'health', 'parent carer forum', 'parent')" in done.stdout
