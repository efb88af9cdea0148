"""The outbox: what we say is written down before it is sent, and handed out when it is due."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlmodel import col, delete, update

from bot.post.capabilities import CHANNELS, Capabilities, render
from bot.post.contacts import account_of
from bot.post.delivery import Refusal, Refused, Sent
from bot.post.due import lock, ready
from bot.post.parcel import LEASE, Parcel, Priority, Returned, State
from bot.post.route import Route
from bot.post.settling import EXPIRED, EXPIRY, finish, give_up, settle
from handlers.messages import Choice, Reply, dump_reply
from knowledge.store.store import Store, Transaction, add_once, check, is_outage
from knowledge.store.tables import ChannelRow, OutboxRow
from knowledge.text import storable

log = logging.getLogger(__name__)

Lay = Callable[[Transaction, Parcel], Awaitable[None]]
"""Writes one part where its reader looks, within the transaction that notes it as sent."""

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
    bot: str | None = None,
) -> None:
    """Write *reply* down for a chat, cut as the channel can show it; once for each *key*.

    Without a *bot* it goes by the account that the chat wrote to last.

    Raises:
        UnkeepableError: no database would keep it; the transaction goes on unharmed.
    """
    check(OutboxRow, {"channel": channel, "chat": chat, "key": key})
    account = await account_of(session, channel, chat) if bot is None else bot
    rows = [
        OutboxRow(
            channel=channel,
            bot=account,
            chat=chat,
            key=key,
            part=number,
            priority=priority,
            text=piece.text,
            buttons=_BUTTONS.dump_json(piece.buttons).decode(),
            file=piece.file,
            state=State.PENDING,
            created_at=at,
            due_at=at,
        )
        for number, piece in enumerate(_pieces(reply, CHANNELS[channel]), 1)
    ]
    await add_once(session, rows)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    buttons: tuple[Choice, ...] = ()
    file: str | None = None


def _pieces(reply: Reply, caps: Capabilities) -> list[_Piece]:
    """Cut *reply* as the channel needs it; one that shows all of it gets it as it is."""
    if caps.whole:
        return [_Piece(dump_reply(reply))]
    rendered = render(reply, caps)
    texts = [_Piece(storable(text)) for text in rendered.parts]
    texts[-1] = replace(texts[-1], buttons=rendered.buttons)
    files = reply.files if caps.files else ()
    return [*texts, *(_Piece(file, file=file) for file in files)]


async def expire(session: Transaction, now: datetime) -> None:
    """Give up what is too old, also where nobody is there any more to send it."""
    for priority, age in EXPIRY.items():
        old = (
            col(OutboxRow.state) == State.PENDING,
            col(OutboxRow.priority) == priority,
            col(OutboxRow.created_at) < now - age,
        )
        gone = update(OutboxRow).where(col(OutboxRow.settled_at).is_(None), *old)
        await session.exec(gone.values(state=State.FAILED, reason=EXPIRED, settled_at=now))


async def forget_before(session: Transaction, moment: datetime) -> None:
    """Delete what was settled before *moment*."""
    await session.exec(delete(OutboxRow).where(col(OutboxRow.settled_at) < moment))


class Outbox:
    """Hands out what is due, and notes what became of it."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def open(self, route: Route) -> None:
        """Prepare to send; what was SENDING when the only process died can be told at once."""
        channel = route.channel
        async with self._store.transaction() as session:
            await add_once(session, [ChannelRow(channel=channel)])
            (await session.get_one(ChannelRow, channel, with_for_update=True)).bot = route.bot
            if not self._store.shared:
                await give_up(session, channel, self._now(), self._now() + LEASE)

    async def claim(self, route: Route, most: int, returned: Sequence[Returned] = ()) -> Claim:
        """Note what became of what *returned*; mark as SENDING what may leave now, one a chat."""
        async with self._store.transaction() as session:
            now = self._now()
            retries = await settle(session, returned, now)
            await give_up(session, route.channel, now, now)
            row = await lock(session, route.channel)
            if row is None:
                return Claim((), _BUSY, retries)
            limits = route.limits
            count = min(most, limits.free(row.next_send_at, now))
            parts = await ready(session, route, now, count)
            for part in parts:
                part.state = State.SENDING
                part.tries += 1
                part.lease_until = now + LEASE
            row.next_send_at = limits.book(row.next_send_at, now, len(parts))
            wait = limits.wait(row.next_send_at, now)
            return Claim(tuple(_parcel(part) for part in parts), wait, retries)

    async def lay_next(self, route: Route, lay: Lay) -> str | None:
        """Let *lay* write the next part where its reader looks, in one commit with SENT.

        What it cannot write has failed. Tell whose turn it was; None: nothing is due.
        """
        parcel: Parcel | None = None
        try:
            async with self._store.transaction() as session:
                now = self._now()
                if await lock(session, route.channel) is None:
                    return None
                for part in await ready(session, route, now, 1):
                    parcel = _parcel(part)
                    await lay(session, parcel)
                    finish(part, Sent(), now)
        except Exception as error:
            if parcel is None or is_outage(error):
                raise
            log.error("%s: a part cannot be written: %s", route.channel, type(error).__name__)  # noqa: TRY400
            async with self._store.transaction() as session:
                spoilt = await session.get_one(OutboxRow, parcel.id, with_for_update=True)
                if spoilt.state == State.PENDING:  # no other replica could
                    finish(spoilt, Refused(Refusal.NOT_ACCEPTED), self._now())
        return None if parcel is None else parcel.chat

    async def settle(self, returned: Sequence[Returned]) -> None:
        """Note what became of what *returned*."""
        async with self._store.transaction() as session:
            await settle(session, returned, self._now())


def _parcel(part: OutboxRow) -> Parcel:
    return Parcel(
        part.id or 0,
        part.chat,
        part.text,
        _BUTTONS.validate_json(part.buttons),
        part.tries,
        part.file,
    )
