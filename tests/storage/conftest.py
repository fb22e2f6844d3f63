"""Databases migrated and filled once, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.storage.codebook.codes import save_codebook
from quotegrid.storage.engines.database import Database
from quotegrid.storage.schema import migrate
from quotegrid.storage.sources.sources import add_source
from quotegrid.storage.tables import StudyRow
from tests.engines import Server, told
from tests.storage.samples import BOOK, TALK, interview


class Templates:
    """The databases that tests get copies of."""

    def __init__(self, folder: Path, server: Server | None) -> None:
        self._server = server
        self.empty = self._empty(folder / "empty.db" if server is None else server.new())
        self.stocked = self._stocked(self.copy(self.empty, folder / "stocked.db"))

    def copy(self, template: Path | str, target: Path) -> Path | str:
        """A copy; on a server it has a name of its own."""
        if isinstance(template, Path):
            return Path(shutil.copy(template, target))
        assert self._server is not None
        return self._server.new(template)

    def drop(self, database: Database) -> None:
        """Remove a copy; files go with their folder."""
        if self._server is not None:
            self._server.drop(told(database))

    def _empty(self, where: Path | str) -> Path | str:
        database = Database(where)
        migrate(database)
        with database.session(write=True) as session:
            session.add(StudyRow(id=1, name="Trial"))
        database.close()
        return where

    def _stocked(self, where: Path | str) -> Path | str:
        database = Database(where)
        with database.session(write=True) as session:
            save_codebook(session, BOOK, "first digest")
            add_source(session, interview("talk.txt", *TALK))
        database.close()
        return where


@pytest.fixture(scope="session")
def templates(
    tmp_path_factory: pytest.TempPathFactory, engine: str, request: pytest.FixtureRequest
) -> Templates:
    server = request.getfixturevalue("server") if engine == "postgresql" else None
    return Templates(tmp_path_factory.mktemp("databases"), server)


def _copied(templates: Templates, template: Path | str, target: Path) -> Iterator[Database]:
    database = Database(templates.copy(template, target / "quotegrid.db"))
    yield database
    database.close()
    templates.drop(database)


@pytest.fixture
def empty(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """The database of a new study."""
    yield from _copied(templates, templates.empty, tmp_path)


@pytest.fixture
def database(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """One with a codebook of five codes and an interview of three segments, 1 to 3."""
    yield from _copied(templates, templates.stocked, tmp_path)
