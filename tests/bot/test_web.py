"""The web door, over real HTTP and a real conversation."""

import asyncio
import gzip
import json
import logging
import re
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient
from pydantic import ValidationError
from sqlalchemy import text as sql
from yarl import URL

from bot.doors.web import Surroundings, build, open_door
from bot.doors.web.page import STATIC_FILES
from bot.doors.web.prose import linked, paragraphs
from bot.settings import Settings
from handlers.conversation import Conversation
from handlers.messages import ChatKey
from handlers.texts import common
from knowledge.procedures.forms import FormShelf
from tests.bot.page_server import PageServer
from tests.patience import PATIENCE

QUESTION = "giấy phép bưu chính nội tỉnh cần giấy tờ gì"
HEARTBEAT = 0.1
URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}

Client = TestClient[web.Request, web.Application]


def opened(conversation: Conversation, *, secure_cookies: bool = False) -> Client:
    app = build(
        conversation, around=Surroundings(secure_cookies=secure_cookies), heartbeat=HEARTBEAT
    )
    return TestClient(PageServer(app))


@pytest.fixture
async def browser(conversation: Conversation) -> AsyncGenerator[Client]:
    async with opened(conversation) as client:
        yield client


async def says(browser: Client, text: str, number: int = 1) -> dict[str, Any]:
    sent = {"id": f"message-{number}", "text": text}
    async with browser.post("/messages", json=sent) as response:
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json()
        return answer


async def page_of(browser: Client) -> str:
    async with browser.get("/") as response:
        assert response.status == 200
        return await response.text()


def form_in(page: str, **said: str) -> dict[str, str]:
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page)
    return dict(hidden) | said


def token_of(response: ClientResponse) -> str:
    (cookie,) = response.cookies.values()
    return cookie.value


async def hear(stream: ClientResponse) -> dict[str, Any]:
    """Read the next that a stream has to tell."""
    async with asyncio.timeout(PATIENCE):
        async for line in stream.content:
            if line.startswith(b"data: "):
                told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return told
    pytest.fail("the stream has ended")


async def until_quiet(stream: ClientResponse) -> list[dict[str, Any]]:
    """Read what a stream has to tell until it is silent for a heartbeat."""
    told: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        async for line in stream.content:
            if line.startswith(b"data: "):
                told.append(json.loads(line.removeprefix(b"data: ")))
            if line == b": still here\n":
                return told
    return told


async def test_a_new_visitor_is_welcomed_with_the_menu(browser: Client) -> None:
    page = await page_of(browser)
    assert '<html lang="vi">' in page
    assert "<h1>Một Cửa</h1>" in page
    assert "Sở Khoa học và Công nghệ" in page
    for choice in common.MENU:
        assert f'value="{choice.sends}" formnovalidate>{choice.label}</button>' in page


async def test_a_resent_message_is_answered_once_with_the_same_reply(browser: Client) -> None:
    first = await says(browser, QUESTION)
    assert await says(browser, QUESTION) == first
    assert first["id"] > 0
    assert (await page_of(browser)).count('class="said"') == 1 + 1  # and the script's blank


async def test_a_plain_form_leads_back_to_the_page_that_shows_both(browser: Client) -> None:
    form = form_in(await page_of(browser), text="xin chào\r\ncán bộ")
    async with browser.post("/chat", data=form, allow_redirects=False) as response:
        assert response.status == 303
        assert response.headers["Location"] == "/#newest"
    page = await page_of(browser)
    assert '<div class="turn" id="newest">' in page
    assert "xin chào\ncán bộ" in page


async def test_a_form_sent_twice_is_answered_once(browser: Client) -> None:
    form = form_in(await page_of(browser), text="xin chào")
    for _ in range(2):
        async with browser.post("/chat", data=form) as response:
            page = await response.text()
    assert page.count('<span class="words">xin chào</span>') == 1


