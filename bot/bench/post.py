"""How fast the post is: pushes a second, and how long a webhook waits under load."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import aiohttp
from sqlmodel import col, func, select
from telegram import Bot

from bot import app as plan
from bot.doors.telegram.intake import Intake
from bot.doors.telegram.pace import PACE
from bot.doors.telegram.reading import CHANNEL
from bot.doors.telegram.webhook import HEADER, receiver
from bot.post.delivery import Fate, Sent
from bot.post.hooks import Hooks, open_port
from bot.post.limits import Limits
from bot.post.office import PostOffice, open_post
from bot.post.outbox import push
from bot.post.parcel import Parcel
from bot.post.route import Route
from bot.settings import Settings
from handlers.messages import Reply
from knowledge.store.tables import InboxRow

_PUSHES: Final = 2000
_CHATS: Final = 500
_RATE: Final = 100  # messages a second
_SECONDS: Final = 10
_UNHURRIED: Final = Limits(per_second=1_000_000, chat_gap=0)
_ROUTE: Final = Route(channel=CHANNEL, bot="1", limits=_UNHURRIED)
_SECRET: Final = "bench"  # noqa: S105 - of nobody
_QUESTIONS: Final = ("phí cấp giấy phép bưu chính", "/start", "/lienhe", "cần giấy tờ gì")


def report(settings: Settings) -> Iterator[str]:
    """Give the lines of the report; works on a database of its own, over a platform of straw."""
    with TemporaryDirectory() as place:
        database = f"sqlite+aiosqlite:///{Path(place) / 'bench.db'}"
        yield from asyncio.run(_measure(settings.model_copy(update={"database_url": database})))


async def _measure(settings: Settings) -> list[str]:
    async with plan.open_office(settings) as conversation:
        with plan.settled():
            async with open_post(conversation) as post:
                pushes = await _pushes(post)
                waits = sorted(await _webhook(post))
                answered = await _answered(post)
    p50, p99 = statistics.median(waits), waits[int(len(waits) * 0.99)]
    return [
        f"pushes a second, written down and noted as sent: {pushes:.0f}",
        f"webhook answered at {_RATE} messages a second: p50 {p50:.0f} ms, p99 {p99:.0f} ms",
        f"messages answered a second meanwhile: {answered / _SECONDS:.0f}; the others wait",
    ]


async def _pushes(post: PostOffice) -> float:
    """Measure from the first row written until the last is noted as sent."""
    left, done = _PUSHES, asyncio.Event()

    async def deliver(parcel: Parcel) -> Fate:
        nonlocal left
        del parcel
        left -= 1
        if not left:
            done.set()
        return Sent()

    office = post.conversation.office
    started = time.perf_counter()
    async with office.store.transaction() as session:
        for number in range(_PUSHES):
            await push(
                session,
                channel=CHANNEL,
                chat=f"{number % _CHATS}",
                reply=Reply(f"Hồ sơ số {number} đã có kết quả."),
                key=f"bench {number}",
                at=office.now(),
                bot=_ROUTE.bot,
            )
    async with post.carrying(_ROUTE, deliver):
        await done.wait()
    return _PUSHES / (time.perf_counter() - started)


async def _webhook(post: PostOffice) -> list[float]:
    """Call at a steady rate, whether answered or not, while the lanes answer and all is sent."""

    async def deliver(parcel: Parcel) -> Fate:
        del parcel
        return Sent()

    waits: list[float] = []
    began = time.perf_counter()

    async def call(number: int) -> None:
        due = began + number / _RATE
        await asyncio.sleep(due - time.perf_counter())
        async with client.post(where, json=_update(number), headers={HEADER: _SECRET}) as response:
            response.raise_for_status()
        waits.append((time.perf_counter() - due) * 1000)

    async with (
        post.carrying(_ROUTE, deliver),
        asyncio.TaskGroup() as group,
        AsyncExitStack() as stack,
    ):
        intake = Intake(post, Bot("1:bench"), PACE, group)
        hooks = Hooks()
        async with (
            open_port(hooks, host="127.0.0.1", port=0) as port,
            aiohttp.ClientSession() as client,
            asyncio.TaskGroup() as calls,
        ):
            stack.enter_context(hooks.answered_by(CHANNEL, receiver(_SECRET, intake.take)))
            where = f"{port.removeprefix('hooks: ')}/{CHANNEL}"
            for number in range(_RATE * _SECONDS):
                calls.create_task(call(number))
    return waits


async def _answered(post: PostOffice) -> int:
    """Count the messages whose turn is over."""
    done = select(func.count()).where(col(InboxRow.done_at).is_not(None))
    async with post.conversation.office.store.transaction() as session:
        return (await session.exec(done)).one()


def _update(number: int) -> dict[str, object]:
    who = {"id": number % _CHATS + 1, "is_bot": False, "first_name": "An"}
    message = {
        "message_id": number,
        "date": 1,
        "from": who,
        "chat": {"id": who["id"], "type": "private", "first_name": "An"},
        "text": _QUESTIONS[number % len(_QUESTIONS)],
    }
    return {"update_id": number + 1, "message": message}
