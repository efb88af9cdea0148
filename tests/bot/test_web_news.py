"""What the office says unasked reaches the page: once, in order, whoever is killed meanwhile."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from typing import Any, Final

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql
from sqlmodel import col, delete, select

from bot.doors.web import build
from bot.doors.web.news import laying, told
from bot.doors.web.room import ROOM
from bot.post.limits import Limits
from bot.post.office import open_post
from bot.post.outbox import Outbox, push
from bot.post.parcel import Parcel, State
from bot.post.route import Route
from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.messages import ChatKey, Choice, Message, Reply
from knowledge.store.store import Store, Transaction, open_store
from knowledge.store.tables import ErrorReportRow, OutboxRow, TalkRow, TurnRow
from knowledge.talks import Talks
from tests.bot.page_server import PageServer
from tests.citizen import NOON
from tests.patience import PATIENCE

ROUTE: Final = Route(channel="web", limits=Limits(per_second=1000, chat_gap=0))
DONE: Final = Reply(
    "Hồ sơ đã có kết quả.",
    (Choice("Xem hồ sơ", "/hoso"),),
    files=("1.003249/Mẫu số 21.docx",),
    page="/ds/DS-AB2CD3",
)

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def office_of_any(office: Office, any_database: str) -> AsyncGenerator[Office]:
    async with open_store(any_database) as store:
        yield replace(office, store=store)


@asynccontextmanager
async def page_over(office: Office) -> AsyncGenerator[Client]:
    """Open a replica; its streams do not look for news by themselves."""
    conversation = Conversation(office)
    app = build(conversation, heartbeat=600)
    async with (
        open_post(conversation) as post,
        told(post, app[ROOM].bell),
        TestClient(PageServer(app)) as client,
    ):
        yield client


async def tell(store: Store, chat: str, key: str, reply: Reply | None = None) -> None:
    async with store.transaction() as session:
        await push(session, channel="web", chat=chat, reply=reply or Reply(key), key=key, at=NOON)


async def says(browser: Client, text: str) -> dict[str, Any]:
    sent = {"id": f"message-{text.encode().hex()}", "text": text}
    async with browser.post("/messages", json=sent) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def hear(stream: ClientResponse) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        async for line in stream.content:
            if line.startswith(b"data: "):
                heard: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return heard
    pytest.fail("the stream has ended")


async def chat_of(store: Store) -> str:
    async with store.transaction() as session:
        return (await session.exec(select(TurnRow.chat))).first() or ""


async def states(store: Store) -> list[tuple[str, str | None]]:
    async with store.transaction() as session:
        rows = await session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
        return [(row.state, row.reason) for row in rows]


async def test_an_open_page_hears_of_it_and_a_later_one_shows_it_once(
    office_of_any: Office,
) -> None:
    store = office_of_any.store
    async with page_over(office_of_any) as browser:
        first = await says(browser, "xin chào")
        async with browser.get(f"/events?after={first['id']}") as stream:
            await tell(store, await chat_of(store), "done", DONE)
            await tell(store, await chat_of(store), "done", DONE)
            heard = await hear(stream)
            second = await says(browser, "cảm ơn")
            assert (await hear(stream))["id"] == second["id"]
        assert first["id"] < heard["id"] < second["id"]
        assert (heard["said"], heard["reply"]["text"]) == ("", DONE.text)
        assert (heard["reply"]["files"], heard["reply"]["page"]) == ([*DONE.files], DONE.page)
        async with browser.get("/") as response:
            page = await response.text()
    assert page.count(DONE.text) == 1
    assert page.index("xin chào") < page.index(DONE.text) < page.index("cảm ơn")
    assert await states(store) == [(State.SENT, None)]


async def test_what_it_offers_stands_beside_what_is_offered_and_has_its_label(
    office_of_any: Office,
) -> None:
    async with page_over(office_of_any) as browser:
        answer = await says(browser, "/gopy")
        async with browser.get(f"/events?after={answer['id']}") as stream:
            await tell(office_of_any.store, await chat_of(office_of_any.store), "done", DONE)
            await hear(stream)
        async with browser.get("/") as response:
            page = await response.text()
        assert page.index('value="/hoso" formnovalidate>Xem hồ sơ') < page.index('value="/huy"')
        await says(browser, "/hoso")
        async with browser.get("/") as response:
            assert '<span class="words">Xem hồ sơ</span>' in await response.text()


async def test_an_error_is_reported_of_the_answer_and_not_of_the_news(
    office_of_any: Office,
) -> None:
    conversation = Conversation(office_of_any)
    asked = Message(channel="web", chat="an", text="/tt 1.005444", external_id="1")
    answer = await conversation.reply_to(asked)
    await tell(office_of_any.store, "an", "done", DONE)
    await lay_all(office_of_any)
    await conversation.reply_to(replace(asked, text="/baosai 1.005444", external_id="2"))
    async with office_of_any.store.transaction() as session:
        [report] = await session.exec(select(ErrorReportRow))
    assert json.loads(report.text)["text"] == answer.text


async def lay_all(office: Office) -> None:
    outbox = Outbox(office.store, office.now)
    await outbox.open(ROUTE)
    while await outbox.lay_next(ROUTE, laying(Conversation(office))):
        pass


async def test_what_cannot_be_laid_out_has_failed_and_stops_nothing(
    office_of_any: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async with office_of_any.store.transaction() as session:
        for chat in ("an", "binh"):
            at = office_of_any.now()
            await push(session, channel="web", chat=chat, reply=DONE, key="k", at=at)
        broken = (await session.exec(select(OutboxRow).where(OutboxRow.chat == "an"))).one()
        broken.text = "no reply"
    await lay_all(office_of_any)
    assert await states(office_of_any.store) == [
        (State.FAILED, "not_accepted"),
        (State.SENT, None),
    ]
    assert "web: a part cannot be written: ValidationError" in caplog.text


async def test_what_one_replica_lays_out_reaches_the_page_that_is_open_on_the_other(
    office: Office, postgres_database: str
) -> None:
    async with AsyncExitStack() as stack:
        pages = []
        for _ in range(3):
            store = await stack.enter_async_context(open_store(postgres_database))
            pages.append(await stack.enter_async_context(page_over(replace(office, store=store))))
        first = await says(pages[0], "xin chào")
        chat, cookies = (
            await chat_of(store),
            pages[0].session.cookie_jar.filter_cookies(pages[0].make_url("/")),
        )
        streams = []
        for page in pages:
            cookie = {"Cookie": cookies.output(header="").strip().partition(";")[0]}
            opened = page.get(f"/events?after={first['id']}", headers=cookie)
            streams.append(await stack.enter_async_context(opened))
        for number in range(5):
            await tell(store, chat, f"news {number}")
        answer = await says(pages[0], "cảm ơn")
        for stream in streams:
            heard = [await hear(stream) for _ in range(6)]
            assert [one["id"] for one in heard] == sorted(one["id"] for one in heard)
            news = [one["reply"]["text"] for one in heard if not one["said"]]
            assert news == [f"news {number}" for number in range(5)]
            assert answer["id"] in [one["id"] for one in heard]


async def test_a_number_is_never_passed_over(office: Office, postgres_database: str) -> None:
    """A reader of what is newer would miss for good what is committed after a greater number."""
    async with open_store(postgres_database) as one, open_store(postgres_database) as other:
        await tell(one, "an", "news")
        async with (
            asyncio.timeout(PATIENCE),
            asyncio.TaskGroup() as group,
            one.transaction() as session,
        ):
            talks = Talks(session)
            await talks.have_to_ourselves("web", "an")
            turn = {"channel": "web", "chat": "an", "external_id": "1"}
            await talks.record(**turn, said="a", reply="{}", at=NOON)
            await session.flush()
            laying_out = group.create_task(lay_all(replace(office, store=other)))
            while not laying_out.done() and not await is_waited_for(one):  # noqa: ASYNC110 - a lock rings no bell
                await asyncio.sleep(0.01)
            assert not laying_out.done()
        told = await Conversation(replace(office, store=one)).history(ChatKey("web", "an"))
        assert [exchange.said for exchange in told] == ["a", ""]


async def is_waited_for(store: Store) -> bool:
    """Say whether somebody waits for the lock of a chat."""
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    async with store.transaction() as session:
        return bool(await session.scalar(sql(waiting)))


class _KilledError(BaseException):
    """The process is no more."""


Step = tuple[str, int]
steps = st.lists(
    st.tuples(st.sampled_from(["push", "lay", "killed", "ask", "read"]), st.integers(0, 4)),
    max_size=25,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(script=steps)
def test_whatever_happens_each_is_shown_once_in_one_order(
    office: Office, database: str, script: list[Step]
) -> None:
    asyncio.run(_play(office, database, script))


async def _play(office: Office, database: str, script: Sequence[Step]) -> None:
    async with open_store(database) as store:
        async with store.transaction() as session:
            for table in (OutboxRow, TurnRow, TalkRow):
                await session.exec(delete(table))
        office = replace(office, store=store)
        conversation, outbox = Conversation(office), Outbox(store, office.now)
        await outbox.open(ROUTE)
        key, pushed, seen = ChatKey("web", "an"), set[str](), list[tuple[int, str]]()

        async def read() -> None:
            for one in await conversation.history(key, seen[-1][0] if seen else 0):
                seen.append((one.id, one.external_id))

        async def killed(session: Transaction, parcel: Parcel) -> None:
            await laying(conversation)(session, parcel)
            raise _KilledError

        for step, number in [*script, *[("lay", 0)] * 5, ("read", 0)]:
            match step:
                case "push":
                    pushed.add(f"{number}")
                    await tell(store, "an", f"{number}")
                case "lay":
                    await outbox.lay_next(ROUTE, laying(conversation))
                case "killed":
                    with suppress(_KilledError):
                        await outbox.lay_next(ROUTE, killed)
                case "ask":
                    asked = Message(
                        channel="web", chat="an", text="/lienhe", external_id=f"{number}"
                    )
                    await conversation.reply_to(asked)
                case _:
                    await read()
        whole = [(one.id, one.external_id) for one in await conversation.history(key)]
        texts = [
            json.loads(one.reply)["text"]
            for one in await conversation.history(key)
            if not one.said
        ]
        assert seen == whole
        assert sorted(texts) == sorted(pushed)
        assert {state for state, _ in await states(store)} <= {State.SENT}
