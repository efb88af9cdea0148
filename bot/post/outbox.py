"""The outbox: what we say is written down before it is sent, and what became of it after.

A part is PENDING, then SENDING, then SENT, FAILED or UNKNOWN. Only what surely did not arrive goes
back to PENDING; a process that dies while SENDING leaves what nobody can know, hence UNKNOWN.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, select, update
from tenacity import AsyncRetrying, RetryCallState, wait_exponential_jitter

from bot.post.capabilities import CHANNELS, render
from bot.post.delivery import Fate, Later, Refused, Sent, Unknown
from bot.post.limits import Limits
from handlers.messages import Choice, Reply
from knowledge.store.store import Store, Transaction, add_once
from knowledge.store.tables import ChannelRow, OutboxRow

LONGEST_SEND: Final = timedelta(seconds=10)
"""A platform that has not answered by then will not."""
LEASE: Final = LONGEST_SEND + timedelta(seconds=5)
_LONGEST_HOLD: Final = timedelta(minutes=1)  # then one message tries the channel again
_BUSY: Final = 0.02  # seconds until another replica has surely claimed what it wanted
_SCHEDULE: Final = wait_exponential_jitter(multiplier=0.5, max=60, jitter=0.5)
_BUTTONS: Final = TypeAdapter(tuple[Choice, ...])


class State(StrEnum):
    """How far a part is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Priority(StrEnum):
    """Who waits for it."""

    REPLY = "reply"
    PUSH = "push"


_ORDER: Final = {Priority.REPLY: 0, Priority.PUSH: 1}  # a citizen waits before the screen
_EXPIRY: Final = {0: timedelta(days=1), 1: timedelta(days=7)}  # later, it would only confuse


@dataclass(frozen=True, slots=True)
class Parcel:
    """One part as a door has to send it."""

    id: int
    chat: str
    text: str
    buttons: tuple[Choice, ...]


Returned = tuple[Parcel, Fate]


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
    last = len(rendered.parts)
    rows = [
        OutboxRow(
            channel=channel,
            chat=chat,
            key=key,
            part=part,
            priority=_ORDER[priority],
            text=text,
            buttons=_BUTTONS.dump_json(rendered.buttons if part == last else ()).decode(),
            state=State.PENDING,
            created_at=at,
            due_at=at,
        )
        for part, text in enumerate(rendered.parts, 1)
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
                await _give_up(session, channel, self._now(), self._now() + LEASE)

    async def claim(
        self, channel: str, limits: Limits, most: int, returned: Sequence[Returned] = ()
    ) -> Claim:
        """Note what became of what *returned*; mark as SENDING what may leave now, one a chat."""
        async with self._store.transaction() as session:
            now = self._now()
            retries = await _settle(session, returned, now)
            await _give_up(session, channel, now, now)
            row = await _lock(session, channel)
            if row is None:
                return Claim((), _BUSY, retries)
            count = min(most, limits.free(row.next_send_at, now))
            ready = await _ready(session, channel, now, limits, count)
            parts = [part for part in ready if not await _has_expired(session, part, now)]
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
            await _settle(session, returned, self._now())


async def _settle(
    session: Transaction, returned: Sequence[Returned], now: datetime
) -> tuple[float, ...]:
    """Note each fate; give the waits after which something is to be sent again."""
    fates = {parcel.id: fate for parcel, fate in returned}
    query = select(OutboxRow).where(col(OutboxRow.id).in_(fates)).with_for_update()
    parts = list(await session.exec(query)) if fates else []
    return tuple([await _settle_one(session, part, fates[part.id or 0], now) for part in parts])


async def _settle_one(session: Transaction, part: OutboxRow, fate: Fate, now: datetime) -> float:
    if part.state != State.SENDING and not isinstance(fate, Sent):
        return 0.0  # too late: it counts as UNKNOWN, and only good news changes that
    match fate:
        case Sent(message_id):
            part.message_id = message_id
            part.text = part.buttons = ""  # it stands in the talk, where words are masked
            _end(part, State.SENT, now)
        case Refused(why):
            _end(part, State.FAILED, now, why)
        case Unknown():
            _end(part, State.UNKNOWN, now)
        case Later(seconds):
            return await _postpone(session, part, seconds, now)
    if part.state != State.SENT:
        await _withhold_after(session, part, now)
    return 0.0


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


async def _give_up(
    session: Transaction, channel: str, now: datetime, leases_until: datetime
) -> None:
    """Call UNKNOWN what somebody began to send and never told us about: he is dead by now."""
    query = select(OutboxRow).where(
        OutboxRow.channel == channel, col(OutboxRow.lease_until) <= leases_until
    )
    for part in await session.exec(query.with_for_update(skip_locked=True)):
        _end(part, State.UNKNOWN, now)
        await _withhold_after(session, part, now)


async def _has_expired(session: Transaction, part: OutboxRow, now: datetime) -> bool:
    if now - part.created_at <= _EXPIRY[part.priority]:
        return False
    _end(part, State.FAILED, now, "expired")
    await _withhold_after(session, part, now)
    return True


async def _postpone(
    session: Transaction, part: OutboxRow, asked: float | None, now: datetime
) -> float:
    wait = timedelta(seconds=asked or _wait(part.tries))
    part.state = State.PENDING
    part.lease_until = None
    part.due_at = now + wait
    if asked:  # the platform speaks of all we send, not of one message
        row = await session.get_one(ChannelRow, part.channel, with_for_update=True)
        hold = now + min(timedelta(seconds=asked), _LONGEST_HOLD)
        row.next_send_at = max(row.next_send_at or hold, hold)
    return wait.total_seconds()


def _wait(tries: int) -> float:
    state = RetryCallState(AsyncRetrying(), None, (), {})
    state.attempt_number = tries
    return _SCHEDULE(state)


def _end(part: OutboxRow, state: State, now: datetime, reason: str | None = None) -> None:
    part.state = state
    part.reason = reason
    part.lease_until = None
    part.settled_at = now


async def _withhold_after(session: Transaction, part: OutboxRow, now: datetime) -> None:
    """Send nothing after a part that failed: a torso would mislead."""
    rest = update(OutboxRow).where(
        col(OutboxRow.channel) == part.channel,
        col(OutboxRow.chat) == part.chat,
        col(OutboxRow.key) == part.key,
        col(OutboxRow.part) > part.part,
        col(OutboxRow.settled_at).is_(None),
    )
    await session.exec(rest.values(state=State.FAILED, reason="withheld", settled_at=now))


def _parcel(part: OutboxRow) -> Parcel:
    return Parcel(part.id or 0, part.chat, part.text, _BUTTONS.validate_json(part.buttons))
