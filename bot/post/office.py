"""The post office: the inbox, the lanes and the outbox of one process, put together."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

from bot.post.courier import Courier, Deliver
from bot.post.duty import go_off_duty, on_duty
from bot.post.fetching import Fetch, Porter
from bot.post.health import Health
from bot.post.inbox import Inbox
from bot.post.lanes import Lanes, Typing
from bot.post.outbox import Lay, Outbox
from bot.post.pigeonholes import Pigeonholes
from bot.post.route import Route
from handlers.conversation import Conversation


class PostOffice:
    """All that a door needs of this folder."""

    def __init__(self, conversation: Conversation, health: Health | None = None) -> None:
        store, now = conversation.office.store, conversation.office.now
        self.conversation = conversation
        self.health = health or Health()
        self.inbox = Inbox(store, now)
        self._outbox = Outbox(store, now)
        self._couriers: dict[str, Courier] = {}
        self._typing: dict[str, Typing] = {}
        self._porter = Porter(conversation.office.attaching.file_bytes)
        self._lanes = Lanes(conversation, self.inbox, self._answered, self._typing, self._porter)
        self._me = uuid4().hex

    @asynccontextmanager
    async def carrying(
        self,
        route: Route,
        deliver: Deliver,
        typing: Typing | None = None,
        fetch: Fetch | None = None,
    ) -> AsyncGenerator[None]:
        """Send meanwhile what is written down for *route*; finish what is under way."""
        channel = route.channel
        self._porter.serve(channel, fetch)
        courier = self._couriers[channel] = Courier(self._outbox, route, deliver)
        if typing is not None:
            self._typing[channel] = typing
        async with asyncio.TaskGroup() as group:
            group.create_task(courier.work())
            try:
                yield
            finally:
                self._typing.pop(channel, None)
                self._porter.leave(channel)
                courier.alarm.end()

    @asynccontextmanager
    async def laying(
        self, route: Route, lay: Lay, laid: Callable[[str], None]
    ) -> AsyncGenerator[None]:
        """Have *lay* write meanwhile where its readers look; *laid* hears for which chat."""
        holes = Pigeonholes(self._outbox, route, lay, laid)
        async with asyncio.TaskGroup() as group:
            group.create_task(holes.work())
            try:
                yield
            finally:
                holes.alarm.end()

    async def on_duty(self, channel: str, span: timedelta) -> bool:
        """Take or keep for *span* the duty to poll *channel*; False: another replica has it."""
        office = self.conversation.office
        return await on_duty(office.store, channel, self._me, office.now(), span)

    async def go_off_duty(self, channel: str) -> None:
        """Let another replica poll *channel* at once."""
        await go_off_duty(self.conversation.office.store, channel, self._me)

    @asynccontextmanager
    async def answering(self) -> AsyncGenerator[None]:
        """Answer meanwhile what comes in; finish the turns that have begun."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._lanes.work())
            try:
                yield
            finally:
                self.inbox.alarm.end()

    def _answered(self, channel: str) -> None:
        courier = self._couriers.get(channel)
        if courier is not None:
            courier.alarm.ring()


@asynccontextmanager
async def open_post(
    conversation: Conversation, health: Health | None = None
) -> AsyncGenerator[PostOffice]:
    """Give a post office whose lanes are open."""
    post = PostOffice(conversation, health)
    async with post.answering():
        yield post
