"""The Official Account's servers for tests: sign-in, sending, signed events; on one port."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from aiohttp import ClientSession, web

from bot.doors.zalo_oa import Account
from bot.post.capabilities import units
from tests.citizen import NOON
from tests.patience import PATIENCE

OA: Final = "388613280878808645"
APP: Final = "360846524940903967"
APP_SECRET: Final = "app-secret-of-nobody"  # noqa: S105 - that is what it says
SIGNING: Final = "signing-secret-of-nobody"
CITIZEN: Final = "246845883529197922"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What happens, once, to a call of *path* instead of what should."""

    path: str
    status: int = 200
    answer: str = ""
    after: float = 0.0


def refusal(error: int) -> Trouble:
    """Have a message refused as Zalo refuses: with HTTP's 200."""
    return Trouble(path="cs", answer=json.dumps({"error": error, "message": "no"}))


@dataclass(frozen=True, slots=True)
class Sent:
    """What a citizen sees: a text, and buttons as pairs of title and payload."""

    chat: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass
class ZaloOaPeer:
    """Plays Zalo and all citizens; `url` stays the same when it goes down and comes up."""

    port: int = 0
    hook: str = ""
    now: datetime = NOON
    access: str = "access-0"
    refresh: str = "refresh-0"
    used: list[str] = field(default_factory=list)
    """The refresh tokens that were used up, in order."""
    calls: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    _numbers: int = 0
    _runner: web.AppRunner | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Tell where the API is."""
        return f"http://127.0.0.1:{self.port}"

    def account(self, *, token_key: str | None = None, push: timedelta | None = None) -> Account:
        """Give what the settings would say of this account."""
        return Account(
            oa_id=OA,
            app_id=APP,
            app_secret=APP_SECRET,
            webhook_secret=SIGNING,
            token_key=token_key,
            api=self.url,
            oauth=self.url,
            push=push or timedelta(days=7),
            pause=timedelta(minutes=30),
        )

    async def comes_up(self) -> None:
        """Begin to listen."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/v4/oa/access_token", self._troubled(self._token)),
                web.post("/v3.0/oa/message/cs", self._troubled(self._message)),
                web.post("/v2.0/oa/message", self._troubled(self._message)),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def goes_down(self) -> None:
        """Refuse every connection."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def hears(self, text: str, chat: str = CITIZEN, msg_id: str = "") -> int:
        """Let a citizen write *text*, or tap what sends it; give what our webhook answered."""
        return await self.gets("user_send_text", {"text": text}, chat, msg_id)

    async def gets(self, name: str, message: Json, chat: str = CITIZEN, msg_id: str = "") -> int:
        """Let a citizen send anything."""
        self._numbers += 1
        return await self.brings(
            {
                "app_id": APP,
                "sender": {"id": chat},
                "user_id_by_app": "552177279717587730",
                "recipient": {"id": OA},
                "event_name": name,
                "message": {"msg_id": msg_id or f"{self._numbers:019x}"} | message,
                "timestamp": self.timestamp,
            }
        )

    async def echoes(self, text: str, chat: str = CITIZEN, *, admin: str | None = None) -> int:
        """Tell that the account wrote into a chat: through us, or an officer by hand."""
        sender = {"id": OA} | ({"admin_id": admin} if admin else {})
        return await self.brings(
            {
                "app_id": APP,
                "sender": sender,
                "recipient": {"id": chat},
                "event_name": "oa_send_text",
                "message": {"text": text, "msg_id": "echo"},
                "timestamp": self.timestamp,
            }
        )

    async def follows(self, chat: str = CITIZEN, *, no_longer: bool = False) -> int:
        """Let a citizen begin or cease to follow."""
        return await self.brings(
            {
                "app_id": APP,
                "oa_id": OA,
                "follower": {"id": chat},
                "event_name": "unfollow" if no_longer else "follow",
                "source": "oa_profile",
                "timestamp": self.timestamp,
            }
        )

    @property
    def timestamp(self) -> str:
        """Write the moment as events do."""
        return str(int(self.now.timestamp() * 1000))

    async def brings(self, event: Any, headers: dict[str, str] | None = None) -> int:
        """Deliver *event*, signed."""
        body = json.dumps(event, ensure_ascii=False).encode()
        timestamp = str(event["timestamp"]) if isinstance(event, dict) else ""
        signed = {"X-ZEvent-Signature": f"mac={signature(body, timestamp)}"}
        return await self.posts(body, signed | (headers or {}))

    async def posts(self, body: bytes, headers: dict[str, str]) -> int:
        """Deliver any *body*."""
        async with (
            ClientSession() as client,
            client.post(self.hook, data=body, headers=headers) as response,
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

    def _troubled(self, handler: Any) -> Any:
        async def handle(request: web.Request) -> web.StreamResponse:
            path = request.path.rpartition("/")[2]
            self.calls.append(path)
            trouble = next((it for it in self.troubles if it.path == path), None)
            if trouble is None:
                answer: web.StreamResponse = web.json_response(await handler(request))
            else:
                self.troubles.remove(trouble)
                await asyncio.sleep(trouble.after)
                answer = web.Response(status=trouble.status, text=trouble.answer)
            self._news.set()
            return answer

        return handle

    async def _token(self, request: web.Request) -> Json:
        fields = await request.post()
        known = (
            request.content_type == "application/x-www-form-urlencoded"
            and request.headers.get("secret_key") == APP_SECRET
            and (fields.get("app_id"), fields.get("grant_type")) == (APP, "refresh_token")
        )
        if not known or fields.get("refresh_token") != self.refresh:
            return {"error_name": "Invalid refresh token.", "error": -14014, "error_reason": "no"}
        self.used.append(self.refresh)
        self.access, self.refresh = f"access-{len(self.used)}", f"refresh-{len(self.used)}"
        return {
            "access_token": self.access,
            "refresh_token": self.refresh,
            "expires_in": "90000",
        }

    async def _message(self, request: web.Request) -> Json:
        if request.headers.get("access_token") != self.access:
            return {"error": -216, "message": "Access token is invalid"}
        letter = await request.json()
        message, recipient = letter["message"], letter["recipient"]
        buttons = message.get("attachment", {}).get("payload", {}).get("buttons", [])
        fits = (
            0 < units(message["text"]) <= 2000
            and len(buttons) <= 5
            and all(button["type"] == "oa.query.hide" for button in buttons)
            and all(units(button["title"]) <= 100 for button in buttons)
            and all(0 < len(button["payload"]) <= 1000 for button in buttons)
        )
        if not fits:
            return {"error": -201, "message": "Params is invalid"}
        chat = recipient.get("user_id") or "/".join(recipient.values())
        pairs = tuple((button["title"], button["payload"]) for button in buttons)
        self.sent.append(Sent(chat, message["text"], pairs))
        number = f"{len(self.sent):020x}"
        return {
            "data": {"message_id": number, "user_id": chat, "quota": {"quota_type": "reply"}},
            "error": 0,
            "message": "Success",
        }


@asynccontextmanager
async def open_peer() -> AsyncGenerator[ZaloOaPeer]:
    """Give a peer that listens, and close it in the end."""
    peer = ZaloOaPeer()
    await peer.comes_up()
    try:
        yield peer
    finally:
        await peer.goes_down()


def signature(body: bytes, timestamp: str, *, app: str = APP, secret: str = SIGNING) -> str:
    """Sign as Zalo does."""
    return hashlib.sha256(app.encode() + body + timestamp.encode() + secret.encode()).hexdigest()
