"""A checklist as a page to print: whoever has its code may see it, and it names nobody."""

from http import HTTPStatus

import aiohttp_jinja2
from aiohttp import web

from bot.doors.web import words
from bot.doors.web.pace import address_of
from bot.doors.web.refusals import RefusalError
from bot.doors.web.room import ROOM, Room
from handlers.texts import checklists, common, papers, procedures
from knowledge.checklists import OpenList, find_checklist_code, opened


async def checklist(request: web.Request) -> web.Response:
    """Show a list as it stands, for paper."""
    room = request.app[ROOM]
    await _keep_pace(request, room)
    listed = await _listed(request.match_info["code"], room)
    if listed is None:
        raise RefusalError(HTTPStatus.NOT_FOUND, checklists.NOT_KEPT)
    office = room.conversation.office
    title, *case = checklists.heading(listed).split("\n")
    context = {
        "card": office.card,
        "title": title,
        "case": "".join(case),
        "papers": [
            (papers.paper_line(paper), paper.key in listed.ticked) for paper in listed.papers
        ],
        "progress": checklists.progress(listed),
        "trust": procedures.trust(listed.procedure),
        "whereabouts": common.whereabouts(office.card),
        "code": listed.code,
        "day": common.day(office.now()),
    }
    return aiohttp_jinja2.render_template("checklist.html", request, context)


async def _listed(text: str, room: Room) -> OpenList | None:
    code = find_checklist_code(text)
    if code is None:
        return None
    async with room.conversation.office.desk() as desk:
        return opened(await desk.checklists.find(code), desk.catalog)


async def _keep_pace(request: web.Request, room: Room) -> None:
    """Let nobody try codes one after the other."""
    address = address_of(request, behind_proxy=room.behind_proxy)
    seconds = await room.pace.seconds_to_wait(room.sessions.of(request).chat, address)
    if seconds:
        later = {"Retry-After": str(seconds)}
        raise RefusalError(HTTPStatus.TOO_MANY_REQUESTS, words.too_fast(seconds), later)
