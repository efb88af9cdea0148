"""A step done again and again while Zalo cannot be reached; each trouble is told once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from bot.doors.zalo_bot.api import RefusedError
from bot.doors.zalo_bot.pace import Pace
from bot.doors.zalo_bot.reading import CHANNEL
from bot.post.health import Condition
from bot.post.wire import LostError, UnreachedError

log = logging.getLogger(__name__)

_WEBHOOK_IS_SET: Final = (
    "a webhook is set for this bot, so messages cannot be fetched: "
    "set MOTCUA_ZALO_BOT_WEBHOOK_URL, or delete that webhook"
)


async def until_done(
    step: Callable[[], Awaitable[bool]], pace: Pace, note: Callable[[Condition], None]
) -> None:
    """Do *step* until it says that all is done, or Zalo refuses the token; *note* how it goes."""
    wait, told = pace.first_retry, ""
    while True:
        try:
            done = await step()
        except (RefusedError, UnreachedError, LostError) as trouble:
            if isinstance(trouble, RefusedError) and trouble.code == HTTPStatus.UNAUTHORIZED:
                log.error("%s: the token is refused, the door stays shut", CHANNEL)  # noqa: TRY400
                note(Condition.SHUT)
                return
            reason = _reason(trouble)
            if reason != told:
                log.warning("%s: %s", CHANNEL, reason)
            told = reason
            note(Condition.DOWN)
            await asyncio.sleep(wait)
            wait = min(2 * wait, pace.longest_retry)
        else:
            if told:
                log.warning("%s: reached again", CHANNEL)
                note(Condition.UP)
            if done:
                return
            wait, told = pace.first_retry, ""


def _reason(trouble: RefusedError | UnreachedError | LostError) -> str:
    if not isinstance(trouble, RefusedError):
        return "unreachable, trying again"
    if trouble.webhook_is_set:
        return _WEBHOOK_IS_SET
    return f"Zalo refuses ({trouble.code}), trying again"
