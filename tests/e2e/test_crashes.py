"""The promise: whenever the process is killed, nothing is lost and nothing is doubled.

The real process runs against a Telegram that counts. It is killed (SIGKILL) at random points,
while messages come in, by polling or by webhook, and pushes are written down. Afterwards every
message has one answer and every push has arrived once, or is recorded as UNKNOWN.
"""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
from sqlmodel import col, select

from bot.app import now
from bot.post.outbox import push
from bot.post.parcel import State
from handlers.messages import Reply
from knowledge.store.store import Store, open_store
from knowledge.store.tables import InboxRow, OutboxRow
from tests.e2e.counting_peer import TOKEN, CountingPeer, asks, news, open_counter
from tests.e2e.replicas import ROOT, EndedError, Replicas, first_error, open_replicas
from tests.e2e.webhook_poster import PROXY

CHATS: Final = 100


@dataclass(frozen=True, slots=True)
class Ordeal:
    """How much is asked of the process."""

    messages: int
    pushes: int
    kills: int
    replicas: int = 1
    webhook: bool = False


SHORT: Final = Ordeal(messages=40, pushes=100, kills=3)
WHOLE: Final = Ordeal(messages=2000, pushes=5000, kills=50)


def ordeal(name: str, database: str, amount: Ordeal, **changes: Any) -> Any:
    """Describe an ordeal to pytest; a whole one takes minutes."""
    marks = [pytest.mark.slow] if amount is WHOLE else []
    return pytest.param(database, replace(amount, **changes), id=name, marks=marks)


@pytest.mark.parametrize(
    ("database_kind", "ordeal"),
    [
        ordeal("sqlite", "database", SHORT),
        ordeal("sqlite, webhook", "database", SHORT, webhook=True),
        ordeal("two replicas", "postgres_database", SHORT, replicas=2),
        ordeal("whole, sqlite", "database", WHOLE),
        ordeal("whole, sqlite, webhook", "database", WHOLE, webhook=True),
        ordeal("whole, postgresql", "postgres_database", WHOLE),
        ordeal("whole, two replicas", "postgres_database", WHOLE, replicas=2),
        ordeal(
            "whole, two replicas, webhook", "postgres_database", WHOLE, replicas=2, webhook=True
        ),
    ],
)
def test_killed_processes_lose_and_double_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, database_kind: str, ordeal: Ordeal
) -> None:
    with first_error():
        asyncio.run(undergo(ordeal, request.getfixturevalue(database_kind), tmp_path))


def test_an_ordeal_ends_when_somebody_else_kills_its_process(
    database: str, tmp_path: Path
) -> None:
    async def be_killed() -> None:
        async with in_ordeal(SHORT, database, tmp_path) as (_, replicas):
            replicas.running[0].kill()
            await asyncio.Event().wait()

    killed = r"a process ended \(-9\) that we did not kill"
    with pytest.raises(EndedError, match=killed), first_error():
        asyncio.run(be_killed())


def test_an_ordeal_ends_when_its_process_stands_still(database: str, tmp_path: Path) -> None:
    async def stand_still() -> None:
        async with in_ordeal(SHORT, database, tmp_path) as (peer, replicas):
            replicas.running[0].send_signal(signal.SIGSTOP)
            peer.hears(asks(0), chat=0)
            await replicas.see_that_all_moves(peer.story, looks=3, between=0)

    still = "nothing moved while we looked 3 times: 1 messages were written, 0 are acknowledged"
    with pytest.raises(EndedError, match=still), first_error():
        asyncio.run(stand_still())


def test_an_ordeal_goes_on_while_anything_moves(database: str, tmp_path: Path) -> None:
    told = ["a", "a", "a", "b", "b", "a", "c", "c", "c", "c"]

    async def move() -> None:
        async with in_ordeal(SHORT, database, tmp_path) as (_, replicas):
            await replicas.see_that_all_moves(lambda: told.pop(0), looks=3, between=0)

    with (
        pytest.raises(EndedError, match="nothing moved while we looked 3 times: c"),
        first_error(),
    ):
        asyncio.run(move())
    assert told == []


async def undergo(ordeal: Ordeal, address: str, directory: Path) -> None:
    """Run *ordeal*, and see that the promise was kept."""
    async with (
        open_store(address) as store,
        in_ordeal(ordeal, address, directory) as (peer, replicas),
    ):
        async with asyncio.TaskGroup() as group:
            group.create_task(citizens_ask(ordeal, peer))
            group.create_task(officers_push(ordeal, store))
            group.create_task(kill_now_and_then(ordeal, replicas, peer))
        await until_all_is_settled(ordeal, store, peer)
        await replicas.stop()
        await see_that_all_is_well(ordeal, store, peer, replicas)


@asynccontextmanager
async def in_ordeal(
    ordeal: Ordeal, address: str, directory: Path
) -> AsyncGenerator[tuple[CountingPeer, Replicas]]:
    chance = random.Random(5)  # noqa: S311 - to be repeated
    async with open_counter(chance, calls=ordeal.webhook) as peer:
        settings = settings_for(ordeal, address, peer)
        async with open_replicas(ordeal.replicas, settings, directory, peer.story) as replicas:
            peer.poster.ports = replicas.ports
            yield peer, replicas


