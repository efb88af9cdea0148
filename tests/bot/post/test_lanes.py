"""Inbox and lanes: every message is answered once, in its chat's order, whatever happens."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import col, delete, select

from bot.post.inbox import claim_next, close
from bot.post.office import PostOffice, open_post
from handlers.conversation import Conversation
from handlers.desk import Desk, Office
from handlers.messages import Message, Reply
from handlers.states import Turn
from handlers.texts import common
from knowledge.store.store import open_store
from knowledge.store.tables import ContactRow, InboxRow, OutboxRow, TurnRow
from tests.citizen import NOON
from tests.patience import PATIENCE


class Echo(Conversation):
    """Says what it hears; stumbles where it is told to."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.bugs: dict[str, Exception] = {}
        self.outages: list[Exception] = []

    async def turn_at(self, desk: Desk, message: Message) -> Turn:
        await desk.talks.record(
            channel=message.channel,
            chat=message.chat,
            external_id=message.external_id,
            said="",
            reply="",
            at=NOON,
        )
        await asyncio.sleep(0)
        if message.text in self.bugs:
            raise self.bugs[message.text]
        if self.outages:
            raise self.outages.pop()
        return Turn(Reply(message.text))


@pytest.fixture
async def echo(office: Office, any_database: str) -> AsyncGenerator[Echo]:
    async with open_store(any_database) as store:
        yield Echo(replace(office, store=store))


def message(number: int, chat: str = "an") -> Message:
    return Message(channel="telegram", chat=chat, text=f"{number}", external_id=f"{number}")


async def answers(echo: Echo) -> list[tuple[str, str]]:
    async with echo.office.store.transaction() as session:
        rows = await session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
        return [(row.chat, row.text) for row in rows]


async def until_answered(echo: Echo, count: int) -> list[tuple[str, str]]:
    async with asyncio.timeout(PATIENCE):
        while True:
            told = await answers(echo)
            if len(told) >= count:
                return told
            await asyncio.sleep(0.01)


async def test_a_message_is_answered_and_its_words_are_not_kept(echo: Echo) -> None:
    async with open_post(echo) as post:
        await post.inbox.take("7", [message(1)])
        assert await until_answered(echo, 1) == [("an", "1")]
    async with echo.office.store.transaction() as session:
        (row,) = await session.exec(select(InboxRow))
        assert (row.done_at is None, row.body) == (False, "")


async def test_a_message_that_a_platform_sends_again_is_answered_once(echo: Echo) -> None:
    async with open_post(echo) as post:
        await post.inbox.take("7", [message(1), message(1)])
        await post.inbox.take("7", [message(1), message(2)])
        await until_answered(echo, 2)
        await post.inbox.take("7", [message(1)])
        await post.inbox.take("7", [message(3)])
        assert [text for _, text in await until_answered(echo, 3)] == ["1", "2", "3"]


async def test_two_bots_of_one_channel_may_use_the_same_number_and_answer_their_own(
    echo: Echo,
) -> None:
    async with open_post(echo) as post:
        await post.inbox.take("7", [message(1)])
        await post.inbox.take("8", [message(1, chat="binh")])
        await until_answered(echo, 2)
    async with echo.office.store.transaction() as session:
        said = {(row.chat, row.bot) for row in await session.exec(select(OutboxRow))}
        heard = {(row.chat, row.bot) for row in await session.exec(select(ContactRow))}
    assert said == heard == {("an", "7"), ("binh", "8")}


async def test_what_comes_at_once_is_kept_together_or_told_to_come_again(echo: Echo) -> None:
    inbox = PostOffice(echo).inbox

    async def take(number: int) -> bool:
        try:
            await inbox.take("7", [message(number)])
        except Exception:  # noqa: BLE001 - whatever it is, the platform hears of no success
            return False
        return True

    async def rename(before: str, after: str) -> None:
        async with echo.office.store.transaction() as session:
            connection = await session.connection()
            await connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")

    assert await asyncio.gather(*map(take, range(20))) == [True] * 20
    await rename("inbox", "lost")
    assert await asyncio.gather(*map(take, range(20, 40))) == [False] * 20
    await rename("lost", "inbox")
    assert await asyncio.gather(*map(take, range(40, 60))) == [True] * 20
    async with echo.office.store.transaction() as session:
        kept = {row.external_id for row in await session.exec(select(InboxRow))}
    assert kept == {f"{number}" for number in (*range(20), *range(40, 60))}


async def forbid(echo: Echo, chat: str) -> None:
    """Let the database refuse whatever comes from *chat*."""
    rule = f"ALTER TABLE inbox ADD CHECK (chat <> '{chat}')"
    if not echo.office.store.shared:
        raising = "BEGIN SELECT RAISE(ABORT, 'never'); END"
        rule = f"CREATE TRIGGER t BEFORE INSERT ON inbox WHEN NEW.chat = '{chat}' {raising}"
    async with echo.office.store.transaction() as session:
        await (await session.connection()).exec_driver_sql(rule)


@pytest.mark.parametrize("chat", ["zero \0 byte", "half \ud83d a letter", "long" * 26, "refused"])
async def test_one_that_the_database_refuses_is_told_and_the_others_are_kept(
    echo: Echo, caplog: pytest.LogCaptureFixture, chat: str
) -> None:
    if chat == "refused":  # what nobody foresaw
        await forbid(echo, chat)
    inbox = PostOffice(echo).inbox
    async with asyncio.TaskGroup() as group:
        group.create_task(inbox.take("7", [message(1), message(2, chat), message(3)]))
        group.create_task(inbox.take("7", [message(4)]))
    await inbox.take("7", [message(5, chat), message(6)])
    async with echo.office.store.transaction() as session:
        rows = await session.exec(select(InboxRow))
        assert sorted(row.external_id for row in rows) == ["1", "3", "4", "6"]
    assert caplog.text.count("telegram: a message cannot be kept: ") == 2
    assert chat not in caplog.text


