"""Runs the migrations on the connection that the store hands over."""

from alembic import context
from sqlmodel import SQLModel

from knowledge.store import tables

assert tables.TalkRow.metadata is SQLModel.metadata  # noqa: S101 - the tables are known by now

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
