"""Which parts may leave now: in their order, one a chat, and only to whom we may write."""

from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import ColumnElement, Integer, and_, bindparam, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from bot.post.contacts import closed
from bot.post.parcel import State
from bot.post.route import Route
from bot.post.settling import EXPIRED, fail, has_expired
from knowledge.store.store import Transaction
from knowledge.store.tables import ChannelRow, ContactRow, Instant, OutboxRow


async def ready(session: Transaction, route: Route, now: datetime, count: int) -> list[OutboxRow]:
    """Find parts that may leave: old ones, and whom we may not write, are given up on the way."""
    if not count:
        return []
    found: list[OutboxRow] = []
    rested = now - timedelta(seconds=route.limits.chat_gap)
    given = {"now": now, "rested": rested, "count": count}
    for part, contact in await session.exec(_due(route), params=given):
        reason = EXPIRED if has_expired(part, now) else closed(contact, route.window, now)
        if reason is None:
            found.append(part)
        else:
            await fail(session, part, reason, now)
    return found


@lru_cache(maxsize=16)  # an account each; to build it takes longer than to run it
def _due(route: Route) -> Select[OutboxRow, ContactRow]:
    """Ask for parts whose chat is free: nothing before them, none under way, none just sent."""
    now, rested = (bindparam(name, type_=Instant) for name in ("now", "rested"))
    other = aliased(OutboxRow)
    before = and_(
        col(other.settled_at).is_(None),
        or_(
            col(other.state) == State.SENDING,
            tuple_(col(other.priority), col(other.id))
            < tuple_(col(OutboxRow.priority), col(OutboxRow.id)),
        ),
    )
    just_sent = col(other.settled_at) > rested
    mine = (route.bot, "")

    def none_in_chat(condition: ColumnElement[bool]) -> ColumnElement[bool]:
        same = (col(other.channel) == OutboxRow.channel, col(other.chat) == OutboxRow.chat)
        return ~select(other.id).where(*same, col(other.bot).in_(mine), condition).exists()

    contact = and_(
        col(ContactRow.channel) == OutboxRow.channel,
        col(ContactRow.chat) == OutboxRow.chat,
        col(ContactRow.bot) == route.bot,
    )
    return (
        select(OutboxRow, ContactRow)
        .outerjoin(ContactRow, contact)
        .where(
            OutboxRow.channel == route.channel,
            col(OutboxRow.bot).in_(mine),
            col(OutboxRow.settled_at).is_(None),
            OutboxRow.state == State.PENDING,
            OutboxRow.due_at <= now,
            none_in_chat(before),
            none_in_chat(just_sent),
        )
        .order_by(col(OutboxRow.priority), col(OutboxRow.id))
        .limit(bindparam("count", type_=Integer))
    )


async def lock(session: Transaction, channel: str) -> ChannelRow | None:
    """Have the channel's pace to ourselves; None while another replica is claiming."""
    query = select(ChannelRow).where(ChannelRow.channel == channel)
    return (await session.exec(query.with_for_update(skip_locked=True))).first()
