"""Zalo delivers to us: only what bears the secret that we gave it is read."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from pydantic import JsonValue, TypeAdapter, ValidationError

from bot.doors.zalo_bot.api import BotApi
from bot.doors.zalo_bot.reading import CHANNEL
from bot.post.hooks import Delivery, Receive

log = logging.getLogger(__name__)

SECRET_HEADER: Final = "X-Bot-Api-Secret-Token"  # noqa: S105 - the name, not the secret

_BODY: Final[TypeAdapter[JsonValue]] = TypeAdapter(JsonValue)

Take = Callable[[JsonValue], Awaitable[None]]


def secret_of(token: str) -> str:
    """Derive the secret from the token: every replica knows it, and nobody must set it."""
    return hmac.new(token.encode(), b"motcua webhook", sha256).hexdigest()


def receiver(secret: str, take: Take) -> Receive:
    """Give what receives deliveries; *take* keeps an update, or raises."""

    async def receive(delivery: Delivery) -> HTTPStatus:
        if not delivery.body:
            return HTTPStatus.OK  # a probe
        given = delivery.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, secret.encode()):
            return HTTPStatus.FORBIDDEN
        try:
            update = _BODY.validate_json(delivery.body)
        except ValidationError:
            log.warning("%s: a delivery that is no JSON is left aside", CHANNEL)
            return HTTPStatus.OK  # sending it again would not mend it
        await take(update)
        return HTTPStatus.OK

    return receive


async def register(api: BotApi, url: str, secret: str) -> None:
    """Tell Zalo where to deliver; it tries at once, and keeps the address even if that fails."""
    result = await api.call("setWebhook", {"url": url, "secret_token": secret})
    proof = result.get("verification") if isinstance(result, dict) else None
    if isinstance(proof, dict) and proof.get("ok") is False:
        log.error("%s: Zalo cannot reach the webhook's address", CHANNEL)
    else:
        log.info("%s: Zalo delivers to the webhook", CHANNEL)
