from __future__ import annotations

import sqlite3
from contextlib import closing

from quotegrid.storage.engines.database import Database
from quotegrid.storage.log_digests import LOGS


def test_every_table_to_which_rows_are_only_added_has_a_digest(empty: Database) -> None:
    with closing(sqlite3.connect(empty.path)) as connection:
        triggers = connection.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_no_update'"
        ).fetchall()
    assert sorted(name for (name,) in triggers) == sorted(LOGS)
