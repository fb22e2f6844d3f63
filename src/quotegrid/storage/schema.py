"""Making the schema and bringing it up to date, with a backup before each migration."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from quotegrid.errors import RepairError
from quotegrid.storage.database import Database, readable

HEAD = "0001"
"""The newest revision under `migrations/versions`."""
KNOWN = ("0001",)


def revision(database: Database) -> str | None:
    """The revision a database is at; None if it is empty.

    Raises:
        RepairError: If the file is not a quotegrid database, or is from a newer version.
    """
    with readable(database.path), database.engine.connect() as connection:
        tables = {
            row[0]
            for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise RepairError("this database was not made by quotegrid.", file=database.path)
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    found = None if row is None else str(row[0])
    if found not in KNOWN:
        raise RepairError(
            f'this study was written by a newer quotegrid (schema "{found}").',
            file=database.path,
            todo="Update quotegrid, then open it again.",
        )
    return found


def migrate(database: Database) -> Path | None:
    """Bring a database to `HEAD`.

    Returns:
        The backup that was made, None where there was nothing to back up.
    """
    from alembic import command
    from alembic.config import Config

    backup = None if revision(database) is None else back_up(database.path)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with readable(database.path), database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    return backup


def back_up(path: Path) -> Path:
    """Copy a database beside itself, named after the time."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.backup-{stamp}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target
