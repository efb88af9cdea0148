"""The same talks through every door's real code, each against its peer: the outcome is one.

Beside each talk goes a reference without a door. What a channel shows must be what the reference
says, cut to what that channel can show; a tap is a button where there are buttons, else a number.
"""

import re
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from bot.app import lay_out_samples
from bot.doors import telegram, web, zalo_bot, zalo_oa
from bot.post.capabilities import CHANNELS, Rendered, render, shorten
from bot.post.hooks import Hooks, open_port
from bot.post.limits import Limits
from bot.post.office import open_post
from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.messages import Fetched
from handlers.texts.common import CONTACT
from tests.bot import telegram_peer, zalo_bot_peer, zalo_oa_peer
from tests.bot.file_host import open_host
from tests.bot.page_server import PageServer
from tests.bot.test_web_files import upload
from tests.citizen import NOON, Citizen
from tests.files import JPEG

UNHURRIED: Final = Limits(per_second=1000, chat_gap=0)
DRAWN: Final = re.compile(r"(?:DS|NK|PA-\d{6})-[0-9A-Z]{6}")  # codes that are drawn anew
TAP: Final = "tap: "
PICTURE: Final = "(a picture)"

TALKS: Final = {
    "a part, then another": (
        "giấy phép bưu chính nội tỉnh cần giấy tờ gì",
        "còn phí thì sao",
        TAP + "Thời hạn",
    ),
    "a question back": ("giay phep buu chinh", TAP + "Phạm vi nội tỉnh", "cảm ơn"),
    "fees for the own case": ("3 máy phát tia x phí bao nhiêu", TAP + "first"),
    "papers ticked off": (
        "/ds 1.014390",
        TAP + "Thay đổi trụ sở chính",
        "có 1",
        TAP + "Còn thiếu gì?",
        "có hết rồi",
    ),
    "a dossier": ("hồ sơ X99.99-261110-0005 đến đâu rồi", "/hoso", "X99.99-261110-0005"),
    "feedback from the first word to its code": (
        "tôi muốn phản ánh",
        TAP + "first",
        "Cán bộ hẹn ba lần mà chưa trả kết quả",
        "Nguyễn Văn An",
        "0912345678",
        TAP + "first",
    ),
    "feedback with a picture": (
        "/gopy",
        TAP + "first",
        "Cán bộ hẹn ba lần mà chưa trả kết quả",
        PICTURE,
        "Nguyễn Văn An",
        "0912345678",
        TAP + "first",
    ),
    "nonsense, abuse and a way out": ("qwzx vbnm", "đồ ngu", "/huy", "12"),
}


@dataclass
class Guest:
    """A citizen at one door: says words, and sees what comes."""

    channel: str
    say: Callable[[str], Any]
    tap: Callable[[str], Any]
    photograph: Callable[[], Any]
    see: Callable[[int], Any]
    standing: frozenset[str] = frozenset()
    """What stands on the page all the time, and so is not offered again."""
    seen: int = 0
    last: Sequence[tuple[str, str]] = field(default=())

    async def sees(self, rendered: Rendered) -> None:
        """Fail unless what comes next is *rendered*, part by part."""
        self.seen += len(rendered.parts)
        shown = (await self.see(self.seen))[-len(rendered.parts) :]
        assert [DRAWN.sub("…", one.text) for one in shown] == [
            DRAWN.sub("…", part.strip()) for part in rendered.parts
        ]
        self.last = tuple(getattr(shown[-1], "buttons", ()))
        caps = CHANNELS[self.channel]
        assert [label for label, _ in self.last] == [
            shorten(choice.label, caps.label_limit)
            for choice in rendered.buttons
            if choice.sends not in self.standing
        ]


@asynccontextmanager
async def at_telegram(conversation: Conversation) -> AsyncGenerator[Guest]:
    async with (
        telegram_peer.open_peer() as peer,
        open_post(conversation) as post,
        telegram.open_door(
            post, token=telegram_peer.TOKEN, api=peer.url, proxy=None, limits=UNHURRIED
        ),
    ):
        yield Guest(
            "telegram", peer.hears, peer.feels_tap, partial(peer.gets_picture, JPEG), peer.shows
        )


