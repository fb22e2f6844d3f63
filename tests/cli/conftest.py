"""The studies of tests/conftest.py made once and copied for each test, because there are many tests here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.corpus.reading import ReadingOptions
from quotegrid.workflows.folder import StudyFolder, open_study
from quotegrid.workflows.import_sources import import_sources
from quotegrid.workflows.init_study import init_study
from quotegrid.workflows.suggest import suggest_codes
from tests.conftest import ATTRIBUTES, CODEBOOK, HEAD, PARENT


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    root = folder / "study"
    init_study(root, "Trial").close()
    config = root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("[suggestions]\n", '[suggestions]\nmodel = "hashing"\n', 1), encoding="utf-8"
    )
    (root / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    made = {"empty": shutil.copytree(root, folder / "empty")}
    for name, content in (("head.md", HEAD), ("parent.txt", PARENT), ("attributes.csv", ATTRIBUTES)):
        (root / "corpus" / name).write_text(content, encoding="utf-8")
    study = open_study(root)
    import_sources(study, [root / "corpus"], ReadingOptions())
    study.close()
    made["study"] = shutil.copytree(root, folder / "imported")
    suggest_codes(study, at_least=0.0)
    study.close()
    made["suggested"] = root
    return made


def _copied(template: Path, target: Path) -> Iterator[StudyFolder]:
    study = open_study(shutil.copytree(template, target / "study"))
    study.codebook()
    yield study
    study.close()


@pytest.fixture
def empty_study(templates: dict[str, Path], tmp_path: Path) -> Iterator[StudyFolder]:
    yield from _copied(templates["empty"], tmp_path)


@pytest.fixture
def study(templates: dict[str, Path], tmp_path: Path) -> Iterator[StudyFolder]:
    yield from _copied(templates["study"], tmp_path)


@pytest.fixture
def suggested(templates: dict[str, Path], tmp_path: Path) -> Iterator[StudyFolder]:
    yield from _copied(templates["suggested"], tmp_path)
