"""What was said and answered in each chat, and where its talk stands."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.privacy import mask_personal
from knowledge.store.store import one_at_a_time
from knowledge.store.tables import TalkRow, TurnRow

_OF_A_DRAFT: Final = 12  # exchanges at most between the first word of feedback and its end
_BLOTTED: Final = "[đã che]"
_NEWEST: Final = 100  # exchanges that are looked back upon at once


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message of a citizen and our answer to it, as kept; `said` is empty: we spoke first."""

    id: int
    external_id: str
    said: str
    reply: str
    at: datetime


class Talks:
    """The memory of all chats, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def have_to_ourselves(self, channel: str, chat: str) -> None:
        """Wait until no other turn of this chat is under way, in whichever replica."""
        await one_at_a_time(self._session, f"chat {channel} {chat}")

    async def recall(self, channel: str, chat: str) -> str | None:
        """Return the state kept for a chat, or None for a new one."""
        row = await self._session.get(TalkRow, (channel, chat))
        return None if row is None else row.state

    async def remember(self, channel: str, chat: str, state: str, at: datetime) -> None:
        """Keep *state* for a chat."""
        await self._session.merge(TalkRow(channel=channel, chat=chat, state=state, updated_at=at))

    async def answered(self, channel: str, chat: str, external_id: str) -> Exchange | None:
        """Return the exchange that a resent message belongs to, or None for a new message."""
        query = select(TurnRow).where(
            TurnRow.channel == channel,
            TurnRow.chat == chat,
            TurnRow.external_id == external_id,
        )
        row = (await self._session.exec(query)).first()
        return None if row is None else _exchange(row)

    async def record(  # noqa: PLR0913 - the columns of one row
        self, *, channel: str, chat: str, external_id: str, said: str, reply: str, at: datetime
    ) -> None:
        """Write an exchange down; personal numbers in *said* are masked."""
        self._session.add(
            TurnRow(
                channel=channel,
                chat=chat,
                external_id=external_id,
                said=mask_personal(said),
                reply=reply,
                at=at,
            )
        )

    async def history(self, channel: str, chat: str, after: int = 0) -> list[Exchange]:
        """Return the newest exchanges of a chat that came after number *after*, oldest first."""
        query = (
            select(TurnRow)
            .where(TurnRow.channel == channel, TurnRow.chat == chat, col(TurnRow.id) > after)
            .order_by(col(TurnRow.id).desc())
            .limit(_NEWEST)
        )
        return [_exchange(row) for row in await self._session.exec(query)][::-1]

    async def news(self, channel: str, after: int | None) -> tuple[int, set[str]]:
        """Return the newest number, and the chats of *channel* with one after number *after*."""
        if after is None:
            return (await self._session.exec(select(func.max(TurnRow.id)))).one() or 0, set()
        query = select(TurnRow.id, TurnRow.channel, TurnRow.chat).where(col(TurnRow.id) > after)
        rows = (await self._session.exec(query)).all()
        newest = max((number or 0 for number, _, _ in rows), default=after)
        return newest, {chat for _, where, chat in rows if where == channel}

    async def hide(self, channel: str, chat: str, words: Iterable[str]) -> None:
        """Blot *words* out of the newest exchanges of a chat: they stand in the book by now."""
        query = (
            select(TurnRow)
            .where(TurnRow.channel == channel, TurnRow.chat == chat)
            .order_by(col(TurnRow.id).desc())
            .limit(_OF_A_DRAFT)
        )
        written = [(word, json.dumps(word, ensure_ascii=False)[1:-1]) for word in words]
        for row in await self._session.exec(query):
            for word, escaped in written:
                row.said = row.said.replace(mask_personal(word), _BLOTTED)
                row.reply = row.reply.replace(escaped, _BLOTTED)

    async def forget_before(self, moment: datetime) -> None:
        """Delete what was said before *moment*, and talks that stood still since."""
        await self._session.exec(delete(TurnRow).where(col(TurnRow.at) < moment))
        await self._session.exec(delete(TalkRow).where(col(TalkRow.updated_at) < moment))


def _exchange(row: TurnRow) -> Exchange:
    return Exchange(row.id or 0, row.external_id, row.said, row.reply, row.at)
