"""The first pair of tokens, entered by a person."""

from collections.abc import Callable
from datetime import datetime

from bot.doors.zalo_oa import oauth
from bot.doors.zalo_oa.account import Account
from bot.doors.zalo_oa.seal import Seal
from bot.doors.zalo_oa.tokens import keep
from bot.doors.zalo_oa.vault import Vault
from bot.post.wire import UnreachedError, open_line
from knowledge.errors import KnowledgeError
from knowledge.store.store import Store


class NotConnectedError(KnowledgeError):
    """Zalo gave no tokens for what was entered."""


async def connect(
    account: Account, refresh: str, store: Store, now: Callable[[], datetime]
) -> datetime:
    """Use *refresh* at once, which proves it, and keep the new pair; say how long it lasts.

    Raises:
        NotConnectedError: it does not work, or Zalo cannot be reached.
    """
    try:
        async with open_line() as line:
            pair = await oauth.renew(line, account, refresh)
    except UnreachedError:
        message = "Zalo cannot be reached; the refresh token is not used up"
        raise NotConnectedError(message) from None
    except oauth.NoPairError as error:
        message = f"Zalo gave no tokens ({error}); get a new refresh token and try again"
        raise NotConnectedError(message) from None
    await keep(Vault(store, Seal(account.token_key), account.oa_id, now), pair)
    return now() + pair.lasts
