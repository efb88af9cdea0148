"""Telegram calls us: an update is answered with 200 once it lies in the inbox, and not before."""

import hashlib
import hmac
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from knowledge.store.store import is_outage

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST: Final = 1024 * 1024
_CLOSING: Final = 5.0  # seconds for updates under way

Take = Callable[[list[Mapping[str, Any]]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram calls, and where a proxy of ours brings the call."""

    url: str
    host: str
    port: int


def secret_of(token: str) -> str:
    """Derive what Telegram must show, the same in every replica; it tells nothing of the token."""
    return hashlib.sha256(f"webhook {token}".encode()).hexdigest()


@asynccontextmanager
async def listening(webhook: Webhook, secret: str, take: Take) -> AsyncGenerator[str]:
    """Serve Telegram's calls, on any path, and tell where.

    Raises:
        OSError: the address cannot be had.
    """

    async def receive(request: web.Request) -> web.Response:
        shown = request.headers.get(HEADER, "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await take([update])
        except Exception as error:
            if not is_outage(error):
                raise
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)  # then it comes again
        return web.Response()

    app = web.Application(client_max_size=_LARGEST)
    app.router.add_post("/{path:.*}", receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_CLOSING)
    await runner.setup()
    try:
        await web.TCPSite(runner, webhook.host, webhook.port).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()
