"""The Zalo Bot door against our stand-in for Zalo: talks, troubles, and a token kept secret."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.doors.zalo_bot import Sender, open_door, open_sender, read
from bot.doors.zalo_bot.pace import Pace
from bot.doors.zalo_bot.reading import unwrapped
from bot.doors.zalo_bot.webhook import SECRET_HEADER, receiver, secret_of
from bot.post.delivery import Fate, Later, Refusal, Refused, Sent, Unknown
from bot.post.hooks import Delivery, Hooks, open_port
from bot.post.limits import Limits
from bot.post.office import open_post
from handlers.conversation import Conversation
from handlers.desk import Desk, Office
from handlers.messages import Message, Reply
from handlers.states import Turn
from handlers.texts import common
from tests.bot.zalo_bot_peer import (
    CITIZEN,
    OWN_ID,
    TOKEN,
    Trouble,
    ZaloBotPeer,
    open_peer,
    refusal,
)
from tests.citizen import NOON
from tests.patience import PATIENCE

UNHURRIED: Final = Limits(per_second=1000, chat_gap=0)
QUICK: Final = Pace(poll=1, between_polls=0, first_retry=0.02, longest_retry=0.1)
QUESTION: Final = "cấp giấy phép bưu chính nội tỉnh cần giấy tờ gì"
LOST: Final = "zalo_bot: unreachable, trying again"
FOUND: Final = "zalo_bot: reached again"
SHUT: Final = "zalo_bot: the token is refused, the door stays shut"
CONTACT: Final = "Gặp cán bộ: "
CANNOT_BE_READ: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("message.image.received", {"photo_url": "https://zalo.vn/a.jpg"}),
    ("message.image.received", {"photo": "https://zalo.vn/a.jpg", "message_type": "CHAT_PHOTO"}),
    ("message.sticker.received", {"sticker": "bfe458bf64fa8da4d4eb"}),
    ("message.voice.received", {"voice_url": "https://zalo.vn/a.aac"}),
    ("message.unsupported.received", {}),
)


@pytest.fixture
async def peer() -> AsyncGenerator[ZaloBotPeer]:
    async with open_peer() as peer:
        yield peer


@pytest.fixture
def office(office: Office) -> Office:
    """Let the clock go, for the post counts by it."""
    began = time.monotonic()
    return replace(office, now=lambda: NOON + timedelta(seconds=time.monotonic() - began))


@pytest.fixture
async def sender(peer: ZaloBotPeer) -> AsyncGenerator[Sender]:
    async with open_sender(token=TOKEN, api=peer.url) as sender:
        yield sender


@asynccontextmanager
async def polling(conversation: Conversation, peer: ZaloBotPeer) -> AsyncGenerator[str]:
    async with opened(conversation, peer.url, None, Hooks()) as where:
        yield where


@asynccontextmanager
async def opened(
    conversation: Conversation,
    api: str,
    webhook_url: str | None,
    hooks: Hooks,
    files_from: Collection[str] = (),
) -> AsyncGenerator[str]:
    async with (
        open_post(conversation) as post,
        open_door(
            post,
            token=TOKEN,
            api=api,
            webhook_url=webhook_url,
            hooks=hooks,
            files_from=files_from,
            limits=UNHURRIED,
            pace=QUICK,
        ) as where,
    ):
        yield where


@asynccontextmanager
async def delivered(
    conversation: Conversation, peer: ZaloBotPeer, files_from: Collection[str] = ()
) -> AsyncGenerator[str]:
    """Open the door with a webhook, and wait until Zalo knows it."""
    hooks = Hooks()
    async with open_port(hooks, host="127.0.0.1", port=0) as port:
        url = f"{port.removeprefix('hooks: ')}/zalo_bot"
        async with opened(conversation, peer.url, url, hooks, files_from) as where:
            await peer.until(lambda: peer.webhook is not None)
            yield where


async def eventually(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - a log rings no bell
            await asyncio.sleep(0.01)


def event(**changes: Any) -> Any:
    message = {
        "from": {"id": CITIZEN, "is_bot": False},
        "chat": {"id": CITIZEN, "chat_type": "PRIVATE"},
        "text": "Xin chào",
        "message_id": "2d758cb5e222177a4e35",
    }
    return {"event_name": "message.text.received", "message": message | changes}


async def test_the_door_says_how_messages_come_in(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    async with polling(conversation, peer) as where:
        assert where == "zalo_bot: polling"
    async with delivered(conversation, peer) as where:
        assert where == "zalo_bot: webhook at /hooks/zalo_bot"


@pytest.mark.parametrize("wraps", [True, False], ids=["wrapped", "bare"])
async def test_a_talk_over_the_webhook(
    conversation: Conversation, peer: ZaloBotPeer, *, wraps: bool
) -> None:
    peer.wraps = wraps
    async with delivered(conversation, peer):
        assert await peer.hears("/start") == HTTPStatus.OK
        (welcome,) = await peer.shows(1)
        assert welcome.text.startswith(common.welcome(conversation.office.card))
        assert "\n1. Hỏi về thủ tục\n" in welcome.text
        await peer.hears(QUESTION)
        answer = (await peer.shows(2))[1]
        assert "Phương án kinh doanh" in answer.text
        number = next(line for line in answer.text.splitlines() if "Phí, lệ phí" in line)[0]
        await peer.hears(number)
        assert "10.750.000 đồng" in (await peer.shows(3))[2].text


async def test_the_same_talk_by_polling(conversation: Conversation, peer: ZaloBotPeer) -> None:
    async with polling(conversation, peer):
        await peer.hears(QUESTION)
        answer = (await peer.shows(1))[0]
        assert "Phương án kinh doanh" in answer.text
        number = next(line for line in answer.text.splitlines() if "Phí, lệ phí" in line)[0]
        await peer.hears(number)
        assert "10.750.000 đồng" in (await peer.shows(2))[1].text


@pytest.mark.parametrize(("name", "content"), CANNOT_BE_READ)
async def test_what_is_no_text_is_told_so(
    conversation: Conversation, peer: ZaloBotPeer, name: str, content: dict[str, Any]
) -> None:
    async with delivered(conversation, peer):
        assert await peer.gets(name, content) == HTTPStatus.OK
        assert (await peer.shows(1))[0].text in common.INSTEAD_OF_WORDS.values()


async def test_a_caption_is_read_as_text(conversation: Conversation, peer: ZaloBotPeer) -> None:
    async with delivered(conversation, peer):
        await peer.gets("message.image.received", {"photo": "x", "caption": "/lienhe"})
        assert (await peer.shows(1))[0].text.startswith(CONTACT)


@pytest.mark.parametrize(
    "odd",
    [
        event(chat={"id": CITIZEN, "chat_type": "GROUP"}),
        event(**{"from": {"id": OWN_ID}}),
        event(**{"from": {"id": "another-bot", "is_bot": True}}),
        event(message_id=None),
        event(chat=None),
        event(chat={"id": "có dấu"}),
        event(chat={"id": "x" * 101}),
        event(text={"not": "words"}),
        {"event_name": "message.reaction.received", "message": event()["message"]},
        {"event_name": ["message.text.received"]},
        {"event_name": "message.text.received", "message": []},
        {},
        [],
        None,
        7,
    ],
    ids=repr,
)
async def test_what_is_not_for_us_is_taken_and_stays_unanswered(
    conversation: Conversation, peer: ZaloBotPeer, odd: Any
) -> None:
    async with delivered(conversation, peer):
        assert await peer.brings(odd) == HTTPStatus.OK
        await peer.hears("/lienhe")
        await peer.shows(1)
    (answer,) = peer.sent
    assert answer.text.startswith(CONTACT)


async def test_ten_messages_in_a_moment_are_answered_in_order(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    peer.troubles.append(refusal("sendMessage", 429))  # would let the second overtake the first
    said = ["/lienhe", "/hoso"] * 5
    async with delivered(conversation, peer):
        for text in said:
            await peer.hears(text)
        sent = [answer.text for answer in await peer.shows(len(said))]
    assert all(before != after for before, after in pairwise(sent))
    assert sent[0].startswith(CONTACT)


@pytest.mark.parametrize("by_webhook", [True, False])
async def test_the_same_message_again_is_answered_once(
    conversation: Conversation, peer: ZaloBotPeer, *, by_webhook: bool
) -> None:
    way_in = delivered if by_webhook else polling
    peer.replays = not by_webhook
    async with way_in(conversation, peer):
        for _ in range(5 if by_webhook else 1):
            await peer.gets("message.text.received", {"text": "/lienhe"}, message_id="same")
        await peer.until(lambda: by_webhook or peer.calls.count("getUpdates") > 5)
        await peer.hears("/lienhe", chat="another")
        await peer.until(lambda: any(answer.chat == "another" for answer in peer.sent))
    assert [answer.chat for answer in peer.sent].count(CITIZEN) == 1


async def test_a_slow_answer_shows_that_we_are_typing(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    class Slow(Conversation):
        async def turn_at(self, desk: Desk, message: Message) -> Turn:
            await peer.until(lambda: "sendChatAction" in peer.calls)
            return await super().turn_at(desk, message)

    async with polling(Slow(conversation.office), peer):
        await peer.hears("/start")
        await peer.shows(1)


async def test_nobody_comes_in_without_the_secret(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    body = json.dumps(event()).encode()
    async with delivered(conversation, peer):
        for secret in ("", "wrong", secret_of(TOKEN)[:-1], secret_of(TOKEN) + "0", "\u00e9"):
            headers = {SECRET_HEADER: secret} if secret else {}
            assert await peer.posts(body, headers) == HTTPStatus.FORBIDDEN
        assert await peer.posts(b"not even json", {}) == HTTPStatus.FORBIDDEN
        assert await peer.posts(b"", {}) == HTTPStatus.OK
    assert peer.sent == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", HTTPStatus.OK),
        (b"\xff\xfe", HTTPStatus.OK),
        (b"[" * 100_000, HTTPStatus.OK),
        (b'{"result":' * 50_000, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (b"9" * 10_000, HTTPStatus.OK),
        (b"x" * 256 * 1024 + b"x", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
    ids=["cut", "not UTF-8", "deep", "deep and long", "a long number", "huge"],
)
async def test_no_body_breaks_the_door(
    conversation: Conversation, peer: ZaloBotPeer, body: bytes, status: HTTPStatus
) -> None:
    async with delivered(conversation, peer):
        assert await peer.posts(body) == status
        await peer.hears("/lienhe")
        await peer.shows(1)


async def test_half_a_letter_and_a_null_are_taken(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    async with delivered(conversation, peer):
        for text in ("\\ud83d", "\\u0000", "/lienhe\\u0000"):
            body = json.dumps(event(text="T", message_id=str(len(text) * 7))).replace(
                '"T"', f'"{text}"'
            )
            assert await peer.posts(body.encode()) == HTTPStatus.OK
        await peer.hears("/lienhe")
        await peer.shows(1)


JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "ok",
                    "result",
                    "event_name",
                    "message",
                    "from",
                    "chat",
                    "id",
                    "text",
                    "message_id",
                ]
            ),
            inner | st.just("message.text.received"),
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_a_message_or_nothing(update: Any) -> None:
    for inner in unwrapped(update):
        assert isinstance(read(inner, OWN_ID), Message | None)


@given(changes=st.dictionaries(st.sampled_from(list(event()["message"])), JSON))
def test_any_change_of_an_event_is_a_message_or_nothing(changes: dict[str, Any]) -> None:
    assert isinstance(read(event(**changes), OWN_ID), Message | None)


@given(body=st.binary(), secret=st.text())
def test_any_delivery_is_refused_or_a_probe(body: bytes, secret: str) -> None:
    async def take(update: object) -> None:
        pytest.fail("it came in")

    delivery = Delivery({SECRET_HEADER: secret}, body)
    status = asyncio.run(receiver("the secret", take)(delivery))
    assert status == (HTTPStatus.FORBIDDEN if body else HTTPStatus.OK)


async def test_a_secret_that_is_no_text_is_refused() -> None:
    async def take(update: object) -> None:
        pass

    delivery = Delivery({SECRET_HEADER: "\udcff"}, b"{}")
    assert await receiver("the secret", take)(delivery) == HTTPStatus.FORBIDDEN


async def test_no_news_is_no_trouble(
    conversation: Conversation, peer: ZaloBotPeer, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(conversation, peer):
        await peer.until(lambda: peer.calls.count("getUpdates") > 3)
    assert caplog.messages == []


async def test_what_cannot_be_taken_in_is_asked_for_again() -> None:
    async def take(update: object) -> None:
        raise OSError

    hooks = Hooks()
    with hooks.answered_by("zalo_bot", receiver("the secret", take)):
        delivery = Delivery({SECRET_HEADER: "the secret"}, b"{}")
        assert await hooks.deliver("zalo_bot", delivery) == HTTPStatus.SERVICE_UNAVAILABLE


@pytest.mark.parametrize(
    ("trouble", "fate"),
    [
        (refusal("sendMessage", 400), Refused(Refusal.NOT_ACCEPTED)),
        (refusal("sendMessage", 404), Refused(Refusal.NOT_ACCEPTED)),
        (refusal("sendMessage", 401), Later()),
        (refusal("sendMessage", 429), Later()),
        (
            Trouble(method="sendMessage", status=429, answer="{}", headers={"Retry-After": "7"}),
            Later(7.0),
        ),
        (refusal("sendMessage", 408), Unknown()),
        (refusal("sendMessage", 500), Unknown()),
        (Trouble(method="sendMessage", status=502, answer="<h1>Bad Gateway</h1>"), Unknown()),
        (Trouble(method="sendMessage", status=200, answer="<h1>Hello</h1>"), Unknown()),
        (
            Trouble(method="sendMessage", answer='{"ok": false, "error_code": 400}'),
            Refused(Refusal.NOT_ACCEPTED),
        ),
        (Trouble(method="sendMessage", answer='{"ok": true, "error_code": 0}'), Sent(None)),
        (Trouble(method="sendMessage", answer='{"ok": true, "result": []}'), Sent(None)),
        (Trouble(method="sendMessage", answer='{"ok": false, "error_code": "x"}'), Unknown()),
        (
            Trouble(method="sendMessage", status=302, headers={"Location": "http://127.0.0.1"}),
            Unknown(),
        ),
    ],
    ids=repr,
)
async def test_each_trouble_has_its_fate(
    sender: Sender, peer: ZaloBotPeer, trouble: Trouble, fate: Fate
) -> None:
    peer.troubles.append(trouble)
    assert await sender.send(CITIZEN, "Chào", ()) == fate
    assert peer.calls == ["sendMessage"]


@pytest.mark.parametrize(
    ("asked", "fate"),
    [
        ([refusal("sendChatAction", 403)], Refused(Refusal.CHAT_REFUSED)),
        ([refusal("sendChatAction", 429)], Unknown()),
        ([Trouble(method="sendChatAction", status=502, answer="<h1>Bad Gateway</h1>")], Unknown()),
        ([], Unknown()),
    ],
    ids=["so is the chat", "too fast to say", "nobody knows", "the chat is open"],
)
async def test_a_refusal_that_may_mean_anything_is_looked_into_and_nothing_is_said_twice(
    sender: Sender, peer: ZaloBotPeer, asked: list[Trouble], fate: Fate
) -> None:
    peer.troubles.extend([refusal("sendMessage", 403), *asked])
    assert await sender.send(CITIZEN, "Chào", ()) == fate
    assert peer.calls == ["sendMessage", "sendChatAction"]


async def test_what_arrived_has_a_number(sender: Sender) -> None:
    fate = await sender.send(CITIZEN, "Chào", ())
    assert isinstance(fate, Sent)
    assert fate.message_id


async def test_what_never_left_may_be_sent_later(sender: Sender, peer: ZaloBotPeer) -> None:
    await peer.goes_down()
    assert await sender.send(CITIZEN, "Chào", ()) == Later()


async def test_a_connection_that_breaks_leaves_us_in_doubt() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, open_sender(token=TOKEN, api=f"http://127.0.0.1:{port}") as sender:
        assert await sender.send(CITIZEN, "Chào", ()) == Unknown()


async def test_a_message_that_never_left_is_sent_again(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    async with delivered(conversation, peer):
        peer.troubles.append(refusal("sendMessage", 429))
        await peer.hears("/lienhe")
        await peer.shows(1)


async def test_after_a_lost_part_the_rest_is_not_sent(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    class Wordy(Conversation):
        async def turn_at(self, desk: Desk, message: Message) -> Turn:
            return Turn(Reply("chữ " * 2000))

    async with delivered(Wordy(conversation.office), peer):
        await peer.hears("a", chat="whole")
        await peer.shows(4)
        peer.troubles.append(refusal("sendMessage", 403))
        await peer.hears("b", chat="broken")
        await peer.until(lambda: not peer.troubles)
    assert [answer.chat for answer in peer.sent] == ["whole"] * 4


async def test_a_door_opened_before_zalo_is_there_answers_later(
    conversation: Conversation, peer: ZaloBotPeer, caplog: pytest.LogCaptureFixture
) -> None:
    await peer.goes_down()
    async with polling(conversation, peer):
        await eventually(lambda: LOST in caplog.messages)
        await peer.comes_up()
        await peer.hears("/start")
        await peer.shows(1)
    assert caplog.messages == [LOST, FOUND]


async def test_a_webhook_is_set_once_zalo_is_there(
    conversation: Conversation, peer: ZaloBotPeer
) -> None:
    peer.troubles += [refusal("getMe", 500), refusal("setWebhook", 429)]
    async with delivered(conversation, peer):
        await peer.hears("/start")
        await peer.shows(1)


async def test_a_webhook_that_zalo_cannot_reach_is_told(
    conversation: Conversation, peer: ZaloBotPeer, caplog: pytest.LogCaptureFixture
) -> None:
    answer = json.dumps({"ok": True, "result": {"verification": {"ok": False, "hint": TOKEN}}})
    peer.troubles.append(Trouble(method="setWebhook", answer=answer))
    async with opened(conversation, peer.url, "https://example.vn", Hooks()):
        await eventually(lambda: bool(caplog.messages))
    assert caplog.messages == ["zalo_bot: Zalo cannot reach the webhook's address"]


async def test_a_webhook_in_the_way_of_polling_is_told_plainly(
    conversation: Conversation, peer: ZaloBotPeer, caplog: pytest.LogCaptureFixture
) -> None:
    peer.webhook = ("https://example.vn", "somebody else's")
    async with polling(conversation, peer):
        await peer.until(lambda: peer.calls.count("getUpdates") > 2)
        peer.webhook = None
        await peer.hears("/start")
        await peer.shows(1)
    told = (
        "zalo_bot: a webhook is set for this bot, so messages cannot be fetched: "
        "set MOTCUA_ZALO_BOT_WEBHOOK_URL, or delete that webhook"
    )
    assert caplog.messages == [told, FOUND]


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_refused_token_is_told_once_and_never_shown(
    conversation: Conversation,
    peer: ZaloBotPeer,
    caplog: pytest.LogCaptureFixture,
    method: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    peer.troubles.append(refusal(method, 401, f"Unauthorized {TOKEN}"))
    async with polling(conversation, peer):
        await eventually(lambda: SHUT in caplog.messages)
    assert caplog.messages.count(SHUT) == 1
    assert TOKEN not in caplog.text


async def test_no_trouble_shows_the_token(
    conversation: Conversation, peer: ZaloBotPeer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with polling(conversation, peer):
        for trouble in ("502", "cut", "down"):
            if trouble == "502":
                peer.troubles.append(refusal("sendMessage", 502, TOKEN))
            if trouble == "cut":
                peer.troubles.append(Trouble(method="sendMessage", answer=TOKEN))
            await peer.hears("/start")
            await peer.until(lambda: not peer.troubles)
        await peer.goes_down()
        await eventually(lambda: LOST in caplog.messages)
    assert TOKEN not in caplog.text


async def test_an_address_that_makes_no_sense_is_no_crash(
    conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(conversation, "nonsense", None, Hooks()):
        await eventually(lambda: LOST in caplog.messages)
    assert TOKEN not in caplog.text