async def test_another_question_on_a_page_gone_back_to_is_another_message(
    browser: Client,
) -> None:
    form = form_in(await page_of(browser))
    for text in ("xin chào", "cảm ơn"):
        async with browser.post("/chat", data=form | {"text": text}) as response:
            page = await response.text()
    assert page.index(">xin chào<") < page.index(">cảm ơn<")


async def test_a_tapped_choice_is_shown_by_its_label_and_only_the_newest_are_offered(
    browser: Client,
) -> None:
    form = form_in(await page_of(browser), choice="/gopy", text="")
    async with browser.post("/chat", data=form) as response:
        page = await response.text()
    assert '<span class="words">Phản ánh, kiến nghị</span>' in page
    assert 'value="/magopy"' in page
    assert 'value="/thutuc"' not in page


async def test_the_constant_button_to_a_person_is_shown_by_its_label(browser: Client) -> None:
    await says(browser, "/gopy", 1)
    await says(browser, common.CONTACT.sends, 2)
    assert f'<span class="words">{common.CONTACT.label}</span>' in await page_of(browser)


@pytest.mark.parametrize("key", ["", "0" * 64, "không"])
async def test_a_form_from_elsewhere_is_refused(browser: Client, key: str) -> None:
    form = form_in(await page_of(browser), text="xin chào", csrf=key)
    async with browser.post("/chat", data=form) as response:
        assert response.status == 403
    assert "xin chào" not in await page_of(browser)


async def test_a_form_of_another_session_is_refused(
    browser: Client, conversation: Conversation
) -> None:
    async with opened(conversation) as stranger:
        form = form_in(await page_of(stranger), text="xin chào")
    async with browser.post("/chat", data=form) as response:
        assert response.status == 403


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(
    browser: Client,
) -> None:
    async with browser.get("/") as response:
        flags = response.headers["Set-Cookie"].split("; ")
    assert re.fullmatch(r"motcua=[\w-]{32}", flags[0])
    assert flags[1:] == ["Path=/", "HttpOnly", "SameSite=Strict"]
    async with browser.get("/") as response:
        assert "Set-Cookie" not in response.headers


async def test_a_secure_cookie_is_secure_and_bound_to_its_host(
    conversation: Conversation,
) -> None:
    async with opened(conversation, secure_cookies=True) as browser:
        response = await browser.get("/")
    assert response.headers["Set-Cookie"].startswith("__Host-motcua=")
    assert response.headers["Set-Cookie"].endswith("; Secure")


async def test_a_talk_is_kept_under_a_hash_of_the_cookie(
    browser: Client, conversation: Conversation
) -> None:
    async with browser.get("/") as response:
        token = token_of(response)
    await says(browser, "xin chào")
    assert await conversation.history(ChatKey("web", token)) == []
    hashed = sha256(token.encode()).hexdigest()
    assert len(await conversation.history(ChatKey("web", hashed))) == 1


async def test_a_cookie_that_we_never_gave_is_replaced(browser: Client) -> None:
    async with browser.get("/", headers={"Cookie": "motcua=me"}) as response:
        assert len(token_of(response)) == 32


@pytest.mark.parametrize(
    "path", ["/", "/nope", "/healthz", "/messages", "/events", "/static/talk.js", "/static/x"]
)
async def test_every_response_says_how_little_the_page_needs(browser: Client, path: str) -> None:
    async with browser.get(path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        kept = response.headers["Cache-Control"] != "no-store"
        assert kept == (path == "/static/talk.js")


async def test_the_page_holds_no_inline_script_or_style(browser: Client) -> None:
    page = await page_of(browser)
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page)


