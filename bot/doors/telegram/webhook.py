"""Telegram calls us: an update is answered with 200 once it lies in the inbox, and not before."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from bot.post.hooks import Delivery, Receive

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"

Take = Callable[[list[Mapping[str, Any]]], Awaitable[None]]


def secret_of(token: str) -> str:
    """Derive what Telegram must show, the same in every replica; it tells nothing of the token."""
    return hashlib.sha256(f"webhook {token}".encode()).hexdigest()


def receiver(secret: str, take: Take) -> Receive:
    """Give what receives Telegram's calls; *take* keeps an update, or raises."""

    async def receive(delivery: Delivery) -> HTTPStatus:
        shown = delivery.headers.get(HEADER, "")
        if not hmac.compare_digest(shown.encode(errors="surrogateescape"), secret.encode()):
            return HTTPStatus.FORBIDDEN
        try:
            update = json.loads(delivery.body)
        except ValueError:
            return HTTPStatus.BAD_REQUEST
        await take([update])
        return HTTPStatus.OK

    return receive
