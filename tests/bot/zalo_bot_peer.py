"""Zalo's servers for tests, as real traffic showed them: on a port of this machine.

Proved with two clients that others wrote, in `test_zalo_bot_peer.py`.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientSession, web

from bot.post.capabilities import units
from tests.patience import PATIENCE

TOKEN: Final = "123456789:no-token-of-anybody"  # noqa: S105 - that is what it says
OWN_ID: Final = "b0b0b0b0b0b0b0b0b0b0"
CITIZEN: Final = "6ede9afa66b88fe6d6a9"
_LONGEST: Final = 2000

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What happens, once, to a call of *method* instead of what should."""

    method: str
    status: int = 200
    answer: str = ""
    after: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


def refusal(method: str, code: int, description: str = "no") -> Trouble:
    """Have *method* refused as Zalo refuses."""
    return Trouble(method=method, status=code, answer=json.dumps(_no(code, description)))


@dataclass(frozen=True, slots=True)
class Sent:
    """What a citizen sees."""

    chat: str
    text: str


@dataclass
class ZaloBotPeer:
    """Plays Zalo and all citizens; `url` stays the same when it goes down and comes up."""

    port: int = 0
    wraps: bool = True
    """Whether what is delivered is wrapped, as documented, or bare, as captured."""
    replays: bool = False
    """Whether what was fetched is handed out again, as was measured."""
    idle: float = 0.05
    """Seconds until a question for news ends without any."""
    calls: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    webhook: tuple[str, str] | None = None
    _updates: deque[Json] = field(default_factory=deque)
    _numbers: int = 0
    _runner: web.AppRunner | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Tell where the API is."""
        return f"http://127.0.0.1:{self.port}"

    async def comes_up(self) -> None:
        """Begin to listen."""
        app = web.Application()
        app.add_routes([web.route("*", "/bot{token}/{method}", self._called)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def goes_down(self) -> None:
        """Refuse every connection."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def hears(self, text: str, chat: str = CITIZEN) -> int:
        """Let a citizen write *text*; give what our webhook answered, or 0."""
        return await self.gets("message.text.received", {"text": text}, chat)

    async def gets(
        self, event_name: str, content: Json, chat: str = CITIZEN, message_id: str = ""
    ) -> int:
        """Let anything happen in a private chat."""
        self._numbers += 1
        message = {
            "from": {"id": chat, "display_name": "An", "is_bot": False},
            "chat": {"id": chat, "chat_type": "PRIVATE"},
            "message_id": message_id or f"{self._numbers:020x}",
            "date": 1750316131602,
        }
        return await self.brings({"event_name": event_name, "message": message | content})

    async def brings(self, event: Json) -> int:
        """Let *event* reach the bot."""
        if self.webhook is None:
            self._updates.append(event)
            self._news.set()
            return 0
        return await self.posts(json.dumps(_yes(event) if self.wraps else event).encode())

    async def posts(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        """Deliver *body* to the webhook, bearing the secret unless other *headers* are given."""
        assert self.webhook is not None
        url, secret = self.webhook
        given = {"X-Bot-Api-Secret-Token": secret} if headers is None else headers
        async with (
            ClientSession() as client,
            client.post(url, data=body, headers=given) as response,
        ):
            return response.status

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

    async def _called(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        fields = await _fields(request)
        self.calls.append(method)
        trouble = next((it for it in self.troubles if it.method == method), None)
        if trouble is not None:
            self.troubles.remove(trouble)
            await asyncio.sleep(trouble.after)
            self._news.set()
            return web.Response(
                status=trouble.status, text=trouble.answer, headers=trouble.headers
            )
        if request.match_info["token"] != TOKEN:
            return _answer(_no(HTTPStatus.UNAUTHORIZED, "Unauthorized"))
        answer = await getattr(self, f"_{method}", self._unknown)(fields)
        self._news.set()
        return _answer(answer)

    async def _unknown(self, fields: Json) -> Json:
        return _no(HTTPStatus.NOT_FOUND, "Not Found")

    async def _getMe(self, fields: Json) -> Json:  # noqa: N802 - the method's name
        return _yes(
            {
                "id": OWN_ID,
                "account_name": "bot.motcua",
                "account_type": "BASIC",
                "can_join_groups": False,
            }
        )

    async def _getUpdates(self, fields: Json) -> Json:  # noqa: N802
        if self.webhook is not None:
            return _no(
                HTTPStatus.BAD_REQUEST,
                "You cannot use this API while a webhook is set. Please remove the webhook first",
            )
        try:
            await asyncio.wait_for(self.until(lambda: bool(self._updates)), self.idle)
        except TimeoutError:
            return _no(HTTPStatus.REQUEST_TIMEOUT, "Request timeout")
        update = self._updates.popleft()
        if self.replays:
            self._updates.append(update)
        return _yes(update)

    async def _setWebhook(self, fields: Json) -> Json:  # noqa: N802
        if not (fields.get("url") and 8 <= len(fields.get("secret_token", "")) <= 256):
            return _no(HTTPStatus.BAD_REQUEST, "Bad Request")
        self.webhook = (fields["url"], fields["secret_token"])
        proof = await self.posts(b"")
        verification = {
            "ok": proof == HTTPStatus.OK,
            "outcome": "probed",
            "status_code": proof,
            "hint": fields["url"],
        }
        return _yes({"url": fields["url"], "updated_at": 1, "verification": verification})

    async def _deleteWebhook(self, fields: Json) -> Json:  # noqa: N802
        self.webhook = None
        return _yes({"url": "", "updated_at": 1})

    async def _getWebhookInfo(self, fields: Json) -> Json:  # noqa: N802
        if self.webhook is None:
            return _no(HTTPStatus.NOT_FOUND, "Not Found")
        return _yes({"url": self.webhook[0], "updated_at": 1})

    async def _sendMessage(self, fields: Json) -> Json:  # noqa: N802
        text = fields.get("text", "")
        if not (fields.get("chat_id") and isinstance(text, str) and 0 < units(text) <= _LONGEST):
            return _no(HTTPStatus.BAD_REQUEST, "Bad Request")
        self.sent.append(Sent(fields["chat_id"], text))
        return self._posted()

    async def _sendPhoto(self, fields: Json) -> Json:  # noqa: N802
        return self._posted() if fields.get("photo") else _no(400, "Bad Request")

    async def _sendChatAction(self, fields: Json) -> Json:  # noqa: N802
        return {"ok": True} if fields.get("action") == "typing" else _no(400, "Bad Request")

    def _posted(self) -> Json:
        self._numbers += 1
        return _yes({"message_id": f"{self._numbers:020x}", "date": 1750316131602})


@asynccontextmanager
async def open_peer() -> AsyncGenerator[ZaloBotPeer]:
    """Give a peer that listens, and close it in the end."""
    peer = ZaloBotPeer()
    await peer.comes_up()
    try:
        yield peer
    finally:
        await peer.goes_down()


async def _fields(request: web.Request) -> Json:
    """Read what was sent, in any of the forms that Zalo takes."""
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(request.query) | dict(await request.post())


def _answer(answer: Json) -> web.Response:
    return web.json_response(answer, status=200 if answer["ok"] else answer["error_code"])


def _yes(result: Any) -> Json:
    return {"ok": True, "result": result, "error_code": 0}


def _no(code: int, description: str) -> Json:
    return {"ok": False, "description": description, "error_code": int(code)}
