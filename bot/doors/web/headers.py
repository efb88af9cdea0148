"""The headers that tell a browser how little this page needs."""

from http import HTTPStatus
from typing import Final

from aiohttp import web

STATIC: Final = "/static/"
_CONTENT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# The page names static files with a version, so that a new release is never shown in old clothes.
_A_DAY: Final = "public, max-age=86400"


async def add(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on *response*: a signal, because a stream is sent before middleware ends."""
    response.headers.pop("Server", None)  # which version of what runs here is nobody's business
    response.headers["Content-Security-Policy"] = _CONTENT
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = (
        _A_DAY
        if request.path.startswith(STATIC) and response.status < HTTPStatus.BAD_REQUEST
        else "no-store"
    )
