"""The promise: whenever the process is killed, nothing is lost and nothing is doubled.

The real process runs against a Telegram that counts. It is killed (SIGKILL) at random points,
while messages come in and pushes are written down. Afterwards every message has one answer and
every push has arrived once, or is recorded as UNKNOWN.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pytest
from sqlmodel import col, select

from bot.app import now
from bot.post.outbox import push
from bot.post.parcel import State
from handlers.messages import Reply
from knowledge.store.store import Store, open_store
from knowledge.store.tables import InboxRow, OutboxRow
from tests.e2e.counting_peer import TOKEN, CountingPeer, asks, news, open_counter

ROOT: Final = Path(__file__).parents[2]
CHATS: Final = 100
PATIENCE: Final = 3600  # seconds without which the test would hang where it should fail


@dataclass(frozen=True, slots=True)
class Ordeal:
    """How much is asked of the process."""

    messages: int
    pushes: int
    kills: int
    replicas: int = 1


SHORT: Final = Ordeal(messages=40, pushes=100, kills=3)
WHOLE: Final = Ordeal(messages=2000, pushes=5000, kills=50)


@pytest.mark.parametrize(
    ("database_kind", "ordeal"),
    [
        pytest.param("database", SHORT, id="sqlite"),
        pytest.param("postgres_database", replace(SHORT, replicas=2), id="two replicas"),
        pytest.param("database", WHOLE, id="whole, sqlite", marks=pytest.mark.slow),
        pytest.param("postgres_database", WHOLE, id="whole, postgresql", marks=pytest.mark.slow),
        pytest.param(
            "postgres_database",
            replace(WHOLE, replicas=2),
            id="whole, two replicas",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_killed_processes_lose_and_double_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, database_kind: str, ordeal: Ordeal
) -> None:
    asyncio.run(undergo(ordeal, request.getfixturevalue(database_kind), tmp_path))


@dataclass
class Replicas:
    """The real processes, started again whenever one is killed."""

    address: str
    peer: CountingPeer
    directory: Path
    chance: random.Random
    running: list[asyncio.subprocess.Process] = field(default_factory=list)
    killed: int = 0

    async def start(self) -> None:
        """Start one more."""
        settings = {
            "MOTCUA_DATABASE_URL": self.address,
            "MOTCUA_PORT": "0",
            "MOTCUA_SAMPLE_DOSSIERS": "false",
            "MOTCUA_TELEGRAM_TOKEN": TOKEN,
            "MOTCUA_TELEGRAM_API": self.peer.url,
            "MOTCUA_TELEGRAM_PER_SECOND": "2000",
            "MOTCUA_TELEGRAM_CHAT_GAP": "0",
            "PYTHONPATH": str(ROOT),
        }
        with (self.directory / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=self.directory,
                env=os.environ | settings,  # noqa: TID251 - handed on
                stdout=log,
                stderr=log,
            )
        self.running.append(process)

    async def kill_one(self) -> None:
        """Kill any of them, and start another in its place."""
        process = self.running.pop(self.chance.randrange(len(self.running)))
        assert process.returncode is None, (self.directory / "log").read_text()
        process.kill()
        await process.wait()
        self.killed += 1
        await self.start()

    async def stop(self) -> None:
        """Ask all to stop; each must do so by itself."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            assert await process.wait() == 0


async def undergo(ordeal: Ordeal, address: str, directory: Path) -> None:
    """Run *ordeal*, and see that the promise was kept."""
    chance = random.Random(5)  # noqa: S311 - to be repeated
    async with (
        open_store(address) as store,
        open_counter(chance) as peer,
        replicas_of(ordeal, address, peer, directory) as replicas,
        asyncio.timeout(PATIENCE),
    ):
        async with asyncio.TaskGroup() as group:
            group.create_task(citizens_ask(ordeal, peer))
            group.create_task(officers_push(ordeal, store))
            group.create_task(kill_now_and_then(ordeal, replicas))
        await until_all_is_settled(ordeal, store, peer)
        await replicas.stop()
        await see_that_all_is_well(ordeal, store, peer, replicas)


@asynccontextmanager
async def replicas_of(
    ordeal: Ordeal, address: str, peer: CountingPeer, directory: Path
) -> AsyncGenerator[Replicas]:
    chance = random.Random(7)  # noqa: S311 - to be repeated
    replicas = Replicas(address, peer, directory, chance)
    try:
        for _ in range(ordeal.replicas):
            await replicas.start()
        yield replicas
    finally:
        for process in replicas.running:
            if process.returncode is None:
                process.kill()
                await process.wait()


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


async def kill_now_and_then(ordeal: Ordeal, replicas: Replicas) -> None:
    """Kill after random numbers of arrivals, and sometimes before a start is over."""
    arrived = replicas.peer.arrived
    share = 0.9 * (ordeal.messages + ordeal.pushes) / ordeal.kills
    for _ in range(ordeal.kills):
        if replicas.chance.random() < 0.1:
            await asyncio.sleep(replicas.chance.uniform(0, 1.5))
        else:
            more = int(replicas.chance.uniform(0, 2 * share)) + 1
            most = int(0.9 * (ordeal.messages + ordeal.pushes))
            await replicas.peer.until_arrived(min(arrived.total() + more, most))
            await asyncio.sleep(replicas.chance.uniform(0, 0.05))
        await replicas.kill_one()


async def until_all_is_settled(ordeal: Ordeal, store: Store, peer: CountingPeer) -> None:
    """Wait until nothing is on its way any more."""
    while True:
        async with store.transaction() as session:
            done = await session.exec(
                select(InboxRow.id).where(col(InboxRow.done_at).is_not(None))
            )
            open_ = await session.exec(
                select(OutboxRow.id).where(col(OutboxRow.settled_at).is_(None)).limit(1)
            )
            if len(done.all()) == ordeal.messages and open_.first() is None:
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
    print(f"\n{replicas.killed} kills of {ordeal.replicas}; " + "; ".join(told))  # noqa: T201 - the figures to quote
    assert replicas.killed == ordeal.kills
    assert peer.unacknowledged <= 20, "what was answered is acknowledged, but for the last batch"
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
