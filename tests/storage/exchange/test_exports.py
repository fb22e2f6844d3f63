from __future__ import annotations

import os
import subprocess
import sys

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from quotegrid.errors import RepairError
from quotegrid.storage.engines.database import Database
from quotegrid.storage.exchange.exports import (
    add_export,
    data_state,
    find_export,
    find_export_at,
    list_exports,
)
from tests.engines import skip_sqlites_own, told

ON_BOTH_ENGINES = True
STATE = """\
import json, sys
from quotegrid.storage.exchange.exports import data_state
from tests.engines import opened
with opened(sys.argv[1]).session() as session:
    print(json.dumps(data_state(session), sort_keys=True))
"""


def _add(session: Session, guid: str, path: str = "exports/a.csv") -> None:
    add_export(
        session,
        "jo",
        guid=guid,
        at="2026-01-01T10:00:00+00:00",
        file="a.csv",
        path=path,
        what="codes",
        version="1",
        codebook="",
        is_published=False,
        file_hash=f"hash of {guid}",
        content="",
    )


def test_a_record_is_found_by_name_by_content_and_by_place(database: Database) -> None:
    with database.session(write=True) as session:
        _add(session, "one")
        _add(session, "two")
        _add(session, "three", "elsewhere.csv")
    with database.session() as session:
        by_name = find_export(session, name="one", file_hash="none")
        by_content = find_export(session, name=None, file_hash="hash of two")
        by_place = find_export_at(session, "exports/a.csv")
        assert [record and record.guid for record in (by_name, by_content, by_place)] == ["one", "two", "two"]
        assert find_export_at(session, "a.csv") is None
        kept = list_exports(session)
    assert [(row.guid, by) for row, by in kept] == [("one", "jo"), ("two", "jo"), ("three", "jo")]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE export SET file = 'another'",
        "DELETE FROM export",
        "INSERT OR REPLACE INTO export SELECT * FROM export",
    ],
)
def test_records_are_only_ever_added(database: Database, change: str) -> None:
    skip_sqlites_own(database, change)
    with database.session(write=True) as session:
        _add(session, "one")
    with (
        pytest.raises((DatabaseError, RepairError), match="exports are only ever added"),
        database.session(write=True) as session,
    ):
        session.connection().exec_driver_sql(change)


def test_the_state_of_the_data_is_the_same_in_every_process(database: Database) -> None:
    states = {
        subprocess.run(
            [sys.executable, "-c", STATE, told(database)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(states) == 1
    with database.session() as session:
        assert data_state(session)["sources"] in states.pop()
