"""A port and the log behind it keep to themselves what comes in, whatever it is."""

import asyncio
import io
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from bot.doors.web import open_door
from bot.doors.web.words import NOT_UNDERSTOOD
from bot.listening import listening
from bot.logs import Discreet, on_loop_trouble
from bot.post.hooks import Hooks, open_port
from handlers.conversation import Conversation

SECRET = "SECRETOFSOMEBODY"  # noqa: S105 - of nobody

NO_REQUESTS = {
    "a control sign": f"GET / HTTP/1.1\r\nHost: a\r\nCookie: motcua={SECRET}\x01\r\n\r\n",
    "no HTTP": f"{SECRET}\r\n\r\n",
    "a header without end": f"GET / HTTP/1.1\r\nX-{SECRET}: {'a' * 70_000}\r\n\r\n",
    "two lengths": f"POST /{SECRET} HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
}
CHUNKS = f"Transfer-Encoding: chunked\r\n\r\nzz{SECRET}\r\n"
HALF = f"Content-Length: 99\r\n\r\n{SECRET}"


@pytest.fixture(params=["web", "hooks"])
async def where(
    request: pytest.FixtureRequest, conversation: Conversation
) -> AsyncGenerator[tuple[str, int]]:
    """Give a path that takes something, and a port."""
    ports = {
        "web": lambda: open_door(conversation, host="127.0.0.1", port=0),
        "hooks": lambda: open_port(Hooks(), host="127.0.0.1", port=0),
    }
    paths = {"web": "/messages", "hooks": "/hooks/a"}
    async with ports[request.param]() as told:
        yield paths[request.param], int(told.split(":")[-1].partition("/")[0])


async def answer(port: int, sent: str, *, hang_up: bool = False) -> str:
    """Send what is no request; give all that comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent.encode("latin-1"))
    await writer.drain()
    if hang_up:
        writer.close()
        await writer.wait_closed()
        return ""
    async with asyncio.timeout(5):
        told = await reader.read()
    writer.close()
    await writer.wait_closed()
    return told.decode()


@pytest.mark.parametrize("sent", NO_REQUESTS.values(), ids=NO_REQUESTS.keys())
async def test_what_is_no_request_is_neither_echoed_nor_written_down(
    where: tuple[str, int], sent: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = await answer(where[1], sent)
    head, _, body = told.partition("\r\n\r\n")
    assert " 400 " in head.partition("\r\n")[0]
    assert body == (NOT_UNDERSTOOD if where[0] == "/messages" else "")
    assert "server:" not in head.lower()
    assert SECRET not in told + caplog.text
    assert not [one for one in caplog.records if one.levelno >= logging.INFO]


@pytest.mark.parametrize(("body", "hang_up"), [(CHUNKS, False), (CHUNKS, True), (HALF, True)])
async def test_a_body_that_breaks_off_is_neither_echoed_nor_written_down(
    where: tuple[str, int], body: str, caplog: pytest.LogCaptureFixture, *, hang_up: bool
) -> None:
    path, port = where
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    told = await answer(port, head + body, hang_up=hang_up)
    async with ClientSession() as client, client.get(f"http://127.0.0.1:{port}/no") as response:
        assert response.status == 404  # so the one before was dealt with
        assert "Server" not in response.headers
    assert hang_up or " 400 " in told.partition("\r\n")[0]
    assert SECRET not in told + caplog.text
    assert not [one for one in caplog.records if one.levelno >= logging.INFO]


@asynccontextmanager
async def broken(error: BaseException) -> AsyncGenerator[str]:
    async def fall(_: web.Request) -> web.Response:
        raise error

    app = web.Application()
    app.add_routes([web.get("/", fall)])
    async with listening(app, host="127.0.0.1", port=0) as url:
        yield str(url)


async def test_a_bug_is_told_by_its_lines_and_not_by_its_values(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with (
        broken(ValueError(SECRET)) as url,
        ClientSession() as client,
        client.get(url) as response,
    ):
        assert (response.status, await response.read()) == (500, b"")
        assert "Server" not in response.headers
    assert "a request broke: ValueError" in caplog.text
    assert "in fall\n    raise error" in caplog.text
    assert SECRET not in caplog.text


def test_a_librarys_traceback_is_written_without_what_the_errors_say() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet("%(levelname)s %(message)s"))
    log = logging.Logger("a library")  # noqa: LOG001 - of this test's own
    log.addHandler(handler)
    try:
        try:
            dict[str, str]()[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        log.exception("it broke")
    assert "ERROR it broke\nValueError\n" in written.getvalue()
    assert "caused by KeyError\n" in written.getvalue()
    assert SECRET not in written.getvalue()


async def test_what_the_loop_complains_of_is_told_without_the_values_in_hand(
    caplog: pytest.LogCaptureFixture,
) -> None:
    context = {"message": "it broke", "exception": ValueError(SECRET), "task": SECRET}
    on_loop_trouble(asyncio.get_running_loop(), context)
    assert "it broke: ValueError" in caplog.text
    assert SECRET not in caplog.text
