"""The Official Account's door against our stand-in for Zalo: talks, windows, officers."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import pairwise
from typing import Any, Final

import pytest
from sqlmodel import select

from bot.doors.zalo_oa import Sender, connect, oauth, open_door
from bot.doors.zalo_oa.pace import Pace
from bot.doors.zalo_oa.seal import Seal
from bot.doors.zalo_oa.tokens import Tokens
from bot.doors.zalo_oa.vault import Vault
from bot.post.delivery import Fate, Later, Refusal, Refused, Sent, Unknown
from bot.post.hooks import Hooks, open_port
from bot.post.limits import Limits
from bot.post.office import open_post
from bot.post.outbox import push
from bot.post.parcel import Priority
from bot.post.wire import open_line
from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.messages import Choice, Reply
from handlers.texts import common
from knowledge.store.tables import OutboxRow
from tests.bot.zalo_oa_peer import CITIZEN, OA, Trouble, ZaloOaPeer, open_peer, refusal
from tests.citizen import NOON
from tests.patience import PATIENCE

UNHURRIED: Final = Limits(per_second=1000, chat_gap=0)
QUICK: Final = Pace(upkeep=0.05, peek=0.01)
QUESTION: Final = "cấp giấy phép bưu chính nội tỉnh cần giấy tờ gì"
CONTACT: Final = "Gặp cán bộ: "
MANY: Final = tuple(Choice(f"Việc {number}", f"/tt {number}") for number in range(5))
DAY: Final = timedelta(days=1)


class Clock:
    """The time of a test."""

    def __init__(self) -> None:
        self.now = NOON
        self._began: float | None = None

    def go(self) -> None:
        """Go on from now, for the post counts by it."""
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        if self._began is None:
            return self.now
        return self.now + timedelta(seconds=time.monotonic() - self._began)


@pytest.fixture
async def peer() -> AsyncGenerator[ZaloOaPeer]:
    async with open_peer() as peer:
        yield peer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def talk(office: Office, clock: Clock, peer: ZaloOaPeer) -> Conversation:
    """Give a conversation whose office has connected its account."""
    office = replace(office, now=clock)
    await connect(peer.account(), peer.refresh, office.store, clock)
    return Conversation(office)


@asynccontextmanager
async def opened(
    conversation: Conversation, peer: ZaloOaPeer, **account: Any
) -> AsyncGenerator[str]:
    hooks = Hooks()
    if isinstance(conversation.office.now, Clock):
        conversation.office.now.go()
    async with open_port(hooks, host="127.0.0.1", port=0) as port:
        peer.hook = f"{port.removeprefix('hooks: ')}/zalo_oa"
        mine = replace(peer.account(), **account)
        async with (
            open_post(conversation) as post,
            open_door(post, mine, hooks=hooks, limits=UNHURRIED, pace=QUICK) as where,
        ):
            yield where


@asynccontextmanager
async def writing(
    conversation: Conversation, peer: ZaloOaPeer, **account: Any
) -> AsyncGenerator[Sender]:
    """Give a way out."""
    office, mine = conversation.office, replace(peer.account(), **account)
    async with open_line() as line:
        vault = Vault(office.store, Seal(None), OA, office.now)

        async def renew(refresh: str) -> oauth.Pair:
            return await oauth.renew(line, mine, refresh)

        tokens = Tokens(vault, renew, office.now, peek=0.01)
        yield Sender(line, tokens, api=mine.api)


async def test_a_talk_with_buttons(talk: Conversation, peer: ZaloOaPeer) -> None:
    async with opened(talk, peer) as where:
        assert where == "zalo_oa: webhook at /hooks/zalo_oa"
        assert await peer.follows() == HTTPStatus.OK
        (welcome,) = await peer.shows(1)
        assert welcome.text == common.welcome(talk.office.card)
        assert welcome.buttons == tuple((choice.label, choice.sends) for choice in common.MENU)
        assert await peer.hears(QUESTION) == HTTPStatus.OK
        answer = (await peer.shows(2))[1]
        assert "Phương án kinh doanh" in answer.text
        fee = dict(answer.buttons).get("Phí, lệ phí", "phí bao nhiêu")
        await peer.hears(fee)
        assert "10.750.000 đồng" in (await peer.shows(3))[2].text


async def test_more_choices_than_buttons_are_numbered(
    talk: Conversation, peer: ZaloOaPeer
) -> None:
    async with opened(talk, peer):
        await peer.hears(QUESTION)
        answer = (await peer.shows(1))[0]
        offered = [line for line in answer.text.splitlines() if line[:2] in ("1.", "6.")]
        assert bool(answer.buttons) != bool(offered)


@pytest.mark.parametrize(
    "kind",
    ["image", "link", "audio", "video", "sticker", "location", "file", "gif", "business_card"],
)
async def test_what_is_no_text_is_told_so(talk: Conversation, peer: ZaloOaPeer, kind: str) -> None:
    attachment = {"type": kind, "payload": {"url": "https://zalo.vn/x"}}
    async with opened(talk, peer):
        assert await peer.gets(f"user_send_{kind}", {"attachments": [attachment]}) == HTTPStatus.OK
        assert (await peer.shows(1))[0].text in common.INSTEAD_OF_WORDS.values()


async def test_ten_messages_in_a_moment_are_answered_in_order(
    talk: Conversation, peer: ZaloOaPeer
) -> None:
    peer.troubles.append(refusal(-234))  # would let the second overtake the first
    said = ["/lienhe", "/hoso"] * 5
    async with opened(talk, peer):
        for text in said:
            await peer.hears(text)
        sent = [answer.text for answer in await peer.shows(len(said))]
    assert all(before != after for before, after in pairwise(sent))
    assert sent[0].startswith(CONTACT)


async def test_the_same_message_again_is_answered_once(
    talk: Conversation, peer: ZaloOaPeer
) -> None:
    async with opened(talk, peer):
        for _ in range(5):
            assert await peer.hears("/lienhe", msg_id="same") == HTTPStatus.OK
        await peer.follows()
        await peer.follows()
        await peer.hears("/hoso")
        await peer.shows(3)
    assert [answer.text.startswith(CONTACT) for answer in peer.sent] == [True, False, False]


async def test_our_own_echo_is_dropped(talk: Conversation, peer: ZaloOaPeer) -> None:
    async with opened(talk, peer):
        await peer.echoes("Chào Ông/Bà.")
        await peer.hears("/lienhe")
        await peer.shows(1)
    assert len(peer.sent) == 1


async def test_while_an_officer_speaks_we_are_silent(
    talk: Conversation, peer: ZaloOaPeer, clock: Clock
) -> None:
    async with opened(talk, peer):
        await peer.echoes("Tôi là cán bộ, tôi nghe đây.", admin="9")
        await peer.hears("/lienhe")
        await peer.hears("/lienhe", chat="another")
        await peer.shows(1)
        peer.now = clock.now = NOON + timedelta(minutes=29)
        await peer.hears("/lienhe")
        peer.now = clock.now = NOON + timedelta(minutes=30)
        await peer.hears("/hoso")
        await peer.shows(2)
    assert [answer.chat for answer in peer.sent] == ["another", CITIZEN]
    assert not peer.sent[1].text.startswith(CONTACT)


async def test_an_officers_pause_can_be_switched_off(talk: Conversation, peer: ZaloOaPeer) -> None:
    async with opened(talk, peer, pause=timedelta(0)):
        await peer.echoes("Tôi nghe đây.", admin="9")
        await peer.hears("/lienhe")
        await peer.shows(1)


async def test_nobody_comes_in_unsigned(talk: Conversation, peer: ZaloOaPeer) -> None:
    body = json.dumps({"app_id": "1", "timestamp": peer.timestamp}).encode()
    async with opened(talk, peer):
        for headers in ({}, {"X-ZEvent-Signature": "mac=0"}, {"X-ZEvent-Signature": "\u00e9"}):
            assert await peer.posts(body, headers) == HTTPStatus.FORBIDDEN
        assert await peer.posts(b"[" * 100_000, {}) == HTTPStatus.FORBIDDEN
        huge = b"{" + b" " * 256 * 1024
        assert await peer.posts(huge, {}) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert await peer.posts(b"", {}) == HTTPStatus.OK
    assert peer.sent == []


async def test_half_a_letter_and_a_null_are_taken(talk: Conversation, peer: ZaloOaPeer) -> None:
    async with opened(talk, peer):
        await peer.hears("/lienhe\0")
        await peer.shows(1)
        assert peer.sent[0].text.startswith(CONTACT)


async def test_buttons_send_our_words(talk: Conversation, peer: ZaloOaPeer) -> None:
    async with writing(talk, peer) as sender:
        fate = await sender.send(CITIZEN, "Việc nào?", (*MANY[:4], Choice("dài " * 50, "/tt 9")))
    assert fate == Sent("0" * 19 + "1")
    titles = [title for title, _ in peer.sent[0].buttons]
    assert titles[:2] == ["Việc 0", "Việc 1"]
    assert titles[4].endswith("…")


async def test_who_is_not_logged_on_reads_numbers(talk: Conversation, peer: ZaloOaPeer) -> None:
    message = {"text": "/start", "conversation_id": "c0n"}
    async with opened(talk, peer):
        await peer.gets("anonymous_send_text", message)
        (welcome,) = await peer.shows(1)
    assert welcome.chat == f"{CITIZEN}/c0n"
    assert welcome.buttons == ()
    assert "\n1. Hỏi về thủ tục\n" in welcome.text
    assert peer.calls[-1] == "message"


async def write(conversation: Conversation, key: str, chat: str = CITIZEN) -> None:
    """Write news down, as an officer's work does."""
    async with conversation.office.store.transaction() as session:
        at = conversation.office.now()
        await push(session, channel="zalo_oa", chat=chat, reply=Reply(key), key=key, at=at)


