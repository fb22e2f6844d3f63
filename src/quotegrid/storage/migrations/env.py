"""Alembic's entry: migrate over the connection that `storage.schema` hands in."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import quotegrid.storage.tables  # noqa: F401 - fills the metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
