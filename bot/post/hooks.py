"""Where platforms deliver what citizens wrote: one port, a path for each door."""

import asyncio
import logging
import traceback
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.listening import listening

log = logging.getLogger(__name__)

NAME: Final = "hooks"
_LARGEST_BODY: Final = 256 * 1024
_READING: Final = 10.0  # seconds a platform may take to send a body


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a platform, or anybody, posted to a door's path; nothing in it is proved yet."""

    headers: Mapping[str, str]
    body: bytes


Receive = Callable[[Delivery], Coroutine[None, None, HTTPStatus]]


class Hooks:
    """Hands deliveries to the doors that are open; `open_port` serves them."""

    def __init__(self) -> None:
        self._doors: dict[str, Receive] = {}

    @contextmanager
    def answered_by(self, name: str, receive: Receive) -> Generator[str]:
        """Let *receive* have what is delivered for *name* meanwhile; give the path."""
        self._doors[name] = receive
        try:
            yield f"/{NAME}/{name}"
        finally:
            del self._doors[name]

    async def deliver(self, name: str, delivery: Delivery) -> HTTPStatus:
        """Hand *delivery* over; where that cannot be done now, ask for it again later."""
        receive = self._doors.get(name)
        if receive is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            return await receive(delivery)
        except Exception as error:  # noqa: BLE001 - aiohttp would log it with the citizen's words
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s: a delivery failed: %s\n%s", name, type(error).__name__, where)  # noqa: TRY400
            return HTTPStatus.SERVICE_UNAVAILABLE


@asynccontextmanager
async def open_port(hooks: Hooks, *, host: str, port: int) -> AsyncGenerator[str]:
    """Serve *hooks*, and tell where; port 0 takes any free one.

    Raises:
        OSError: the address cannot be had.
    """

    async def take(request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_READING):
                body = await request.read()
        except (TimeoutError, ConnectionError, web.RequestPayloadError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        delivery = Delivery(request.headers, body)
        return web.Response(status=await hooks.deliver(request.match_info["name"], delivery))

    app = web.Application(client_max_size=_LARGEST_BODY)
    app.add_routes([web.post(f"/{NAME}/{{name}}", take)])
    async with listening(app, host=host, port=port) as where:
        yield f"{NAME}: {where / NAME}"
