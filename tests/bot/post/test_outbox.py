"""The outbox by its rules: who is sent when, and what each fate leads to."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.post.contacts import Contacts, forget_before
from bot.post.delivery import Fate, Later, Refusal, Refused, Sent, Unknown
from bot.post.limits import Limits
from bot.post.outbox import Outbox, expire, push
from bot.post.parcel import LEASE, Parcel, Priority, State
from bot.post.route import Route
from handlers.messages import Choice, Reply
from knowledge.errors import UnkeepableError
from knowledge.store.store import Store, open_store
from knowledge.store.tables import ContactRow, OutboxRow
from tests.bot.post.clock import Clock

FAST = Limits(per_second=1000, chat_gap=0)
OURS = Route(channel="telegram", bot="7", limits=FAST)
ACCOUNT = Route(channel="zalo_oa", bot="oa", limits=FAST)
WEEK = 7 * 24 * 3600.0
LONG = Reply("chữ " * 1500, (Choice("Phí", "/phi"),))  # two parts on Telegram


class Desk:
    """An outbox with its clock, and short words for what tests do with it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock()
        self.outbox = Outbox(store, self.clock)

    async def says(
        self,
        text: str | Reply,
        chat: str = "an",
        key: str | None = None,
        priority: Priority = Priority.REPLY,
        channel: str = "telegram",
    ) -> None:
        reply = Reply(text) if isinstance(text, str) else text
        async with self.store.transaction() as session:
            await push(
                session,
                channel=channel,
                chat=chat,
                reply=reply,
                key=key or reply.text[:20],
                at=self.clock(),
                priority=priority,
            )

    async def claims(
        self, limits: Limits = FAST, most: int = 100, route: Route = OURS
    ) -> tuple[Parcel, ...]:
        return (await self.outbox.claim(replace(route, limits=limits), most)).parcels

    async def texts(self, limits: Limits = FAST, route: Route = OURS) -> list[str]:
        return [parcel.text for parcel in await self.claims(limits, route=route)]

    async def settles(self, parcel: Parcel, fate: Fate) -> float:
        """Tell the fate of *parcel*; return in how many seconds it is tried again, or 0."""
        claim = await self.outbox.claim(OURS, 0, [(parcel, fate)])
        return sum(claim.retries)

    async def rows(self) -> list[OutboxRow]:
        async with self.store.transaction() as session:
            return list(await session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    async def states(self) -> list[tuple[str, str | None]]:
        return [(row.state, row.reason) for row in await self.rows()]


@pytest.fixture
async def desk(any_database: str) -> AsyncGenerator[Desk]:
    async with open_store(any_database) as store:
        desk = Desk(store)
        await desk.outbox.open(OURS)
        yield desk


async def test_what_is_sent_is_sent_once_and_its_words_are_not_kept(desk: Desk) -> None:
    await desk.says("xin chào")
    (parcel,) = await desk.claims()
    assert (parcel.chat, parcel.text) == ("an", "xin chào")
    assert await desk.claims() == ()
    await desk.settles(parcel, Sent("77"))
    assert await desk.claims() == ()
    (row,) = await desk.rows()
    assert (row.state, row.message_id, row.text) == (State.SENT, "77", "")


async def test_a_push_under_the_same_key_is_written_down_once(desk: Desk) -> None:
    await desk.says("đã xong", key="dossier 1 done")
    await desk.says("đã xong", key="dossier 1 done")
    await desk.says("đã xong", key="dossier 1 done", chat="binh")
    assert [row.chat for row in await desk.rows()] == ["an", "binh"]


async def test_a_citizen_who_waits_goes_before_news(desk: Desk) -> None:
    await desk.says("tin", chat="an", priority=Priority.PUSH)
    await desk.says("trả lời", chat="binh", priority=Priority.REPLY)
    assert await desk.texts(Limits(per_second=1, chat_gap=0)) == ["trả lời"]


async def test_in_a_chat_one_follows_the_other(desk: Desk) -> None:
    await desk.says("một")
    await desk.says("hai")
    (first,) = await desk.claims()
    assert await desk.claims() == ()
    await desk.settles(first, Sent())
    assert await desk.texts() == ["hai"]


async def test_a_chat_has_its_pause(desk: Desk) -> None:
    gap = Limits(per_second=1000, chat_gap=1)
    await desk.says("một")
    await desk.says("hai")
    (first,) = await desk.claims(gap)
    await desk.settles(first, Sent())
    desk.clock.passes(0.9)
    assert await desk.texts(gap) == []
    desk.clock.passes(0.2)
    assert await desk.texts(gap) == ["hai"]


async def test_buttons_come_under_the_last_part(desk: Desk) -> None:
    await desk.says(LONG)
    (first,) = await desk.claims()
    await desk.settles(first, Sent())
    (second,) = await desk.claims()
    assert (first.buttons, second.buttons) == ((), LONG.choices)


@pytest.mark.parametrize("fate", [Refused(Refusal.BLOCKED), Unknown()])
async def test_after_a_part_that_failed_the_rest_is_withheld(
    desk: Desk, fate: Refused | Unknown
) -> None:
    await desk.says(LONG)
    await desk.says("tiếp theo")
    (first,) = await desk.claims()
    await desk.settles(first, fate)
    states = await desk.states()
    assert states[0][0] == (State.UNKNOWN if fate == Unknown() else State.FAILED)
    assert states[1] == (State.FAILED, "withheld")
    assert await desk.texts() == ["tiếp theo"]


async def test_a_refusal_is_kept_with_its_reason(desk: Desk) -> None:
    await desk.says("xin chào")
    (parcel,) = await desk.claims()
    await desk.settles(parcel, Refused(Refusal.WINDOW_CLOSED))
    assert await desk.states() == [(State.FAILED, "window_closed")]


async def test_what_surely_did_not_arrive_is_tried_again_ever_more_rarely(desk: Desk) -> None:
    await desk.says("xin chào")
    waits = []
    for _ in range(9):
        (parcel,) = await desk.claims()
        waits.append(await desk.settles(parcel, Later()))
        desk.clock.passes(waits[-1] - 0.01)
        assert await desk.claims() == ()
        desk.clock.passes(0.02)
    assert waits[0] <= 1
    assert waits[-1] == 60
    assert sorted(waits) == waits


async def test_an_answer_of_yesterday_is_given_up_but_not_yet_the_news(desk: Desk) -> None:
    await desk.says(LONG)
    await desk.says("tin", priority=Priority.PUSH)
    desk.clock.passes(25 * 3600)
    assert await desk.texts() == []
    assert await desk.texts() == ["tin"]
    assert (await desk.states())[:2] == [(State.FAILED, "expired"), (State.FAILED, "withheld")]


async def test_a_flood_warning_holds_the_whole_channel_for_as_long_as_asked(desk: Desk) -> None:
    await desk.says("một", chat="an")
    await desk.says("hai", chat="binh")
    (first, second) = await desk.claims()
    assert await desk.settles(first, Later(30)) == 30
    await desk.settles(second, Sent())
    await desk.says("ba", chat="chi")
    desk.clock.passes(29)
    assert await desk.texts() == []
    desk.clock.passes(2)
    assert await desk.texts() == ["một", "ba"]


async def test_what_a_dead_process_was_sending_is_unknown_and_never_sent_again(desk: Desk) -> None:
    await desk.says(LONG)
    await desk.says("tiếp theo")
    await desk.claims()
    again = Outbox(desk.store, desk.clock)
    if desk.store.shared:  # who knows which replica it was: its time must be over
        await again.open(OURS)
        assert await desk.texts() == []
        desk.clock.passes(LEASE.total_seconds() + 1)
    else:
        await again.open(OURS)
    assert await desk.texts() == ["tiếp theo"]
    assert (await desk.states())[:2] == [(State.UNKNOWN, None), (State.FAILED, "withheld")]


async def test_good_news_that_come_late_are_believed_and_bad_ones_not(desk: Desk) -> None:
    await desk.says("một", chat="an")
    await desk.says("hai", chat="binh")
    first, second = await desk.claims()
    desk.clock.passes(LEASE.total_seconds() + 1)
    await desk.claims()
    await desk.settles(first, Sent())
    await desk.settles(second, Later())
    assert [state for state, _ in await desk.states()] == [State.SENT, State.UNKNOWN]
    assert await desk.claims() == ()


async def test_news_of_an_earlier_attempt_change_nothing_for_the_one_under_way(desk: Desk) -> None:
    await desk.says("một")
    (first,) = await desk.claims()
    await desk.settles(first, Later(1))
    desk.clock.passes(2)
    (second,) = await desk.claims()
    await desk.settles(first, Later(1))  # told twice, for nobody confirmed the first time
    assert [state for state, _ in await desk.states()] == [State.SENDING]
    await desk.settles(second, Sent())
    assert [state for state, _ in await desk.states()] == [State.SENT]


async def test_replicas_never_claim_the_same(desk: Desk) -> None:
    for number in range(40):
        await desk.says(f"{number}", chat=f"{number % 20}")
    claimed: list[int] = []

    async def replica() -> None:
        for _ in range(40):
            for parcel in await desk.claims(most=2):
                claimed.append(parcel.id)
                await asyncio.sleep(0)
                await desk.settles(parcel, Sent())

    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(replica())
    assert len(claimed) == len(set(claimed)) == 40


async def test_what_belongs_to_another_account_is_left_alone_and_expires(desk: Desk) -> None:
    await desk.says("cũ")
    replaced = replace(OURS, bot="8")
    await desk.outbox.open(replaced)
    await desk.says("mới")
    assert await desk.texts(route=replaced) == ["mới"]
    assert [(row.bot, row.state) for row in await desk.rows()] == [
        ("7", State.PENDING),
        ("8", State.SENDING),
    ]
    desk.clock.passes(WEEK)
    async with desk.store.transaction() as session:
        await expire(session, desk.clock())
    assert (await desk.states())[0] == (State.FAILED, "expired")


async def test_news_go_by_the_account_that_the_chat_wrote_to_last(desk: Desk) -> None:
    async with desk.store.transaction() as session:
        for bot in ("5", "6"):
            await Contacts(session, "telegram", bot).heard("an", desk.clock())
            desk.clock.passes(1)
        await Contacts(session, "telegram", "5").heard("an", desk.clock())
    await desk.says("tin", chat="an")
    await desk.says("tin", chat="a stranger")
    assert [row.bot for row in await desk.rows()] == ["5", "7"]


async def test_what_was_written_before_any_account_was_there_goes_by_any_and_once(
    any_database: str,
) -> None:
    async with open_store(any_database) as store:
        desk = Desk(store)
        await desk.says("tin")
        await desk.outbox.open(OURS)
        await desk.says("tin")
        await desk.says("sau")
        [first] = await desk.claims()
        assert (first.text, await desk.claims()) == ("tin", ())
        await desk.settles(first, Sent())
        assert await desk.texts() == ["sau"]
        assert [row.bot for row in await desk.rows()] == ["", "7"]


async def test_news_are_told_once_whichever_account_would_tell_them(desk: Desk) -> None:
    await desk.says("tin")
    replaced = replace(OURS, bot="8")
    await desk.outbox.open(replaced)
    await desk.says("tin")
    assert [row.bot for row in await desk.rows()] == ["7"]


@pytest.mark.parametrize(
    ("route", "silent", "told"),
    [
        (ACCOUNT, WEEK, None),
        (ACCOUNT, WEEK + 1, "window_closed"),
        (replace(ACCOUNT, push=timedelta(hours=48)), 48 * 3600.0, None),
        (replace(ACCOUNT, push=timedelta(hours=48)), 48 * 3600.0 + 1, "window_closed"),
        (replace(ACCOUNT, push=timedelta(days=30)), WEEK + 1, "window_closed"),
    ],
    ids=["seven days", "after seven days", "48 hours", "after 48 hours", "never longer than Zalo"],
)
async def test_a_closed_window_is_known_before_anything_is_sent(
    desk: Desk, route: Route, silent: float, told: str | None
) -> None:
    async with desk.store.transaction() as session:
        await Contacts(session, "zalo_oa", "oa").heard("an", desk.clock())
    desk.clock.passes(silent)
    await desk.says(Reply("chữ " * 1000), channel="zalo_oa")
    await desk.says("tin", chat="a stranger", channel="zalo_oa")
    await desk.outbox.open(route)
    assert len(await desk.claims(route=route)) == (told is None)
    first, second, strangers = await desk.states()
    assert first == ((State.SENDING, None) if told is None else (State.FAILED, told))
    assert second == ((State.PENDING, None) if told is None else (State.FAILED, "withheld"))
    assert strangers == (State.FAILED, "window_closed")


async def test_who_left_is_written_to_no_more_until_they_write(desk: Desk) -> None:
    async def happens(what: str) -> None:
        desk.clock.passes(1)
        async with desk.store.transaction() as session:
            contacts = Contacts(session, "zalo_oa", "oa")
            await (contacts.left if what == "left" else contacts.heard)("an", desk.clock())

    await desk.outbox.open(ACCOUNT)
    for what in ("wrote", "left", "wrote"):
        await happens(what)
        await desk.says("tin", key=f"{desk.clock()}", channel="zalo_oa")
        for parcel in await desk.claims(route=ACCOUNT):
            await desk.outbox.settle([(parcel, Sent())])
    assert await desk.states() == [
        (State.SENT, None),
        (State.FAILED, "left"),
        (State.SENT, None),
    ]


async def test_a_message_answered_late_does_not_undo_that_its_writer_left(desk: Desk) -> None:
    async with desk.store.transaction() as session:
        contacts = Contacts(session, "zalo_oa", "oa")
        await contacts.left("an", desk.clock())
        await contacts.heard("an", desk.clock() - timedelta(seconds=5))
        await contacts.heard("an", desk.clock() - timedelta(seconds=9))
    await desk.says("tin", channel="zalo_oa")
    await desk.outbox.open(ACCOUNT)
    assert await desk.claims(route=ACCOUNT) == ()
    assert await desk.states() == [(State.FAILED, "left")]


@pytest.mark.parametrize("key", ["zero \0 byte", "half \ud83d a letter", "long" * 51])
async def test_what_no_database_keeps_is_refused_and_spoils_nothing(desk: Desk, key: str) -> None:
    async with desk.store.transaction() as session:
        for name in (key, "good"):
            with suppress(UnkeepableError):
                await push(
                    session,
                    channel="telegram",
                    chat="an",
                    reply=Reply("kết\0 quả \ud83d"),
                    key=name,
                    at=desk.clock(),
                )
    assert [(row.key, row.text) for row in await desk.rows()] == [("good", "kết quả ?")]


async def test_who_was_silent_for_long_is_forgotten(desk: Desk) -> None:
    async with desk.store.transaction() as session:
        for channel in ("telegram", "zalo_oa"):
            await Contacts(session, channel, "1").heard("an", desk.clock())
        await Contacts(session, "zalo_oa", "1").pause("binh", desk.clock() + timedelta(days=30))

    async def known_after(days: int) -> list[tuple[str, str]]:
        async with desk.store.transaction() as session:
            await forget_before(session, desk.clock() + timedelta(days=days))
            rows = await session.exec(select(ContactRow))
            return sorted((row.channel, row.chat) for row in rows)

    everybody = [("telegram", "an"), ("zalo_oa", "an"), ("zalo_oa", "binh")]
    assert await known_after(8) == everybody
    assert await known_after(9) == [everybody[0], everybody[2]]
    assert await known_after(39) == [everybody[0]]
    assert await known_after(181) == []
