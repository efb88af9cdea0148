"""The Telegram door against an emulator of Telegram: talks, troubles, and a token kept secret."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from telegram import Bot, Update
from telegram.request import HTTPXRequest

from bot.doors.telegram import open_door, read
from bot.doors.telegram.pace import Pace
from bot.doors.telegram.sending import deliver
from bot.post.delivery import Fate, Later, Refusal, Refused, Sent, Unknown
from bot.post.health import Condition, Health
from bot.post.limits import Limits
from bot.post.office import PostOffice, open_post
from bot.post.outbox import push
from bot.post.parcel import Parcel
from handlers.conversation import Conversation
from handlers.desk import Desk, Office
from handlers.messages import Choice, Message, Reply
from handlers.states import Turn
from handlers.texts import common
from handlers.texts.asking_back import procedure_choice
from handlers.texts.procedures import part_choice
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.forms import FormShelf
from knowledge.procedures.procedure import Facet
from tests.bot.telegram_peer import TOKEN, TelegramPeer, Trouble, open_peer
from tests.citizen import NOON
from tests.patience import PATIENCE

QUICK = Pace(first_retry=0.05, longest_retry=0.2)
UNHURRIED = Limits(per_second=1000, chat_gap=0)
QUESTION = "cấp giấy phép bưu chính nội tỉnh cần giấy tờ gì"
PICTURE = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
FLOOD = Trouble(method="sendMessage", status=429, answer='{"parameters": {"retry_after": 0.1}}')
LOST = "telegram: unreachable, trying again"
FOUND = "telegram: reached again"
SHUT = "telegram: the token is refused, the door stays shut"


@pytest.fixture
async def peer() -> AsyncGenerator[TelegramPeer]:
    async with open_peer() as peer:
        yield peer


@pytest.fixture
def office(office: Office) -> Office:
    """Let the clock go, for the post counts by it."""
    began = time.monotonic()
    return replace(office, now=lambda: NOON + timedelta(seconds=time.monotonic() - began))


@asynccontextmanager
async def door(
    conversation: Conversation, peer: TelegramPeer, health: Health | None = None
) -> AsyncGenerator[str]:
    async with (
        open_post(conversation, health) as post,
        open_door(
            post, token=TOKEN, api=peer.url, proxy=None, limits=UNHURRIED, pace=QUICK
        ) as where,
    ):
        yield where


def bot_at(peer: TelegramPeer, *, read_timeout: float = PATIENCE) -> Bot:
    return Bot(TOKEN, base_url=f"{peer.url}/bot", request=HTTPXRequest(read_timeout=read_timeout))


async def send(bot: Bot, text: str = "Chào Ông/Bà.", *choices: Choice) -> Fate:
    return await deliver(bot, FormShelf())(Parcel(1, "1", text, choices))


async def write(conversation: Conversation, reply: Reply) -> None:
    async with conversation.office.store.transaction() as session:
        await push(
            session,
            channel="telegram",
            chat="1",
            reply=reply,
            key="news",
            at=conversation.office.now(),
        )


async def eventually(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - a log rings no bell
            await asyncio.sleep(0.01)


async def test_the_door_says_that_it_polls(conversation: Conversation, peer: TelegramPeer) -> None:
    async with door(conversation, peer) as where:
        assert where == "telegram: polling"


@pytest.mark.parametrize("command", ["/start", "/start@motcua_bot", "/start from-a-link"])
async def test_start_is_welcomed(
    conversation: Conversation, peer: TelegramPeer, command: str
) -> None:
    async with door(conversation, peer):
        await peer.hears(command)
        (welcome,) = await peer.shows(1)
    assert welcome.text == common.welcome(conversation.office.card)
    assert welcome.buttons == tuple((choice.label, choice.sends) for choice in common.MENU)


async def test_a_question_is_answered_with_buttons_that_answer(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await peer.hears(QUESTION)
        answer = (await peer.shows(1))[0]
        assert "Phương án kinh doanh" in answer.text
        fee = dict(answer.buttons)["Phí, lệ phí"]
        await peer.feels_tap(fee)
        assert "10.750.000 đồng" in (await peer.shows(2))[1].text
    assert peer.calls.index("answerCallbackQuery") < len(peer.calls) - peer.calls[::-1].index(
        "sendMessage"
    )


async def test_a_tap_too_old_to_be_acknowledged_is_answered(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    peer.troubles.append(Trouble(method="answerCallbackQuery", status=400, answer="{}"))
    async with door(conversation, peer):
        await peer.feels_tap("/lienhe")
        assert (await peer.shows(1))[0].text == common.contact(conversation.office.card)


async def test_chats_do_not_wait_for_each_other(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    peer.troubles.append(replace(FLOOD, when=lambda: [one.chat for one in peer.sent] == [2]))
    async with door(conversation, peer):
        await peer.hears("/start", chat=1)
        await peer.until(lambda: "sendMessage" in peer.calls)
        await peer.hears("/start", chat=2)
        assert [answer.chat for answer in await peer.shows(2)] == [2, 1]


async def test_messages_of_one_chat_are_answered_in_order(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    peer.troubles.append(FLOOD)
    questions = ["/start", "/lienhe", "/hoso", "/huy", "/start"]
    for question in questions:
        await peer.hears(question)
    async with door(conversation, peer):
        sent = [answer.text for answer in await peer.shows(len(questions))]
    assert sent[0] == sent[4]
    assert all(before != after for before, after in pairwise(sent))
    assert sent[1] == common.contact(conversation.office.card)


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [PICTURE]},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
        {"location": {"longitude": 105.8, "latitude": 21.0}},
        {"contact": {"phone_number": "0", "first_name": "An"}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_is_no_text_is_told_so(
    conversation: Conversation, peer: TelegramPeer, content: dict[str, object]
) -> None:
    async with door(conversation, peer):
        await peer.gets(content)
        assert (await peer.shows(1))[0].text in common.INSTEAD_OF_WORDS.values()


async def test_a_caption_is_read_as_text(conversation: Conversation, peer: TelegramPeer) -> None:
    async with door(conversation, peer):
        await peer.gets({"photo": [PICTURE], "caption": "/lienhe"})
        assert (await peer.shows(1))[0].text == common.contact(conversation.office.card)


async def test_groups_bots_and_notices_get_no_answer(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await peer.gets({"text": "/start", "chat": {"id": -5, "type": "group", "title": "x"}})
        await peer.gets({"text": "/start", "from": {"id": 9, "is_bot": True, "first_name": "B"}})
        await peer.gets({"message_auto_delete_timer_changed": {"message_auto_delete_time": 9}})
        await peer.hears("/huy", chat=3)
        assert [answer.chat for answer in await peer.shows(1)] == [3]


def test_an_edited_message_is_told_to_be_one() -> None:
    edited = {
        "message_id": 1,
        "date": 1,
        "edit_date": 2,
        "chat": {"id": 1, "type": "private"},
        "text": "x",
    }
    message = read(Update.de_json({"update_id": 1, "edited_message": edited}))
    assert message is not None
    assert message.kind == "edited"


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"longitude": 105.8, "latitude": 21.0, "live_period": 900}},
        {"photo": [PICTURE]},
        {"contact": {"phone_number": "0", "first_name": "An"}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_a_message_mended_without_words_is_nothing_to_answer(content: dict[str, object]) -> None:
    """A place that is shared while it moves comes as one mended message after another."""
    mended = {"message_id": 1, "date": 1, "edit_date": 2, "chat": {"id": 1, "type": "private"}}
    assert read(Update.de_json({"update_id": 1, "edited_message": mended | content})) is None
    assert read(Update.de_json({"update_id": 1, "message": mended | content})) is not None


async def test_the_commands_are_shown_in_the_menu(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    async with door(conversation, peer):
        await peer.until(lambda: "setMyCommands" in peer.calls)


async def test_a_door_opened_before_telegram_is_there_answers_later(
    conversation: Conversation, peer: TelegramPeer, caplog: pytest.LogCaptureFixture
) -> None:
    await peer.goes_down()
    async with door(conversation, peer):
        await eventually(lambda: LOST in caplog.messages)
        await peer.comes_up()
        await peer.hears("/start")
        await peer.shows(1)
    assert caplog.messages == [LOST, FOUND]


async def test_the_door_lives_through_an_outage(
    conversation: Conversation, peer: TelegramPeer, caplog: pytest.LogCaptureFixture
) -> None:
    health = Health()
    async with door(conversation, peer, health):
        await peer.hears("/start")
        await peer.shows(1)
        assert health.channels == {"telegram": Condition.UP}
        await peer.goes_down()
        await eventually(lambda: LOST in caplog.messages)
        assert health.channels == {"telegram": Condition.DOWN}
        await peer.comes_up()
        await peer.hears("/lienhe")
        await peer.shows(2)


async def test_a_closed_door_finishes_what_it_began(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    peer.slowness = 0.2
    async with door(conversation, peer):
        await peer.hears("/start")
        await peer.until(lambda: "sendMessage" in peer.calls)
    assert len(peer.sent) == 1


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "setMyCommands", "getUpdates"])
async def test_a_door_can_be_closed_at_any_step(
    conversation: Conversation, peer: TelegramPeer, method: str
) -> None:
    peer.troubles.append(Trouble(method=method, status=500, answer="{}"))
    async with door(conversation, peer):
        await peer.until(lambda: method in peer.calls)


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_a_refused_token_is_told_once_and_never_shown(
    conversation: Conversation,
    peer: TelegramPeer,
    caplog: pytest.LogCaptureFixture,
    method: str,
) -> None:
    caplog.set_level(logging.INFO)
    peer.troubles.append(Trouble(method=method, status=401, answer='{"description": "no"}'))
    health = Health()
    async with door(conversation, peer, health):
        await eventually(lambda: SHUT in caplog.messages)
    assert health.channels == {"telegram": Condition.SHUT}
    assert caplog.messages.count(SHUT) == 1
    assert TOKEN not in caplog.text


async def test_a_token_revoked_later_shuts_the_door(
    conversation: Conversation, peer: TelegramPeer, caplog: pytest.LogCaptureFixture
) -> None:
    async with door(conversation, peer):
        await peer.hears("/start")
        await peer.shows(1)
        peer.troubles.append(Trouble(method="getUpdates", status=401, answer="{}"))
        await peer.hears("/start")
        await eventually(lambda: SHUT in caplog.messages)
    assert "asyncio" not in {record.name for record in caplog.records}
    assert TOKEN not in caplog.text


async def test_no_log_of_a_talk_holds_the_token(
    conversation: Conversation, peer: TelegramPeer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with door(conversation, peer):
        await peer.hears("/start")
        await peer.shows(1)
        await peer.goes_down()
        await eventually(lambda: LOST in caplog.messages)
    assert TOKEN not in caplog.text


async def test_a_proxy_that_makes_no_sense_keeps_the_door_shut(
    conversation: Conversation,
) -> None:
    with pytest.raises(OSError, match="the proxy's address cannot be used"):
        async with open_door(
            PostOffice(conversation), token=TOKEN, api="", proxy="what:ever", limits=UNHURRIED
        ):
            pass


async def test_a_long_reply_is_sent_in_parts_with_buttons_under_the_last(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    words = "Hồ sơ gồm nhiều giấy tờ. " * 400
    await write(conversation, Reply(words, common.MENU))
    async with door(conversation, peer):
        sent = await peer.shows(3)
    assert [bool(part.buttons) for part in sent] == [False, False, True]
    assert " ".join(part.text for part in sent) == words.strip()


async def test_after_a_lost_part_the_rest_is_not_sent(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    peer.troubles.append(Trouble(method="sendMessage", status=403, answer="{}"))
    await write(conversation, Reply("chữ " * 2000))
    async with door(conversation, peer):
        await peer.until(lambda: "sendMessage" in peer.calls)
        await peer.hears("/start")
        assert (await peer.shows(1))[0].text == common.welcome(conversation.office.card)
    assert peer.calls.count("sendMessage") == 2


async def test_what_could_not_be_sent_before_closing_is_sent_after_opening(
    conversation: Conversation, peer: TelegramPeer
) -> None:
    peer.troubles.append(Trouble(method="sendMessage", status=429, answer=FLOOD.answer))
    async with door(conversation, peer):
        await peer.hears("/start")
        await peer.until(lambda: "sendMessage" in peer.calls)
    async with door(conversation, peer):
        await peer.shows(1)


async def test_a_long_label_is_shortened(peer: TelegramPeer) -> None:
    async with bot_at(peer) as bot:
        await send(bot, "Việc nào?", Choice("rất dài " * 20, "/tt"))
    ((label, _),) = peer.sent[0].buttons
    assert len(label) <= 64
    assert label.endswith("…")


async def test_a_slow_answer_shows_that_we_are_typing(office: Office, peer: TelegramPeer) -> None:
    class Slow(Conversation):
        async def turn_at(self, desk: Desk, message: Message) -> Turn:
            await peer.until(lambda: "sendChatAction" in peer.calls)
            return await super().turn_at(desk, message)

    async with door(Slow(office), peer):
        await peer.hears("/start")
        await peer.shows(1)


async def test_the_fate_of_a_message_that_arrived_is_its_number(peer: TelegramPeer) -> None:
    async with bot_at(peer) as bot:
        assert isinstance(await send(bot), Sent)


async def test_a_message_that_never_left_may_go_later(peer: TelegramPeer) -> None:
    async with bot_at(peer) as bot:
        await peer.goes_down()
        assert await send(bot) == Later()


async def test_a_message_that_may_have_arrived_has_an_unknown_fate(peer: TelegramPeer) -> None:
    async with bot_at(peer, read_timeout=0.1) as bot:
        peer.troubles.append(Trouble(method="sendMessage", after=PATIENCE))
        assert await send(bot) == Unknown()


@pytest.mark.parametrize(
    ("status", "answer", "fate"),
    [
        (429, '{"parameters": {"retry_after": 99}}', Later(99)),
        (502, "<h1>Bad Gateway</h1>", Unknown()),
        (500, "{}", Unknown()),
        (401, "{}", Later()),
        (403, '{"description": "Forbidden: bot was blocked"}', Refused(Refusal.BLOCKED)),
        (400, '{"description": "Bad Request: chat not found"}', Refused(Refusal.BLOCKED)),
        (400, '{"description": "Bad Request: text"}', Refused(Refusal.NOT_ACCEPTED)),
        (400, "<h1>Bad Request</h1>", Refused(Refusal.NOT_ACCEPTED)),
    ],
)
async def test_each_trouble_has_its_own_fate(
    peer: TelegramPeer, status: int, answer: str, fate: Fate
) -> None:
    peer.troubles.append(Trouble(method="sendMessage", status=status, answer=answer))
    async with bot_at(peer) as bot:
        assert await send(bot) == fate


def test_every_button_of_the_catalogue_fits_telegram(catalog: Catalog) -> None:
    facets = tuple(sorted(Facet, key=len, reverse=True))
    choices = [procedure_choice(procedure, procedure.name, facets) for procedure in catalog]
    choices += [part_choice(procedure, facet) for procedure in catalog for facet in Facet]
    assert max(len(choice.sends.encode()) for choice in choices) <= 64


async def test_a_form_on_the_shelf_is_sent_as_a_file(
    office: Office, peer: TelegramPeer, tmp_path: Path
) -> None:
    (tmp_path / "1.003249").mkdir()
    (tmp_path / "1.003249" / "Mẫu số 21.docx").write_bytes(b"mau")
    office = replace(office, forms=FormShelf(tmp_path))
    async with door(Conversation(office), peer):
        await peer.hears("/tt 1.003249 form")
        await peer.until(lambda: bool(peer.files))
    assert peer.files == [("Mẫu số 21.docx", b"mau")]
    assert "Mẫu đơn, tờ khai:" in peer.sent[0].text


async def test_a_form_taken_off_the_shelf_meanwhile_is_refused(peer: TelegramPeer) -> None:
    parcel = Parcel(1, "1", "x", (), 1, "1.003249/away.docx")
    sent = await deliver(bot_at(peer), FormShelf())(parcel)
    assert sent == Refused(Refusal.NOT_ACCEPTED)
