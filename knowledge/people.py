"""One citizen on several channels: chats that say, by a one-time code, that they are the same.

Nothing is kept of a person but which chats belong together; whoever separates again leaves
nothing behind.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.short_codes import ALPHABET, LENGTH, SEPARATORS, tail
from knowledge.store.tables import JoinCodeRow, PersonChatRow
from knowledge.text import clean

JoinCode = NewType("JoinCode", str)

LASTS: Final = timedelta(minutes=10)
_PERSON: Final = 16  # bytes; a random name that says nothing
_CODE: Final = re.compile(
    rf"(?<![0-9A-Z])NK{SEPARATORS}((?=[A-Z]*\d)[{ALPHABET}]{{{LENGTH}}})(?![0-9A-Z])"
)


@dataclass(frozen=True, slots=True, order=True)
class Chat:
    """A chat on a channel."""

    channel: str
    chat: str


class People:
    """Which chats belong to one citizen, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def chats_of(self, chat: Chat) -> tuple[Chat, ...]:
        """Return the chats of the citizen who writes in *chat*, itself among them, in order."""
        row = await self._session.get(PersonChatRow, (chat.channel, chat.chat))
        if row is None:
            return (chat,)
        query = select(PersonChatRow).where(PersonChatRow.person == row.person)
        rows = await self._session.exec(query)
        return tuple(sorted(Chat(one.channel, one.chat) for one in rows))

    async def new_code(self, chat: Chat, at: datetime) -> JoinCode:
        """Draw a code that joins another chat to *chat*; one drawn before no longer holds."""
        row = JoinCodeRow
        own = (col(row.channel) == chat.channel) & (col(row.chat) == chat.chat)
        await self._session.exec(delete(row).where(own | (col(row.expires_at) < at)))
        code = JoinCode(f"NK-{tail()}")
        self._session.add(
            JoinCodeRow(code=code, channel=chat.channel, chat=chat.chat, expires_at=at + LASTS)
        )
        await self._session.flush()
        return code

    async def join(self, code: JoinCode, chat: Chat, at: datetime) -> Chat | None:
        """Join *chat* to the one that drew *code*, once; None where the code does not hold."""
        row = await self._session.get(JoinCodeRow, code)
        if row is None or row.expires_at < at or Chat(row.channel, row.chat) == chat:
            return None
        await self._session.delete(row)
        first = Chat(row.channel, row.chat)
        known = await self._session.get(PersonChatRow, (first.channel, first.chat))
        person = known.person if known is not None else secrets.token_hex(_PERSON)
        for one in (first, chat):
            await self._session.merge(
                PersonChatRow(channel=one.channel, chat=one.chat, person=person)
            )
        await self._session.flush()
        return first

    async def separate(self, chat: Chat) -> bool:
        """Take *chat* from the others; a last one alone is no longer kept. False: it was alone."""
        row = await self._session.get(PersonChatRow, (chat.channel, chat.chat))
        if row is None:
            return False
        others = [one for one in await self.chats_of(chat) if one != chat]
        leaving = [chat, *(others if len(others) == 1 else ())]
        for one in leaving:
            found = await self._session.get_one(PersonChatRow, (one.channel, one.chat))
            await self._session.delete(found)
        await self._session.flush()
        return True


def find_join_code(text: str) -> JoinCode | None:
    """Return the one-time code that *text* holds, whatever its case and separators, or None."""
    found = _CODE.search(clean(text).upper())
    return JoinCode(f"NK-{found[1]}") if found else None
