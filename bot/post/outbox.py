"""The outbox: what we say is written down before it is sent, and handed out when it is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, select

from bot.post.capabilities import CHANNELS, render
from bot.post.limits import Limits
from bot.post.parcel import LEASE, Parcel, Priority, Returned, State
from bot.post.settling import give_up, has_expired, settle
from handlers.messages import Choice, Reply
from knowledge.store.store import Store, Transaction, add_once
from knowledge.store.tables import ChannelRow, OutboxRow

_BUSY: Final = 0.02  # seconds until another replica has surely claimed what it wanted
_BUTTONS: Final = TypeAdapter(tuple[Choice, ...])


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be sent now, and when it pays to ask again."""

    parcels: tuple[Parcel, ...]
    wait: float
    """Seconds until the channel lets the next message out."""
    retries: tuple[float, ...]
    """Seconds until what failed just now may be tried again."""


async def push(  # noqa: PLR0913 - what an envelope bears
    session: Transaction,
    *,
    channel: str,
    chat: str,
    reply: Reply,
    key: str,
    at: datetime,
    priority: Priority = Priority.PUSH,
) -> None:
    """Write *reply* down for a chat, cut as the channel can show it; once for each *key*."""
    rendered = render(reply, CHANNELS[channel])
    texts, last = list(rendered.parts), len(rendered.parts)
    files = reply.files if CHANNELS[channel].files else ()
    rows = [
        OutboxRow(
            channel=channel,
            chat=chat,
            key=key,
            part=part,
            priority=priority,
            text=text,
            buttons=_BUTTONS.dump_json(rendered.buttons if part == last else ()).decode(),
            file=None if part <= last else text,
            state=State.PENDING,
            created_at=at,
            due_at=at,
        )
        for part, text in enumerate([*texts, *files], 1)
    ]
    await add_once(session, rows)


async def forget_before(session: Transaction, moment: datetime) -> None:
    """Delete what was settled before *moment*."""
    await session.exec(delete(OutboxRow).where(col(OutboxRow.settled_at) < moment))


class Outbox:
    """Hands out what is due, and notes what became of it."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def open(self, channel: str) -> None:
        """Prepare to send; what was SENDING when the only process died can be told at once."""
        async with self._store.transaction() as session:
            await add_once(session, [ChannelRow(channel=channel)])
            if not self._store.shared:
                await give_up(session, channel, self._now(), self._now() + LEASE)

    async def claim(
        self, channel: str, limits: Limits, most: int, returned: Sequence[Returned] = ()
    ) -> Claim:
        """Note what became of what *returned*; mark as SENDING what may leave now, one a chat."""
        async with self._store.transaction() as session:
            now = self._now()
            retries = await settle(session, returned, now)
            await give_up(session, channel, now, now)
            row = await _lock(session, channel)
            if row is None:
                return Claim((), _BUSY, retries)
            count = min(most, limits.free(row.next_send_at, now))
            ready = await _ready(session, channel, now, limits, count)
            parts = [part for part in ready if not await has_expired(session, part, now)]
            for part in parts:
                part.state = State.SENDING
                part.tries += 1
                part.lease_until = now + LEASE
            row.next_send_at = limits.book(row.next_send_at, now, len(parts))
            wait = limits.wait(row.next_send_at, now)
            return Claim(tuple(_parcel(part) for part in parts), wait, retries)

    async def settle(self, returned: Sequence[Returned]) -> None:
        """Note what became of what *returned*."""
        async with self._store.transaction() as session:
            await settle(session, returned, self._now())


async def _ready(
    session: Transaction, channel: str, now: datetime, limits: Limits, count: int
) -> list[OutboxRow]:
    """Find parts whose chat is free: nothing before them, none under way, none just sent."""
    other = aliased(OutboxRow)
    before = and_(
        col(other.settled_at).is_(None),
        or_(
            col(other.state) == State.SENDING,
            tuple_(col(other.priority), col(other.id))
            < tuple_(col(OutboxRow.priority), col(OutboxRow.id)),
        ),
    )
    just_sent = col(other.settled_at) > now - timedelta(seconds=limits.chat_gap)

    def none_in_chat(condition: ColumnElement[bool]) -> ColumnElement[bool]:
        same = and_(col(other.channel) == OutboxRow.channel, col(other.chat) == OutboxRow.chat)
        return ~select(other.id).where(same, condition).exists()

    query = (
        select(OutboxRow)
        .where(
            OutboxRow.channel == channel,
            col(OutboxRow.settled_at).is_(None),
            OutboxRow.state == State.PENDING,
            OutboxRow.due_at <= now,
            none_in_chat(before),
            none_in_chat(just_sent),
        )
        .order_by(col(OutboxRow.priority), col(OutboxRow.id))
        .limit(count)
    )
    return list(await session.exec(query)) if count else []


async def _lock(session: Transaction, channel: str) -> ChannelRow | None:
    """Have the channel's pace to ourselves; None while another replica is claiming."""
    query = select(ChannelRow).where(ChannelRow.channel == channel)
    return (await session.exec(query.with_for_update(skip_locked=True))).first()


def _parcel(part: OutboxRow) -> Parcel:
    return Parcel(
        part.id or 0,
        part.chat,
        part.text,
        _BUTTONS.validate_json(part.buttons),
        part.tries,
        part.file,
    )
