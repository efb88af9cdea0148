"""What holds in every talk: commands, courtesies, limits, order, repetition, trouble."""

import asyncio
import logging
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handlers import reception, routes
from handlers.conversation import Conversation, read_reply
from handlers.desk import Office
from handlers.messages import Kind
from handlers.texts import common
from handlers.texts import dossiers as dossier_texts
from handlers.texts import feedback as feedback_texts
from knowledge.dossiers.code import DossierCode
from knowledge.feedback import find_feedback_code
from knowledge.matching import Answer, Matcher
from tests.citizen import Citizen

CODE = DossierCode("H57.132-260804-0583")
NONSENSE = "qwzx vbnm"
UNCLEAR = "giấy phép bưu chính"
STEPS = (
    "/gopy",
    feedback_texts.ABOUT_CONDUCT.sends,
    "Tôi nộp hồ sơ ba lần đều bị trả lại",
    "Nguyễn Văn An",
    "12 Lê Lợi, phường Thuận Hóa",
)


CODES = re.compile(r"NK-\w+")  # drawn anew each time


@pytest.mark.parametrize("command", routes.COMMANDS)
async def test_every_command_is_answered(citizen: Citizen, command: str) -> None:
    told = await citizen.says(command)
    assert told not in {common.TROUBLE, common.UNKNOWN_COMMAND}
    again = await citizen.says(f"{command.upper()}@motcua_bot")
    assert CODES.sub("", again) == CODES.sub("", told)


async def test_an_unknown_command_leaves_the_talk_where_it_stands(citizen: Citizen) -> None:
    await citizen.says("/hoso")
    assert await citizen.says("/xyz") == common.UNKNOWN_COMMAND
    assert await citizen.says(CODE) == dossier_texts.not_found(CODE)


@pytest.mark.parametrize("greeting", ["xin chào", "Xin Chao!", "alo", "/start"])
async def test_a_greeting_says_who_speaks(citizen: Citizen, greeting: str) -> None:
    told = await citizen.says(greeting)
    assert "trợ lý tự động (máy, không phải cán bộ)" in told
    assert citizen.reply.choices == common.MENU


async def test_courtesies_are_returned(citizen: Citizen) -> None:
    assert await citizen.says("tạm biệt nhé") == common.GOODBYE
    assert await citizen.says("bạn là robot à") == common.MACHINE
    card = citizen.conversation.office.card
    assert await citizen.says("cho gặp cán bộ") == common.contact(card)


@pytest.mark.parametrize("wish", ["hủy", "huỷ", "HUY", "thôi", "Dừng lại.", "/huy"])
async def test_a_talk_can_be_left_in_many_words(citizen: Citizen, wish: str) -> None:
    await citizen.says("/hoso")
    assert await citizen.says(wish) == common.CANCELLED


async def test_a_message_without_a_letter_is_told(citizen: Citizen) -> None:
    assert await citizen.says("😀 ?!") == common.EMPTY


async def test_too_long_a_message_is_told(citizen: Citizen) -> None:
    assert await citizen.says("a " * 5000) == common.too_long(reception.LONGEST)


