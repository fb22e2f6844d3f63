"""The studies of tests/conftest.py made once and copied for each test, because there are many tests here."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.conftest import ATTRIBUTES, CODEBOOK, HEAD, PARENT, with_stakeholders
from tests.engines import Server


@pytest.fixture(scope="session")
def engine_server(engine: str, request: pytest.FixtureRequest) -> Server | None:
    """The server that studies are kept on; None where they are files."""
    return request.getfixturevalue("server") if engine == "postgresql" else None


def copied_folder(root: Path, target: Path, server: Server | None) -> Path:
    """A copy of a study's folder, and of its database where that is on a server."""
    shutil.copytree(root, target)
    if server is not None:
        config = target / "quotegrid.toml"
        text = config.read_text(encoding="utf-8")
        address = tomllib.loads(text)["study"]["database"]
        config.write_text(text.replace(address, server.new(address)), encoding="utf-8")
    return target


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, engine_server: Server | None) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    root = folder / "study"
    init_study(root, "Trial", "" if engine_server is None else engine_server.new()).close()
    config = root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    text = text.replace("[suggestions]\n", '[suggestions]\nmodel = "hashing"\n', 1)
    config.write_text(with_stakeholders(text), encoding="utf-8")
    (root / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    made = {"empty": copied_folder(root, folder / "empty", engine_server)}
    for name, content in (("head.md", HEAD), ("parent.txt", PARENT), ("attributes.csv", ATTRIBUTES)):
        (root / "corpus" / name).write_text(content, encoding="utf-8")
    study = open_study(root)
    import_sources(study, [root / "corpus"], ReadingOptions())
    study.close()
    made["study"] = copied_folder(root, folder / "imported", engine_server)
    suggest_codes(study, at_least=0.0)
    study.close()
    made["suggested"] = root
    return made


def _copied(template: Path, target: Path, server: Server | None) -> Iterator[StudyFolder]:
    study = open_study(copied_folder(template, target / "study", server))
    current_codebook(study)
    yield study
    study.close()
    if server is not None:
        server.drop(study.settings.database)


@pytest.fixture
def empty_study(
    templates: dict[str, Path], tmp_path: Path, engine_server: Server | None
) -> Iterator[StudyFolder]:
    yield from _copied(templates["empty"], tmp_path, engine_server)


@pytest.fixture
def study(templates: dict[str, Path], tmp_path: Path, engine_server: Server | None) -> Iterator[StudyFolder]:
    yield from _copied(templates["study"], tmp_path, engine_server)


@pytest.fixture
def suggested(
    templates: dict[str, Path], tmp_path: Path, engine_server: Server | None
) -> Iterator[StudyFolder]:
    yield from _copied(templates["suggested"], tmp_path, engine_server)
