"""A port that speaks HTTP: it writes down and gives back nothing of what comes in."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web
from yarl import URL

from bot.logs import told

log = logging.getLogger(__name__)

_CLOSING: Final = 5.0  # seconds for answers under way


@asynccontextmanager
async def listening(
    app: web.Application, *, host: str, port: int, unreadable: str = ""
) -> AsyncGenerator[URL]:
    """Serve *app*, and tell where; port 0 takes any free one. *unreadable* answers a non-request.

    Raises:
        OSError: the address cannot be had.
    """
    runner = _Runner(app, shutdown_timeout=_CLOSING)
    runner.unreadable = unreadable
    app.on_response_prepare.append(_hide_what_runs_here)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield URL.build(scheme="http", host=host, port=runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _hide_what_runs_here(request: web.Request, response: web.StreamResponse) -> None:
    del request
    response.headers.pop("Server", None)


class _Answer(web.Response):
    """An answer to what is no request, for which aiohttp sends no signal."""

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.pop("Server", None)


class _Handler(web.RequestHandler):
    """Tells what went wrong without the visitor's words, where aiohttp would quote them."""

    __slots__ = ("unreadable",)

    unreadable: str

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what broke or could not be read."""
        del message
        if status >= web.HTTPInternalServerError.status_code and exc is not None:
            self.log_exception(exc_info=exc)
        else:  # the visitor's fault: anybody could fill the log with it
            log.debug("no request: %s", type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError  # half an answer is under way: the line can only be cut
        answer = _Answer(status=status, text=self.unreadable)
        answer.force_close()
        return answer

    def log_exception(self, *args: object, **kw: object) -> None:
        """Log where it broke."""
        del args
        error = kw.get("exc_info")
        what = told(error) if isinstance(error, BaseException) else "it gave no answer"
        log.error("a request broke: %s", what)


class _Server(web.Server):
    """Meets everybody with our handler."""

    unreadable = ""

    def __call__(self) -> web.RequestHandler:
        loop = asyncio.get_running_loop()
        nowhere: Any = None  # what aiohttp takes for no log, but does not declare
        handler = _Handler(self, loop=loop, access_log=nowhere)  # it would hold addresses
        handler.unreadable = self.unreadable
        return handler


class _Runner(web.AppRunner):
    """Serves with our server."""

    __slots__ = ("unreadable",)

    unreadable: str

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        ours = _Server(made.request_handler, request_factory=made.request_factory)
        ours.unreadable = self.unreadable
        return ours
