"""The page: the whole talk of this session, rendered here, so that it needs no script."""

import secrets
from hashlib import sha256
from pathlib import Path
from typing import Final

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.doors.web.exchanges import fitted, offered, shown, takes_files
from bot.doors.web.haste import keep_pace
from bot.doors.web.pace import VISITS
from bot.doors.web.prose import lines, paragraphs
from bot.doors.web.reading import history
from bot.doors.web.room import ROOM, chat_of
from handlers.messages import Reply
from handlers.reception import LONGEST
from handlers.texts import common, feedback, plain

_HERE: Final = Path(__file__).parent
STATIC_FILES: Final = _HERE / "static"
_LATEST: Final = 100  # exchanges on the page; more make an old telephone slow
_ID_BYTES: Final = 12


def set_up(app: web.Application) -> None:
    """Make the templates ready."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = _version()
    environment.filters["paragraphs"] = paragraphs
    environment.filters["lines"] = lines


async def page(request: web.Request) -> web.Response:
    """Show the talk so far, the newest choices, and the box for the next question."""
    await keep_pace(request, VISITS)
    room = request.app[ROOM]
    session = room.sessions.of(request)
    card = room.conversation.office.card
    kept = await history(request, chat_of(session))
    turns = [shown(exchange) for exchange in kept[-_LATEST:]]
    welcome = fitted(Reply(common.welcome(card), common.MENU))
    context = {
        "card": card,
        "welcome": welcome,
        "turns": turns,
        "choices": offered(turns, welcome.choices),
        "takes_files": takes_files(turns),
        "file_sent": feedback.FILE_SENT,
        "most": room.conversation.office.attaching.file_bytes,
        "after": turns[-1].id if turns else 0,
        "contact": common.CONTACT,
        "plain": plain.ON,
        "longest": LONGEST,
        "form_key": session.form_key,
        "message_id": secrets.token_urlsafe(_ID_BYTES),
    }
    return aiohttp_jinja2.render_template("page.html", request, context)


def _version() -> str:
    """Name the release of the static files by their content."""
    digest = sha256()
    for path in sorted(STATIC_FILES.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
