"""The Telegram door opened: it polls for messages and answers them, chats side by side."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, Final

from telegram import BotCommand, Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder, TypeHandler, Updater

from bot.doors.telegram.line import Lanes, Line
from bot.doors.telegram.pace import PACE, Pace
from bot.doors.telegram.reading import CHANNEL, read
from bot.doors.telegram.sending import send, typing
from handlers.conversation import Conversation
from handlers.messages import Choice
from handlers.texts import common

log = logging.getLogger(__name__)

_WIDTH: Final = 256  # updates at once; one chat's own wait for each other within it
_MOMENT: Final = 0.1  # seconds until the library, too, has taken note of a refusal
_UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)
_COMMANDS: Final = (
    Choice("Bắt đầu", "/start"),
    common.FIND_PROCEDURE,
    common.FIND_DOSSIER,
    common.GIVE_FEEDBACK,
    common.CONTACT,
    common.CANCEL,
)

App = Application[Any, Any, Any, Any, Any, Any]


@asynccontextmanager
async def open_door(
    conversation: Conversation, *, token: str, api: str, proxy: str | None, pace: Pace = PACE
) -> AsyncGenerator[str]:
    """Answer what comes in over Telegram; where it cannot be reached, keep trying.

    Raises:
        OSError: the proxy's address cannot be used.
    """
    _prepare_libraries()
    line = Line(proxy)
    application = _build(conversation, line, token=token, api=api.rstrip("/"), pace=pace)
    async with asyncio.TaskGroup() as group:
        work = group.create_task(_work(application, line, pace))
        try:
            yield f"{CHANNEL}: polling"
        finally:
            work.cancel()


def _prepare_libraries() -> None:
    """Keep the token out of the logs, and the libraries from crying over what we handle."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)  # below, they write down addresses
    for name in ("telegram.ext.Updater", "telegram.request.BaseRequest"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # `Line` tells the same in one line
    # Without it, the library warns at every flood limit that it will change a type.
    os.environ["PTB_TIMEDELTA"] = "1"  # noqa: TID251 - set, not read, and it has no other switch


def _build(conversation: Conversation, line: Line, *, token: str, api: str, pace: Pace) -> App:
    async def answer(update: Update, _: object) -> None:
        if update.callback_query is not None:
            with suppress(TelegramError):  # too old to be acknowledged, but not to be answered
                await update.callback_query.answer()
        message = read(update)
        if message is not None:
            async with typing(application.bot, message.chat, pace):
                reply = await conversation.reply_to(message)
                await send(application.bot, message.chat, reply, pace)

    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(line)
        .get_updates_request(line)
        .concurrent_updates(Lanes(_WIDTH))
        .job_queue(None)
        .updater(None)
        .build()
    )
    application.add_handler(TypeHandler(Update, answer))
    return application


async def _work(application: App, line: Line, pace: Pace) -> None:
    """Answer until cancelled, or until Telegram refuses the token."""
    async with AsyncExitStack() as opened:
        with suppress(InvalidToken):  # its words hold the token, so it must not be logged
            await _start(application, opened, pace)
        await line.refused.wait()
        await asyncio.sleep(_MOMENT)
    log.error("telegram: the token is refused, the door stays shut")


async def _start(application: App, opened: AsyncExitStack, pace: Pace) -> None:
    """Open step by step, so that from wherever we get to, all is closed in reverse order."""
    opened.push_async_callback(application.bot.shutdown)
    await _until_reached(application.initialize, pace)
    opened.push_async_callback(application.shutdown)
    updater = Updater(application.bot, application.update_queue)
    await opened.enter_async_context(updater)
    await application.start()
    opened.push_async_callback(application.stop)  # after the last answer
    opened.push_async_callback(_stop, updater)
    await updater.start_polling(
        bootstrap_retries=-1, allowed_updates=_UPDATES, error_callback=_tell
    )
    with suppress(TelegramError):
        await application.bot.set_my_commands(
            [BotCommand(command.sends.removeprefix("/"), command.label) for command in _COMMANDS]
        )


async def _stop(updater: Updater) -> None:
    with suppress(InvalidToken):  # what ended the polling comes up once more
        if updater.running:
            await updater.stop()


async def _until_reached(step: Callable[[], Awaitable[None]], pace: Pace) -> None:
    """Try *step* again and again, at growing distances, until Telegram answers."""
    wait = pace.first_retry
    while True:
        try:
            return await step()
        except InvalidToken:
            raise
        except TelegramError:
            await asyncio.sleep(wait)
            wait = min(2 * wait, pace.longest_retry)


def _tell(error: TelegramError) -> None:
    """Write down what keeps us from polling, unless `Line` has told it already."""
    if not isinstance(error, NetworkError):
        log.error("telegram: polling failed (%s)", type(error).__name__)