@asynccontextmanager
async def at_zalo_bot(conversation: Conversation) -> AsyncGenerator[Guest]:
    hooks = Hooks()
    async with (
        open_host() as host,
        zalo_bot_peer.open_peer() as peer,
        open_port(hooks, host="127.0.0.1", port=0) as port,
        open_post(conversation) as post,
        zalo_bot.open_door(
            post,
            token=zalo_bot_peer.TOKEN,
            api=peer.url,
            webhook_url=f"{port.removeprefix('hooks: ')}/zalo_bot",
            hooks=hooks,
            limits=UNHURRIED,
            files_from=[host.url],
        ),
    ):
        await peer.until(lambda: peer.webhook is not None)
        picture = {"photo_url": f"{host.url}/a.jpg"}
        photograph = partial(peer.gets, "message.image.received", picture)
        yield Guest("zalo_bot", peer.hears, peer.hears, photograph, peer.shows)


@asynccontextmanager
async def at_zalo_oa(conversation: Conversation) -> AsyncGenerator[Guest]:
    hooks, office = Hooks(), conversation.office
    async with (
        open_host() as host,
        zalo_oa_peer.open_peer() as peer,
        open_port(hooks, host="127.0.0.1", port=0) as port,
        open_post(conversation) as post,
    ):
        account = replace(peer.account(), files_from=(host.url,))
        await zalo_oa.connect(account, peer.refresh, office.store, office.now)
        peer.hook = f"{port.removeprefix('hooks: ')}/zalo_oa"
        async with zalo_oa.open_door(post, account, hooks=hooks, limits=UNHURRIED):
            picture = {"type": "image", "payload": {"url": f"{host.url}/a.jpg"}}
            photograph = partial(peer.gets, "user_send_image", {"attachments": [picture]})
            yield Guest("zalo_oa", peer.hears, peer.hears, photograph, peer.shows)


@dataclass(frozen=True)
class OnPage:
    """One answer as the page's script gets it."""

    text: str
    buttons: tuple[tuple[str, str], ...]


@asynccontextmanager
async def at_web(conversation: Conversation) -> AsyncGenerator[Guest]:
    seen: list[OnPage] = []
    async with TestClient(PageServer(web.build(conversation))) as client:

        async def hears_back(response: ClientResponse) -> None:
            answer = await response.json()
            if response.status == 200:
                choices = answer["reply"]["choices"]
                buttons = tuple((one["label"], one["sends"]) for one in choices)
                seen.append(OnPage(answer["reply"]["text"].strip(), buttons))
            else:
                seen.append(OnPage(answer["error"], ()))

        async def says(text: str) -> None:
            said = {"id": f"message-{len(seen)}", "text": text}
            await hears_back(await client.post("/messages", json=said))

        async def photographs() -> None:
            await hears_back(await upload(client, id=f"message-{len(seen)}"))

        async def sees(count: int) -> list[OnPage]:
            assert len(seen) == count
            return seen

        yield Guest("web", says, says, photographs, sees, frozenset({CONTACT.sends}))


DOORS: Final[dict[str, Callable[[Conversation], AbstractAsyncContextManager[Guest]]]] = {
    "telegram": at_telegram,
    "zalo_bot": at_zalo_bot,
    "zalo_oa": at_zalo_oa,
    "web": at_web,
}


@pytest.fixture
def office(office: Office) -> Office:
    """Let the clock go, for the post counts by it."""
    began = time.monotonic()
    return replace(office, now=lambda: NOON + timedelta(seconds=time.monotonic() - began))


@pytest.mark.parametrize("talk", TALKS)
@pytest.mark.parametrize("door", DOORS)
async def test_every_door_leads_to_the_same_talk(office: Office, door: str, talk: str) -> None:
    await lay_out_samples(office.store)
    conversation = Conversation(office)
    async with DOORS[door](conversation) as guest:
        reference = Citizen(conversation, channel="console", chat="reference")
        for word in TALKS[talk]:
            if word.startswith(TAP):
                await taps(guest, reference, word.removeprefix(TAP))
            elif word == PICTURE:
                await reference.attaches(Fetched(JPEG))
                await guest.photograph()
            else:
                await reference.says(word)
                await guest.say(word)
            await guest.sees(render(reference.reply, CHANNELS[guest.channel]))


async def taps(guest: Guest, reference: Citizen, label: str) -> None:
    choices = reference.reply.choices
    index = 0 if label == "first" else [one.label for one in choices].index(label)
    await reference.says(choices[index].sends)
    if guest.last:
        await guest.tap(guest.last[index][1])
    else:
        await guest.say(f"{index + 1}")
