"""A file that a citizen sends from the page, with or without its script."""

import asyncio
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from aiohttp import BodyPartReader, MultipartReader, web
from pydantic import TypeAdapter

from bot.doors.web import words, written
from bot.doors.web.haste import keep_pace
from bot.doors.web.pace import FILES
from bot.doors.web.refusals import RefusalError, is_for_a_person
from bot.doors.web.room import CHANNEL, ROOM
from bot.doors.web.talk import SaidId, answer, send_back
from handlers.messages import Fetched, Message, Missed, Why

_WITHIN: Final = 120.0  # seconds for a file on a poor line
_ID: Final[TypeAdapter[str]] = TypeAdapter(SaidId)


@dataclass(frozen=True, slots=True)
class _Upload:
    """A file under its sender's id; the same id is the same file."""

    id: str
    file: Fetched | Missed = field(repr=False)


async def files(request: web.Request) -> web.Response:
    """Take a file into the talk, as if a platform had brought it."""
    await keep_pace(request, FILES)
    upload = await _read(request)
    message = Message(
        channel=CHANNEL,
        chat=request.app[ROOM].sessions.of(request).chat,
        text="",
        external_id=upload.id,
        kind="file",
        files=(upload.file,),
    )
    if is_for_a_person(request):
        # "Back" shows an old page, whose id was used up by another file.
        content = upload.file.content if isinstance(upload.file, Fetched) else b""
        once = f"{upload.id}-{sha256(content).hexdigest()[:16]}"
        send_back(await answer(request, replace(message, external_id=once)))
    return written.answer(asdict(await answer(request, message)))


async def _read(request: web.Request) -> _Upload:
    if request.content_type != "multipart/form-data":
        raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words.NOT_A_FORM)
    try:
        async with asyncio.timeout(_WITHIN):
            return await _read_form(request, await request.multipart())
    except TimeoutError as error:
        raise RefusalError(HTTPStatus.REQUEST_TIMEOUT, words.TOO_SLOW) from error
    except (ValueError, LookupError) as error:  # no form, or letters that cannot be read
        raise _bad(words.NOT_A_FORM) from error


async def _read_form(request: web.Request, form: MultipartReader) -> _Upload:
    """Read the fields in the page's own order: nobody's file is read who has no page of ours."""
    sender = request.app[ROOM].sessions.of(request)
    if not sender.wrote(await _field(form, "csrf")):
        raise RefusalError(HTTPStatus.FORBIDDEN, words.OLD_FORM)
    number = _ID.validate_python(await _field(form, "id"))
    part = await _part(form, "file")
    if not part.filename:
        raise _bad(words.NO_FILE)
    most = request.app[ROOM].conversation.office.attaching.file_bytes
    content = bytearray()
    while piece := await part.read_chunk():
        content += piece
        if len(content) > most:
            return _Upload(number, Missed(Why.TOO_LARGE))
    return _Upload(number, Fetched(bytes(content), part.filename))


async def _field(form: MultipartReader, name: str) -> str:
    return await (await _part(form, name)).text()


async def _part(form: MultipartReader, name: str) -> BodyPartReader:
    part = await form.next()
    if not isinstance(part, BodyPartReader) or part.name != name:
        raise _bad(words.NOT_A_FORM)
    return part


def _bad(reason: str) -> RefusalError:
    return RefusalError(HTTPStatus.BAD_REQUEST, reason)
