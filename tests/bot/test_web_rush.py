"""A rush at the web door: those who look hold up nobody who talks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Final

import aiohttp
import pytest

from bot.doors.web import Surroundings, open_door
from bot.doors.web.checkup import Checkup
from bot.doors.web.seats import PER_SESSION
from bot.post.health import Health
from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.messages import ChatKey, Message, Reply
from knowledge.talks import Exchange

PATIENCE: Final = 20.0  # seconds without which a test would hang where it should fail

Client = aiohttp.ClientSession


class Counting(Conversation):
    """Counts how often a talk is read, also until the first message was answered."""

    away = False

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.reads = self.reads_at_answer = 0
        self.asked = asyncio.Event()

    async def reply_to(self, message: Message) -> Reply:
        self.asked.set()
        reply = await super().reply_to(message)
        self.reads_at_answer = self.reads
        return reply

    async def history(self, key: ChatKey, after: int = 0) -> list[Exchange]:
        self.reads += 1
        if self.away:
            raise ConnectionRefusedError
        return await super().history(key, after)


@pytest.fixture
def counting(conversation: Conversation) -> Counting:
    return Counting(conversation.office)


@pytest.fixture
async def crowd(counting: Counting) -> AsyncGenerator[Client]:
    """Give a client that keeps no cookie: each of its requests is another visitor's."""
    around = Surroundings(behind_proxy=True)
    async with (
        # The server for tests cancels what a visitor began who leaves; ours does not.
        open_door(counting, host="127.0.0.1", port=0, around=around) as where,
        aiohttp.ClientSession(
            base_url=where.removeprefix("web: "), cookie_jar=aiohttp.DummyCookieJar()
        ) as client,
        asyncio.timeout(PATIENCE),
    ):
        yield client


def of(address: str, session: str = "") -> dict[str, str]:
    cookie = {"Cookie": f"motcua={session:0>32}"} if session else {}
    return {"X-Forwarded-For": address} | cookie


async def looks(crowd: Client, path: str, who: dict[str, str]) -> int:
    """Open *path*, and go away after the first line."""
    async with crowd.get(path, headers=who) as response:
        await response.content.readline()
        response.close()
        return response.status


async def says(crowd: Client, text: str, who: dict[str, str]) -> int:
    sent = {"id": f"message-{text}", "text": text}
    async with crowd.post("/messages", json=sent, headers=who) as response:
        return response.status


@pytest.mark.parametrize("path", ["/events", "/"])
async def test_whoever_opens_and_leaves_without_a_rest_is_asked_to_wait(
    crowd: Client, path: str
) -> None:
    for _ in range(600):
        assert await looks(crowd, path, of("203.0.113.9")) == 200
    async with crowd.get(path, headers=of("203.0.113.9")) as response:
        assert response.status == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert await looks(crowd, path, of("203.0.113.10")) == 200
    assert await says(crowd, "a", of("203.0.113.9")) == 200


async def test_two_pages_on_a_line_that_breaks_every_three_seconds_are_served(
    crowd: Client,
) -> None:
    an = of("203.0.113.9", session="an")
    for _ in range(2):
        assert await looks(crowd, "/", an) == 200
    statuses = {await looks(crowd, "/events", an) for _ in range(2 * 60 // 3)}
    assert statuses == {200}


async def test_nothing_is_read_for_those_who_left_while_they_waited(
    crowd: Client, counting: Counting
) -> None:
    async with counting.office.store.transaction():  # nobody else is let in
        for number in range(50):
            assert await looks(crowd, "/events", of(f"203.0.113.{number}")) == 200
    assert await looks(crowd, "/", of("203.0.113.60")) == 200
    assert counting.reads <= 2  # the page, and who stood first in the line


async def test_who_talks_waits_for_one_reader_and_not_for_all(
    crowd: Client, counting: Counting
) -> None:
    async with AsyncExitStack() as stack:
        group = await stack.enter_async_context(asyncio.TaskGroup())
        async with counting.office.store.transaction():
            for number in range(50):
                stream = crowd.get("/events", headers=of(f"203.0.113.{number}"))
                await (await stack.enter_async_context(stream)).content.readline()
            talking = group.create_task(says(crowd, "a", of("203.0.113.60")))
            await counting.asked.wait()
        assert await talking == 200
        assert counting.reads_at_answer == 2  # who was at the database, and who came after them


async def test_one_session_has_few_streams_and_the_oldest_gives_way(crowd: Client) -> None:
    an = of("203.0.113.9", session="an")
    async with AsyncExitStack() as stack:
        streams = []
        for _ in range(PER_SESSION + 1):
            stream = await stack.enter_async_context(crowd.get("/events", headers=an))
            await stream.content.readline()
            streams.append(stream)
        await streams[0].read()  # it has ended
        assert await says(crowd, "a", an) == 200
        for stream in streams[1:]:
            while not (await stream.content.readline()).startswith(b"data: "):
                pass


async def test_however_many_ask_how_it_goes_they_share_one_look(counting: Counting) -> None:
    checkup = Checkup("web", counting, Health())
    async with asyncio.TaskGroup() as group, counting.office.store.transaction():
        asked = [group.create_task(checkup.told()) for _ in range(50)]
        while counting.reads == 0:  # noqa: ASYNC110 - a counter rings no bell
            await asyncio.sleep(0)
    assert {(one.result() or {})["status"] for one in asked} == {"ok"}
    assert counting.reads == 2  # who came while the first looked, cannot take that for new


async def test_a_database_that_is_away_is_told_in_a_line_and_is_not_the_visitors_fault(
    crowd: Client, counting: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    counting.away = True
    async with crowd.get("/") as response:
        assert response.status == 503
    assert [one.getMessage() for one in caplog.records] == [
        "no answer on web: ConnectionRefusedError"
    ]
