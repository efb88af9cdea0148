"""Files over both channels of Zalo: from where Zalo says they lie, or told to be out of reach."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from handlers.conversation import Conversation
from handlers.messages import Kind, Why
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.attachments import AttachmentLimits, Load, Unfit
from knowledge.file_kinds import FileKind
from tests.bot import test_zalo_bot as zalo_bot
from tests.bot import test_zalo_oa as zalo_oa
from tests.bot import zalo_bot_peer, zalo_oa_peer
from tests.bot.file_host import FileHost, open_host
from tests.bot.test_zalo_oa import clock, talk
from tests.bot.zalo_bot_peer import ZaloBotPeer
from tests.bot.zalo_oa_peer import ZaloOaPeer
from tests.files import JPEG, TAKEN

__all__ = ["clock", "talk"]

LIMITS = AttachmentLimits()
PDF = TAKEN[FileKind.PDF]


@pytest.fixture
async def host() -> AsyncGenerator[FileHost]:
    async with open_host() as host:
        yield host


@pytest.fixture
async def bot() -> AsyncGenerator[ZaloBotPeer]:
    async with zalo_bot_peer.open_peer() as peer:
        yield peer


@pytest.fixture
async def peer() -> AsyncGenerator[ZaloOaPeer]:
    async with zalo_oa_peer.open_peer() as peer:
        yield peer


async def write(peer: ZaloBotPeer | ZaloOaPeer) -> None:
    """Bring a citizen to where a file is wanted."""
    await peer.hears("/gopy")
    await peer.hears(texts.ABOUT_CONDUCT.sends)
    await peer.shows(2)


async def carried(conversation: Conversation, channel: str, chat: str) -> Load:
    async with conversation.office.desk() as desk:
        return await desk.attachments.carried(channel, chat)


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return {"attachments": [{"type": kind, "payload": payload}]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"zalo_files_from": "files.example.vn"},
        {"feedback_files": 0},
        {"feedback_file_mb": 21},
        {"feedback_all_mb": 0},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        Settings(**wrong)


@pytest.mark.parametrize("key", ["photo_url", "photo"])
async def test_a_picture_over_zalo_bot_is_kept(
    conversation: Conversation, bot: ZaloBotPeer, host: FileHost, key: str
) -> None:
    async with zalo_bot.delivered(conversation, bot, [host.url]):
        await write(bot)
        await bot.gets("message.image.received", {key: f"{host.url}/a.jpg"})
        assert (await bot.shows(3))[2].text.startswith(texts.files_kept(1, LIMITS))
    kept = await carried(conversation, "zalo_bot", zalo_bot_peer.CITIZEN)
    assert kept == Load(1, len(JPEG))


@pytest.mark.parametrize(
    "picture", [{}, {"photo_url": "x" * 2001}, {"photo_url": "/a.jpg"}, {"photo": [{"url": 1}]}]
)
async def test_a_picture_without_an_address_is_told_to_be_out_of_reach(
    conversation: Conversation, bot: ZaloBotPeer, picture: dict[str, Any]
) -> None:
    async with zalo_bot.delivered(conversation, bot):
        await write(bot)
        await bot.gets("message.image.received", picture)
        assert (await bot.shows(3))[2].text.startswith(texts.not_kept(Why.OUT_OF_REACH, LIMITS))


@pytest.mark.parametrize(("name", "kind"), [("unsupported", "unreadable"), ("voice", "voice")])
async def test_what_zalo_bot_cannot_carry_is_told(
    conversation: Conversation, bot: ZaloBotPeer, name: str, kind: Kind
) -> None:
    async with zalo_bot.delivered(conversation, bot):
        await write(bot)
        await bot.gets(f"message.{name}.received", {})
        assert (await bot.shows(3))[2].text.startswith(texts.INSTEAD_OF_FILES[kind])


async def test_no_address_near_us_is_asked_for_a_picture(
    conversation: Conversation, bot: ZaloBotPeer, host: FileHost
) -> None:
    async with zalo_bot.delivered(conversation, bot):
        await write(bot)
        await bot.gets("message.image.received", {"photo_url": f"{host.url}/a.jpg"})
        assert (await bot.shows(3))[2].text.startswith(texts.not_kept(Why.OUT_OF_REACH, LIMITS))
    assert host.asked == []


async def test_outside_of_feedback_no_picture_is_fetched(
    conversation: Conversation, bot: ZaloBotPeer, host: FileHost
) -> None:
    async with zalo_bot.delivered(conversation, bot, [host.url]):
        await bot.gets("message.image.received", {"photo_url": f"{host.url}/a.jpg"})
        assert (await bot.shows(1))[0].text == common.INSTEAD_OF_WORDS["picture"]
    assert host.asked == []


async def test_pictures_and_documents_over_the_official_account_are_kept(
    talk: Conversation, peer: ZaloOaPeer, host: FileHost
) -> None:
    host.files["/b"] = PDF
    letter = {"name": "đơn.pdf", "size": str(len(PDF)), "type": "pdf", "checksum": "0"}
    async with zalo_oa.opened(talk, peer, files_from=(host.url,)):
        await write(peer)
        picture = attached("image", thumbnail="http://x/y", url=f"{host.url}/a.jpg")
        await peer.gets("user_send_image", picture)
        await peer.gets("user_send_file", attached("file", url=f"{host.url}/b", **letter))
        told = [one.text for one in (await peer.shows(4))[2:]]
    assert told[0].startswith(texts.files_kept(1, LIMITS))
    assert told[1].startswith(texts.files_kept(2, LIMITS))
    kept = await carried(talk, "zalo_oa", zalo_oa_peer.CITIZEN)
    assert kept == Load(2, len(JPEG) + len(PDF))


async def test_a_moving_picture_is_refused_and_a_film_not_even_fetched(
    talk: Conversation, peer: ZaloOaPeer, host: FileHost
) -> None:
    host.files["/moving"] = b"GIF89a"
    async with zalo_oa.opened(talk, peer, files_from=(host.url,)):
        await write(peer)
        await peer.gets("user_send_gif", attached("gif", url=f"{host.url}/moving"))
        await peer.gets("user_send_video", attached("video", url=f"{host.url}/film"))
        told = [one.text for one in (await peer.shows(4))[2:]]
    assert told[0].startswith(texts.not_kept(Unfit.OF_NO_KIND, LIMITS))
    assert told[1] == texts.INSTEAD_OF_FILES["file"]
    assert host.asked == ["/moving"]


@pytest.mark.parametrize(
    "odd", [None, [], {}, "x", [{}], [{"payload": {"url": ""}}], [{"payload": {"url": [1]}}]]
)
async def test_attachments_of_an_unknown_form_are_told_to_be_out_of_reach(
    talk: Conversation, peer: ZaloOaPeer, odd: Any
) -> None:
    async with zalo_oa.opened(talk, peer):
        await write(peer)
        await peer.gets("user_send_image", {"attachments": odd})
        assert (await peer.shows(3))[2].text.startswith(texts.not_kept(Why.OUT_OF_REACH, LIMITS))