async def test_two_chats_do_not_mix(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    another = Citizen(citizen.conversation, chat="binh")
    assert await another.says(NONSENSE) != feedback_texts.ASK_KIND_AGAIN
    same_name_elsewhere = Citizen(citizen.conversation, channel="telegram")
    assert await same_name_elsewhere.says("hành vi") != feedback_texts.ASK_CONTENT


async def test_a_resent_message_is_answered_the_same_and_nothing_is_kept_twice(
    citizen: Citizen,
) -> None:
    for words in (*STEPS, feedback_texts.SEND.sends):
        await citizen.says(words)
    before = citizen.reply
    await citizen.repeats()
    assert citizen.reply == before
    kept = await citizen.conversation.history(citizen.key)
    assert len(kept) == citizen.sent


async def test_a_resent_message_does_not_move_the_talk(citizen: Citizen) -> None:
    for words in STEPS[:3]:
        await citizen.says(words)
    assert await citizen.repeats() == feedback_texts.ASK_NAME
    assert await citizen.says("Nguyễn Văn An") == feedback_texts.ASK_CONTACT


async def test_quick_messages_of_one_chat_are_answered_in_order(citizen: Citizen) -> None:
    messages = [citizen.message(words) for words in (*STEPS, feedback_texts.SEND.sends)]
    replies = await asyncio.gather(*map(citizen.conversation.reply_to, messages))
    assert find_feedback_code(replies[-1].text)
    kept = await citizen.conversation.history(citizen.key)
    assert [exchange.external_id for exchange in kept] == [one.external_id for one in messages]


async def test_the_history_shows_a_tap_by_its_label(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    await citizen.taps(feedback_texts.ABOUT_CONDUCT.label)
    _, kept = await citizen.conversation.history(citizen.key)
    assert kept.said == feedback_texts.ABOUT_CONDUCT.label
    assert read_reply(kept) == citizen.reply


class BrokenMatcher(Matcher):
    def __init__(self) -> None: ...

    def answer(self, question: str) -> Answer:
        raise RuntimeError(question)


async def test_a_bug_is_told_as_trouble_and_nothing_personal_is_logged(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(office, matcher=BrokenMatcher())
    citizen = Citizen(Conversation(broken), chat="0912345678")
    with caplog.at_level(logging.INFO):
        assert await citizen.says("Tôi là Nguyễn Văn An") == common.TROUBLE
    assert "RuntimeError" in caplog.text
    assert not [secret for secret in ("Nguyễn", "0912345678") if secret in caplog.text]


async def test_a_bug_leaves_the_talk_where_it_stood(citizen: Citizen, office: Office) -> None:
    await citizen.says("/hoso")
    broken = replace(office, matcher=BrokenMatcher())
    unlucky = replace(citizen, conversation=Conversation(broken))
    await unlucky.says(NONSENSE)
    assert len(await citizen.conversation.history(citizen.key)) == 1


@given(text=st.text() | st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "L"])))
@example(text="a" * 10_000)
@example(text="phí\0bao nhiêu")
@example(text="ho\u0302\u0300 so\u031b")
@example(text="\ud800 2")
@example(text="👨‍👩‍👧‍👦 🇻🇳")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_text_gets_some_answer_wherever_the_talk_stands(
    citizen: Citizen, text: str
) -> None:
    for words in ("/huy", "/hoso", UNCLEAR, *STEPS):
        await citizen.says(words)
        told = await citizen.says(text)
        assert told.strip()
        assert told != common.TROUBLE


@pytest.mark.parametrize("kind", sorted(common.INSTEAD_OF_WORDS))
async def test_whatever_comes_instead_of_words_is_answered_and_changes_nothing(
    citizen: Citizen, kind: Kind
) -> None:
    await citizen.says("/hoso")
    told = await citizen.conversation.reply_to(replace(citizen.message(""), kind=kind))
    assert told.text == common.INSTEAD_OF_WORDS[kind]
    assert await citizen.says(CODE) == dossier_texts.not_found(CODE)


async def test_a_question_in_better_words_is_answered_anew(citizen: Citizen) -> None:
    await citizen.says("giấy phép")
    better = replace(citizen.message("giấy phép bưu chính nội tỉnh phí bao nhiêu"), kind="edited")
    assert "10.750.000 đồng" in (await citizen.conversation.reply_to(better)).text


async def test_a_card_with_a_number_answers_the_question_for_one(citizen: Citizen) -> None:
    for words in ("/gopy", feedback_texts.ABOUT_CONDUCT.sends, "Cán bộ hẹn ba lần rồi", "An"):
        await citizen.says(words)
    card = replace(citizen.message("0912345678"), kind="contact")
    assert "0912345678" in (await citizen.conversation.reply_to(card)).text
