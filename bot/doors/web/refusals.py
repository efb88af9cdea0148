"""A no, in words a person can use: as a page for a browser, as JSON for a program."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

import aiohttp_jinja2
from aiohttp import web

from bot.doors.web import words, written
from handlers.texts.common import TROUBLE
from knowledge.store.store import is_outage

log = logging.getLogger(__name__)


class RefusalError(Exception):
    """A request that gets no answer but a reason."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = headers


@web.middleware
async def told(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Put every refusal and every trouble into words."""
    try:
        return await handler(request)
    except RefusalError as refusal:
        return _written(request, refusal)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return _written(request, _of_http(error))
    except Exception as error:  # noqa: BLE001 - aiohttp would log it with the citizen's words
        if _is_the_visitors(request, error):
            return _written(request, RefusalError(HTTPStatus.BAD_REQUEST, words.NOT_UNDERSTOOD))
        note(error)
        return _written(request, RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, TROUBLE))


def _is_the_visitors(request: web.Request, error: Exception) -> bool:
    """Say whether they left, or sent what is no body; a database's line may break off too."""
    left = request.transport is None and isinstance(error, ConnectionError)
    return left or isinstance(error, web.RequestPayloadError)


def note(error: Exception) -> None:
    """Log where *error* came from, without its own words, which may be a citizen's."""
    if is_outage(error):
        log.error("no answer on web: %s", type(error).__name__)
        return
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("no answer on web: %s\n%s", type(error).__name__, where)


def _of_http(error: web.HTTPException) -> RefusalError:
    allowed = {name: error.headers[name] for name in ("Allow",) if name in error.headers}
    reason = words.BY_STATUS.get(error.status, words.NOT_UNDERSTOOD)
    return RefusalError(error.status, reason, allowed)


def is_for_a_person(request: web.Request) -> bool:
    """Say whether a browser asks for a page; the page's script asks for JSON."""
    return "text/html" in request.headers.get("Accept", "")


def _written(request: web.Request, refusal: RefusalError) -> web.Response:
    if is_for_a_person(request):
        response = aiohttp_jinja2.render_template(
            "notice.html", request, {"reason": refusal.reason}, status=refusal.status
        )
    else:
        response = written.answer({"error": refusal.reason}, refusal.status)
    response.headers.update(refusal.headers or {})
    return response
