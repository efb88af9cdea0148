"""Addresses from outside are asked only where they lie outside: nothing of our own net is."""

import asyncio
from collections.abc import AsyncGenerator
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.post.downloads import is_public, open_downloads
from handlers.messages import Fetched, Missed, Remote, Why
from tests.bot.file_host import FileHost, open_host
from tests.files import JPEG

MOST = 1000
OUT_OF_REACH = Missed(Why.OUT_OF_REACH)


@pytest.fixture
async def host() -> AsyncGenerator[FileHost]:
    async with open_host() as host:
        yield host


async def download(url: str, *only_from: str) -> Fetched | Missed:
    async with open_downloads(only_from) as fetch:
        return await fetch(Remote(url, "ảnh.jpg"), MOST)


async def test_what_lies_at_a_named_origin_is_fetched(host: FileHost) -> None:
    assert await download(f"{host.url}/a.jpg", host.url) == Fetched(JPEG, "ảnh.jpg")


async def test_what_lies_elsewhere_is_not_even_asked_for(host: FileHost) -> None:
    assert await download(f"{host.url}/a.jpg", "https://files.example.vn") == OUT_OF_REACH
    assert host.asked == []


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "2130706433", "127.1"])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_without_named_origins_nobody_near_us_is_even_called(scheme: str, name: str) -> None:
    calls = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(writer)
        writer.close()

    async with await asyncio.start_server(take, ["127.0.0.1", "::1"]) as server:
        for socket in server.sockets:
            port = socket.getsockname()[1]
            assert await download(f"{scheme}://{name}:{port}/a.jpg") == OUT_OF_REACH
    assert calls == []


@pytest.mark.parametrize(
    "url",
    ["", "a.jpg", "file:///etc/passwd", "https://", "https://[::1", "ftp://x/a", "//x/a", "\0"],
)
async def test_what_is_no_address_is_out_of_reach(url: str) -> None:
    assert await download(url) == OUT_OF_REACH
    assert await download(url, "https://files.example.vn") == OUT_OF_REACH


async def test_what_has_moved_is_followed_to_where_it_may_lie(host: FileHost) -> None:
    async with open_host() as other:
        host.moved["/away.jpg"] = f"{other.url}/a.jpg"
        assert await download(f"{host.url}/away.jpg", host.url) == OUT_OF_REACH
        assert other.asked == []
    host.moved |= {"/old.jpg": "/a.jpg", "/round": "/round"}
    assert await download(f"{host.url}/old.jpg", host.url) == Fetched(JPEG, "ảnh.jpg")
    assert await download(f"{host.url}/round", host.url) == OUT_OF_REACH
    assert len(host.asked) == 2 + 1 + 4


async def test_what_is_gone_is_out_of_reach(host: FileHost) -> None:
    assert await download(f"{host.url}/b.jpg", host.url) == OUT_OF_REACH


async def test_no_more_is_read_than_may_be_kept(host: FileHost) -> None:
    host.files = {"/just": b"x" * MOST, "/large": b"x" * (MOST + 1)}
    assert await download(f"{host.url}/just", host.url) == Fetched(b"x" * MOST, "ảnh.jpg")
    assert await download(f"{host.url}/large", host.url) == Missed(Why.TOO_LARGE)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nobody binds to it
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:a00:1::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::101:101", True),
        ("ff02::1", False),
    ],
)
def test_our_own_net_is_told_from_the_open_one(address: str, *, public: bool) -> None:
    assert is_public(address) is public


@given(st.ip_addresses(v=4))
def test_the_two_ways_to_write_an_address_are_judged_alike(address: IPv4Address) -> None:
    mapped = IPv6Address(f"::ffff:{address}")
    assert is_public(str(mapped)) is is_public(str(address))
