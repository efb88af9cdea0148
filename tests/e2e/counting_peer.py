"""Telegram as a counter: keeps every update until it is acknowledged, counts every arrival.

Whoever sets a webhook is called; everybody else has to ask.
It plays the troubles of a real network too: floods, slow answers, and answers that get lost after
the message has arrived.
"""

import asyncio
import random
import re
from collections import Counter, deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from tests.e2e.webhook_poster import WebhookPoster, open_poster

TOKEN: Final = "123456:no-token-of-anybody"  # noqa: S105 - that is what it says
_NUMBERED: Final = re.compile(r"G22\.99-251121-\d{5}|push \d+")
_BATCH: Final = 20


def asks(number: int) -> str:
    """Write a message whose answer names it: it asks for a dossier that nobody has."""
    return f"G22.99-251121-{number:05}"


def news(number: int) -> str:
    """Write a push that can be told from others."""
    return f"push {number}"


@dataclass
class CountingPeer:
    """Counts by the name in each text what has arrived; `order` keeps them by chat."""

    chance: random.Random
    poster: WebhookPoster
    port: int = 0
    calls: bool = False
    """It delivers by webhook."""
    arrived: Counter[str] = field(default_factory=Counter)
    order: dict[int, list[str]] = field(default_factory=dict)
    asked: int = 0
    conflicts: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: deque[dict[str, Any]] = field(default_factory=deque)
    _told: asyncio.Event = field(default_factory=asyncio.Event)
    _poll: asyncio.Future[None] | None = None

    @property
    def url(self) -> str:
        """Tell where the API is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def unacknowledged(self) -> int:
        """Say how many updates are kept for another try."""
        return self.poster.waiting if self.calls else len(self._waiting)

    @property
    def acknowledged(self) -> int:
        """Say how many updates nobody will hear of again."""
        return self.asked - self.unacknowledged

    def hears(self, text: str, chat: int) -> None:
        """Let a citizen write *text*."""
        self.asked += 1
        who = {"id": chat, "is_bot": False, "first_name": "An"}
        message = {
            "message_id": self.asked,
            "date": 1,
            "chat": {"id": chat, "type": "private", "first_name": "An"},
            "from": who,
            "text": text,
        }
        update = {"update_id": self.asked, "message": message}
        if self.calls:
            self.poster.deliver(update)
        else:
            self._waiting.append(update)
            self._told.set()

    def story(self) -> str:
        """Tell how far all is."""
        return (
            f"{self.asked} messages were written, {self.acknowledged} are acknowledged, "
            f"{self.arrived.total()} answers and pushes have arrived"
        )

    async def until_arrived(self, count: int) -> None:
        """Wait until *count* messages have arrived in all."""
        while self.arrived.total() < count:
            self.news.clear()
            await self.news.wait()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the API."""
        fields = await request.post()
        match request.match_info["method"]:
            case "getMe":
                return _result({"id": 123456, "is_bot": True, "first_name": "b", "username": "b"})
            case "getUpdates":
                return await self._get_updates(
                    int(str(fields.get("offset", 0))), float(str(fields.get("timeout", 0)))
                )
            case "setWebhook":
                self.poster.set_webhook(str(fields["url"]), str(fields["secret_token"]))
                return _result(result=True)
            case "sendMessage":
                return await self._send_message(
                    request, int(str(fields["chat_id"])), str(fields["text"])
                )
            case _:
                return _result(result=True)

    async def _get_updates(self, offset: int, patience: float) -> web.StreamResponse:
        if self._poll is not None and not self._poll.done():
            self.conflicts += 1
            self._poll.set_result(None)
        mine = self._poll = asyncio.get_running_loop().create_future()
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._told.clear()
            told = asyncio.ensure_future(self._told.wait())  # noqa: TID251 - ends right here
            await asyncio.wait((told, mine), timeout=patience, return_when="FIRST_COMPLETED")
            told.cancel()
        if mine.done():
            return web.json_response({"ok": False, "error_code": 409}, status=409)
        mine.set_result(None)
        return _result([self._waiting[i] for i in range(min(_BATCH, len(self._waiting)))])

    async def _send_message(
        self, request: web.Request, chat: int, text: str
    ) -> web.StreamResponse:
        if self.chance.random() < 0.01:
            flood = {"ok": False, "error_code": 429, "parameters": {"retry_after": 0.05}}
            return web.json_response(flood, status=429)
        found = _NUMBERED.search(text)
        name = found[0] if found else text
        self.arrived[name] += 1
        self.order.setdefault(chat, []).append(name)
        self.news.set()
        await asyncio.sleep(self.chance.uniform(0, 0.03))
        if self.chance.random() < 0.002 and request.transport is not None:
            request.transport.abort()  # it has arrived, but nobody hears of it
        return _result(
            {
                "message_id": self.arrived.total(),
                "date": 1,
                "chat": {"id": chat, "type": "private"},
            }
        )


@asynccontextmanager
async def open_counter(
    chance: random.Random, *, calls: bool = False
) -> AsyncGenerator[CountingPeer]:
    """Give a peer that listens."""
    async with open_poster(chance) as poster:
        peer = CountingPeer(chance, poster, calls=calls)
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", peer.call)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        peer.port = runner.addresses[0][1]
        try:
            yield peer
        finally:
            await runner.cleanup()


def _result(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})
