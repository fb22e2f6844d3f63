"""Databases migrated and filled once, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.storage.codes import save_codebook
from quotegrid.storage.database import Database
from quotegrid.storage.schema import migrate
from quotegrid.storage.sources import add_source
from quotegrid.storage.tables import StudyRow
from tests.storage.samples import BOOK, TALK, interview


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("databases")
    made = {"empty": folder / "empty.db", "stocked": folder / "stocked.db"}
    database = Database(made["empty"])
    migrate(database)
    with database.session(write=True) as session:
        session.add(StudyRow(id=1, name="Trial"))
    database.close()
    shutil.copy(made["empty"], made["stocked"])
    database = Database(made["stocked"])
    with database.session(write=True) as session:
        save_codebook(session, BOOK, "first digest")
        add_source(session, interview("talk.txt", *TALK))
    database.close()
    return made


def _copied(template: Path, target: Path) -> Iterator[Database]:
    database = Database(Path(shutil.copy(template, target / "quotegrid.db")))
    yield database
    database.close()


@pytest.fixture
def empty(templates: dict[str, Path], tmp_path: Path) -> Iterator[Database]:
    """The database of a new study."""
    yield from _copied(templates["empty"], tmp_path)


@pytest.fixture
def database(templates: dict[str, Path], tmp_path: Path) -> Iterator[Database]:
    """One with a codebook of five codes and an interview of three segments, 1 to 3."""
    yield from _copied(templates["stocked"], tmp_path)
