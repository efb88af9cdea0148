"""Telegram's servers for tests: an emulator written by others, on a port of this machine.

It keeps no texts and knows no trouble, so both are added around it.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from tests.patience import PATIENCE

TOKEN: Final = "123456:no-token-of-anybody"  # noqa: S105 - that is what it says
DOWNLOAD: Final = "download"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a citizen sees: a text, and buttons as pairs of label and data, one pair a row."""

    chat: int
    text: str
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What happens, once, to a call of *method* instead of what should."""

    method: str
    status: int = 200
    answer: str = ""
    after: float = 0.0
    when: Callable[[], bool] | None = None
    """Something here that must have happened first."""


@dataclass
class TelegramPeer:
    """Plays Telegram and all citizens; `url` stays the same when it goes down and comes up."""

    port: int = 0
    calls: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    slowness: float = 0.0
    """Seconds that pass before Telegram answers that it has taken a message."""
    _emulator: Any = field(
        default_factory=lambda: LoBotApiEmulator(allow_insecure_loopback_webhooks=True)
    )
    _runner: web.AppRunner | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Tell where the API is."""
        return f"http://127.0.0.1:{self.port}"

    async def comes_up(self) -> None:
        """Begin to listen."""
        app = self._emulator.app()
        app.middlewares.append(self._middleware())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def goes_down(self) -> None:
        """Refuse every connection."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def hears(self, text: str, chat: int = 1) -> None:
        """Let a citizen write *text*."""
        await self.gets({"text": text}, chat)

    async def gets(self, content: dict[str, Any], chat: int = 1) -> None:
        """Let a citizen send a message with any *content*."""
        await self._update({"message": self._message(chat) | content})

    async def gets_picture(self, data: bytes, chat: int = 1, **content: Any) -> None:
        """Let a citizen send a picture, which Telegram keeps in two sizes."""
        sizes = [self._keeps(f"photos/{len(data)}-{size}.jpg", data, size) for size in (90, 1280)]
        await self.gets({"photo": sizes} | content, chat)

    async def gets_document(self, data: bytes, name: str, chat: int = 1, **content: Any) -> None:
        """Let a citizen send any file."""
        kept = self._keeps(f"documents/{len(data)}", data, 0) | {"file_name": name}
        await self.gets({"document": kept} | content, chat)

    def _keeps(self, file_id: str, data: bytes, width: int) -> dict[str, Any]:
        self._emulator.assets[file_id] = {"data": data}
        return {
            "file_id": file_id,
            "file_unique_id": file_id,
            "width": width,
            "height": width,
            "file_size": len(data),
        }

    async def feels_tap(self, data: str, chat: int = 1) -> None:
        """Let a citizen tap the button that sends *data*."""
        query = {
            "id": "tap",
            "from": _citizen(chat),
            "chat_instance": "x",
            "message": self._message(chat),
            "data": data,
        }
        await self._update({"callback_query": query})

    async def shows(self, count: int) -> list[Sent]:
        """Wait until *count* messages have been sent in all; return them."""
        await self.until(lambda: len(self.sent) >= count)
        return self.sent

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something has happened here."""
        async with asyncio.timeout(PATIENCE):
            while not happened():
                self._news.clear()
                await self._news.wait()

    async def calls_again(self) -> None:
        """Call the webhook with what it has not accepted."""
        await self._emulator.deliver_updates(token=TOKEN)

    async def _update(self, update: dict[str, Any]) -> None:
        await self._emulator.enqueue_update(update, token=TOKEN)

    def _message(self, chat: int) -> dict[str, Any]:
        return {
            "message_id": 1,
            "date": 1,
            "chat": {"id": chat, "type": "private", "first_name": "An"},
            "from": _citizen(chat),
        }

    def _middleware(self) -> Any:
        @web.middleware
        async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
            method = request.match_info.get("method", DOWNLOAD)
            fields = await request.post()
            self.calls.append(method)
            self._news.set()
            trouble = self._trouble(method)
            if trouble is not None:
                await asyncio.sleep(trouble.after)
                if trouble.when is not None:
                    await self.until(trouble.when)
                response: web.StreamResponse = web.Response(
                    status=trouble.status, text=trouble.answer
                )
            else:
                response = await handler(request)
                if method == "sendDocument":
                    document = fields["document"]
                    assert isinstance(document, web.FileField)
                    self.files.append((document.filename, document.file.read()))
                if method == "sendMessage" and response.status == web.HTTPOk.status_code:
                    self.sent.append(_seen(fields))
                    self._news.set()
                    await asyncio.sleep(self.slowness)
            self._news.set()
            return response

        return record

    def _trouble(self, method: str) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.method == method:
                self.troubles.remove(trouble)
                return trouble
        return None


@asynccontextmanager
async def open_peer() -> AsyncGenerator[TelegramPeer]:
    """Give a peer that listens, and close it in the end."""
    peer = TelegramPeer()
    await peer.comes_up()
    try:
        yield peer
    finally:
        await peer.goes_down()


def _citizen(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "An"}


def _seen(fields: Any) -> Sent:
    markup = json.loads(fields.get("reply_markup", "{}"))
    rows = markup.get("inline_keyboard", [])
    return Sent(
        int(fields["chat_id"]),
        fields["text"],
        tuple((button["text"], button["callback_data"]) for (button,) in rows),
    )
