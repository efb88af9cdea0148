"""Calls a platform over HTTP; what fails is told apart by whether it can have arrived.

No error carries an address: the token of some platforms is part of it.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import isfinite
from typing import Final

import aiohttp
from pydantic import JsonValue

_CONNECTING: Final = 3.0  # seconds
_IDLE: Final = 10.0  # seconds a connection is kept: one the platform drops first costs a message
_LARGEST: Final = 1024 * 1024  # bytes of an answer


class UnreachedError(Exception):
    """The request surely never arrived."""


class LostError(Exception):
    """No answer came that can be read: the request may have arrived."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever the status says."""

    status: int
    body: bytes
    retry_after: float | None = None
    """The seconds that the platform asks us to wait, where it says so."""


@asynccontextmanager
async def open_line() -> AsyncGenerator[aiohttp.ClientSession]:
    """Give a client that keeps no cookies and follows no proxy of the environment."""
    connector = aiohttp.TCPConnector(keepalive_timeout=_IDLE)
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as line:
        yield line


async def post(  # noqa: PLR0913 - what a request is made of
    line: aiohttp.ClientSession,
    url: str,
    *,
    json: Mapping[str, JsonValue] | None = None,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float,
) -> Answer:
    """Post *json* or *form*, and read the answer within *seconds*.

    Raises:
        UnreachedError: nobody was there to take it.
        LostError: what became of it cannot be known.
    """
    timeout = aiohttp.ClientTimeout(total=seconds + _CONNECTING, sock_connect=_CONNECTING)
    try:
        async with line.post(
            url,
            json=json,
            data=form,
            headers=headers,
            timeout=timeout,
            allow_redirects=False,
        ) as response:
            body = await _read(response)
            return Answer(response.status, body, _seconds(response.headers.get("Retry-After")))
    except (
        aiohttp.ClientConnectorError,
        aiohttp.ConnectionTimeoutError,
        aiohttp.InvalidURL,
    ) as error:
        raise UnreachedError(type(error).__name__) from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise LostError(type(error).__name__) from None


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > _LARGEST:
            raise aiohttp.ClientPayloadError
    return bytes(body)


def _seconds(header: str | None) -> float | None:
    """Read a wait in seconds; a date, which the form also allows, is not worth reading."""
    try:
        wait = float(header or "")
    except ValueError:
        return None
    return wait if isfinite(wait) and wait >= 0 else None
