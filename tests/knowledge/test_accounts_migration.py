"""A database from before accounts were known keeps all that was waiting in it."""

from collections.abc import Generator
from datetime import datetime

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import select

from knowledge.store.store import open_store
from knowledge.store.tables import ContactRow, OutboxRow
from knowledge.store.upgrading import migrations
from tests.postgres import new_database

NOON = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - as the tables hold it
ANSWER, NEWS = "7 1001", "dossier done"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest) -> Generator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{request.getfixturevalue('tmp_path') / 'old.db'}"
        return
    with new_database(request.getfixturevalue("postgres")) as url:
        yield url


def _move(connection: Connection, revision: str) -> None:
    config = migrations()
    config.attributes["connection"] = connection
    (command.downgrade if revision == "0007" else command.upgrade)(config, revision)


def _fill(connection: Connection, accounts: int) -> None:
    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "0007")
    for key, priority in ((ANSWER, 0), (NEWS, 1), ("nokey", 0)):
        connection.execute(
            text(
                "INSERT INTO outbox (channel, chat, key, part, priority, text, buttons, state,"
                " tries, created_at, due_at) VALUES ('telegram', 'an', :key, 1, :priority, 'a',"
                " '[]', 'pending', 0, :at, :at)"
            ),
            {"key": key, "priority": priority, "at": NOON},
        )
    for account in range(accounts):
        connection.execute(
            text(
                "INSERT INTO zalo_token (oa_id, access, refresh, access_expires_at, generation)"
                " VALUES (:id, 'a', 'r', :at, 0)"
            ),
            {"id": f"oa{account}", "at": NOON},
        )
    connection.execute(
        text("INSERT INTO zalo_contact (chat, wrote_at) VALUES ('an', :at)"), {"at": NOON}
    )


@pytest.mark.parametrize(("accounts", "known"), [(0, []), (1, ["oa0"]), (2, [])])
async def test_what_waits_is_kept_and_whose_it_is_is_known_where_it_can_be(
    empty_database: str, accounts: int, known: list[str]
) -> None:
    engine = create_async_engine(empty_database)
    async with engine.begin() as connection:
        await connection.run_sync(_fill, accounts)
    await engine.dispose()
    async with open_store(empty_database) as store, store.transaction() as session:
        rows = await session.exec(select(OutboxRow))
        assert {row.key: (row.bot, row.state) for row in rows} == {
            ANSWER: ("7", "pending"),
            NEWS: ("", "pending"),
            "nokey": ("", "pending"),
        }
        assert [row.bot for row in await session.exec(select(ContactRow))] == known
        assert [row.chat for row in await session.exec(select(ContactRow))] == ["an"] * len(known)


async def test_there_is_a_way_back(empty_database: str) -> None:
    engine = create_async_engine(empty_database)
    async with engine.begin() as connection:
        await connection.run_sync(_fill, 1)
        await connection.run_sync(_move, "head")
        await connection.run_sync(_move, "0007")
        rows = await connection.execute(text("SELECT key FROM outbox ORDER BY id"))
        assert [row.key for row in rows] == [ANSWER, NEWS, "nokey"]
        chats = await connection.execute(text("SELECT chat FROM zalo_contact"))
        assert [row.chat for row in chats] == ["an"]
    await engine.dispose()
