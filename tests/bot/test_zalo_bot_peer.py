"""Our stand-in for Zalo, proved with two clients that nobody here wrote."""

from collections.abc import AsyncGenerator

import pytest
import zalo_bot
from zalo_bot.error import BadRequest, InvalidToken, NetworkError
from zalo_bot_mcp import zalo_api

from tests.bot.zalo_bot_peer import CITIZEN, OWN_ID, TOKEN, Sent, ZaloBotPeer, open_peer


@pytest.fixture
async def peer() -> AsyncGenerator[ZaloBotPeer]:
    async with open_peer() as peer:
        yield peer


@pytest.fixture
async def bot(peer: ZaloBotPeer) -> AsyncGenerator[zalo_bot.Bot]:
    async with zalo_bot.Bot(TOKEN, base_url=peer.url) as bot:
        yield bot


@pytest.fixture
async def client(
    peer: ZaloBotPeer, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[zalo_api.ZaloBotApi]:
    monkeypatch.setattr(zalo_api, "BASE_URL", peer.url)
    async with zalo_api.ZaloBotApi(TOKEN) as client:
        yield client


async def test_both_learn_who_they_are(bot: zalo_bot.Bot, client: zalo_api.ZaloBotApi) -> None:
    assert (await bot.get_me()).id == OWN_ID
    assert (await client.get_me())["id"] == OWN_ID


async def test_the_first_hears_and_answers(bot: zalo_bot.Bot, peer: ZaloBotPeer) -> None:
    await peer.hears("Xin chào")
    heard = (await bot.get_update(timeout=1)).message
    assert (heard.text, heard.chat.id, heard.chat.type) == ("Xin chào", CITIZEN, "PRIVATE")
    await heard.reply_text("Chào Ông/Bà.")
    assert peer.sent == [Sent(CITIZEN, "Chào Ông/Bà.")]


async def test_the_second_hears_and_answers(
    client: zalo_api.ZaloBotApi, peer: ZaloBotPeer
) -> None:
    await peer.hears("Xin chào")
    heard = zalo_api.parse_update(await client.get_updates(timeout=1))
    assert heard is not None
    assert (heard.text, heard.chat_id, heard.is_bot) == ("Xin chào", CITIZEN, False)
    assert (await client.send_message(heard.chat_id, "Chào Ông/Bà."))["message_id"]
    assert peer.sent == [Sent(CITIZEN, "Chào Ông/Bà.")]


async def test_no_news_is_a_time_out_to_the_first_and_nothing_to_the_second(
    bot: zalo_bot.Bot, client: zalo_api.ZaloBotApi
) -> None:
    with pytest.raises(NetworkError, match=r"Request timeout \(408\)"):
        await bot.get_update(timeout=1)
    assert await client.get_updates(timeout=1) is None


async def test_a_text_too_long_is_refused(bot: zalo_bot.Bot, peer: ZaloBotPeer) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(CITIZEN, "a" * 2001)
    assert peer.sent == []


async def test_a_picture_and_a_sign_of_typing_are_taken(
    bot: zalo_bot.Bot, client: zalo_api.ZaloBotApi
) -> None:
    photo = await bot.send_photo(CITIZEN, caption="Bản đồ", photo="https://example.vn/a.png")
    assert photo.message_id
    await client.send_chat_action(CITIZEN)


async def test_with_a_webhook_nothing_can_be_fetched(
    client: zalo_api.ZaloBotApi, peer: ZaloBotPeer
) -> None:
    assert await client.get_webhook_info() is None
    peer.webhook = ("https://example.vn/hook", "a-secret-of-nobody")
    assert (await client.get_webhook_info())["url"] == "https://example.vn/hook"
    with pytest.raises(zalo_api.ZaloClientError, match="while a webhook is set"):
        await client.get_updates(timeout=1)


async def test_a_wrong_token_is_refused(peer: ZaloBotPeer) -> None:
    with pytest.raises(InvalidToken):
        async with zalo_bot.Bot("987654321:another", base_url=peer.url):
            pass
