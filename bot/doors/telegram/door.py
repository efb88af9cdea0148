"""The Telegram door opened: what citizens write comes in, what we say goes out."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest
from tenacity import AsyncRetrying, retry_if_exception, wait_exponential

from bot.doors.telegram.fetching import fetcher
from bot.doors.telegram.intake import UPDATES, Intake, name_of
from bot.doors.telegram.line import Line
from bot.doors.telegram.pace import PACE, Pace
from bot.doors.telegram.reading import CHANNEL
from bot.doors.telegram.sending import deliver, typing
from bot.doors.telegram.webhook import receiver, secret_of
from bot.post.alarm import until
from bot.post.hooks import Hooks
from bot.post.limits import Limits
from bot.post.office import PostOffice
from bot.post.route import Route
from handlers.messages import Choice
from handlers.texts import checklists, common, joining, plain

_COMMANDS: Final = (
    Choice("Bắt đầu", "/start"),
    common.FIND_PROCEDURE,
    common.FIND_DOSSIER,
    checklists.MINE,
    common.GIVE_FEEDBACK,
    joining.JOIN,
    plain.ON,
    common.CONTACT,
    common.CANCEL,
)
_MENU: Final = tuple(BotCommand(one.sends.removeprefix("/"), one.label) for one in _COMMANDS)


@asynccontextmanager
async def open_door(  # noqa: PLR0913 - each is a setting
    post: PostOffice,
    *,
    token: str,
    api: str,
    proxy: str | None,
    limits: Limits,
    webhook_url: str | None = None,
    hooks: Hooks | None = None,
    pace: Pace = PACE,
) -> AsyncGenerator[str]:
    """Answer what comes in over Telegram; where it cannot be reached, keep trying.

    Raises:
        OSError: the proxy's address cannot be used.
    """
    _prepare_libraries()
    stop = asyncio.Event()
    line = Line(proxy, stop, partial(post.health.note, CHANNEL))
    bot = Bot(
        token,
        base_url=f"{api.rstrip('/')}/bot",
        base_file_url=f"{api.rstrip('/')}/file/bot",
        request=line,
        get_updates_request=line,
    )
    async with AsyncExitStack() as stack:
        files = HTTPXRequest(proxy=proxy)
        stack.push_async_callback(files.shutdown)
        group = await stack.enter_async_context(asyncio.TaskGroup())
        intake = Intake(post, bot, pace, group)
        where = "polling"
        if webhook_url is not None and hooks is not None:
            receive = receiver(secret_of(token), intake.take)
            where = f"webhook at {stack.enter_context(hooks.answered_by(CHANNEL, receive))}"
        door = _Door(post, bot, files, intake, limits, webhook_url, pace)
        group.create_task(door.work(stop))
        try:
            yield f"{CHANNEL}: {where}"
        finally:
            stop.set()


def _prepare_libraries() -> None:
    """Keep the token out of the logs, and the libraries from crying over what we handle."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)  # below, they write down addresses
    # `Line` tells the same in one line.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
    # Without it, the library warns at every flood limit that it will change a type.
    os.environ["PTB_TIMEDELTA"] = "1"  # noqa: TID251 - set, not read, and it has no other switch


@dataclass(frozen=True, slots=True)
class _Door:
    post: PostOffice
    bot: Bot
    files: HTTPXRequest
    intake: Intake
    limits: Limits
    webhook_url: str | None
    pace: Pace

    async def work(self, stop: asyncio.Event) -> None:
        """Take and send until *stop*; what is being sent then is still brought to its end."""
        try:
            await until(stop, self._reach())
            if not stop.is_set():
                forms = self.post.conversation.office.forms
                route = Route(channel=CHANNEL, bot=name_of(self.bot), limits=self.limits)
                sends = deliver(self.bot, forms), typing(self.bot)
                fetch = fetcher(self.bot, self.files)
                async with self.post.carrying(route, *sends, fetch):
                    await (stop.wait() if self.webhook_url else self.intake.poll(stop))
        finally:
            await self.bot.shutdown()

    async def _reach(self) -> None:
        """Try again and again, at growing distances, until Telegram answers or refuses us."""
        with suppress(InvalidToken):  # its words hold the token, so it must not be logged
            async for attempt in AsyncRetrying(
                retry=retry_if_exception(_may_pass),
                wait=wait_exponential(
                    multiplier=self.pace.first_retry, max=self.pace.longest_retry
                ),
                reraise=True,
            ):
                with attempt:
                    await self.bot.initialize()
                    await self._say_how_to_reach_us()
            with suppress(TelegramError):
                await self.bot.set_my_commands(_MENU)

    async def _say_how_to_reach_us(self) -> None:
        if self.webhook_url is None:
            await self.bot.delete_webhook()
        else:
            secret = secret_of(self.bot.token)
            await self.bot.set_webhook(
                self.webhook_url, secret_token=secret, allowed_updates=UPDATES
            )


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, TelegramError) and not isinstance(error, InvalidToken)
