"""Talks in which feedback is given, left, written anew, and followed."""

from collections.abc import Callable

import pytest

from handlers.messages import ChatKey
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.feedback import (
    Feedback,
    FeedbackBook,
    FeedbackCode,
    FeedbackKind,
    find_feedback_code,
)
from knowledge.store.store import Store
from tests.citizen import NOON, Citizen

CONTENT = "Tôi nộp hồ sơ ba lần đều bị trả lại"
NAME = "Nguyễn Văn An"
CONTACT = "12 Lê Lợi, phường Thuận Hóa"
STEPS = ("/gopy", texts.ABOUT_CONDUCT.sends, CONTENT, NAME, CONTACT)


async def given_feedback(citizen: Citizen) -> FeedbackCode:
    for words in STEPS:
        await citizen.says(words)
    code = find_feedback_code(await citizen.taps(texts.SEND.label))
    assert code is not None
    return code


async def in_the_book(store: Store, code: FeedbackCode | None) -> Feedback | None:
    async with store.transaction() as session:
        return None if code is None else await FeedbackBook(session).find(code)


async def test_feedback_goes_from_its_kind_to_a_tracking_code(
    citizen: Citizen, store: Store
) -> None:
    await citizen.says("/gopy")
    assert await citizen.taps(texts.ABOUT_CONDUCT.label) == texts.ASK_CONTENT
    assert await citizen.says(CONTENT) == texts.ASK_NAME
    assert await citizen.says(NAME) == texts.ASK_CONTACT
    read_back = await citizen.says(CONTACT)
    assert all(words in read_back for words in (CONTENT, NAME, CONTACT))
    code = find_feedback_code(await citizen.taps(texts.SEND.label))
    assert await in_the_book(store, code) == Feedback(
        code=code or FeedbackCode(""),
        kind=FeedbackKind.CONDUCT,
        content=CONTENT,
        name=NAME,
        contact=CONTACT,
        received_at=NOON,
    )


async def test_feedback_about_a_regulation_is_kept_as_such(citizen: Citizen, store: Store) -> None:
    await citizen.says("/gopy")
    await citizen.taps(texts.ABOUT_REGULATION.label)
    for words in (CONTENT, NAME, CONTACT, "gửi"):
        told = await citizen.says(words)
    kept = await in_the_book(store, find_feedback_code(told))
    assert kept is not None
    assert kept.kind is FeedbackKind.REGULATION


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace("-", " ")])
async def test_a_tracking_code_tells_how_far_feedback_is(
    citizen: Citizen, write: Callable[[str], str]
) -> None:
    code = await given_feedback(citizen)
    told = await citizen.says(f"phản ánh {write(code)} đến đâu rồi")
    assert told.startswith(f"Phản ánh {code}: đã vào sổ")
    assert NAME not in told
    assert CONTENT not in told