async def test_the_stream_resumes_without_loss_or_double(browser: Client) -> None:
    numbers = [(await says(browser, f"câu {count}", count))["id"] for count in range(4)]
    async with browser.get(f"/events?after={numbers[0]}") as stream:
        assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert stream.headers["X-Accel-Buffering"] == "no"
        assert [event["id"] for event in await until_quiet(stream)] == numbers[1:]
    resuming = {"Last-Event-ID": f"{numbers[2]}"}
    async with browser.get(f"/events?after={numbers[0]}", headers=resuming) as stream:
        (told,) = await until_quiet(stream)
        assert told["id"] == numbers[3]
        newest = (await says(browser, "câu nữa", 9))["id"]
        assert (await hear(stream))["id"] == newest


async def test_the_stream_tells_what_was_said_and_answered(browser: Client) -> None:
    answer = await says(browser, "xin chào")
    async with browser.get("/events") as stream:
        (told,) = await until_quiet(stream)
    assert told == answer | {"external_id": "message-1", "said": "xin chào"}
    assert told["reply"]["choices"][0] == {"label": "Hỏi về thủ tục", "sends": "/thutuc"}


async def test_two_watchers_hear_of_it_at_once_and_a_stranger_does_not(
    conversation: Conversation,
) -> None:
    server = PageServer(build(conversation, heartbeat=60))
    async with TestClient(server) as browser, TestClient(server) as stranger:
        await page_of(browser)
        async with (
            browser.get("/events") as one,
            browser.get("/events") as other,
            stranger.get("/events") as third,
        ):
            await says(browser, "xin chào")
            assert (await hear(one))["said"] == (await hear(other))["said"] == "xin chào"
            await says(stranger, "cảm ơn")
            assert (await hear(third))["said"] == "cảm ơn"


@pytest.mark.parametrize("known", ["x", "-1", "٣", "99999999999999999999"])
async def test_a_stream_survives_any_number_of_the_last_event(browser: Client, known: str) -> None:
    await says(browser, "xin chào")
    async with browser.get("/events", headers={"Last-Event-ID": known}) as stream:
        assert len(await until_quiet(stream)) == 1


async def test_a_stream_beyond_all_numbers_is_silent(browser: Client) -> None:
    await says(browser, "xin chào")
    async with browser.get("/events?after=9999999999") as stream:
        assert await until_quiet(stream) == []


