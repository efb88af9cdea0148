"""The Official Account's door opened: messages are delivered to it and answered."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bot.doors.zalo_oa import oauth, webhook
from bot.doors.zalo_oa.account import Account
from bot.doors.zalo_oa.pace import LIMITS, PACE, Pace
from bot.doors.zalo_oa.reading import CHANNEL, Happened, Left, OfficerSpoke, Said
from bot.doors.zalo_oa.seal import Seal, WrongTokenKeyError
from bot.doors.zalo_oa.sending import Sender
from bot.doors.zalo_oa.tokens import Tokens
from bot.doors.zalo_oa.vault import Kept, Vault
from bot.post.contacts import Contacts
from bot.post.downloads import open_downloads
from bot.post.hooks import Hooks
from bot.post.limits import Limits
from bot.post.office import PostOffice
from bot.post.route import Route
from bot.post.wire import open_line

log = logging.getLogger(__name__)

_CONNECT: Final = "run `motcua zalo connect`"


@asynccontextmanager
async def open_door(
    post: PostOffice,
    account: Account,
    *,
    hooks: Hooks,
    limits: Limits = LIMITS,
    pace: Pace = PACE,
) -> AsyncGenerator[str]:
    """Answer what is delivered.

    Raises:
        WrongTokenKeyError: the tokens cannot be read with the key that is set.
    """
    office = post.conversation.office
    vault = Vault(office.store, Seal(account.token_key), account.oa_id, office.now)
    standing = _standing(await vault.kept())
    closing = asyncio.Event()
    async with (
        open_line() as line,
        open_downloads(account.files_from) as fetch,
        asyncio.TaskGroup() as group,
    ):
        tokens = Tokens(vault, partial(oauth.renew, line, account), office.now, peek=pace.peek)
        sender = Sender(line, tokens, api=account.api)
        take = partial(_take, post, account)
        group.create_task(_look_after(tokens, closing, pace))
        receive = webhook.receiver(account, office.now, take)
        try:
            route = Route(channel=CHANNEL, bot=account.oa_id, limits=limits, push=account.push)
            async with post.carrying(route, sender.deliver, fetch=fetch):
                with hooks.answered_by(CHANNEL, receive) as path:
                    yield f"{CHANNEL}: webhook at {path}{standing}"
        finally:
            closing.set()
            tokens.wanted.set()


def _standing(kept: Kept | None) -> str:
    """Say what a person has to do before we can answer."""
    if kept is not None and not kept.needs_reauth:
        return ""
    return f" (cannot answer yet: {_CONNECT})" if kept is None else f" ({_CONNECT} again)"


async def _take(post: PostOffice, account: Account, happened: Happened) -> None:
    """Write down what happened, and keep what is to be answered."""
    office = post.conversation.office
    async with office.store.transaction() as session:
        contacts = Contacts(session, CHANNEL, account.oa_id)
        ours = await _note(happened, contacts, office.now(), account.pause)
    if isinstance(happened, Said) and ours:
        await post.inbox.take(account.oa_id, [happened.message])


async def _note(happened: Happened, contacts: Contacts, now: datetime, pause: timedelta) -> bool:
    """Write down what it means for the chat's window; say whether we are to answer."""
    match happened:
        case Said(message):
            await contacts.heard(message.chat, now)
            return not await contacts.is_paused(message.chat, now)
        case Left(chat):
            await contacts.left(chat, now)
        case OfficerSpoke(chat):
            await contacts.pause(chat, now + pause)
    return False


async def _look_after(tokens: Tokens, closing: asyncio.Event, pace: Pace) -> None:
    """Renew the token before its end or where it is refused.

    It is never cancelled: a refresh token that is cut off while it is used is lost.
    """
    while not closing.is_set():
        try:
            await tokens.look_after()
        except (SQLAlchemyError, OSError, WrongTokenKeyError) as error:
            log.error("%s: upkeep failed: %s", CHANNEL, type(error).__name__)  # noqa: TRY400
        with suppress(TimeoutError):
            async with asyncio.timeout(pace.upkeep):
                await tokens.wanted.wait()
