"""Files over Telegram, against an emulator of it: pictures, documents, and their troubles."""

import logging

import pytest

from handlers.conversation import Conversation
from handlers.messages import Why
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.attachments import AttachmentLimits, Load, Unfit
from knowledge.feedback import find_feedback_code
from knowledge.file_kinds import FileKind
from tests.bot.telegram_peer import DOWNLOAD, TOKEN, TelegramPeer, Trouble
from tests.bot.test_telegram import door, office, peer
from tests.files import JPEG, TAKEN

__all__ = ["office", "peer"]  # the same fixtures as for words

LIMITS = AttachmentLimits()


async def write(peer: TelegramPeer) -> None:
    """Bring a citizen to where a file is wanted."""
    await peer.hears("/gopy")
    await peer.hears(texts.ABOUT_CONDUCT.sends)
    await peer.shows(2)


async def carried(conversation: Conversation) -> Load:
    async with conversation.office.desk() as desk:
        return await desk.attachments.carried("telegram", "1")


async def test_a_picture_goes_from_the_chat_into_the_book(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await write(peer)
        await peer.gets_picture(JPEG, caption="Cán bộ hẹn ba lần mà không trả")
        told = (await peer.shows(3))[2].text
        assert told == f"{texts.files_kept(1, LIMITS)}\n\n{texts.ASK_NAME}"
        for words in ("Nguyễn Văn An", "0912345678", "gửi"):
            await peer.hears(words)
        await peer.shows(6)
    async with conversation.office.desk() as desk:
        code = find_feedback_code(peer.sent[-1].text)
        assert code is not None
        files = [file async for file in desk.attachments.of(code)]
    assert [(file.kind, file.name, file.content) for file in files] == [(FileKind.JPEG, "", JPEG)]


async def test_a_document_is_kept_under_a_clean_name(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await write(peer)
        await peer.gets_document(TAKEN[FileKind.DOCX], "../đơn.docx")
        assert (await peer.shows(3))[2].text.startswith(texts.files_kept(1, LIMITS))
    assert await carried(conversation) == Load(1, len(TAKEN[FileKind.DOCX]))


async def test_an_album_is_taken_picture_by_picture(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await write(peer)
        for number in range(6):
            await peer.gets_picture(JPEG + b"." * number, media_group_id="album")
        told = [one.text for one in (await peer.shows(8))[2:]]
    assert [text.partition("\n")[0] for text in told] == [
        *(texts.files_kept(number, LIMITS) for number in range(1, 6)),
        texts.not_kept(Unfit.TOO_MANY, LIMITS),
    ]


async def test_a_large_file_is_not_even_asked_for(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await write(peer)
        await peer.gets_document(JPEG.ljust(LIMITS.file_bytes + 1), "ảnh.jpg")
        assert (await peer.shows(3))[2].text.startswith(texts.not_kept(Why.TOO_LARGE, LIMITS))
    assert not {"getFile", DOWNLOAD} & set(peer.calls)


@pytest.mark.parametrize(
    ("method", "status"), [("getFile", 400), ("getFile", 500), (DOWNLOAD, 404), (DOWNLOAD, 500)]
)
async def test_a_file_out_of_reach_is_told_and_the_talk_goes_on(
    conversation: Conversation,
    peer: TelegramPeer,
    caplog: pytest.LogCaptureFixture,
    method: str,
    status: int,
) -> None:
    caplog.set_level(logging.INFO)
    async with door(conversation, peer):
        await write(peer)
        peer.troubles.append(Trouble(method=method, status=status, answer="{}"))
        await peer.gets_picture(JPEG)
        assert (await peer.shows(3))[2].text.startswith(texts.not_kept(Why.OUT_OF_REACH, LIMITS))
        await peer.hears("Cán bộ hẹn ba lần mà không trả")
        assert (await peer.shows(4))[3].text == texts.ASK_NAME
    assert await carried(conversation) == Load(0, 0)
    assert TOKEN not in caplog.text


async def test_outside_of_feedback_no_file_is_fetched(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await peer.gets_picture(JPEG)
        await peer.gets_document(JPEG, "ảnh.jpg")
        told = [one.text for one in await peer.shows(2)]
    assert told == [common.INSTEAD_OF_WORDS["picture"], common.INSTEAD_OF_WORDS["file"]]
    assert not {"getFile", DOWNLOAD} & set(peer.calls)


async def test_a_moving_picture_is_no_evidence(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    moving = {"file_id": "g", "file_unique_id": "g", "width": 1, "height": 1, "duration": 1}
    async with door(conversation, peer):
        await write(peer)
        await peer.gets_document(JPEG, "x.mp4", animation=moving)
        assert (await peer.shows(3))[2].text == common.INSTEAD_OF_WORDS["sticker"]
    assert await carried(conversation) == Load(0, 0)
