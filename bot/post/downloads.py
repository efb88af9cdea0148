"""Fetches files by their addresses, which came from outside: nothing of our own net is asked."""

import socket
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.post.fetching import Fetch
from handlers.messages import Fetched, Missed, Remote, Why

_CONNECTING: Final = 3.0  # seconds
_REDIRECTS: Final = 3
_AS_IT_IS: Final = {"Accept-Encoding": "identity"}
_TRANSLATORS: Final = IPv6Network("64:ff9b::/96")
_MOVED: Final = (
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
)


@asynccontextmanager
async def open_downloads(only_from: Collection[str] = ()) -> AsyncGenerator[Fetch]:
    """Give the way to fetch from *only_from* (origins such as https://files.example.vn).

    Where none is named: from any https address that is public, and so from nobody near us.
    """
    named = frozenset(URL(origin).origin() for origin in only_from)
    connector = aiohttp.TCPConnector(resolver=None if named else _PublicResolver())
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECTING),
    ) as line:

        async def fetch(remote: Remote, most: int) -> Fetched | Missed:
            try:
                content = await _download(line, URL(remote.where), most, named)
            except (aiohttp.ClientError, OSError, ValueError):
                return Missed(Why.OUT_OF_REACH)
            return Missed(Why.TOO_LARGE) if content is None else Fetched(content, remote.name)

        yield fetch


class ForbiddenError(ValueError):
    """An address that nobody outside should make us ask."""


async def _download(
    line: aiohttp.ClientSession, url: URL, most: int, named: Collection[URL]
) -> bytes | None:
    """Read what lies at *url*, wherever it moved; None: it is larger than *most*.

    Raises:
        ForbiddenError: it lies where we do not ask.
        ClientError: it cannot be had.
    """
    for _ in range(1 + _REDIRECTS):
        if not _may_be_asked(url, named):
            raise ForbiddenError
        async with line.get(url, headers=_AS_IT_IS, allow_redirects=False) as response:
            if response.status in _MOVED:
                url = url.join(URL(response.headers.get("Location", "")))
                continue
            if response.status != HTTPStatus.OK:
                break
            return await _read(response, most)
    raise aiohttp.ClientError


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes | None:
    content = bytearray()
    if (response.content_length or 0) > most:
        return None
    async for piece in response.content.iter_any():
        content += piece
        if len(content) > most:
            return None
    return bytes(content)


def _may_be_asked(url: URL, named: Collection[URL]) -> bool:
    if named:
        return url.is_absolute() and url.origin() in named
    host = url.host
    if url.scheme != "https" or host is None or url.user is not None:
        return False
    try:
        return is_public(host)
    except ValueError:
        return True  # a name: its addresses are looked at when it is resolved


def is_public(address: str) -> bool:
    """Say whether *address* belongs to the open net.

    Raises:
        ValueError: it is no address.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or _translated(ip) or ip
    return ip.is_global and not ip.is_multicast


def _translated(ip: IPv6Address) -> IPv4Address | None:
    """Give the address that a translator (RFC 6052) would ask for us, or None."""
    return IPv4Address(ip.packed[-4:]) if ip in _TRANSLATORS else None


class _PublicResolver(AbstractResolver):
    """Finds public addresses only, at the moment of connecting: a name may change its mind."""

    def __init__(self) -> None:
        self._resolver = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise OSError
        return public

    async def close(self) -> None:
        await self._resolver.close()
