"""Who polls a channel: one replica at a time, for two would take each other's messages."""

from datetime import datetime, timedelta

from sqlmodel import col, or_, update

from knowledge.store.store import Store, add_once
from knowledge.store.tables import ChannelRow


async def go_off_duty(store: Store, channel: str, me: str) -> None:
    """Let another replica poll at once."""
    mine = (col(ChannelRow.channel) == channel, col(ChannelRow.poller) == me)
    async with store.transaction() as session:
        await session.exec(update(ChannelRow).where(*mine).values(poller=None))


async def on_duty(store: Store, channel: str, me: str, now: datetime, span: timedelta) -> bool:
    """Take or keep for *span* the duty to poll; False while another replica has it."""
    mine = (
        update(ChannelRow)
        .where(
            col(ChannelRow.channel) == channel,
            or_(
                col(ChannelRow.poller) == me,
                col(ChannelRow.poller).is_(None),
                col(ChannelRow.poller_until) < now,
            ),
        )
        .values(poller=me, poller_until=now + span)
    )
    async with store.transaction() as session:
        await add_once(session, [ChannelRow(channel=channel)])
        return (await session.exec(mine)).rowcount == 1
