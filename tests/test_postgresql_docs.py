"""docs/postgresql.md sets a server up as it says, and the stemmers part where docs/queries.md says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import DBAPIError

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import ServerError
from quotegrid.settings_reading import load_settings
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from tests.conftest import CODEBOOK, HEAD, REPOSITORY
from tests.engines import Server

PAGE = (REPOSITORY / "docs" / "postgresql.md").read_text(encoding="utf-8")
QUERIES = (REPOSITORY / "docs" / "queries.md").read_text(encoding="utf-8")


def _fences(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.+?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def set_up(server: Server) -> Iterator[str]:
    """The address of the database of the page, made as it says; without a role."""
    on_server, in_database = _fences("sql")
    for statement in on_server.split(";\n"):
        if statement.strip():
            server.run(statement)
    address = server.new()
    url = make_url(address).set(database="views")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in in_database.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    engine.dispose()
    yield url.render_as_string(hide_password=False)
    server.drop(url.render_as_string())


def _as(address: str, role: str) -> str:
    return make_url(address).set(username=role).render_as_string(hide_password=False)


def test_the_set_up_lets_the_team_in_and_keeps_its_logs(set_up: str, tmp_path: Path) -> None:
    init_study(tmp_path, "Views", _as(set_up, "views_owner")).close()
    (tmp_path / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "corpus" / "head.md").write_text(HEAD, encoding="utf-8")
    config = tmp_path / "quotegrid.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("views_owner", "ana"), encoding="utf-8")
    study = open_study(tmp_path)
    import_sources(study, [tmp_path / "corpus"], ReadingOptions())
    decide_segment(study, 1, Action.APPLY, "quick fix")
    assert [quote.id for quote in list_quotes(study, 'code:"quick fix" text:fixes')] == [1]
    study.close()
    ben = create_engine(_as(set_up, "ben"))
    for statement in (
        "ALTER TABLE decision DISABLE TRIGGER ALL",
        "DROP TRIGGER decision_no_update ON decision",
    ):
        with pytest.raises(DBAPIError, match="must be owner"), ben.begin() as connection:
            connection.exec_driver_sql(statement)
    with pytest.raises(DBAPIError, match="only ever added"), ben.begin() as connection:
        connection.exec_driver_sql("DELETE FROM decision")
    ben.dispose()


def test_nobody_else_is_let_in(set_up: str, server: Server, tmp_path: Path) -> None:
    server.run("CREATE ROLE stranger LOGIN")
    with pytest.raises(ServerError, match="permission denied for database"):
        init_study(tmp_path, "Views", _as(set_up, "stranger"))
    assert not (tmp_path / "quotegrid.toml").exists()


def test_the_settings_of_the_page_can_be_read(tmp_path: Path) -> None:
    settings = _fences("toml")
    assert len(settings) == 1
    for text in settings:
        (tmp_path / "quotegrid.toml").write_text(text, encoding="utf-8")
        assert load_settings(tmp_path / "quotegrid.toml").is_on_server


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_the_stemmers_part_where_the_page_says(empty_study: StudyFolder, engine: str) -> None:
    said = QUERIES.split("Porter's stemmer of 1980")[1].split("\n\n")[0]
    in_file, on_server = said.split("only;")
    pairs = r"`text:(\w+)` finds \*(\w+)\*"
    wanted = {"sqlite": re.findall(pairs, in_file), "postgresql": re.findall(pairs, on_server)}
    assert [len(found) for found in wanted.values()] == [2, 2]
    for kept, found in wanted.items():
        for asked, word in found:
            file = empty_study.root / "corpus" / f"{asked}.txt"
            file.write_text(f"INTERVIEWER: Why?\n\nADA: We {word} here.\n", encoding="utf-8")
            import_sources(empty_study, [file], ReadingOptions())
            assert bool(list_quotes(empty_study, f"text:{asked} source:{file.name}")) is (kept == engine)
