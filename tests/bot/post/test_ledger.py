"""The book of what was said: what a person sees of it, and decides."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from bot.post import ledger
from bot.post.delivery import Fate, Refusal, Refused, Sent, Unknown
from bot.post.ledger import NothingToDecideError
from bot.post.limits import Limits
from bot.post.outbox import Outbox, push
from bot.post.parcel import State
from bot.post.route import Route
from handlers.messages import Reply
from knowledge.store.store import Store, open_store
from knowledge.store.tables import DOUBTFUL, OutboxRow
from tests.bot.post.clock import Clock

ROUTE = Route(channel="telegram", bot="7", limits=Limits(per_second=1000, chat_gap=0))
WEEKS = 21 * 24 * 3600.0


class Book:
    """An outbox in which things have happened."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock()
        self.outbox = Outbox(store, self.clock)

    async def says(self, key: str, fate: Fate | None, text: str = "tin") -> None:
        async with self.store.transaction() as session:
            at = self.clock()
            await push(session, channel="telegram", chat=key, reply=Reply(text), key=key, at=at)
        for parcel in (await self.outbox.claim(ROUTE, 10)).parcels if fate else ():
            await self.outbox.settle([(parcel, fate or Sent())])

    async def rows(self) -> list[OutboxRow]:
        async with self.store.transaction() as session:
            return list(await session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]


@pytest.fixture
async def book(any_database: str) -> AsyncGenerator[Book]:
    async with open_store(any_database) as store:
        book = Book(store)
        await book.outbox.open(ROUTE)
        yield book


async def test_all_is_counted_and_doubts_are_listed_newest_first(book: Book) -> None:
    await book.says("a", Sent())
    await book.says("b", Unknown())
    await book.says("c", Refused(Refusal.BLOCKED))
    await book.says("d", None)
    async with book.store.transaction() as session:
        assert await ledger.counted(session) == {
            "telegram": {"sent": 1, "unknown": 1, "failed": 1, "pending": 1}
        }
        assert await ledger.outstanding(session) == {
            "telegram": {"unknown": 1, "failed": 1, "pending": 1}
        }
        entries = await ledger.doubtful(session, 10)
        assert [(one.key, one.state, one.reason) for one in entries] == [
            ("c", State.FAILED, "blocked"),
            ("b", State.UNKNOWN, None),
        ]
        assert [one.key for one in await ledger.doubtful(session, 1)] == ["c"]


async def test_what_a_person_sends_again_goes_with_what_was_withheld_however_old(
    book: Book,
) -> None:
    await book.says("long", Unknown(), "chữ " * 1500)
    [first, second] = await book.rows()
    assert (first.state, second.reason) == (State.UNKNOWN, "withheld")
    book.clock.passes(WEEKS)
    async with book.store.transaction() as session:
        await ledger.resend(session, first.id or 0, book.clock())
    for part in (first, second):
        [parcel] = (await book.outbox.claim(ROUTE, 10)).parcels
        assert (parcel.id, parcel.text) == (part.id, part.text)
        await book.outbox.settle([(parcel, Sent())])
    assert await book.states() == [State.SENT, State.SENT]


async def test_what_a_person_knows_of_counts_as_sent_and_loses_its_words(book: Book) -> None:
    await book.says("a", Unknown())
    async with book.store.transaction() as session:
        await ledger.settle(session, 1, book.clock() + timedelta(days=1))
    [row] = await book.rows()
    assert (row.state, row.text) == (State.SENT, "")
    assert (await book.outbox.claim(ROUTE, 10)).parcels == ()


@pytest.mark.parametrize("fate", [Sent(), None], ids=["sent", "waiting"])
async def test_of_what_is_known_there_is_nothing_to_decide(book: Book, fate: Fate | None) -> None:
    await book.says("a", fate)
    before = await book.states()
    for number in (1, 99):
        for decide in (ledger.resend, ledger.settle):
            async with book.store.transaction() as session:
                with pytest.raises(NothingToDecideError, match=f"{number}"):
                    await decide(session, number, book.clock())
    assert await book.states() == before


async def test_doubts_are_found_without_looking_through_all_that_was_sent(store: Store) -> None:
    async with store.transaction() as session:
        for condition, index in (
            ("settled_at IS NULL", "ix_outbox_open"),
            (DOUBTFUL, "ix_outbox_doubtful"),
        ):
            query = "EXPLAIN QUERY PLAN SELECT channel, state, count(*) FROM outbox WHERE"
            asked = text(f"{query} {condition} GROUP BY channel, state")
            plan = await (await session.connection()).execute(asked)
            assert index in str(plan.all())
