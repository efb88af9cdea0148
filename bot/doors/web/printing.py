"""A checklist as a page to print: whoever has its code may see it, and it names nobody."""

from http import HTTPStatus

import aiohttp_jinja2
from aiohttp import web

from bot.doors.web.haste import keep_pace
from bot.doors.web.refusals import RefusalError
from bot.doors.web.room import ROOM, Room
from handlers.texts import checklists, common, papers, procedures
from knowledge.checklists import OpenList, find_checklist_code, opened


async def checklist(request: web.Request) -> web.Response:
    """Show a list as it stands, for paper."""
    room = request.app[ROOM]
    await keep_pace(request)
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
        "trust": procedures.trust(listed.procedure)
        + procedures.old_data(listed.procedure, office.card, office.now()),
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
