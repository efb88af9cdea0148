"""The migrations, applied: apart, for their tool takes 11 MB that few starts need."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from knowledge.errors import StoreError

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_MIGRATING: Final = 0x6D6F7463  # any number, as long as all replicas lock the same


def apply(connection: Connection) -> None:
    """Apply the migrations that the database lacks.

    Raises:
        StoreError: a later release has changed it.
    """
    if connection.dialect.name == "postgresql":  # replicas may start together
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    config = migrations()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = "the database was made by a later release of this program"
        raise StoreError(message) from error


def migrations() -> Config:
    """Tell the migration tool where our migrations are."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def newest_revision() -> str | None:
    """Name the revision that this release needs, as the tool reads it."""
    return ScriptDirectory.from_config(migrations()).get_current_head()
