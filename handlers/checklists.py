"""Checklists: papers ticked off over days, on any channel, by tap, by number or in words."""

from collections.abc import Iterable
from typing import Final

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import Checking, Idle, Turn
from handlers.texts import asking_back, common
from handlers.texts import checklists as texts
from handlers.texts import papers as paper_texts
from knowledge.asked_papers import held_paper, listed_in
from knowledge.checklists import ChecklistCode, OpenList, find_checklist_code, opened
from knowledge.people import Chat
from knowledge.picking import marks_in
from knowledge.procedures.papers import cases_of

_NO_CASE: Final = "c0"
_SURE: Final = "co"


async def show(message: Message, desk: Desk) -> Turn:
    """Answer `/ds DS-CODE`, or `/ds CODE [cN …]`: a list that is there, or a new one."""
    if find_checklist_code(message.text) is not None:
        return await by_code(message, desk)
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    if procedure is None:
        return await mine(message, desk)
    if not procedure.documents:
        return Turn(Reply(asking_back.not_found(desk.card), common.MENU))
    cases = paper_texts.chosen_in(words[1:], procedure)
    same = [one for one in await _held(message, desk) if one.procedure is procedure]
    if not cases and _NO_CASE not in words:
        if same:
            return await _whole(same[0].code, message, desk)
        if cases_of(procedure):
            asked = Reply(texts.WHICH_CASE, texts.case_choices(procedure))
            return Turn(asked, Idle(procedure.code))
    of_case = next((one.code for one in same if one.cases == cases), None)
    code = of_case or await desk.checklists.start(procedure.code, cases, desk.now)
    return await _whole(code, message, desk)


async def by_code(message: Message, desk: Desk) -> Turn:
    """Show the list whose code was sent, from whatever channel; `c2` behind it adds a case."""
    listed = await _named(message, desk)
    if listed is None:
        return _unknown()
    wider = paper_texts.chosen_in(message.text.split(), listed.procedure)
    await desk.checklists.widen(listed.code, wider)
    return await _whole(listed.code, message, desk)


async def mine(message: Message, desk: Desk) -> Turn:
    """Tell what the only list of this chat still lacks; where there are several, ask which."""
    held = await _held(message, desk)
    if not held:
        return Turn(Reply(texts.NONE_YET, common.MENU))
    if len(held) == 1:
        return _lacking(held[0], desk)
    choices = (texts.list_choice(one) for one in held)
    return Turn(Reply(texts.WHICH_LIST, (*choices, common.CANCEL)))


async def lacking(message: Message, desk: Desk) -> Turn:
    """Answer `/conthieu [DS-CODE]`; without a code it is the list of this chat."""
    if find_checklist_code(message.text) is None:
        return await mine(message, desk)
    listed = await _named(message, desk)
    return _unknown() if listed is None else _lacking(listed, desk)


async def tick(message: Message, desk: Desk) -> Turn:
    """Answer `/co DS-CODE KEY`: the paper is at hand."""
    return await _tapped(message, desk, there=True)


async def untick(message: Message, desk: Desk) -> Turn:
    """Answer `/chuaco DS-CODE KEY`: it is not, after all."""
    return await _tapped(message, desk, there=False)


async def clear(message: Message, desk: Desk) -> Turn:
    """Answer `/dslai DS-CODE [co]`: ask first, then take all ticks away."""
    listed = await _named(message, desk)
    if listed is None:
        return _unknown()
    if message.text.split()[-1] != _SURE:
        return Turn(Reply(texts.SURE_TO_CLEAR, texts.clearing(listed.code)))
    await desk.checklists.mark(listed.code, listed.ticked, there=False)
    return await _whole(listed.code, message, desk)


async def take_marks(message: Message, desk: Desk, state: Checking) -> Turn | None:
    """Mark what «có 1, 3», «có hết» or a paper's name says; None where nothing does."""
    listed = await _opened(ChecklistCode(state.code), desk)
    marks = marks_in(message.text)
    if listed is None:
        return None
    if marks is None:
        named = _named_at_hand(message.text, listed, desk)
        return await _marked(listed, named, message, desk, there=True) if named else None
    numbers = marks.numbers or range(1, len(listed.papers) + 1)
    if max(numbers) > len(listed.papers):
        return Turn(Reply(texts.NO_SUCH_NUMBER, texts.choices(listed)), state)
    keys = [listed.papers[number - 1].key for number in numbers]
    return await _marked(listed, keys, message, desk, there=marks.there)


def _named_at_hand(text: str, listed: OpenList, desk: Desk) -> list[str]:
    """Give the key of the one missing paper that is said to be there, or nothing."""
    held = held_paper(text, desk.vocabulary)
    papers = () if held is None else listed_in(listed.procedure, held)
    keys = [paper.key for _, paper in listed.missing if paper in papers]
    return keys if len(keys) == 1 else []


async def _tapped(message: Message, desk: Desk, *, there: bool) -> Turn:
    listed = await _named(message, desk)
    if listed is None:
        return _unknown()
    return await _marked(listed, message.text.split()[2:], message, desk, there=there)


async def _marked(
    listed: OpenList, keys: Iterable[str], message: Message, desk: Desk, *, there: bool
) -> Turn:
    of_list = {paper.key for paper in listed.papers}.intersection(keys)
    await desk.checklists.mark(listed.code, of_list, there=there)
    await desk.checklists.use(listed.code, message.channel, message.chat, desk.now)
    return _lacking(await _opened(listed.code, desk) or listed, desk)


async def _held(message: Message, desk: Desk) -> list[OpenList]:
    chats = await desk.people.chats_of(Chat(message.channel, message.chat))
    held = await desk.checklists.held(chats)
    return [one for checklist in held if (one := opened(checklist, desk.catalog)) is not None]


async def _named(message: Message, desk: Desk) -> OpenList | None:
    code = find_checklist_code(message.text)
    return None if code is None else await _opened(code, desk)


async def _opened(code: ChecklistCode, desk: Desk) -> OpenList | None:
    return opened(await desk.checklists.find(code), desk.catalog)


async def _whole(code: ChecklistCode, message: Message, desk: Desk) -> Turn:
    await desk.checklists.use(code, message.channel, message.chat, desk.now)
    listed = await _opened(code, desk)
    if listed is None:
        return _unknown()
    return _told(texts.whole(listed, desk.card, desk.now), listed)


def _lacking(listed: OpenList, desk: Desk) -> Turn:
    return _told(texts.missing(listed, desk.card, desk.now), listed)


def _told(text: str, listed: OpenList) -> Turn:
    reply = Reply(text, texts.choices(listed), named=len(listed.papers), page=f"/ds/{listed.code}")
    return Turn(reply, Checking(listed.code, listed.procedure.code))


def _unknown() -> Turn:
    return Turn(Reply(texts.NOT_KEPT, common.MENU))
