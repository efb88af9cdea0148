"""The Zalo Bot door opened: messages are delivered to it, or fetched, and answered."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from functools import partial

from pydantic import JsonValue

from bot.doors.zalo_bot import webhook
from bot.doors.zalo_bot.api import BotApi
from bot.doors.zalo_bot.pace import PACE, Pace
from bot.doors.zalo_bot.reading import CHANNEL, read, unwrapped
from bot.doors.zalo_bot.sending import Sender, typing
from bot.doors.zalo_bot.trying import until_done
from bot.post.at_once import AtOnce
from bot.post.hooks import Hooks
from bot.post.wire import open_line
from handlers.conversation import Conversation


@asynccontextmanager
async def open_door(  # noqa: PLR0913 - what comes from outside
    conversation: Conversation,
    *,
    token: str,
    api: str,
    webhook_url: str | None,
    hooks: Hooks,
    pace: Pace = PACE,
) -> AsyncGenerator[str]:
    """Answer what comes in; without a *webhook_url* it is fetched, which is for development."""
    async with open_line() as line, asyncio.TaskGroup() as group:
        bot = BotApi(line, token=token, api=api)
        answers = AtOnce(
            group,
            conversation,
            Sender(bot).send,
            between_parts=pace.between_parts,
            first_retry=pace.first_retry,
            typing=partial(typing, bot, pace),
        )
        take = partial(_take, answers, bot)
        with ExitStack() as opened:
            if webhook_url is None:
                step = partial(_fetch, bot, take, pace)
                where = "polling"
            else:
                secret = webhook.secret_of(token)
                step = partial(_register, bot, webhook_url, secret)
                receive = webhook.receiver(secret, take)
                where = f"webhook at {opened.enter_context(hooks.answered_by(CHANNEL, receive))}"
            opened.callback(group.create_task(until_done(step, pace)).cancel)
            yield f"{CHANNEL}: {where}"


async def _fetch(bot: BotApi, take: webhook.Take, pace: Pace) -> bool:
    """Fetch one update; there is always another."""
    if bot.own_id is None:
        await bot.introduce()
    update = await bot.news(pace.poll)
    if update is not None:
        await take(update)
    await asyncio.sleep(pace.between_polls)
    return False


async def _register(bot: BotApi, url: str, secret: str) -> bool:
    await bot.introduce()
    await webhook.register(bot, url, secret)
    return True


async def _take(answers: AtOnce, bot: BotApi, update: JsonValue) -> bool:
    """Have what a citizen sent answered at once; the inbox will take this place."""
    if answers.full:
        return False
    for event in unwrapped(update):
        message = read(event, bot.own_id)
        if message is not None:
            answers.put(message)
    return True
