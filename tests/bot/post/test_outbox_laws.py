"""Laws of the outbox, whatever is written, claimed, settled or left behind by the dead."""

import asyncio
import shutil
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlmodel import select

from bot.post.delivery import Fate, Later, Refusal, Refused, Sent, Unknown
from bot.post.limits import Limits
from bot.post.outbox import Outbox, push
from bot.post.parcel import LEASE, Parcel, Priority, State
from bot.post.route import Route
from handlers.messages import Reply
from knowledge.store.store import open_store
from knowledge.store.tables import OutboxRow
from tests.bot.post.clock import Clock

T = TypeVar("T")

ROUTE = Route(channel="telegram", bot="7", limits=Limits(per_second=20, chat_gap=1))
CHATS = ("an", "binh", "chi")
fates = st.sampled_from(
    [Sent("1"), Sent(), Refused(Refusal.BLOCKED), Unknown(), Later(), Later(3.0)]
)


class Post(RuleBasedStateMachine):
    """Plays doors and platform at once, and notes whatever leaves the house."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.under_way: list[Parcel] = []
        self.left: dict[int, int] = {}
        """How often each part left the house and may have arrived."""
        self.since: dict[int, Any] = {}
        self.fate: dict[int, Fate | None] = {}
        self.keys = 0

    @initialize()
    def open(self) -> None:
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        place = self.stack.enter_context(TemporaryDirectory())
        path = shutil.copy(self.template, Path(place) / "office.db")
        self.store = self.do(
            self.stack.enter_async_context(open_store(f"sqlite+aiosqlite:///{path}"))
        )
        self.starts_again()

    def do(self, work: Awaitable[T]) -> T:
        async def wait() -> T:
            return await work

        return self.runner.run(wait())

    @rule(chat=st.sampled_from(CHATS), parts=st.integers(1, 3), news=st.booleans())
    def writes(self, chat: str, parts: int, *, news: bool) -> None:
        self.keys += 1
        for _ in range(2):  # the second time changes nothing
            self.do(self._push(chat, parts, Priority.PUSH if news else Priority.REPLY))

    async def _push(self, chat: str, parts: int, priority: Priority) -> None:
        async with self.store.transaction() as session:
            await push(
                session,
                channel="telegram",
                chat=chat,
                reply=Reply("\n\n".join(f"{part}" * 3000 for part in range(parts))),
                key=f"{self.keys}",
                at=self.clock(),
                priority=priority,
            )

    @rule(most=st.integers(0, 5))
    def claims(self, most: int) -> None:
        for parcel in self.do(self.outbox.claim(ROUTE, most)).parcels:
            assert parcel.chat not in self._chats_being_written(), "one a chat"
            assert self.left.get(parcel.id, 0) == 0, "what may have arrived left again"
            self.left[parcel.id] = 1
            self.since[parcel.id] = self.clock()
            self.under_way.append(parcel)

    def _chats_being_written(self) -> set[str]:
        """Leave out what has been on its way for longer than any send may take."""
        alive = (one for one in self.under_way if self.clock() - self.since[one.id] < LEASE)
        return {one.chat for one in alive}

    @precondition(lambda self: self.under_way)
    @rule(fate=fates, data=st.data())
    def hears(self, fate: Fate, data: st.DataObject) -> None:
        self._hears(data.draw(st.sampled_from(self.under_way)), fate)

    @rule(fate=fates)
    def sends(self, fate: Fate) -> None:
        """Do at one go what comes most often: a part leaves, and its fate is told."""
        self.clock.passes(1.5)
        under_way = [*self.under_way]
        self.claims(1)
        for parcel in [one for one in self.under_way if one not in under_way]:
            self._hears(parcel, fate)

    def _hears(self, parcel: Parcel, fate: Fate) -> None:
        self.under_way.remove(parcel)
        self.do(self.outbox.settle([(parcel, fate)]))
        self.fate[parcel.id] = fate
        if isinstance(fate, Later):
            self.left[parcel.id] = 0

    @rule(seconds=st.sampled_from([0.01, 0.3, 1.5, 5.0]))
    def waits(self, seconds: float) -> None:
        self.clock.passes(seconds)

    @rule()
    def starts_again(self) -> None:
        """Die and be born again; whatever was under way is heard of no more."""
        self.under_way.clear()
        self.outbox = Outbox(self.store, self.clock)
        self.do(self.outbox.open(ROUTE))

    def rows(self) -> list[OutboxRow]:
        async def read() -> list[OutboxRow]:
            async with self.store.transaction() as session:
                return list(await session.exec(select(OutboxRow)))

        return self.do(read())

    def teardown(self) -> None:
        """Let everything go its way; then the books must agree with what left the house."""
        self.clock.passes(LEASE.total_seconds())
        self.under_way.clear()
        while any(row.settled_at is None for row in self.rows()):
            self.clock.passes(61)
            self.claims(5)
            for parcel in [*self.under_way]:
                self._hears(parcel, Sent())
        rows = self.rows()
        for row in rows:
            self._agrees(row)
        for key in {row.key for row in rows}:
            parts = sorted((row.part, row.state) for row in rows if row.key == key)
            states = [state for _, state in parts]
            sent = states.count(State.SENT)
            assert states[:sent] == [State.SENT] * sent, "nothing is sent after what failed"
            assert State.UNKNOWN not in states[sent + 1 :]
        self.do(self.stack.aclose())
        self.runner.close()

    def _agrees(self, row: OutboxRow) -> None:
        left, fate = self.left.get(row.id or 0, 0), self.fate.get(row.id or 0)
        match State(row.state), row.reason:
            case State.SENT, _:
                assert isinstance(fate, Sent)
            case State.UNKNOWN, _:
                assert left == 1
                assert not isinstance(fate, Refused)
            case State.FAILED, "blocked":
                assert isinstance(fate, Refused)
            case State.FAILED, reason:
                assert (reason, left) == ("withheld", 0)
            case state, _:
                pytest.fail(f"{state} is no end")


@pytest.fixture(autouse=True)
def template(migrated: Path) -> None:
    Post.template = migrated


TestPost: Any = Post.TestCase
TestPost.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