async def test_readers_who_leave_make_no_noise(
    browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        async with browser.get("/events") as stream:
            stream.close()
    assert isinstance(browser.server, PageServer)
    await browser.server.until_all_left()
    assert caplog.records == []


async def test_a_session_that_sends_too_fast_is_asked_to_wait(browser: Client) -> None:
    for _ in range(20):
        await says(browser, "xin chào")
    again = {"id": "message-21", "text": "xin chào"}
    async with browser.post("/messages", json=again) as response:
        assert response.status == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert "Xin chờ" in (await response.json())["error"]
    form = form_in(await page_of(browser), text="xin chào")
    async with browser.post("/chat", data=form, headers={"Accept": "text/html"}) as response:
        assert response.status == 429
        assert "Xin chờ" in await response.text()


@pytest.mark.parametrize("peer", ["", "{}, 203.0.113.9", "2001:db8::{}", "::ffff:203.0.113.9"])
async def test_an_address_that_sends_too_fast_under_many_names_is_asked_to_wait(
    conversation: Conversation, peer: str
) -> None:
    server = PageServer(build(conversation, around=Surroundings(behind_proxy=True)))
    async with TestClient(server, cookie_jar=aiohttp.DummyCookieJar()) as many:
        for number in range(120):
            assert await status_from(many, peer.format(number)) == 415
        assert await status_from(many, peer.format(120)) == 429
        assert await status_from(many, "203.0.113.10") == 415


async def status_from(many: Client, peer: str) -> int:
    claims = [("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-For", peer)]
    async with many.post("/messages", headers=claims) as response:
        return response.status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff\xfe", 400),
        (b'{"id": "12345678"}', 400),
        (b'{"text": "xin"}', 400),
        (b'{"id": "1234567", "text": "xin"}', 400),
        (b'{"id": "%s", "text": "xin"}' % (b"x" * 65), 400),
        (b'{"id": "1234 678", "text": "xin"}', 400),
        (b'{"id": 12345678, "text": "xin"}', 400),
        (b'{"id": "12345678", "text": 5}', 400),
        (b'{"id": "12345678", "text": null}', 400),
        (b'{"id": "12345678", "text": ["xin"]}', 400),
        (b'{"id": "12345678", "text": ""}', 400),
        (b'{"id": "12345678", "text": " \\n\\u0000 "}', 400),
        (b'{"id": "12345678", "text": "\x00"}', 400),
        (b'{"id": "12345678", "text": "\\u200b"}', 400),
        (b'{"id": "12345678", "text": "\\ud800"}', 400),
        (b'{"id": "12345678", "text": "%s"}' % (b"a" * 12_001), 400),
        (b"[" * 60_000, 400),
        (b'{"id": "12345678", "text": "%s"}' % (b"a" * 70_000), 413),
    ],
)
async def test_what_cannot_be_read_is_refused_in_words(
    browser: Client, body: bytes, status: int
) -> None:
    as_json = {"Content-Type": "application/json"}
    async with browser.post("/messages", data=body, headers=as_json) as response:
        assert response.status == status
        assert (await response.json())["error"].endswith((".", "hỏi."))


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "json"])
async def test_only_json_is_read_as_json(browser: Client, kind: str) -> None:
    body = b'{"id": "12345678", "text": "xin"}'
    async with browser.post("/messages", data=body, headers={"Content-Type": kind}) as response:
        assert response.status == 415


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/x-www-form-urlencoded", 400),
        (b"text=xin&id=short", "application/x-www-form-urlencoded", 400),
        (b"\xff\xfe=\xff", "application/x-www-form-urlencoded", 400),
        (b"text=xin", "application/x-www-form-urlencoded; charset=klingon", 400),
        (b"text=xin&id=12345678", "application/x-www-form-urlencoded", 403),
        (b"{}", "application/json", 415),
        (b"text=" + b"a" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused_on_a_page(
    browser: Client, body: bytes, kind: str, status: int
) -> None:
    asked = {"Content-Type": kind, "Accept": "text/html,*/*"}
    async with browser.post("/chat", data=body, headers=asked) as response:
        assert response.status == status
        assert "<h1>Chưa thực hiện được</h1>" in await response.text()


async def test_an_empty_form_is_asked_for_words(browser: Client) -> None:
    form = form_in(await page_of(browser), text="  ")
    async with browser.post("/chat", data=urlencode(form), headers=URLENCODED) as response:
        assert response.status == 400
        assert (await response.json())["error"] == common.EMPTY


@pytest.mark.parametrize(
    ("text", "answered"),
    [("a " * 5_000, common.too_long(2000)), ("xin\0 chào", "Chào Ông/Bà.")],
)
async def test_long_and_odd_texts_are_answered_by_the_conversation(
    browser: Client, text: str, answered: str
) -> None:
    assert (await says(browser, text))["reply"]["text"].startswith(answered)


async def test_an_unknown_address_is_told_without_a_trace(browser: Client) -> None:
    async with browser.get("/nope", headers={"Accept": "text/html"}) as response:
        assert response.status == 404
        assert "Không có trang này." in await response.text()
    async with browser.put("/messages") as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"


async def test_all_is_well_while_the_database_can_be_read(
    browser: Client, conversation: Conversation
) -> None:
    async with browser.get("/healthz") as response:
        assert response.status == 200
        told = await response.json()
        assert told == {"status": "ok", "channels": {"web": "up"}, "post": {}}
    await drop(conversation, "turn")
    async with browser.get("/healthz") as response:
        assert response.status == 503


async def test_trouble_is_told_in_words_and_logged_without_any(
    browser: Client, conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    await drop(conversation, "turn")
    secret = {"id": "12345678", "text": "bí mật của tôi"}
    async with browser.post("/messages", json=secret) as response:
        assert response.status == 503
        assert await response.json() == {"error": common.TROUBLE}
    async with browser.get("/", headers={"Accept": "text/html"}) as response:
        assert response.status == 503
    async with browser.get("/events") as stream:
        assert await until_quiet(stream) == []
    assert {record.levelno for record in caplog.records} == {logging.ERROR}
    assert "bí mật" not in caplog.text
    assert secret["id"] not in caplog.text


async def test_a_message_that_could_not_be_kept_has_no_number(
    browser: Client, conversation: Conversation
) -> None:
    form = form_in(await page_of(browser), text="xin chào")
    await drop(conversation, "talk")
    said = await says(browser, "xin chào")
    assert said["id"] is None
    assert said["reply"]["text"] == common.TROUBLE
    async with browser.post("/chat", data=form) as response:
        assert response.status == 503


async def drop(conversation: Conversation, table: str) -> None:
    async with conversation.office.store.transaction() as session:
        connection = await session.connection()
        await connection.execute(sql(f"DROP TABLE {table}"))


async def test_what_was_said_is_escaped_and_numbers_of_persons_are_masked(
    browser: Client,
) -> None:
    await says(browser, "<script>alert(1)</script> gọi 0912345678")
    page = await page_of(browser)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; gọi [điện thoại]" in page
    assert "0912345678" not in page


async def test_the_address_in_a_reply_is_a_link(browser: Client) -> None:
    await says(browser, "/lienhe")
    link = f'<a href="{common.PORTAL}" rel="noopener">{common.PORTAL}</a>'
    assert link in await page_of(browser)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("(https://a.vn/b).", '(<a href="https://a.vn/b" rel="noopener">https://a.vn/b</a>).'),
        ('https://a.vn/"x', '<a href="https://a.vn/" rel="noopener">https://a.vn/</a>&#34;x'),
        ("https://a.vn/?x=1&y", "https://a.vn/?x=1&amp;y"),
        ("http://a.vn javascript:alert(1)", "http://a.vn javascript:alert(1)"),
    ],
)
def test_text_becomes_harmless_markup(text: str, shown: str) -> None:
    assert shown in linked(text)


