"""The Zalo Bot door opened: messages are delivered to it, or fetched, and answered."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from pydantic import JsonValue

from bot.doors.zalo_bot import webhook
from bot.doors.zalo_bot.api import BotApi
from bot.doors.zalo_bot.pace import LIMITS, PACE, Pace
from bot.doors.zalo_bot.reading import CHANNEL, read, unwrapped
from bot.doors.zalo_bot.sending import Sender, typing
from bot.doors.zalo_bot.trying import until_done
from bot.post.downloads import open_downloads
from bot.post.hooks import Hooks
from bot.post.limits import Limits
from bot.post.office import PostOffice
from bot.post.route import Route
from bot.post.wire import open_line
from knowledge.store.store import is_outage

log = logging.getLogger(__name__)

_TO_SPARE: Final = 15  # seconds beyond a poll, until another replica may step in


@asynccontextmanager
async def open_door(  # noqa: PLR0913 - what comes from outside
    post: PostOffice,
    *,
    token: str,
    api: str,
    webhook_url: str | None,
    hooks: Hooks,
    files_from: Collection[str] = (),
    limits: Limits = LIMITS,
    pace: Pace = PACE,
) -> AsyncGenerator[str]:
    """Answer what comes in; without a *webhook_url* it is fetched, which is for development."""
    async with open_line() as line, open_downloads(files_from) as fetch, AsyncExitStack() as stack:
        bot = BotApi(line, token=token, api=api)
        name = token.partition(":")[0]
        route = Route(channel=CHANNEL, bot=name, limits=limits)
        sends = post.carrying(route, Sender(bot).deliver, partial(typing, bot), fetch)
        await stack.enter_async_context(sends)
        intake = _Intake(post, bot, name, pace)
        if webhook_url is None:
            step, where = intake.fetch, "polling"
            stack.push_async_callback(post.go_off_duty, CHANNEL)
        else:
            secret = webhook.secret_of(token)
            step = partial(_register, bot, webhook_url, secret)
            receive = webhook.receiver(secret, intake.take)
            where = f"webhook at {stack.enter_context(hooks.answered_by(CHANNEL, receive))}"
        group = await stack.enter_async_context(asyncio.TaskGroup())
        work = until_done(step, pace, partial(post.health.note, CHANNEL))
        stack.callback(group.create_task(work).cancel)
        yield f"{CHANNEL}: {where}"


async def _register(bot: BotApi, url: str, secret: str) -> bool:
    await bot.introduce()
    await webhook.register(bot, url, secret)
    return True


@dataclass(frozen=True, slots=True)
class _Intake:
    """Keeps what citizens sent, before Zalo hears that we have it."""

    post: PostOffice
    bot: BotApi
    name: str
    pace: Pace

    async def fetch(self) -> bool:
        """Fetch one update while that is our duty; there is always another."""
        if self.bot.own_id is None:
            await self.bot.introduce()
        try:
            if await self.post.on_duty(CHANNEL, timedelta(seconds=self.pace.poll + _TO_SPARE)):
                update = await self.bot.news(self.pace.poll)
                if update is not None:
                    await self.take(update)
        except Exception as error:
            if not is_outage(error):
                raise
            log.error("%s: nothing can be taken in: %s", CHANNEL, type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(self.pace.between_polls)
        return False

    async def take(self, update: JsonValue) -> None:
        """Keep what is for us; where that fails, the delivery is asked for again."""
        read_ones = (read(event, self.bot.own_id) for event in unwrapped(update))
        messages = [message for message in read_ones if message is not None]
        await self.post.inbox.take(self.name, messages)