async def test_on_sqlite_what_comes_in_goes_before_turns_that_wait(office: Office) -> None:
    inbox, order = PostOffice(Echo(office)).inbox, []

    async def turn() -> None:
        async with office.store.transaction():
            order.append("a turn")

    async def take() -> None:
        await inbox.take("7", [message(1)])
        order.append("kept")

    async with asyncio.TaskGroup() as group, office.store.transaction():
        for come in (turn, take):
            group.create_task(come())
            await asyncio.sleep(0)
    assert order == ["kept", "a turn"]


async def test_of_two_who_would_close_a_message_one_may(echo: Echo) -> None:
    await PostOffice(echo).inbox.take("7", [message(1)])
    async with echo.office.store.transaction() as session:
        waiting = await claim_next(session, NOON)
        assert waiting is not None
        assert [await close(session, waiting, NOON) for _ in range(2)] == [True, False]


async def test_what_no_database_keeps_is_left_out(echo: Echo) -> None:
    async with open_post(echo) as post:
        await post.inbox.take("7", [replace(message(1), text="phí\0 \ud83d bao nhiêu")])
        assert await until_answered(echo, 1) == [("an", "phí ? bao nhiêu")]


async def test_a_bug_is_apologised_for_once_and_leaves_nothing_behind(
    echo: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    echo.bugs["1"] = KeyError("Nguyễn Văn An")
    async with open_post(echo) as post:
        await post.inbox.take("7", [message(1), message(2)])
        assert [text for _, text in await until_answered(echo, 2)] == [common.TROUBLE, "2"]
    async with echo.office.store.transaction() as session:
        assert [row.external_id for row in await session.exec(select(TurnRow))] == ["2"]
    assert "Nguyễn" not in caplog.text
    assert "no answer on telegram: KeyError" in caplog.text


async def test_a_message_waits_out_a_database_in_trouble(echo: Echo) -> None:
    echo.outages.append(sqlite3.OperationalError("database is locked"))
    async with open_post(echo) as post:
        await post.inbox.take("7", [message(1)])
        assert await until_answered(echo, 1) == [("an", "1")]


async def test_what_waited_at_the_end_is_answered_after_the_next_start(echo: Echo) -> None:
    await PostOffice(echo).inbox.take("7", [message(number) for number in range(5)])
    async with open_post(echo):
        pass
    async with open_post(echo):
        assert [text for _, text in await until_answered(echo, 5)] == ["0", "1", "2", "3", "4"]


async def test_replicas_answer_once_and_in_order(echo: Echo) -> None:
    count, chats = 60, 6
    async with AsyncExitStack() as stack:
        posts = [await stack.enter_async_context(open_post(echo)) for _ in range(3)]
        for number in range(count):
            some = [message(number, chat=f"{number % chats}")]
            await posts[number % 3].inbox.take("7", some)
            await posts[(number + 1) % 3].inbox.take("7", some)
        told = await until_answered(echo, count)
    for chat in range(chats):
        expected = [f"{number}" for number in range(chat, count, chats)]
        assert [text for who, text in told if who == f"{chat}"] == expected


async def test_connections_that_break_cost_no_message(
    office: Office, postgres_database: str
) -> None:
    count = 60
    async with open_store(postgres_database) as store:
        echo = Echo(replace(office, store=store))
        await PostOffice(echo).inbox.take("7", [_of_a_chat(number) for number in range(count)])
        async with open_post(echo):
            broken = 0
            for _ in range(10):
                broken += await break_connections(postgres_database)
                await asyncio.sleep(0.03)
            assert broken > 0
            await until_answered(echo, count)
        assert sorted(int(text) for _, text in await answers(echo)) == list(range(count))


async def break_connections(url: str) -> int:
    """Break the connections of all others; say how many there were."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        broken = await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        count = len(broken.all())
    await engine.dispose()
    return count


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    batches=st.lists(st.lists(st.integers(0, 11), max_size=5), min_size=1, max_size=6),
    cuts=st.lists(st.integers(0, 60), max_size=4),
)
def test_however_batches_repeat_and_lanes_are_cut_short_each_is_answered_once(
    office: Office, database: str, batches: list[list[int]], cuts: list[int]
) -> None:
    asyncio.run(_cut_short(office, database, batches, cuts))


async def _cut_short(
    office: Office, database: str, batches: Sequence[Sequence[int]], cuts: Sequence[int]
) -> None:
    async with open_store(database) as store:
        async with store.transaction() as session:
            for table in (InboxRow, OutboxRow, TurnRow):
                await session.exec(delete(table))
        echo = Echo(replace(office, store=store))
        for batch in batches:
            await PostOffice(echo).inbox.take("7", [_of_a_chat(number) for number in batch])
        for cut in cuts:
            async with open_post(echo):
                await asyncio.sleep(cut / 1000)
        sent = dict.fromkeys(number for batch in batches for number in batch)
        async with open_post(echo):
            told = await until_answered(echo, len(sent))
    assert sorted(int(text) for _, text in told) == sorted(sent)
    for chat in range(3):
        in_order = [f"{number}" for number in sent if number % 3 == chat]
        assert [text for who, text in told if who == f"{chat}"] == in_order


def _of_a_chat(number: int) -> Message:
    return message(number, chat=f"{number % 3}")