def test_a_reply_falls_into_a_title_lists_and_plain_lines() -> None:
    title, body, end = paragraphs("Cấp giấy phép\n\nGiấy tờ:\n1. Đơn\n- Bản vẽ\n\nHết.")
    assert title.is_title
    assert [line.is_item for line in body.lines] == [False, True, True]
    assert not body.is_title
    assert not end.is_title


def test_a_reply_that_begins_with_a_sentence_has_no_title() -> None:
    assert not any(one.is_title for one in paragraphs("Chào Ông/Bà.\n\nXin mời."))
    assert not paragraphs("Một dòng")[0].is_title


async def test_all_that_a_browser_loads_is_within_twenty_kilobytes(browser: Client) -> None:
    files = [path.read_bytes() for path in STATIC_FILES.iterdir()]
    whole = [*files, (await page_of(browser)).encode()]
    assert sum(len(gzip.compress(one)) for one in whole) <= 20_000


async def test_the_door_tells_where_it_is_and_closes_at_once_on_those_who_listen(
    conversation: Conversation,
) -> None:
    door = open_door(conversation, host="127.0.0.1", port=0)
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as reader:
        async with door as where:
            stream = await reader.get(where.removeprefix("web: ") + "/events")
            assert re.fullmatch(r"web: http://127\.0\.0\.1:[1-9]\d+", where)
        assert b"still here" not in await stream.read()


async def test_a_taken_port_is_told_as_trouble_of_the_system(
    conversation: Conversation,
) -> None:
    def door(port: int) -> AbstractAsyncContextManager[str]:
        return open_door(conversation, host="127.0.0.1", port=port)

    async with door(0) as where:
        with pytest.raises(OSError, match="address already in use"):
            async with door(int(where.rpartition(":")[2])):
                pass


