"""The port that platforms deliver to: each delivery reaches its door, and nothing else does."""

import asyncio
from collections.abc import AsyncGenerator
from http import HTTPStatus

import pytest
from aiohttp import ClientSession

from bot.post.hooks import Delivery, Hooks, open_port


@pytest.fixture
def hooks() -> Hooks:
    return Hooks()


@pytest.fixture
async def url(hooks: Hooks) -> AsyncGenerator[str]:
    async with open_port(hooks, host="127.0.0.1", port=0) as where:
        name, _, url = where.partition(": ")
        assert name == "hooks"
        yield url


async def status(url: str, method: str = "POST", body: bytes = b"body") -> int:
    async with ClientSession() as client, client.request(method, url, data=body) as response:
        return response.status


async def test_a_delivery_reaches_its_door_as_it_came(hooks: Hooks, url: str) -> None:
    seen: list[Delivery] = []

    async def receive(delivery: Delivery) -> HTTPStatus:
        seen.append(delivery)
        return HTTPStatus.FORBIDDEN

    with hooks.answered_by("a", receive) as path:
        assert path == "/hooks/a"
        assert await status(f"{url}/a", body=b"\xff\x00") == HTTPStatus.FORBIDDEN
    assert seen[0].body == b"\xff\x00"
    assert seen[0].headers["content-length"] == "2"


async def test_a_door_that_is_not_open_is_to_be_tried_later(hooks: Hooks, url: str) -> None:
    async def receive(_: Delivery) -> HTTPStatus:
        return HTTPStatus.OK

    assert await status(f"{url}/a") == HTTPStatus.SERVICE_UNAVAILABLE
    with hooks.answered_by("a", receive):
        assert await status(f"{url}/a") == HTTPStatus.OK
    assert await status(f"{url}/a") == HTTPStatus.SERVICE_UNAVAILABLE


@pytest.mark.parametrize(
    ("path", "method", "expected"),
    [
        ("/a", "GET", HTTPStatus.METHOD_NOT_ALLOWED),
        ("/a/b", "POST", HTTPStatus.NOT_FOUND),
        ("", "POST", HTTPStatus.NOT_FOUND),
    ],
)
async def test_there_is_nothing_else(
    url: str, path: str, method: str, expected: HTTPStatus
) -> None:
    assert await status(url + path, method) == expected


async def test_a_bug_is_told_without_anybodys_words(
    hooks: Hooks, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def receive(delivery: Delivery) -> HTTPStatus:
        raise ValueError(delivery.body)

    with hooks.answered_by("a", receive):
        answered = await status(f"{url}/a", body="tên của dân".encode())
    assert answered == HTTPStatus.SERVICE_UNAVAILABLE
    assert "a: a delivery failed: ValueError" in caplog.text
    assert "của dân" not in caplog.text


async def test_a_cut_body_is_no_delivery(hooks: Hooks, url: str) -> None:
    async def receive(_: Delivery) -> HTTPStatus:
        pytest.fail("it came in")

    port = int(url.split(":")[2].split("/", maxsplit=1)[0])
    with hooks.answered_by("a", receive):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /hooks/a HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf")
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        assert await status(f"{url}/b") == HTTPStatus.SERVICE_UNAVAILABLE