def settings_for(ordeal: Ordeal, address: str, peer: CountingPeer) -> dict[str, str]:
    return {
        "MOTCUA_DATABASE_URL": address,
        "MOTCUA_PORT": "0",
        "MOTCUA_SAMPLE_DOSSIERS": "false",
        "MOTCUA_TELEGRAM_TOKEN": TOKEN,
        "MOTCUA_TELEGRAM_API": peer.url,
        "MOTCUA_TELEGRAM_WEBHOOK_URL": str(PROXY) if ordeal.webhook else "",
        "MOTCUA_TELEGRAM_PER_SECOND": "2000",
        "MOTCUA_TELEGRAM_CHAT_GAP": "0",
        "PYTHONPATH": str(ROOT),
    }


async def citizens_ask(ordeal: Ordeal, peer: CountingPeer) -> None:
    """Write the messages little by little, as answers and pushes arrive."""
    for number in range(ordeal.messages):
        await peer.until_arrived(number)
        peer.hears(asks(number), chat=number % CHATS)


async def officers_push(ordeal: Ordeal, store: Store) -> None:
    """Write each push down twice, in transactions of many, from a process of its own."""
    for first in range(0, ordeal.pushes, 50):
        for _ in range(2):
            async with store.transaction() as session:
                for number in range(first, min(first + 50, ordeal.pushes)):
                    await push(
                        session,
                        channel="telegram",
                        chat=str(number % CHATS),
                        reply=Reply(news(number)),
                        key=news(number),
                        at=now(),
                    )
            await asyncio.sleep(0.02)  # between processes, SQLite's waiting is by luck


async def kill_now_and_then(ordeal: Ordeal, replicas: Replicas, peer: CountingPeer) -> None:
    """Kill after random numbers of arrivals, and sometimes before a start is over."""
    arrived = peer.arrived
    share = 0.9 * (ordeal.messages + ordeal.pushes) / ordeal.kills
    for _ in range(ordeal.kills):
        if replicas.chance.random() < 0.1:
            await asyncio.sleep(replicas.chance.uniform(0, 1.5))
        else:
            more = int(replicas.chance.uniform(0, 2 * share)) + 1
            most = int(0.9 * (ordeal.messages + ordeal.pushes))
            await peer.until_arrived(min(arrived.total() + more, most))
            await asyncio.sleep(replicas.chance.uniform(0, 0.05))
        await replicas.kill_one()


async def until_all_is_settled(ordeal: Ordeal, store: Store, peer: CountingPeer) -> None:
    """Wait until nothing is on its way any more; what is lost by then will never come."""
    while True:
        acknowledged = peer.acknowledged
        async with store.transaction() as session:
            kept = (await session.exec(select(InboxRow.done_at))).all()
            open_ = await session.exec(
                select(OutboxRow.id).where(col(OutboxRow.settled_at).is_(None)).limit(1)
            )
            assert len(kept) >= acknowledged, "what is acknowledged is in the inbox"
            assert max(peer.arrived.values()) == 1, "nothing arrived twice"
            if len(kept) == ordeal.messages and all(kept) and open_.first() is None:
                return
        await asyncio.sleep(0.3)


async def see_that_all_is_well(
    ordeal: Ordeal, store: Store, peer: CountingPeer, replicas: Replicas
) -> None:
    async with store.transaction() as session:
        rows = (await session.exec(select(OutboxRow))).all()
    state = {row.key: row.state for row in rows}
    answers = {asks(number): f"123456 {number + 1}" for number in range(ordeal.messages)}
    pushes = {news(number): news(number) for number in range(ordeal.pushes)}
    told = [report("messages", answers, state, peer), report("pushes", pushes, state, peer)]
    if ordeal.webhook:
        told.append(f"calls: {dict(peer.poster.calls)}")
    print(f"\n{replicas.killed} kills of {ordeal.replicas}; " + "; ".join(told))  # noqa: T201 - the figures to quote
    assert replicas.killed == ordeal.kills
    left = 0 if ordeal.webhook else 20
    assert peer.unacknowledged <= left, "what is kept is acknowledged, but for the last poll"
    assert len(rows) == ordeal.messages + ordeal.pushes
    for name, key in (answers | pushes).items():
        times = {State.SENT: (1,), State.UNKNOWN: (0, 1)}[State(state[key])]
        assert peer.arrived[name] in times, f"{name} arrived {peer.arrived[name]} times"
    for names in peer.order.values():
        asked = [name for name in names if name in answers]
        assert asked == sorted(asked), "the answers of one chat came in the order of its questions"


def report(what: str, keys: dict[str, str], state: dict[str, str], peer: CountingPeer) -> str:
    counted = Counter(state[key] for key in keys.values())
    lost = sum(peer.arrived[name] == 0 for name in keys)
    doubled = sum(peer.arrived[name] > 1 for name in keys)
    return (
        f"{len(keys)} {what}: {counted[State.SENT]} SENT, {counted[State.UNKNOWN]} UNKNOWN, "
        f"{lost} of these not arrived, {doubled} doubled"
    )
