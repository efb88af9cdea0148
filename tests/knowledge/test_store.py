"""The database: brought up to date, refused in one line, written by one at a time."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from knowledge.errors import StoreError
from knowledge.store import tables
from knowledge.store.store import NEWEST, Store, open_store
from knowledge.store.upgrading import newest_revision
from knowledge.talks import Talks
from tests.citizen import NOON


def run(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


async def trouble_with(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        async with open_store(url):
            pass
    return str(caught.value)


async def test_an_empty_database_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    async with open_store(f"sqlite+aiosqlite:///{path}"):
        assert run(path, "SELECT version_num FROM alembic_version") == [(newest_revision(),)]


async def test_a_database_that_is_up_to_date_keeps_what_it_holds(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"
    async with open_store(url) as store, store.transaction() as session:
        await Talks(session).remember("web", "an", "state", NOON)
    async with open_store(url) as store, store.transaction() as session:
        assert await Talks(session).recall("web", "an") == "state"


def test_the_tables_are_what_the_migrations_make(migrated: Path) -> None:
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        assert _difference(connection) == []
    engine.dispose()
    assert tables.TurnRow.__tablename__ in SQLModel.metadata.tables


def test_they_are_the_same_on_postgresql(migrated_postgres: str) -> None:
    async def compare() -> object:
        engine = create_async_engine(migrated_postgres)
        async with engine.connect() as connection:
            difference = await connection.run_sync(_difference)
        await engine.dispose()
        return difference

    assert asyncio.run(compare()) == []


def _difference(connection: Connection) -> object:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, SQLModel.metadata)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite+aiosqlite:////nowhere/at/all/office.db", "unable to open database file"),
        ("nonsense", "address cannot be used"),
        ("sqlite:///office.db", "address cannot be used"),
        ("unknown+driver://host/office", "address cannot be used"),
        ("mysql+aiomysql://host/office", "address cannot be used"),
    ],
)
async def test_a_database_out_of_reach_is_told_in_one_line(url: str, told: str) -> None:
    message = await trouble_with(url)
    assert told in message
    assert "\n" not in message


async def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    path.write_text("Thủ tục " * 1000, encoding="utf-8")
    message = await trouble_with(f"sqlite+aiosqlite:///{path}")
    assert message == "the database cannot be opened: file is not a database"


async def test_a_database_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    async with open_store(f"sqlite+aiosqlite:///{path}"):
        pass
    run(path, "UPDATE alembic_version SET version_num = '9999'")
    assert "later release" in await trouble_with(f"sqlite+aiosqlite:///{path}")
    assert run(path, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_a_database_opens_while_another_process_writes_without_a_rest(
    tmp_path: Path,
) -> None:
    path = tmp_path / "busy.db"
    async with open_store(f"sqlite+aiosqlite:///{path}"):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with open_store(f"sqlite+aiosqlite:///{path}"):
            other.execute("COMMIT")


async def test_what_fails_half_way_is_not_kept(store: Store) -> None:
    async def fail_half_way() -> None:
        async with store.transaction() as session:
            await Talks(session).remember("web", "an", "state", NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_half_way()
    async with store.transaction() as session:
        assert await Talks(session).recall("web", "an") is None


async def test_two_writers_queue_and_both_succeed(store: Store) -> None:
    async def count_up() -> None:
        async with store.transaction() as session:
            before = await Talks(session).recall("web", "an") or ""
            await asyncio.sleep(0.05)
            await Talks(session).remember("web", "an", before + "|", NOON)

    await asyncio.gather(count_up(), count_up())
    async with store.transaction() as session:
        assert await Talks(session).recall("web", "an") == "||"


async def test_on_sqlite_a_commit_outlives_a_power_cut(store: Store) -> None:
    async with store.transaction() as session:
        told = await (await session.connection()).exec_driver_sql("PRAGMA synchronous")
        assert told.scalar() == 2  # FULL: the disk has it before the commit returns


def test_the_newest_revision_is_read_without_the_tool_as_the_tool_reads_it() -> None:
    assert newest_revision() == NEWEST
