"""Files that a platform keeps: fetched for the turn that wants them, kept once, nobody waits."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.post.delivery import Fate, Sent
from bot.post.fetching import WITHIN, Fetch, Porter
from bot.post.limits import Limits
from bot.post.office import PostOffice, open_post
from bot.post.parcel import Parcel
from bot.post.route import Route
from handlers.conversation import Conversation
from handlers.desk import Desk, Office
from handlers.messages import Fetched, Message, Missed, Remote, Why
from handlers.states import Turn
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.attachments import AttachmentLimits, Load
from knowledge.store.store import open_store
from knowledge.store.tables import InboxRow
from tests.bot.post.clock import Clock
from tests.files import JPEG
from tests.patience import PATIENCE

ROUTE = Route(channel="telegram", bot="7", limits=Limits(per_second=10_000, chat_gap=0))
PICTURE = Remote("file-1", "ảnh của An.jpg", len(JPEG))
LIMITS = AttachmentLimits()


class Stumbling(Conversation):
    """Loses the database when it should keep a file, as often as it is told to."""

    falls = 0

    async def turn_at(self, desk: Desk, message: Message) -> Turn:
        turn = await super().turn_at(desk, message)
        if message.files and self.falls:
            self.falls -= 1
            raise sqlite3.OperationalError
        return turn


@dataclass
class Platform:
    """Keeps the file of a citizen, and hears what we say."""

    said: dict[str, list[str]] = field(default_factory=dict)
    asked: int = 0
    there: asyncio.Event = field(default_factory=asyncio.Event)
    wanted: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, parcel: Parcel) -> Fate:
        self.said.setdefault(parcel.chat, []).append(parcel.text)
        return Sent()

    async def fetch(self, remote: Remote, most: int) -> Fetched | Missed:
        self.asked += 1
        self.wanted.set()
        await self.there.wait()
        return Fetched(JPEG, remote.name)

    async def has_said(self, count: int, chat: str = "an") -> list[str]:
        await eventually(lambda: len(self.said.get(chat, [])) >= count)
        return self.said[chat]


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def talk(office: Office, any_database: str, clock: Clock) -> AsyncGenerator[Stumbling]:
    async with open_store(any_database) as store:
        yield Stumbling(replace(office, store=store, now=clock))


@asynccontextmanager
async def opened(
    talk: Conversation, platform: Platform, fetch: Fetch | None = None
) -> AsyncGenerator[PostOffice]:
    async with (
        open_post(talk) as post,
        post.carrying(ROUTE, platform.deliver, fetch=fetch or platform.fetch),
    ):
        yield post


async def eventually(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - a list rings no bell
            await asyncio.sleep(0.01)


def message(text: str, number: int, chat: str = "an", *files: Remote) -> Message:
    return Message(
        channel="telegram",
        chat=chat,
        text=text,
        external_id=f"{chat}-{number}",
        kind="text" if text else "picture",
        files=files,
    )


async def write(talk: Conversation, chat: str = "an") -> None:
    """Bring a citizen to where a file is wanted."""
    await talk.reply_to(message("/gopy", 1, chat))
    await talk.reply_to(message(texts.ABOUT_CONDUCT.sends, 2, chat))


async def carried(talk: Conversation) -> Load:
    async with talk.office.desk() as desk:
        return await desk.attachments.carried("telegram", "an")


async def test_a_file_is_fetched_while_no_transaction_is_open(
    talk: Stumbling, platform: Platform
) -> None:
    async def fetch(remote: Remote, most: int) -> Fetched | Missed:
        async with talk.office.desk() as desk:  # on SQLite there is only one at a time
            await desk.talks.remember("web", "binh", "written meanwhile", desk.now)
        assert most == LIMITS.file_bytes
        return await platform.fetch(remote, most)

    platform.there.set()
    await write(talk)
    async with opened(talk, platform, fetch) as post:
        await post.inbox.take("7", [message("", 3, "an", PICTURE)])
        (told,) = await platform.has_said(1)
    assert told.startswith(texts.files_kept(1, LIMITS))
    assert await carried(talk) == Load(1, len(JPEG))


async def test_others_are_answered_meanwhile_and_the_same_chat_in_its_order(
    talk: Stumbling, platform: Platform
) -> None:
    await write(talk)
    async with opened(talk, platform) as post:
        behind = message("Cán bộ hẹn ba lần mà không trả", 4)
        await post.inbox.take("7", [message("", 3, "an", PICTURE), behind])
        await platform.wanted.wait()
        await post.inbox.take("7", [message("xin chào", 1, "binh")])
        await platform.has_said(1, "binh")
        assert "an" not in platform.said
        platform.there.set()
        told = await platform.has_said(2)
    assert told[0].startswith(texts.files_kept(1, LIMITS))
    assert told[1] == texts.ASK_NAME


async def test_a_file_that_nobody_wants_is_not_fetched(
    talk: Stumbling, platform: Platform
) -> None:
    async with opened(talk, platform) as post:
        await post.inbox.take("7", [message("", 3, "an", PICTURE)])
        assert await platform.has_said(1) == [common.INSTEAD_OF_WORDS["picture"]]
    assert platform.asked == 0


async def test_whoever_dies_while_fetching_is_replaced_and_the_file_kept_once(
    talk: Stumbling, platform: Platform, clock: Clock
) -> None:
    async def die() -> None:
        async with opened(talk, platform) as post:
            await post.inbox.take("7", [message("", 3, "an", PICTURE)])
            await asyncio.Event().wait()

    await write(talk)
    await until_wanted_then_killed(die(), platform)
    platform.there.set()
    clock.passes(2 * WITHIN.total_seconds())
    async with opened(talk, platform):
        (told,) = await platform.has_said(1)
    assert told.startswith(texts.files_kept(1, LIMITS))
    assert platform.asked == 2
    assert await carried(talk) == Load(1, len(JPEG))


async def until_wanted_then_killed(work: Coroutine[Any, Any, None], platform: Platform) -> None:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        await platform.wanted.wait()
        task.cancel()


async def test_what_was_fetched_but_not_committed_is_fetched_again_and_kept_once(
    talk: Stumbling, platform: Platform, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    talk.falls = 1
    platform.there.set()
    await write(talk)
    async with opened(talk, platform) as post:
        await post.inbox.take("7", [message("", 3, "an", PICTURE)])
        await eventually(lambda: "the lanes stand still: OperationalError" in caplog.messages)
        assert await carried(talk) == Load(0, 0)
        clock.passes(2 * WITHIN.total_seconds())
        (told,) = await platform.has_said(1)
    assert told.startswith(texts.files_kept(1, LIMITS))
    assert platform.asked == 2
    assert await carried(talk) == Load(1, len(JPEG))


async def test_a_message_whose_door_is_not_open_yet_waits_for_it(
    talk: Stumbling, platform: Platform, clock: Clock
) -> None:
    platform.there.set()
    await write(talk)
    async with open_post(talk) as post:
        await post.inbox.take("7", [message("", 3, "an", PICTURE)])
        async with asyncio.timeout(PATIENCE):
            while not await is_put_off(talk):  # noqa: ASYNC110 - a table rings no bell
                await asyncio.sleep(0.01)
        async with post.carrying(ROUTE, platform.deliver, fetch=platform.fetch):
            clock.passes(2)
            (told,) = await platform.has_said(1)
    assert told.startswith(texts.files_kept(1, LIMITS))


async def test_what_a_closing_door_cuts_short_is_left_for_the_next_time(
    talk: Stumbling, platform: Platform, clock: Clock
) -> None:
    async def fetch(remote: Remote, most: int) -> Fetched | Missed:
        await platform.fetch(remote, most)
        return Missed(Why.OUT_OF_REACH)  # as a line fails that is closed

    await write(talk)
    async with open_post(talk) as post:
        async with post.carrying(ROUTE, platform.deliver, fetch=fetch):
            await post.inbox.take("7", [message("", 3, "an", PICTURE)])
            await platform.wanted.wait()
        platform.there.set()
    clock.passes(2 * WITHIN.total_seconds())
    async with opened(talk, platform):
        (told,) = await platform.has_said(1)
    assert told.startswith(texts.files_kept(1, LIMITS))


async def is_put_off(talk: Conversation) -> bool:
    async with talk.office.store.transaction() as session:
        rows = await session.exec(select(InboxRow.put_off_until))
        return list(rows) != [None]


async def test_a_platform_that_dawdles_is_not_waited_for() -> None:
    porter = Porter(LIMITS.file_bytes, timedelta(milliseconds=20))
    platform = Platform()
    porter.serve("telegram", platform.fetch)
    brought = await porter.bring(message("", 1, "an", PICTURE, PICTURE))
    assert brought.files == (Missed(Why.OUT_OF_REACH), Missed(Why.OUT_OF_REACH))
    assert porter.is_free("telegram")


async def test_what_is_said_to_be_too_large_is_not_asked_for() -> None:
    porter, platform = Porter(100), Platform()
    porter.serve("telegram", platform.fetch)
    brought = await porter.bring(message("", 1, "an", replace(PICTURE, size=101)))
    assert brought.files == (Missed(Why.TOO_LARGE),)
    assert platform.asked == 0


async def test_a_bug_in_a_door_costs_the_file_and_tells_nothing_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fetch(remote: Remote, most: int) -> Fetched | Missed:
        raise RuntimeError(remote.name)

    caplog.set_level(logging.DEBUG)
    porter = Porter(LIMITS.file_bytes)
    porter.serve("telegram", fetch)
    brought = await porter.bring(message("", 1, "an", PICTURE))
    assert brought.files == (Missed(Why.OUT_OF_REACH),)
    assert caplog.messages == ["telegram: fetching a file broke: RuntimeError"]


async def test_there_is_room_for_four() -> None:
    porter, platform = Porter(LIMITS.file_bytes), Platform()
    porter.serve("telegram", platform.fetch)
    assert not porter.is_free("zalo_oa")
    async with asyncio.TaskGroup() as group:
        for number in range(4):
            assert porter.is_free("telegram")
            group.create_task(porter.bring(message("", number, "an", PICTURE)))
            await asyncio.sleep(0)
        assert not porter.is_free("telegram")
        platform.there.set()
    assert porter.is_free("telegram")
