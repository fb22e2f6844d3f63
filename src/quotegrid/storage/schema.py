"""The creation and migration of the schema."""

from __future__ import annotations

from pathlib import Path

from quotegrid.errors import RepairError
from quotegrid.storage.engines.database import Database

HEAD = "0011"
"""The newest revision under `migrations/versions`."""
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")


def revision(database: Database) -> str | None:
    """Return the revision of a database; None if it is empty.

    Raises:
        RepairError: If it is not a quotegrid database, or is from a newer version.
        ServerError: If the server that holds it cannot be reached or refuses the user.
    """
    with database.at.readable(), database.engine.connect() as connection:
        tables = database.at.tables(connection)
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise RepairError("this database was not made by quotegrid.", file=database.at.where)
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    found = None if row is None else str(row[0])
    if found not in KNOWN:
        raise RepairError(
            f'this study was written by a newer quotegrid (schema "{found}").',
            file=database.at.where,
            todo="Update quotegrid, then open it again.",
        )
    return found


def migrate(database: Database) -> None:
    """Bring a database to `HEAD`; whoever calls this has made a backup of what is there.

    Raises:
        RepairError: If it is not a quotegrid database, or is from a newer version.
        ServerError: If the server that holds it cannot be reached or refuses the user.
    """
    from alembic import command
    from alembic.config import Config

    revision(database)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.at.readable(), database.engine.connect() as connection:
        connection.execution_options(**database.at.options(write=True))
        config.attributes["connection"] = connection
        with database.at.migrating(connection):
            command.upgrade(config, "head")
