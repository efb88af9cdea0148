"""The headers that tell a browser how little this page needs, and who may frame it."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final

from aiohttp import web

STATIC: Final = "/static/"
_CONTENT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
Signal = Callable[[web.Request, web.StreamResponse], Awaitable[None]]
# The page names static files with a version, so that a new release is never shown in old clothes.
_A_DAY: Final = "public, max-age=86400"


def adder(framed_by: Sequence[str]) -> Signal:
    """Give the signal that puts the headers on; a stream is sent before middleware would end.

    Pages of *framed_by* (origins such as https://portal.example.vn) may hold ours in a frame.
    """
    content = " ".join([_CONTENT, *framed_by])

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = content
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = (
            _A_DAY
            if request.path.startswith(STATIC) and response.status < HTTPStatus.BAD_REQUEST
            else "no-store"
        )

    return add
