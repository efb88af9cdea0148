"""What became of what we said, for whoever answers for it: counted, listed, decided."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, func, select, update

from bot.post.delivery import Sent
from bot.post.parcel import State
from bot.post.settling import WITHHELD, finish
from knowledge.errors import KnowledgeError
from knowledge.store.store import Transaction
from knowledge.store.tables import DOUBTFUL, OutboxRow

Counts = Mapping[str, Mapping[str, int]]
"""How many parts of each channel are in each state."""


class NothingToDecideError(KnowledgeError):
    """What a person would decide is not there, or is known already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A part that failed or may not have arrived; neither its words nor whom it was for."""

    id: int
    at: datetime
    channel: str
    state: State
    reason: str | None
    key: str
    part: int


async def counted(session: Transaction) -> Counts:
    """Count everything that is kept."""
    return await _count(session)


async def outstanding(session: Transaction) -> Counts:
    """Count what is on its way, failed or in doubt: few rows, found by their indexes."""
    counts = await _count(session, "settled_at IS NULL")
    for channel, states in (await _count(session, DOUBTFUL)).items():
        counts[channel] |= states
    return counts


async def doubtful(session: Transaction, most: int) -> list[Entry]:
    """List the newest parts that failed or may not have arrived."""
    query = select(OutboxRow).where(text(DOUBTFUL)).order_by(col(OutboxRow.id).desc()).limit(most)
    return [_entry(row) for row in await session.exec(query)]


async def resend(session: Transaction, number: int, now: datetime) -> Entry:
    """Send a part once more, and what was withheld after it.

    Raises:
        NothingToDecideError: it did not fail, and is not in doubt.
    """
    part = await _find(session, number)
    await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.channel) == part.channel,
            col(OutboxRow.bot) == part.bot,
            col(OutboxRow.chat) == part.chat,
            col(OutboxRow.key) == part.key,
            (col(OutboxRow.id) == number)
            | ((col(OutboxRow.part) > part.part) & (col(OutboxRow.reason) == WITHHELD)),
        )
        .values(
            state=State.PENDING,
            reason=None,
            settled_at=None,
            # It is as young as this wish: else it would have expired.
            created_at=now,
            due_at=now,
        )
    )
    return _entry(part)


async def settle(session: Transaction, number: int, now: datetime) -> Entry:
    """Note a part as sent: somebody knows that it arrived, or has told it otherwise.

    Raises:
        NothingToDecideError: it did not fail, and is not in doubt.
    """
    part = await _find(session, number)
    entry = _entry(part)
    finish(part, Sent(), now)
    return entry


async def _find(session: Transaction, number: int) -> OutboxRow:
    query = select(OutboxRow).where(OutboxRow.id == number, text(DOUBTFUL))
    part = (await session.exec(query.with_for_update())).first()
    if part is None:
        message = f"nothing under the number {number} failed or is in doubt"
        raise NothingToDecideError(message)
    return part


async def _count(session: Transaction, condition: str = "") -> dict[str, dict[str, int]]:
    row = OutboxRow
    query = select(row.channel, row.state, func.count()).group_by(row.channel, row.state)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for channel, state, count in await session.exec(query.where(text(condition or "TRUE"))):
        counts[channel][state] = count
    return counts


def _entry(row: OutboxRow) -> Entry:
    return Entry(
        id=row.id or 0,
        at=row.settled_at or row.created_at,
        channel=row.channel,
        state=State(row.state),
        reason=row.reason,
        key=row.key,
        part=row.part,
    )
