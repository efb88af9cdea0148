"""The inbox: a message is kept, once, before its platform hears that we have it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.post.alarm import Alarm
from handlers.messages import Message
from knowledge.store.store import Store, Transaction, add_once
from knowledge.store.tables import InboxRow

_BODY: Final = TypeAdapter(Message)


class Inbox:
    """Takes messages from doors; the lanes answer them."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self.alarm = Alarm()

    async def take(self, bot: str, messages: Sequence[Message]) -> None:
        """Keep what *bot* was sent, each message once; when this returns, none can be lost."""
        rows = [_row(bot, message, self._now()) for message in messages]
        async with self._store.transaction() as session:
            await add_once(session, rows)
        self.alarm.ring()


async def claim_next(session: Transaction) -> InboxRow | None:
    """Lock the first message of a chat that nobody else is answering; None: nothing waits.

    The lock ends with the transaction, so what a dead replica held is free at once.
    """
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
    query = (
        select(InboxRow)
        .where(col(InboxRow.done_at).is_(None), is_first)
        .order_by(col(InboxRow.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(query)).first()


def close(row: InboxRow, at: datetime) -> None:
    """Note that a message is answered; its words stay with the talk, where they are masked."""
    row.done_at = at
    row.body = ""


def read(row: InboxRow) -> Message:
    """Read the message of a row that waits."""
    return _BODY.validate_json(row.body)


def _row(bot: str, message: Message, at: datetime) -> InboxRow:
    return InboxRow(
        channel=message.channel,
        bot=bot,
        external_id=message.external_id,
        chat=message.chat,
        body=_BODY.dump_json(replace(message, text=_storable(message.text))).decode(),
        received_at=at,
    )


def _storable(text: str) -> str:
    """Leave out what no database keeps: zero bytes and halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
