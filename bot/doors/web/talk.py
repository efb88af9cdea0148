"""What a citizen sends, by the plain form or by the page's script, and the answer to it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Final, NoReturn

from aiohttp import web
from pydantic import StringConstraints, TypeAdapter, ValidationError

from bot.doors.web import words, written
from bot.doors.web.exchanges import fitted
from bot.doors.web.haste import keep_pace
from bot.doors.web.refusals import RefusalError
from bot.doors.web.room import CHANNEL, ROOM, Room
from handlers.messages import Message, Reply
from handlers.texts import common
from knowledge.text import clean, storable

SaidId = Annotated[str, StringConstraints(pattern=r"^[!-~]{8,64}$")]

_NEWEST: Final = "/#newest"
_READ: Final = 12_000  # letters; up to here the conversation itself asks for fewer words


@dataclass(frozen=True, slots=True)
class _Said:
    """One message; the same id is the same message."""

    id: SaidId
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and its number in the history; None: it could not be kept."""

    id: int | None
    reply: Reply


_SAID: Final = TypeAdapter(_Said)


async def messages(request: web.Request) -> web.Response:
    """Answer the page's script; a resent message gets the answer it got before."""
    await keep_pace(request)
    said = await _read_json(request)
    return written.answer(asdict(await answer(request, _message(request, said))))


async def chat(request: web.Request) -> NoReturn:
    """Answer the plain form, and send the browser back to the page."""
    await keep_pace(request)
    said = await _read_form(request)
    send_back(await answer(request, _message(request, said)))


async def _read_json(request: web.Request) -> _Said:
    if request.content_type != "application/json":
        raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words.NOT_JSON)
    try:
        return _SAID.validate_json(await request.read(), strict=True)
    except ValidationError as error:
        raise _bad(words.NOT_A_MESSAGE) from error


async def _read_form(request: web.Request) -> _Said:
    if request.content_type != "application/x-www-form-urlencoded":
        raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words.NOT_A_FORM)
    try:
        form = {name: str(value) for name, value in (await request.post()).items()}
        said = _SAID.validate_python({"id": form.get("id"), "text": _written(form)})
    except (ValueError, LookupError) as error:  # letters or a charset that cannot be read
        raise _bad(words.NOT_A_FORM) from error
    if not request.app[ROOM].sessions.of(request).wrote(form.get("csrf", "")):
        raise RefusalError(HTTPStatus.FORBIDDEN, words.OLD_FORM)
    # "Back" shows an old page, whose id was used up by another question.
    return replace(said, id=f"{said.id}-{sha256(said.text.encode()).hexdigest()[:16]}")


def _written(form: Mapping[str, str]) -> str:
    """Take what was tapped, else what was typed; forms send line ends as of old."""
    return (form.get("choice") or form.get("text", "")).replace("\r\n", "\n")


def _message(request: web.Request, said: _Said) -> Message:
    return Message(
        channel=CHANNEL,
        chat=request.app[ROOM].sessions.of(request).chat,
        text=_readable(said.text),
        external_id=said.id,
    )


async def answer(request: web.Request, message: Message) -> Answer:
    """Have *message* answered, and tell all pages of its talk."""
    room = request.app[ROOM]
    reply = await room.conversation.reply_to(message)
    number = await _number(message, room)
    room.bell.ring(message.chat)
    return Answer(number, fitted(reply))


def send_back(answer: Answer) -> NoReturn:
    """Lead a browser that runs no script back to the page, where *answer* is the newest."""
    if answer.id is None:
        raise RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, answer.reply.text)
    raise web.HTTPSeeOther(_NEWEST)


def _readable(text: str) -> str:
    text = storable(text)
    if not clean(text):
        raise _bad(common.EMPTY)
    if len(text) > _READ:
        raise _bad(words.TOO_MUCH)
    return text


async def _number(message: Message, room: Room) -> int | None:
    async with room.conversation.office.desk() as desk:
        kept = await desk.talks.answered(message.channel, message.chat, message.external_id)
    return None if kept is None else kept.id


def _bad(reason: str) -> RefusalError:
    return RefusalError(HTTPStatus.BAD_REQUEST, reason)