async def fates(conversation: Conversation) -> dict[str, str | None]:
    """Wait until nothing is under way; then tell why what failed did."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with conversation.office.store.transaction() as session:
                rows = list(await session.exec(select(OutboxRow)))
            if all(row.settled_at for row in rows):
                return {row.key: row.reason for row in rows if row.priority == Priority.PUSH}
            await asyncio.sleep(0.01)


async def test_news_go_to_whoever_wrote_lately(
    talk: Conversation, peer: ZaloOaPeer, clock: Clock
) -> None:
    async with opened(talk, peer):
        await peer.hears("/lienhe")
        await peer.shows(1)
        await write(talk, "Hồ sơ đã xong.")
        await write(talk, "Chào.", chat="a stranger")
        await peer.shows(2)
        assert await fates(talk) == {"Hồ sơ đã xong.": None, "Chào.": "window_closed"}


async def test_an_office_may_write_only_while_it_is_free(
    talk: Conversation, peer: ZaloOaPeer, clock: Clock
) -> None:
    async with opened(talk, peer, push=timedelta(hours=48)):
        await peer.hears("/lienhe")
        await peer.shows(1)
        clock.now = NOON + timedelta(hours=49)
        await write(talk, "Hồ sơ đã xong.")
        assert await fates(talk) == {"Hồ sơ đã xong.": "window_closed"}
    assert len(peer.sent) == 1


async def test_who_left_is_written_to_no_more_until_they_write(
    talk: Conversation, peer: ZaloOaPeer
) -> None:
    async with opened(talk, peer):
        await peer.hears("/lienhe")
        await peer.shows(1)
        await peer.follows(no_longer=True)
        await peer.hears("/lienhe", chat="another")
        await peer.shows(2)
        await write(talk, "Một.")
        await write(talk, "Một khác.", chat="another")
        assert await fates(talk) == {"Một.": "left", "Một khác.": None}
        await peer.hears("/lienhe")
        await peer.shows(4)
        await write(talk, "Hai.")
        assert (await fates(talk))["Hai."] is None


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (-32, Later(60.0)),
        (-201, Refused(Refusal.NOT_ACCEPTED)),
        (-210, Refused(Refusal.NOT_ACCEPTED)),
        (-213, Refused(Refusal.LEFT)),
        (-227, Refused(Refusal.BLOCKED)),
        (-244, Refused(Refusal.BLOCKED)),
        (-230, Refused(Refusal.WINDOW_CLOSED)),
        (-232, Refused(Refusal.WINDOW_CLOSED)),
        (-218, Refused(Refusal.WINDOW_CLOSED)),
        (-211, Later()),
        (-224, Later()),
        (-320, Later()),
        (-200, Unknown()),
        (-99999, Unknown()),
    ],
)
async def test_each_error_has_its_fate(
    talk: Conversation, peer: ZaloOaPeer, error: int, fate: Fate
) -> None:
    peer.troubles.append(refusal(error))
    async with writing(talk, peer) as sender:
        assert await sender.send(CITIZEN, "Chào", ()) == fate
    assert peer.calls.count("cs") == 1


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(path="cs", status=502, answer="<h1>Bad Gateway</h1>"),
        Trouble(path="cs", status=500, answer='{"error": 0}'),
        Trouble(path="cs", answer="<h1>Hello</h1>"),
        Trouble(path="cs", answer="{}"),
    ],
    ids=repr,
)
async def test_what_cannot_be_read_leaves_us_in_doubt(
    talk: Conversation, peer: ZaloOaPeer, trouble: Trouble
) -> None:
    peer.troubles.append(trouble)
    async with writing(talk, peer) as sender:
        assert await sender.send(CITIZEN, "Chào", ()) == Unknown()
    assert peer.calls.count("cs") == 1


async def test_a_refused_token_is_replaced_and_the_message_goes(
    talk: Conversation, peer: ZaloOaPeer
) -> None:
    peer.access = "of somebody else"
    async with opened(talk, peer):
        await peer.hears("/lienhe")
        await peer.shows(1)
    assert peer.used == ["refresh-0", "refresh-1"]


async def test_nobody_waits_for_a_new_token(talk: Conversation, peer: ZaloOaPeer) -> None:
    peer.access = "of somebody else"
    async with writing(talk, peer) as sender:
        assert await sender.send(CITIZEN, "Chào", ()) == Later()
    assert peer.used == ["refresh-0"]


@pytest.mark.parametrize("status", [200, 401])
async def test_a_token_is_refused_in_more_ways_than_one(
    talk: Conversation, peer: ZaloOaPeer, status: int
) -> None:
    answer = '{"error": 401}' if status == HTTPStatus.OK else "<h1>Unauthorized</h1>"
    peer.troubles.append(Trouble(path="cs", status=status, answer=answer))
    async with opened(talk, peer):
        await peer.hears("/lienhe")
        await peer.shows(1)
    assert peer.used == ["refresh-0", "refresh-1"]


@pytest.mark.parametrize("data", ["null", "[]", '{"message_id": null}', '"text"'])
async def test_what_arrived_has_arrived_whatever_is_told_of_it(
    talk: Conversation, peer: ZaloOaPeer, data: str
) -> None:
    peer.troubles.append(Trouble(path="cs", answer=f'{{"error": 0, "data": {data}}}'))
    async with writing(talk, peer) as sender:
        assert await sender.send(CITIZEN, "Chào", ()) == Sent(None)


async def test_what_never_left_may_be_sent_later(talk: Conversation, peer: ZaloOaPeer) -> None:
    async with writing(talk, peer) as sender:
        await peer.goes_down()
        assert await sender.send(CITIZEN, "Chào", ()) == Later()


async def test_no_trouble_shows_a_token_or_a_citizen(
    talk: Conversation, peer: ZaloOaPeer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with opened(talk, peer), writing(talk, peer) as sender:
        for error in (-216, -201, -224, -99999):
            peer.troubles.append(refusal(error))
            await sender.send(CITIZEN, "lời của dân", ())
        await peer.gets("user_send_text", {"text": {"lời": "của dân"}})
        await peer.goes_down()
        await sender.send(CITIZEN, "lời của dân", ())
    for secret in ("access-", "refresh-", CITIZEN, "của dân"):
        assert secret not in caplog.text
    assert "secret" not in repr(peer.account())
