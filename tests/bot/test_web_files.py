"""Files from the page, over real HTTP: by form and by script, kept once, refused to strangers."""

import logging
import re
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientResponse, FormData
from sqlmodel import select
from yarl import URL

from bot.doors.web.pace import FILES
from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.messages import Why
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.attachments import AttachmentLimits, Attachments, Load, Unfit
from knowledge.store.tables import TalkRow
from tests.bot.test_web import Client, opened, page_of, says
from tests.files import JPEG

LIMITS = AttachmentLimits(file_bytes=100_000)
A_PAGE = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}
NAME = "đơn của An.jpg"


@pytest.fixture
def conversation(office: Office) -> Conversation:
    return Conversation(replace(office, attaching=LIMITS))


@pytest.fixture
async def browser(conversation: Conversation) -> AsyncGenerator[Client]:
    async with opened(conversation) as client:
        yield client


def form_key(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found is not None
    return found[1]


async def upload(
    browser: Client,
    content: bytes = JPEG,
    *,
    id: str = "upload-1",  # noqa: A002 - as the field is called
    headers: dict[str, str] = JSON,
    **changes: str,
) -> ClientResponse:
    form = FormData()
    fields = {"csrf": form_key(await page_of(browser)), "id": id} | changes
    for name, value in fields.items():
        form.add_field(name, value)
    form.add_field("file", content, filename=NAME)
    return await browser.post("/files", data=form, headers=headers, allow_redirects=False)


async def told(response: ClientResponse) -> str:
    assert response.status == 200, await response.text()
    answer: dict[str, Any] = await response.json()
    return str(answer["reply"]["text"])


async def write(browser: Client) -> None:
    """Bring a citizen to where a file is wanted."""
    await says(browser, "/gopy", 1)
    await says(browser, texts.ABOUT_CONDUCT.sends, 2)


async def carried(conversation: Conversation) -> Load:
    async with conversation.office.store.transaction() as session:
        (talk,) = await session.exec(select(TalkRow))
        return await Attachments(session).carried(talk.channel, talk.chat)


async def test_a_file_is_asked_for_only_while_feedback_is_written(browser: Client) -> None:
    asking = '<form id="attach" method="post" action="/files" enctype="multipart/form-data"'
    hidden = re.compile(re.escape(asking) + "[^>]* hidden>")
    assert hidden.search(await page_of(browser))
    await write(browser)
    page = await page_of(browser)
    assert asking in page
    assert not hidden.search(page)
    await says(browser, "/huy", 3)
    assert hidden.search(await page_of(browser))


async def test_a_file_is_kept_and_a_resent_one_once(
    browser: Client, conversation: Conversation
) -> None:
    await write(browser)
    first = await told(await upload(browser))
    assert first.startswith(texts.files_kept(1, LIMITS))
    assert await told(await upload(browser)) == first
    assert await carried(conversation) == Load(1, len(JPEG))
    assert (await told(await upload(browser, id="upload-2"))).startswith(
        texts.files_kept(2, LIMITS)
    )


async def test_a_plain_form_leads_back_to_the_page_and_keeps_once_what_is_sent_twice(
    browser: Client, conversation: Conversation
) -> None:
    await write(browser)
    for content in (
        JPEG,
        JPEG,
        JPEG + b"another",
    ):  # the last: another file on a page gone back to
        response = await upload(browser, content, headers=A_PAGE)
        assert (response.status, response.headers["Location"]) == (303, "/#newest")
    page = await page_of(browser)
    assert page.count(f'<span class="words">{texts.FILE_SENT}</span>') == 2
    assert (await carried(conversation)).files == 2
    assert "của An" not in page


@pytest.mark.parametrize("key", ["", "0" * 64, "không"])
async def test_a_file_from_elsewhere_is_refused(
    browser: Client, conversation: Conversation, key: str
) -> None:
    await write(browser)
    assert (await upload(browser, csrf=key)).status == 403
    assert await carried(conversation) == Load(0, 0)


async def test_a_file_is_not_read_before_its_sender_is_known(browser: Client) -> None:
    form = FormData()
    form.add_field("file", JPEG, filename=NAME)
    form.add_field("csrf", form_key(await page_of(browser)))
    assert (await browser.post("/files", data=form)).status == 400


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {"id": "upload-1"}}, 415),
        ({"json": {"id": "upload-1"}}, 415),
        ({"data": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400),
        ({"data": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 400),
    ],
)
async def test_what_is_no_form_is_refused(
    browser: Client, sent: dict[str, Any], status: int
) -> None:
    assert (await browser.post("/files", **sent)).status == status


@pytest.mark.parametrize("number", ["", "short", "ờ" * 10, "x" * 65])
async def test_an_upload_needs_an_id(browser: Client, number: str) -> None:
    assert (await upload(browser, id=number)).status == 400


async def test_a_form_without_a_file_is_told_so(browser: Client) -> None:
    form = FormData({"csrf": form_key(await page_of(browser)), "id": "upload-1"})
    form.add_field("file", b"", filename="")
    response = await browser.post("/files", data=form, headers=A_PAGE)
    assert response.status == 400


async def test_a_file_too_large_is_told_in_the_talk(
    browser: Client, conversation: Conversation
) -> None:
    await write(browser)
    just_right, too_large = (JPEG.ljust(LIMITS.file_bytes + more) for more in (0, 1))
    assert (await told(await upload(browser, just_right))).startswith(texts.files_kept(1, LIMITS))
    answered = await told(await upload(browser, too_large, id="upload-2"))
    assert answered.startswith(texts.not_kept(Why.TOO_LARGE, LIMITS))
    assert await carried(conversation) == Load(1, LIMITS.file_bytes)


async def test_a_page_that_calls_itself_a_picture_is_refused(browser: Client) -> None:
    await write(browser)
    answered = await told(await upload(browser, b"<!doctype html><script>alert(1)</script>"))
    assert answered.startswith(texts.not_kept(Unfit.OF_NO_KIND, LIMITS))


async def test_outside_of_feedback_the_way_is_told(browser: Client) -> None:
    assert await told(await upload(browser)) == common.INSTEAD_OF_WORDS["file"]


async def test_whoever_sends_too_many_is_asked_for_patience(browser: Client) -> None:
    _, per_session = FILES
    for number in range(per_session.amount):
        assert (await upload(browser, id=f"upload-{number}")).status == 200
    response = await upload(browser, id="upload-99")
    assert response.status == 429
    assert int(response.headers["Retry-After"]) > 0


async def test_nothing_gives_a_file_back(browser: Client) -> None:
    await write(browser)
    await upload(browser)
    for path in ("/files", "/files/1", f"/files/{NAME}"):
        async with browser.get(URL(path)) as response:
            assert response.status in (404, 405)


async def test_no_log_names_a_file(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await write(browser)
    for content in (JPEG, b"MZ", b""):
        await upload(browser, content, id=f"upload-{len(content)}")
    assert "An.jpg" not in caplog.text
