"""What the office says unasked: laid into the talk, and told to the pages that are open."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from bot.doors.web.bell import Bell
from bot.doors.web.room import CHANNEL
from bot.post.limits import Limits
from bot.post.office import PostOffice
from bot.post.outbox import Lay
from bot.post.parcel import Parcel
from bot.post.route import Route
from handlers.conversation import Conversation
from handlers.messages import ChatKey, load_reply
from knowledge.store.store import Transaction
from knowledge.talks import Talks

log = logging.getLogger(__name__)

_ROUTE: Final = Route(channel=CHANNEL, limits=Limits(per_second=1000, chat_gap=0))
_LOOK: Final = 1.0  # seconds


@asynccontextmanager
async def told(post: PostOffice, bell: Bell) -> AsyncGenerator[None]:
    """Bring news to the pages meanwhile, also what another replica laid into a talk."""
    async with (
        post.laying(_ROUTE, laying(post.conversation), bell.ring),
        asyncio.TaskGroup() as group,
    ):
        watching = group.create_task(_watch(post.conversation, bell))
        try:
            yield
        finally:
            watching.cancel()


def laying(conversation: Conversation) -> Lay:
    """Give the way to write a push into a talk, where the page and the stream look."""

    async def lay(session: Transaction, parcel: Parcel) -> None:
        desk = conversation.office.desk_over(session)
        # The space keeps it apart from the numbers that pages give, which hold none.
        number = f"push {parcel.id}"
        chat = ChatKey(CHANNEL, parcel.chat)
        await conversation.tell_at(desk, chat, number, load_reply(parcel.text))

    return lay


async def _watch(conversation: Conversation, bell: Bell) -> None:
    """Ring for what other replicas wrote; what commits out of turn is found at a heartbeat."""
    store = conversation.office.store
    newest: int | None = None
    while store.shared:
        try:
            async with store.transaction() as session:
                newest, chats = await Talks(session).news(CHANNEL, newest)
        except Exception as error:  # noqa: BLE001 - the database may be back soon
            log.error("%s: no news can be read: %s", CHANNEL, type(error).__name__)  # noqa: TRY400
        else:
            for chat in chats:
                bell.ring(chat)
        await asyncio.sleep(_LOOK)
