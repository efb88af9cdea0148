"""The inbox: a message is kept, once, before its platform hears that we have it."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from bot.post.alarm import Alarm
from handlers.messages import Message
from knowledge.errors import UnkeepableError
from knowledge.store.store import Store, Transaction, add_once, check, is_refusal
from knowledge.store.tables import InboxRow, Instant
from knowledge.text import storable

log = logging.getLogger(__name__)

_BODY: Final = TypeAdapter(Message)


class NotKeptError(OSError):
    """Whoever wrote our message down together with others could not; the reason was told there."""


@dataclass(slots=True)
class _Batch:
    rows: list[InboxRow] = field(default_factory=list)
    kept: bool = False


class Inbox:
    """Takes messages from doors; the lanes answer them."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self.alarm = Alarm()
        self._next = _Batch()
        self._writing = asyncio.Lock()

    async def take(self, bot: str, messages: Sequence[Message]) -> None:
        """Keep what *bot* was sent, each message once; when this returns, none can be lost.

        What comes in while a batch is being written is written together as the next one.

        Raises:
            Exception: nothing of it is kept, and the platform must send it again.
        """
        batch = self._next
        batch.rows += _rows(bot, messages, self._now())
        async with self._writing:
            if batch is self._next:
                self._next = _Batch()
                await self._keep(batch.rows)
                batch.kept = True
                self.alarm.ring()
        if not batch.kept:
            raise NotKeptError

    async def _keep(self, rows: Sequence[InboxRow]) -> None:
        """Write *rows* down together; one that the database refuses is left aside alone."""
        try:
            # Hurried: a platform waits. The turns get theirs between two batches.
            async with self._store.transaction(hurried=True) as session:
                await add_once(session, rows)
        except Exception as error:
            if not is_refusal(error):
                raise
            if len(rows) > 1:
                for row in rows:
                    await self._keep([row])
            else:  # sending it again would not mend it
                _tell(rows[0].channel, getattr(error, "orig", None) or error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that is being answered; `body` is read where a bug in it can be told."""

    id: int
    channel: str
    bot: str
    chat: str
    name: str
    """What tells it from all others of its chat."""
    received_at: datetime
    body: str

    def read(self) -> Message:
        """Give the message as its door took it."""
        return _BODY.validate_json(self.body)


def _next() -> SelectOfScalar[InboxRow]:
    """Select the first message of a chat that nobody else is answering."""
    put_off_until = col(InboxRow.put_off_until)
    earlier = aliased(InboxRow)
    is_first = (
        ~select(earlier.id)
        .where(
            earlier.channel == InboxRow.channel,
            earlier.chat == InboxRow.chat,
            col(earlier.done_at).is_(None),
            col(earlier.id) < col(InboxRow.id),
        )
        .exists()
    )
    return (
        select(InboxRow)
        .where(
            col(InboxRow.done_at).is_(None),
            is_first,
            or_(put_off_until.is_(None), put_off_until <= bindparam("now", type_=Instant)),
        )
        .order_by(col(InboxRow.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


_NEXT: Final = _next()  # once: to build it takes as long as to run it


async def claim_next(session: Transaction, now: datetime) -> Waiting | None:
    """Lock the first message of a chat that nobody else is answering; None: nothing waits.

    The lock ends with the transaction, so what a dead replica held is free at once.
    """
    row = (await session.exec(_NEXT, params={"now": now})).first()
    return None if row is None else _waiting(row)


async def claim_again(session: Transaction, message: Waiting) -> Waiting | None:
    """Lock *message*, which was put off; None: somebody answered it meanwhile, or is about to."""
    unanswered = (col(InboxRow.id) == message.id, col(InboxRow.done_at).is_(None))
    query = select(InboxRow).where(*unanswered).with_for_update(skip_locked=True)
    row = (await session.exec(query)).first()
    return None if row is None else _waiting(row)


async def put_off(session: Transaction, message: Waiting, until: datetime) -> None:
    """Leave *message*, and so its chat, alone for a while."""
    later = update(InboxRow).where(col(InboxRow.id) == message.id)
    await session.exec(later.values(put_off_until=until))


def _waiting(row: InboxRow) -> Waiting:
    return Waiting(
        id=row.id or 0,
        channel=row.channel,
        bot=row.bot,
        chat=row.chat,
        name=f"{row.bot} {row.external_id}",
        received_at=row.received_at,
        body=row.body,
    )


async def close(session: Transaction, message: Waiting, at: datetime) -> bool:
    """Note that a message is answered, unless it was; its words stay with the talk, masked."""
    unanswered = (col(InboxRow.id) == message.id, col(InboxRow.done_at).is_(None))
    done = update(InboxRow).where(*unanswered).values(done_at=at, body="")
    return (await session.exec(done)).rowcount == 1


async def forget_before(session: Transaction, moment: datetime) -> None:
    """Delete the numbers of messages answered before *moment*; no platform resends that late."""
    await session.exec(delete(InboxRow).where(col(InboxRow.done_at) < moment))


def _tell(channel: str, error: BaseException) -> None:
    """Name what went wrong; its own words may be a citizen's."""
    log.error("%s: a message cannot be kept: %s", channel, type(error).__name__)


def _rows(bot: str, messages: Sequence[Message], at: datetime) -> Iterator[InboxRow]:
    for message in messages:
        names = {"bot": bot, "external_id": message.external_id, "chat": message.chat}
        try:
            check(InboxRow, names)
        except UnkeepableError as error:
            _tell(message.channel, error)
        else:
            yield _row(bot, message, at)


def _row(bot: str, message: Message, at: datetime) -> InboxRow:
    return InboxRow(
        channel=message.channel,
        bot=bot,
        external_id=message.external_id,
        chat=message.chat,
        body=_BODY.dump_json(replace(message, text=storable(message.text))).decode(),
        received_at=at,
    )
