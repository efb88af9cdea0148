"""Talks in which files are sent: while feedback is written they are kept, else told how."""

from dataclasses import replace

import pytest

from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.messages import Fetched, Missed, Remote, Why
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.attachments import Attachment, AttachmentLimits, Load, Unfit
from knowledge.feedback import FeedbackCode, find_feedback_code
from knowledge.file_kinds import FileKind
from tests.citizen import Citizen
from tests.files import JPEG, TAKEN
from tests.handlers.test_feedback_talks import CONTACT, CONTENT, NAME, STEPS

PICTURE = Fetched(JPEG)
LETTER = Fetched(TAKEN[FileKind.PDF], "đơn của An.pdf")
PROGRAM = Fetched(b"MZ\x90\x00", "anh.jpg")


async def carried(citizen: Citizen) -> Load:
    async with citizen.conversation.office.desk() as desk:
        return await desk.attachments.carried(citizen.channel, citizen.chat)


async def handed_in(citizen: Citizen, code: FeedbackCode | None) -> list[Attachment]:
    assert code is not None
    async with citizen.conversation.office.desk() as desk:
        return [file async for file in desk.attachments.of(code)]


async def writes(citizen: Citizen, steps: int) -> None:
    for words in STEPS[:steps]:
        await citizen.says(words)


async def test_files_go_with_the_feedback_as_they_were_sent(citizen: Citizen) -> None:
    await writes(citizen, 2)
    told = await citizen.attaches(PICTURE)
    assert "Đã nhận tệp" in told
    assert told.endswith(texts.NEXT["awaiting_feedback_content"])
    await citizen.says(CONTENT)
    await citizen.attaches(LETTER)
    await citizen.says(NAME)
    assert "- Tệp kèm theo: 2" in await citizen.says(CONTACT)
    told = await citizen.taps(texts.SEND.label)
    assert "kèm 2 tệp" in told
    files = await handed_in(citizen, find_feedback_code(told))
    assert [(file.kind, file.name, file.content) for file in files] == [
        (FileKind.JPEG, "", JPEG),
        (FileKind.PDF, "đơn của An", LETTER.content),
    ]
    assert await carried(citizen) == Load(0, 0)


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
async def test_a_file_is_kept_at_every_step_and_what_stood_open_still_does(
    citizen: Citizen, steps: int
) -> None:
    await writes(citizen, steps)
    before = citizen.offered
    assert "1 tệp" in await citizen.attaches(PICTURE)
    assert set(before) <= set(citizen.offered)
    for words in STEPS[steps:]:
        await citizen.says(words)
    code = find_feedback_code(await citizen.taps(texts.SEND.label))
    assert len(await handed_in(citizen, code)) == 1


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
@pytest.mark.parametrize("way", ["hủy", "/huy", "/hoso", "/magopy", "/start"])
async def test_a_draft_that_is_left_takes_its_files_with_it(
    citizen: Citizen, steps: int, way: str
) -> None:
    await writes(citizen, steps)
    await citizen.attaches(PICTURE)
    await citizen.says(way)
    assert await carried(citizen) == Load(0, 0)


async def test_files_of_a_draft_never_turn_up_in_the_next(citizen: Citizen) -> None:
    await writes(citizen, 2)
    await citizen.attaches(PICTURE)
    async with citizen.conversation.office.desk() as desk:  # as after a release that forgot it
        await desk.talks.remember(citizen.channel, citizen.chat, "unreadable", desk.now)
    await writes(citizen, len(STEPS))
    code = find_feedback_code(await citizen.taps(texts.SEND.label))
    assert await handed_in(citizen, code) == []


async def test_feedback_that_is_written_anew_keeps_its_files_and_says_so(
    citizen: Citizen,
) -> None:
    await writes(citizen, len(STEPS))
    await citizen.attaches(PICTURE)
    assert "1 tệp đã gửi vẫn được kèm theo" in await citizen.taps(texts.REWRITE.label)
    assert (await carried(citizen)).files == 1


