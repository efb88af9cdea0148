"""Who may be written to: which account of ours a citizen wrote to, when, and whether he left."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import and_, col, delete, func, or_, select

from bot.post.capabilities import CHANNELS
from bot.post.delivery import Refusal
from knowledge.store.store import Transaction, add_or_change
from knowledge.store.tables import ChannelRow, ContactRow

# As long as a procedure may take, so that the account is known by which its end is told.
_KEPT: Final = timedelta(days=180)
_TO_SPARE: Final = timedelta(days=1)


class Contacts:
    """The contacts of one account, within one transaction."""

    def __init__(self, session: Transaction, channel: str, bot: str) -> None:
        self._session = session
        self._channel = channel
        self._bot = bot

    async def heard(self, chat: str, at: datetime) -> None:
        """Note that a citizen wrote, which opens the window for our words."""
        wrote = col(ContactRow.wrote_at)
        later = or_(wrote.is_(None), wrote < at)
        await add_or_change(self._session, self._row(chat, wrote_at=at), "wrote_at", where=later)

    async def left(self, chat: str, at: datetime) -> None:
        """Note that a citizen wants no more of us."""
        await add_or_change(self._session, self._row(chat, left_at=at), "left_at")

    async def pause(self, chat: str, until: datetime) -> None:
        """Leave the chat to an officer."""
        await add_or_change(self._session, self._row(chat, paused_until=until), "paused_until")

    async def is_paused(self, chat: str, now: datetime) -> bool:
        """Say whether an officer speaks in a chat."""
        row = await self._session.get(ContactRow, (self._channel, chat, self._bot))
        return row is not None and row.paused_until is not None and row.paused_until > now

    def _row(self, chat: str, **times: datetime) -> ContactRow:
        return ContactRow(channel=self._channel, chat=chat, bot=self._bot, **times)


async def account_of(session: Transaction, channel: str, chat: str) -> str:
    """Name the account that a chat wrote to last; else the one that writes on *channel* now."""
    last = (
        select(ContactRow.bot)
        .where(ContactRow.channel == channel, ContactRow.chat == chat)
        .order_by(col(ContactRow.wrote_at).is_(None), col(ContactRow.wrote_at).desc())
        .limit(1)
        .scalar_subquery()
    )
    now = select(ChannelRow.bot).where(ChannelRow.channel == channel).scalar_subquery()
    return str((await session.exec(select(func.coalesce(last, now, "")))).one())


def closed(contact: ContactRow | None, window: timedelta | None, now: datetime) -> Refusal | None:
    """Say why a chat may not be written to *now*; None: it may."""
    wrote = None if contact is None else contact.wrote_at
    left = None if contact is None else contact.left_at
    if left is not None and (wrote is None or wrote <= left):
        return Refusal.LEFT
    if window is not None and (wrote is None or now - wrote > window):
        return Refusal.WINDOW_CLOSED
    return None


async def forget_before(session: Transaction, now: datetime) -> None:
    """Delete who has been silent so long that knowing nothing says the same."""
    for caps in CHANNELS.values():
        kept = _KEPT if caps.window is None else caps.window + _TO_SPARE
        row = ContactRow
        times = (col(row.wrote_at), col(row.left_at), col(row.paused_until))
        long_ago = [or_(time.is_(None), time < now - kept) for time in times]
        await session.exec(delete(row).where(and_(col(row.channel) == caps.channel, *long_ago)))
