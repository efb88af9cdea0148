"""Telegram as it delivers by webhook: again and again until it hears 2xx, each chat in order."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from yarl import URL

from bot.doors.telegram.webhook import HEADER

PROXY: Final = URL("https://bot.example.vn/hooks/telegram")  # Telegram takes no other than https
_PATIENCE: Final = 60.0  # seconds until Telegram gives a call up and makes it again
_FIRST_WAIT: Final = 0.02
_LONGEST_WAIT: Final = 0.5
_TWICE: Final = 0.05  # of what was taken is delivered once more all the same
_HASTY: Final = 0.02  # of the calls end before anybody can have answered

Update = dict[str, Any]


@dataclass
class WebhookPoster:
    """Posts to any of the replicas, as a proxy before them would choose."""

    group: asyncio.TaskGroup
    client: aiohttp.ClientSession
    chance: random.Random
    ports: Sequence[int] = ()
    waiting: int = 0
    """Updates that nobody has answered with 2xx yet."""
    calls: Counter[str] = field(default_factory=Counter)
    """How each call ended."""
    _chats: dict[int, asyncio.Queue[Update]] = field(default_factory=dict)
    _secret: asyncio.Future[str] = field(default_factory=asyncio.Future)

    def set_webhook(self, url: str, secret: str) -> None:
        """Deliver from now on; each replica says the same."""
        assert URL(url) == PROXY
        if not self._secret.done():
            self._secret.set_result(secret)
        assert self._secret.result() == secret, "one secret for all replicas"

    def deliver(self, update: Update) -> None:
        """Deliver *update* as soon as those before it in its chat are taken."""
        chat = update["message"]["chat"]["id"]
        if chat not in self._chats:
            self._chats[chat] = asyncio.Queue()
            self.group.create_task(self._serve(self._chats[chat]))
        self.waiting += 1
        self._chats[chat].put_nowait(update)

    def close(self) -> None:
        """Deliver nothing more."""
        for queue in self._chats.values():
            queue.put_nowait({})

    async def _serve(self, chat: asyncio.Queue[Update]) -> None:
        while update := await chat.get():
            wait = _FIRST_WAIT
            while not await self._is_taken(update):
                await asyncio.sleep(self.chance.uniform(0, wait))
                wait = min(2 * wait, _LONGEST_WAIT)
            self.waiting -= 1
            if self.chance.random() < _TWICE:
                self.calls["made again though taken"] += 1
                await self._is_taken(update)

    async def _is_taken(self, update: Update) -> bool:
        hasty = self.chance.random() < _HASTY
        patience = self.chance.uniform(0.001, 0.02) if hasty else _PATIENCE
        where = URL.build(
            scheme="http", host="127.0.0.1", port=self.chance.choice(self.ports), path=PROXY.path
        )
        try:
            async with self.client.post(
                where,
                json=update,
                headers={HEADER: await self._secret},
                timeout=aiohttp.ClientTimeout(total=patience),
            ) as response:
                status = response.status
        except aiohttp.ClientConnectorError:
            self.calls["found nobody"] += 1
        except TimeoutError:
            self.calls["ended before the answer"] += 1
        except aiohttp.ClientError:
            self.calls["broke"] += 1
        else:
            self.calls[str(status)] += 1
            return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
        return False


@asynccontextmanager
async def open_poster(chance: random.Random) -> AsyncGenerator[WebhookPoster]:
    """Give a poster that stops when all it has is delivered."""
    async with aiohttp.ClientSession() as client, asyncio.TaskGroup() as group:
        poster = WebhookPoster(group, client, chance)
        yield poster
        poster.close()