async def test_a_tracking_code_is_asked_for(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    assert await citizen.taps(texts.CHECK_EARLIER.label) == texts.ASK_CODE


@pytest.mark.parametrize("words", ["/magopy", "xem phản ánh đã gửi"])
async def test_what_this_chat_sent_last_is_told_without_its_code(
    citizen: Citizen, words: str
) -> None:
    code = await given_feedback(citizen)
    told = await citizen.says(words)
    assert told.startswith(f"Phản ánh {code}: đã vào sổ")
    assert texts.ANOTHER_CODE in told
    citizen.chat = "somebody else"
    assert await citizen.says(words) == texts.ASK_CODE


async def test_an_unknown_tracking_code_is_said_to_be_unknown(citizen: Citizen) -> None:
    code = FeedbackCode("PA-261121-7K3M9Q")
    assert await citizen.says(f"/magopy {code}") == texts.not_found(code)


async def test_a_piece_of_a_tracking_code_is_not_guessed_at(citizen: Citizen) -> None:
    code = await given_feedback(citizen)
    assert await citizen.says(code[:-1]) == texts.CODE_UNREADABLE
    assert code in await citizen.says(code)


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
async def test_feedback_can_be_left_at_every_step(citizen: Citizen, steps: int) -> None:
    for words in STEPS[:steps]:
        await citizen.says(words)
    assert await citizen.taps(common.CANCEL.label) == common.CANCELLED
    assert await citizen.says("xin chào") == common.welcome(citizen.conversation.office.card)


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
async def test_feedback_can_be_left_by_a_word_at_every_step(citizen: Citizen, steps: int) -> None:
    for words in STEPS[:steps]:
        await citizen.says(words)
    assert await citizen.says("Thôi") == common.CANCELLED


@pytest.mark.parametrize(
    "complaint", ["tôi muốn góp ý", "can bo hach dich qua", "tôi muốn khiếu nại", "phản ánh"]
)
async def test_words_of_complaint_lead_to_feedback(citizen: Citizen, complaint: str) -> None:
    assert await citizen.says(complaint) == texts.ASK_KIND


async def test_another_answer_than_a_kind_is_asked_again(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    assert await citizen.says("không biết") == texts.ASK_KIND_AGAIN
    assert await citizen.says("2") == texts.ASK_CONTENT


@pytest.mark.parametrize(
    ("steps", "answer", "told"),
    [
        (2, "tệ quá", texts.CONTENT_TOO_SHORT),
        (3, "A", texts.NAME_TOO_SHORT),
        (4, "12", texts.CONTACT_TOO_SHORT),
    ],
)
async def test_too_short_an_answer_is_asked_for_again(
    citizen: Citizen, steps: int, answer: str, told: str
) -> None:
    for words in STEPS[:steps]:
        await citizen.says(words)
    assert await citizen.says(answer) == told
    for words in STEPS[steps:]:
        read_back = await citizen.says(words)
    assert CONTACT in read_back


@pytest.mark.parametrize("name", ["Huy", "Nhất", "Thời", "Ba"])
async def test_a_name_is_never_taken_for_a_command(citizen: Citizen, name: str) -> None:
    for words in STEPS[:3]:
        await citizen.says(words)
    assert await citizen.says(name) == texts.ASK_CONTACT


async def test_feedback_is_sent_only_when_the_citizen_says_so(citizen: Citizen) -> None:
    for words in STEPS:
        await citizen.says(words)
    assert await citizen.says("để tôi xem đã") == texts.PRESS_A_CHOICE
    assert find_feedback_code(await citizen.taps(texts.SEND.label))


async def test_feedback_can_be_written_anew(citizen: Citizen) -> None:
    for words in STEPS:
        await citizen.says(words)
    assert await citizen.taps(texts.REWRITE.label) == texts.ASK_KIND


async def test_what_cannot_be_attached_leaves_the_talk_where_it_stands(citizen: Citizen) -> None:
    for words in STEPS[:2]:
        await citizen.says(words)
    assert await citizen.shows_a_picture() == texts.INSTEAD_OF_FILES["unreadable"]
    assert citizen.offered == [common.CANCEL.label]
    assert await citizen.says(CONTENT) == texts.ASK_NAME


async def test_a_look_at_something_else_keeps_the_draft(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    await citizen.says("hành vi")
    await citizen.says("Cán bộ bắt tôi chờ ba tiếng đồng hồ")
    assert texts.STILL_OPEN in await citizen.says("/lienhe")
    assert await citizen.says("Trần Thị Mẫu") == texts.ASK_CONTACT


async def test_a_number_does_not_cancel_where_only_a_way_out_is_offered(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    await citizen.says("hành vi")
    assert await citizen.says("1") == texts.CONTENT_TOO_SHORT


@pytest.mark.parametrize("words", ["thôi không gửi nữa", "dừng lại tôi không muốn gửi"])
async def test_unwillingness_is_no_name(citizen: Citizen, words: str) -> None:
    await citizen.says("/gopy")
    await citizen.says("hành vi")
    await citizen.says("Cán bộ bắt tôi chờ ba tiếng đồng hồ")
    assert await citizen.says(words) == common.CANCELLED


async def test_there_must_be_a_way_to_answer(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    await citizen.says("hành vi")
    await citizen.says("Cán bộ bắt tôi chờ ba tiếng đồng hồ")
    await citizen.says("Trần Thị Mẫu")
    assert await citizen.says("không có") == texts.CONTACT_TOO_SHORT


@pytest.mark.parametrize("end", ["gửi", "hủy"])
async def test_name_and_contact_are_blotted_out_of_the_talk_once_it_is_over(
    citizen: Citizen, end: str
) -> None:
    for words in ("/gopy", "hành vi", "Cán bộ bắt tôi chờ ba tiếng", "Trần Thị Mẫu"):
        await citizen.says(words)
    assert "Trần Thị Mẫu" in await citizen.says("12 phố Mẫu, 0912 345 678")
    await citizen.says(end)
    key = ChatKey(citizen.channel, citizen.chat)
    kept = str(await citizen.conversation.history(key))
    assert "Trần Thị Mẫu" not in kept
    assert "12 phố Mẫu" not in kept
    assert "0912" not in kept


async def test_who_tells_at_once_what_happened_is_not_asked_for_it_again(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    told = await citizen.says("cán bộ đòi tiền bồi dưỡng")
    assert texts.KEPT_ALREADY in told
    assert "cán bộ đòi tiền bồi dưỡng" in told
    await citizen.says("hôm qua, ở quầy số 3")
    assert await citizen.says("1") == texts.ASK_NAME
    await citizen.says("Trần Thị Mẫu")
    read_back = await citizen.says("12 phố Mẫu, 0912 345 678")
    assert "cán bộ đòi tiền bồi dưỡng\nhôm qua, ở quầy số 3" in read_back


async def test_a_word_is_no_story(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    assert await citizen.says("ủa") == texts.ASK_KIND_AGAIN
    assert await citizen.says("hành vi") == texts.ASK_CONTENT


@pytest.mark.parametrize(
    "words",
    [
        "không muốn cho biết tên",
        "Ẩn Danh",
        "không",
        "giấu tên",
        "toi muon giau ten",
        "ko",
        "an danh",
    ],
)
async def test_without_a_name_nothing_is_put_in_the_book_and_nothing_told_is_lost(
    citizen: Citizen, words: str
) -> None:
    for step in STEPS[:3]:
        await citizen.says(step)
    told = await citizen.says(words)
    assert told == texts.name_needed(citizen.conversation.office.card)
    assert await citizen.says(NAME) == texts.ASK_CONTACT
    assert CONTENT in await citizen.says(CONTACT)


@pytest.mark.parametrize("name", ["Nguyễn An Danh", "An Danh", "Khổng Tú", "Lê Thị Không"])
async def test_a_name_that_sounds_like_none_is_a_name(citizen: Citizen, name: str) -> None:
    for step in STEPS[:3]:
        await citizen.says(step)
    assert await citizen.says(name) == texts.ASK_CONTACT


@pytest.mark.parametrize(
    ("said", "contact"),
    [
        ("Trần Văn C, 0987654321, tranc@example.com", "0987654321, tranc@example.com"),
        ("Trần Văn C sđt 0987 654 321", "0987 654 321"),
        ("Trần Văn C, 12 phố Mẫu, 0987654321", "12 phố Mẫu, 0987654321"),
    ],
)
async def test_a_contact_told_with_the_name_is_taken_apart(
    citizen: Citizen, said: str, contact: str
) -> None:
    for step in STEPS[:3]:
        await citizen.says(step)
    read_back = await citizen.says(said)
    assert f"- Người gửi: Trần Văn C\n- Liên hệ: {contact}\n" in read_back


async def test_a_number_is_no_name(citizen: Citizen) -> None:
    for step in STEPS[:3]:
        await citizen.says(step)
    assert await citizen.says("0987654321") == texts.NAME_TOO_SHORT


async def test_who_does_not_choose_a_kind_is_told_the_way_and_pushes_nothing_into_the_story(
    citizen: Citizen,
) -> None:
    await citizen.says("khiếu nại cán bộ thái độ")
    await citizen.says("Hôm qua ở quầy số 3 tôi bị mắng")
    for words in ("gửi", "gửi đi", "ok"):
        assert await citizen.says(words) == texts.HOW_TO_CHOOSE_KIND
    assert await citizen.says("cán bộ") == texts.ASK_NAME
    await citizen.says(NAME)
    assert "- Nội dung: Hôm qua ở quầy số 3 tôi bị mắng\n" in await citizen.says(CONTACT)