async def test_files_can_be_taken_off_before_the_end(citizen: Citizen) -> None:
    await writes(citizen, len(STEPS))
    assert texts.DROP_FILES.label not in citizen.offered
    await citizen.attaches(PICTURE)
    assert "Tệp kèm theo" not in await citizen.taps(texts.DROP_FILES.label)
    assert texts.DROP_FILES.label not in citizen.offered
    assert await carried(citizen) == Load(0, 0)
    assert find_feedback_code(await citizen.taps(texts.SEND.label))


async def test_words_beside_a_file_are_the_answer(citizen: Citizen) -> None:
    await writes(citizen, 2)
    told = await citizen.attaches(PICTURE, text=CONTENT)
    assert "Đã nhận tệp" in told
    assert told.endswith(texts.ASK_NAME)
    assert (await carried(citizen)).files == 1


async def test_a_way_out_beside_a_file_is_a_way_out(citizen: Citizen) -> None:
    await writes(citizen, 2)
    assert await citizen.attaches(PICTURE, text="hủy") == common.CANCELLED
    assert await carried(citizen) == Load(0, 0)


async def test_the_same_message_again_keeps_its_file_once(citizen: Citizen) -> None:
    await writes(citizen, 2)
    told = await citizen.attaches(PICTURE)
    assert await citizen.repeats() == told
    assert (await carried(citizen)).files == 1


async def test_what_is_no_evidence_is_refused_by_its_content(citizen: Citizen) -> None:
    await writes(citizen, 2)
    told = await citizen.attaches(PROGRAM)
    assert told.startswith(texts.not_kept(Unfit.OF_NO_KIND, AttachmentLimits()))
    assert await citizen.says(CONTENT) == texts.ASK_NAME
    assert await carried(citizen) == Load(0, 0)


@pytest.mark.parametrize("why", Why)
async def test_a_file_that_could_not_be_had_is_told_and_the_talk_goes_on(
    citizen: Citizen, why: Why
) -> None:
    await writes(citizen, 2)
    told = await citizen.attaches(Missed(why))
    assert told.startswith(texts.not_kept(why, AttachmentLimits()))
    assert await citizen.says(CONTENT) == texts.ASK_NAME


async def test_too_many_are_told_apart_from_those_kept(office: Office) -> None:
    limits = AttachmentLimits(files=1)
    citizen = Citizen(Conversation(replace(office, attaching=limits)))
    await writes(citizen, 2)
    told = await citizen.attaches(PICTURE, LETTER)
    assert told.startswith(texts.files_kept(1, limits))
    assert texts.not_kept(Unfit.TOO_MANY, limits) in told


@pytest.mark.parametrize("file", [PICTURE, Remote("f"), Missed(Why.OUT_OF_REACH)])
async def test_outside_of_feedback_no_file_is_kept_and_the_way_is_told(
    citizen: Citizen, file: Fetched | Remote | Missed
) -> None:
    assert await citizen.attaches(file) == common.INSTEAD_OF_WORDS["picture"]
    assert common.ATTACHING in citizen.reply.text
    assert await carried(citizen) == Load(0, 0)


async def test_a_file_that_came_before_feedback_was_begun_is_asked_for_again(
    citizen: Citizen,
) -> None:
    told = await citizen.attaches(Remote("f"), text="tôi muốn phản ánh")
    assert told == f"{texts.ASK_KIND}\n\n{texts.SEND_FILE_AGAIN}"
    assert "1 tệp" in await citizen.attaches(PICTURE)


async def test_the_name_of_a_file_is_nowhere_in_the_talk(citizen: Citizen) -> None:
    await writes(citizen, 2)
    await citizen.attaches(LETTER)
    kept = await citizen.conversation.history(citizen.key)
    assert "của An" not in str(kept)
    assert kept[-1].said == texts.FILE_SENT


async def test_a_reply_says_whether_a_file_would_be_kept(citizen: Citizen) -> None:
    await citizen.says("xin chào")
    assert not citizen.reply.takes_files
    for words in STEPS:
        await citizen.says(words)
        assert citizen.reply.takes_files
    await citizen.taps(texts.SEND.label)
    assert not citizen.reply.takes_files
