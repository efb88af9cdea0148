"""What is no longer needed goes by itself: personal data is kept no longer than its purpose."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlmodel import col, select

from bot.app import now, open_doors
from bot.post.contacts import Contacts
from bot.post.outbox import push
from bot.post.parcel import State
from bot.settings import Settings
from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.messages import Reply
from knowledge.store.tables import ContactRow, InboxRow, OutboxRow
from tests.patience import PATIENCE

LONG_AGO: Final = timedelta(days=31)


async def test_what_was_sent_and_answered_long_ago_is_deleted(office: Office) -> None:
    store = office.store
    async with store.transaction() as session:
        for at, age in ((now() - LONG_AGO, "old"), (now(), "new")):
            session.add(
                InboxRow(
                    channel="telegram",
                    bot="7",
                    external_id=age,
                    chat="an",
                    body="",
                    received_at=at,
                    done_at=at,
                )
            )
            for key in ("waits", "sent"):
                name = f"{age} {key}"
                await push(
                    session, channel="telegram", chat="an", reply=Reply("a"), key=name, at=at
                )
        await Contacts(session, "zalo_oa", "1").heard("an", now() - LONG_AGO)
        await Contacts(session, "telegram", "7").heard("an", now() - LONG_AGO)
        sent = select(OutboxRow).where(col(OutboxRow.key).endswith("sent"))
        for row in await session.exec(sent):
            row.state, row.settled_at = State.SENT, row.created_at
    conversation = Conversation(replace(office, now=now))
    async with open_doors(Settings(port=0), conversation), asyncio.timeout(PATIENCE):
        while (await kept(office))[0] != ["new"]:  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0.01)
        inbox, outbox, contacts = await kept(office)
    assert outbox == ["new sent", "new waits", "old waits expired"]
    assert (inbox, contacts) == (["new"], ["telegram"])


async def kept(office: Office) -> tuple[list[str], list[str], list[str]]:
    async with office.store.transaction() as session:
        inbox = [row.external_id for row in await session.exec(select(InboxRow))]
        outbox = await session.exec(select(OutboxRow))
        said = sorted(f"{row.key} {row.reason or ''}".strip() for row in outbox)
        return inbox, said, [row.channel for row in await session.exec(select(ContactRow))]
