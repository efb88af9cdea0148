"""Telegram calls the door: 200 only for what is kept, and nobody else gets in."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.doors.telegram import open_door
from bot.doors.telegram.pace import Pace
from bot.doors.telegram.webhook import HEADER, secret_of
from bot.post.hooks import Hooks, open_port
from bot.post.limits import Limits
from bot.post.office import open_post
from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.texts import common
from tests.bot.telegram_peer import TOKEN, TelegramPeer, open_peer

START = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 1, "type": "private", "first_name": "An"},
        "from": {"id": 1, "is_bot": False, "first_name": "An"},
        "text": "/start",
    },
}


@pytest.fixture
async def peer() -> AsyncGenerator[TelegramPeer]:
    async with open_peer() as peer:
        yield peer


@asynccontextmanager
async def door(conversation: Conversation, peer: TelegramPeer) -> AsyncGenerator[str]:
    """Open the door, and tell where it is called."""
    hooks = Hooks()
    async with open_port(hooks, host="127.0.0.1", port=0) as port, open_post(conversation) as post:
        url = f"{port.removeprefix('hooks: ')}/telegram"
        async with open_door(
            post,
            token=TOKEN,
            api=peer.url,
            proxy=None,
            limits=Limits(per_second=1000, chat_gap=0),
            webhook_url=url,
            hooks=hooks,
            pace=Pace(first_retry=0.05, longest_retry=0.2),
        ) as where:
            assert where == "telegram: webhook at /hooks/telegram"
            yield url


async def call(url: str, secret: str, body: object) -> int:
    async with (
        aiohttp.ClientSession() as client,
        client.post(url, json=body, headers={HEADER: secret}) as response,
    ):
        return response.status


async def test_what_telegram_calls_with_is_answered(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await peer.until(lambda: "setWebhook" in peer.calls)
        await peer.hears("/start")
        assert (await peer.shows(1))[0].text == common.welcome(conversation.office.card)
        await peer.feels_tap("/lienhe")
        assert (await peer.shows(2))[1].text == common.contact(conversation.office.card)
    assert "getUpdates" not in peer.calls


async def test_what_came_while_we_were_away_is_answered_after(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    await peer.hears("/start")
    async with door(conversation, peer):
        await peer.calls_again()
        await peer.shows(1)


async def test_the_same_update_called_again_is_answered_once(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer) as url:
        for _ in range(3):
            assert await call(url, secret_of(TOKEN), START) == 200
        await peer.hears("/lienhe")
        sent = await peer.shows(2)
    assert [answer.text for answer in sent] == [
        common.welcome(conversation.office.card),
        common.contact(conversation.office.card),
    ]


async def test_whoever_cannot_show_the_secret_is_turned_away(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer) as url:
        assert await call(url, "", START) == 403
        assert await call(url, "sai", START) == 403
        assert await call(url, secret_of("654321:another"), START) == 403
        assert peer.sent == []


@pytest.mark.parametrize("body", [{"update_id": 1, "message": {}}, {}, [], "x", 5])
async def test_what_cannot_be_read_is_not_called_again(
    conversation: Conversation, peer: TelegramPeer, body: object
) -> None:
    async with door(conversation, peer) as url:
        assert await call(url, secret_of(TOKEN), body) == 200


async def test_what_could_not_be_kept_is_called_again(
    conversation: Conversation, peer: TelegramPeer, office: Office
) -> None:
    async with door(conversation, peer) as url:
        async with office.store.transaction() as session:
            await (await session.connection()).exec_driver_sql("ALTER TABLE inbox RENAME TO lost")
        assert await call(url, secret_of(TOKEN), START) >= 500
