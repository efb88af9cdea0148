"""Who polls a channel: one replica at a time, for two would take each other's messages."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import col, or_, update

from knowledge.store.store import Store, add_once
from knowledge.store.tables import ChannelRow


async def on_duty(
    store: Store, channel: str, me: str, now: Callable[[], datetime], span: timedelta
) -> bool:
    """Take or keep for *span* the duty to poll; False while another replica has it."""
    moment = now()
    mine = (
        update(ChannelRow)
        .where(
            col(ChannelRow.channel) == channel,
            or_(
                col(ChannelRow.poller) == me,
                col(ChannelRow.poller).is_(None),
                col(ChannelRow.poller_until) < moment,
            ),
        )
        .values(poller=me, poller_until=moment + span)
    )
    async with store.transaction() as session:
        await add_once(session, [ChannelRow(channel=channel)])
        return (await session.exec(mine)).rowcount == 1