async def test_a_checklist_is_a_page_to_print(browser: Client) -> None:
    answer = await says(browser, "/ds 1.005444")
    path = answer["reply"]["page"]
    assert f'href="{path}"' in await page_of(browser)
    async with browser.get(path) as response:
        page = await response.text()
    assert response.status == 200
    assert page.count("<li ") == 4
    assert "Mã thủ tục: 1.005444" in page


async def test_a_printed_list_of_old_data_says_so(conversation: Conversation) -> None:
    office = conversation.office
    old = Conversation(replace(office, card=replace(office.card, fresh_days=30)))
    async with TestClient(PageServer(build(old))) as client:
        answer = await says(client, "/ds 1.005444")
        async with client.get(answer["reply"]["page"]) as response:
            assert "dữ liệu này đối chiếu đã lâu" in await response.text()


async def test_a_list_that_is_not_there_has_no_page(browser: Client) -> None:
    for code in ("DS-222222", "../page", "x" * 300):
        async with browser.get(f"/ds/{code}") as response:
            assert response.status == 404


async def test_codes_of_lists_cannot_be_tried_out_one_by_one(browser: Client) -> None:
    statuses: list[int] = []
    while 429 not in statuses and len(statuses) < 200:
        async with browser.get("/ds/DS-222222") as response:
            statuses.append(response.status)
    assert 429 in statuses


async def test_only_the_pages_that_the_office_names_may_frame_ours(
    conversation: Conversation,
) -> None:
    portal = "https://portal.example.vn"
    app = build(conversation, around=Surroundings(framed_by=(portal,)))
    async with TestClient(PageServer(app)) as client, client.get("/") as response:
        policy = response.headers["Content-Security-Policy"]
        assert policy.endswith(f"frame-ancestors 'self' {portal}")
        assert "SameSite=None; Secure; Partitioned" in response.headers["Set-Cookie"]


async def test_nobody_else_may(browser: Client) -> None:
    async with browser.get("/") as response:
        assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
        assert "SameSite=Strict" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("origins", ["*", "https://a.vn/", "https://a.vn; script-src *", "a.vn"])
def test_what_is_no_origin_is_refused(origins: str) -> None:
    with pytest.raises(ValidationError):
        Settings(embed_on=origins)


async def test_a_form_on_the_shelf_is_handed_out_and_nothing_beside_it(
    conversation: Conversation, tmp_path: Path
) -> None:
    shelf = tmp_path / "forms"
    (shelf / "1.003249").mkdir(parents=True)
    (shelf / "1.003249" / "Mẫu số 21.docx").write_bytes(b"mau")
    (shelf / "1.003249" / "secret.db").write_bytes(b"no")
    (shelf / "1.003249" / "link.pdf").symlink_to(tmp_path / "office.db")
    (tmp_path / "outside.docx").write_bytes(b"no")
    office = replace(conversation.office, forms=FormShelf(shelf))
    async with opened(Conversation(office)) as browser:
        answer = await says(browser, "/tt 1.003249 form")
        assert answer["reply"]["files"] == ["1.003249/Mẫu số 21.docx"]
        assert "/forms/1.003249/M%E1%BA%ABu%20s%E1%BB%91%2021.docx" in await page_of(browser)
        async with browser.get("/forms/1.003249/Mẫu số 21.docx") as response:
            assert await response.read() == b"mau"
            assert response.headers["Content-Disposition"].startswith("attachment; ")
        for path in (
            "1.003249/secret.db",
            "1.003249/link.pdf",
            "1.003249/../../outside.docx",
            "..%2Foutside.docx",
            "1.003249/%2e%2e/%2e%2e/outside.docx",
            "1.003249",
        ):
            async with browser.get(URL(f"/forms/{path}", encoded=True)) as response:
                assert response.status == 404, path


async def test_without_a_shelf_no_file_is_offered(browser: Client) -> None:
    assert (await says(browser, "/tt 1.003249 form"))["reply"]["files"] == []
