"""What became of a part, and what follows from it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, select, update
from tenacity import AsyncRetrying, RetryCallState, wait_exponential_jitter

from bot.post.delivery import Fate, Later, Refused, Sent, Unknown
from bot.post.parcel import Parcel, Priority, Returned, State
from knowledge.store.store import Transaction
from knowledge.store.tables import ChannelRow, OutboxRow

_LONGEST_HOLD: Final = timedelta(minutes=1)  # then one message tries the channel again
EXPIRED: Final = "expired"
WITHHELD: Final = "withheld"
_SCHEDULE: Final = wait_exponential_jitter(multiplier=0.5, max=60, jitter=0.5)
# Later, it would only confuse.
EXPIRY: Final = {Priority.REPLY: timedelta(days=1), Priority.PUSH: timedelta(days=7)}


async def settle(
    session: Transaction, returned: Sequence[Returned], now: datetime
) -> tuple[float, ...]:
    """Note each fate; give the waits after which something is to be sent again."""
    if not returned:
        return ()
    parcels = {parcel.id: (parcel, fate) for parcel, fate in returned}
    query = select(OutboxRow).where(col(OutboxRow.id).in_(parcels)).with_for_update()
    parts = list(await session.exec(query))
    return tuple([await _settle_one(session, part, *parcels[part.id or 0], now) for part in parts])


async def _settle_one(
    session: Transaction, part: OutboxRow, parcel: Parcel, fate: Fate, now: datetime
) -> float:
    is_ours = part.state == State.SENDING and part.tries == parcel.attempt
    if not is_ours and not isinstance(fate, Sent):
        return 0.0  # it counts as UNKNOWN by now, or is known already: only good news matter
    if isinstance(fate, Later):
        return await _postpone(session, part, fate.seconds, now)
    finish(part, fate, now)
    if part.state != State.SENT:
        await _withhold_after(session, part, now)
    return 0.0


def finish(part: OutboxRow, fate: Sent | Refused | Unknown, now: datetime) -> None:
    """Note the end of a part."""
    match fate:
        case Sent(message_id):
            part.message_id = message_id
            part.text = part.buttons = ""  # it stands in the talk, where words are masked
            _end(part, State.SENT, now)
        case Refused(why):
            _end(part, State.FAILED, now, why)
        case Unknown():
            _end(part, State.UNKNOWN, now)


async def fail(session: Transaction, part: OutboxRow, reason: str, now: datetime) -> None:
    """Give up *part* without sending it, and what would follow it."""
    _end(part, State.FAILED, now, reason)
    await _withhold_after(session, part, now)


def has_expired(part: OutboxRow, now: datetime) -> bool:
    """Say whether *part* is too old to be sent."""
    return now - part.created_at > EXPIRY[Priority(part.priority)]


async def give_up(
    session: Transaction, channel: str, now: datetime, leases_until: datetime
) -> None:
    """Call UNKNOWN what somebody began to send and never told us about: he is dead by now."""
    query = select(OutboxRow).where(
        OutboxRow.channel == channel, col(OutboxRow.lease_until) <= leases_until
    )
    for part in await session.exec(query.with_for_update(skip_locked=True)):
        _end(part, State.UNKNOWN, now)
        await _withhold_after(session, part, now)


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
        col(OutboxRow.bot) == part.bot,
        col(OutboxRow.chat) == part.chat,
        col(OutboxRow.key) == part.key,
        col(OutboxRow.part) > part.part,
        col(OutboxRow.settled_at).is_(None),
    )
    await session.exec(rest.values(state=State.FAILED, reason=WITHHELD, settled_at=now))
