"""The talk itself is mended: explained, said again, made shorter, taken back by one question."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from handlers import telling
from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply, load_reply
from handlers.states import (
    AwaitingDossierCode,
    AwaitingFeedbackCode,
    AwaitingQuantity,
    Checking,
    ChoosingProcedure,
    Idle,
    Memory,
    State,
    Turn,
)
from handlers.telling import OwnCase
from handlers.texts import asking_back, common, dates, guide, plain
from handlers.texts import checklists as list_texts
from handlers.texts import papers as paper_texts
from handlers.texts import procedures as procedure_texts
from handlers.texts import repairs as texts
from knowledge.matching import Found
from knowledge.procedures.papers import cases_of
from knowledge.procedures.procedure import Procedure, ProcedureCode
from knowledge.repairs import Repair

MENDED: Final = (
    Idle,
    ChoosingProcedure,
    AwaitingQuantity,
    Checking,
    AwaitingDossierCode,
    AwaitingFeedbackCode,
)
"""Where words may be about the talk; in a form they are its content."""

_WAYS_OUT: Final = frozenset({asking_back.NEITHER, guide.OTHER_FIELD, common.CANCEL})
_OF_A_CASE: Final = re.compile(r"/ds \S+ c\d|/tt \S+ documents c\d")
_FAR_ENOUGH: Final = 12  # exchanges; what was asked before them is another matter


def _asks(choices: Sequence[Choice]) -> bool:
    """Say whether *choices* answer a question of ours, rather than lead on from an answer."""
    leads = all(one.sends.startswith("/") and " " in one.sends for one in choices[:-1])
    return len(choices) > 1 and leads and choices[-1] in _WAYS_OUT


def _asks_for_fees(choices: Sequence[Choice]) -> bool:
    return _asks(choices) and choices[0].sends.startswith("/phi ")


def _asks_for_case_of_fees(choices: Sequence[Choice]) -> bool:
    cases = {word for one in choices for word in one.sends.split()[2:] if word[0] == "a"}
    return _asks_for_fees(choices) and len(cases) > 1


async def mend(repair: Repair, message: Message, desk: Desk, memory: Memory) -> Turn:
    """Answer *repair*; the talk stays where it stands, unless it is to be taken back."""
    return await _MENDERS[repair](message, desk, memory)


async def _unsure(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Explain the choices once; who is still unsure is led to a person."""
    told, last = _explained(desk, memory), await _last(message, desk)
    if last is not None and last.text == told.reply.text:
        return await _person(message, desk, memory)
    return told


async def _person(message: Message, desk: Desk, memory: Memory) -> Turn:
    del message
    told = dates.contact(desk.card, desk.opening)
    return Turn(Reply(told, memory.offered or common.MENU), memory.state)


def _explained(desk: Desk, memory: Memory) -> Turn:
    """Tell what sets the open choices apart, and where a person is to be asked."""
    offered = _offered(memory.state, desk)
    if offered:
        told = texts.differences(offered, desk.glossary, desk.card)
        return _kept(told, memory, named=len(offered))
    if isinstance(memory.state, AwaitingDossierCode | AwaitingFeedbackCode):
        return _kept(texts.no_code(desk.card), memory)
    procedure = _subject(desk, memory)
    if procedure is None:
        return _kept(texts.any_way(desk.card), memory)
    if _asks_for_fees(memory.offered):
        return _kept(texts.amounts(procedure, desk.card), memory)
    if _names_cases(memory.offered):
        return _kept(texts.cases(procedure, desk.card), memory)
    choices = (*procedure_texts.part_choices(procedure), common.CONTACT)
    return Turn(Reply(texts.which_part(procedure), choices), memory.state)


async def _in_other_words(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Explain the open choices, or say the last answer in plainer words."""
    last = await _last(message, desk)
    if last is None or _asks(memory.offered) or _subject(desk, memory) is None:
        return await _unsure(message, desk, memory)
    simpler = plain.simplified(last.text, desk.glossary)
    if simpler == last.text or last.text.startswith(texts.IN_OTHER_WORDS):
        return await _unsure(message, desk, memory)
    told = f"{texts.IN_OTHER_WORDS}\n\n{simpler}\n\n{texts.STILL_UNCLEAR}"
    return _kept(told, memory, named=last.named)


async def _again(message: Message, desk: Desk, memory: Memory) -> Turn:
    last = await _last(message, desk)
    return _explained(desk, memory) if last is None else Turn(last, memory.state)


async def _shorter(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Sum up what was told at length; what was summed up already is asked for by parts."""
    offered = _offered(memory.state, desk)
    if offered:
        return Turn(Reply(asking_back.which_one(offered), memory.offered), memory.state)
    procedure, last = _subject(desk, memory), await _last(message, desk)
    if procedure is None or last is None or _asks(memory.offered):
        return await _again(message, desk, memory)
    if isinstance(memory.state, Checking):
        return _explained(desk, memory)
    card = telling.tell(Found.named(procedure, ()), OwnCase(), desk)
    if card.reply.text == last.text:
        choices = procedure_texts.part_choices(procedure)
        return Turn(Reply(texts.which_part(procedure), choices), memory.state)
    return card


async def _back(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Ask the last question once more that led here; without one, begin anew."""
    asked = await _asked_before(message, desk)
    if asked is not None:
        return asked
    procedure = _subject(desk, memory)
    if procedure is None:
        return Turn(Reply(texts.OTHER_WAY, (guide.START, *common.MENU)))
    return telling.tell(Found.named(procedure, ()), OwnCase(), desk)


async def _other_case(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Ask for the case anew: of fees where they were spoken of, else of papers or their list."""
    procedure = _subject(desk, memory)
    if procedure is None or (_asks(memory.offered) and _names_cases(memory.offered)):
        return _explained(desk, memory)
    asked = await _asked_before(message, desk)
    of_fees = asked is not None and _asks_for_fees(asked.reply.choices)
    if of_fees:
        asked = await _asked_before(message, desk, _asks_for_case_of_fees) or asked
    if isinstance(memory.state, Checking):
        question, choices = list_texts.WHICH_CASE, list_texts.case_choices(procedure)
    else:
        question, choices = paper_texts.WHICH_CASE, paper_texts.case_choices(procedure)
    if asked is not None and (of_fees or not cases_of(procedure)):
        return asked
    if not cases_of(procedure):
        question, choices = texts.no_cases(procedure), procedure_texts.part_choices(procedure)
    return Turn(Reply(question, choices), Idle(procedure.code))


def _offered(state: State, desk: Desk) -> tuple[Procedure, ...]:
    """Give the procedures between which a choice is open."""
    codes = state.codes if isinstance(state, ChoosingProcedure) else ()
    found = (desk.catalog.find(code) for code in codes)
    return tuple(one for one in found if one is not None)


async def _last(message: Message, desk: Desk) -> Reply | None:
    history = await desk.talks.history(message.channel, message.chat)
    return load_reply(history[-1].reply) if history else None


async def _asked_before(
    message: Message, desk: Desk, wanted: Callable[[Sequence[Choice]], bool] = _asks
) -> Turn | None:
    """Give the last question that was answered by a choice, with where it left the talk."""
    history = await desk.talks.history(message.channel, message.chat)
    shown = load_reply(history[-1].reply) if history else None
    for exchange in history[: -_FAR_ENOUGH - 1 : -1]:
        reply = load_reply(exchange.reply)
        if wanted(reply.choices) and shown is not None and reply.text != shown.text:
            return Turn(reply, _where(reply, exchange.said))
    return None


def _where(asked: Reply, said: str) -> State:
    """Tell where a question left the talk: what its choices send names what they are about."""
    codes = tuple(dict.fromkeys(map(_code, asked.choices[:-1])))
    if asking_back.NEITHER in asked.choices:
        return ChoosingProcedure(said, codes)
    return Idle(codes[0]) if len(codes) == 1 else Idle()


def _code(choice: Choice) -> ProcedureCode:
    return ProcedureCode(choice.sends.split()[1])


def _names_cases(choices: Sequence[Choice]) -> bool:
    """Say whether *choices* are, or begin with, the cases of papers."""
    return bool(choices) and _OF_A_CASE.match(choices[0].sends) is not None


def _subject(desk: Desk, memory: Memory) -> Procedure | None:
    """Give the procedure that the talk is about."""
    match memory.state:
        case Idle(subject=code) | Checking(subject=code) | AwaitingQuantity(code=code):
            return None if code is None else desk.catalog.find(code)
        case _:
            return None


def _kept(text: str, memory: Memory, named: int = 0) -> Turn:
    """Say *text*, and offer what was offered before, with the way to a person."""
    offered = memory.offered or common.MENU
    way_out = () if common.CONTACT in offered else (common.CONTACT,)
    return Turn(Reply(text, (*offered, *way_out), named), memory.state)


_MENDERS: Final[dict[Repair, Callable[[Message, Desk, Memory], Awaitable[Turn]]]] = {
    Repair.UNSURE: _unsure,
    Repair.PUZZLED: _in_other_words,
    Repair.AGAIN: _again,
    Repair.SHORTER: _shorter,
    Repair.BACK: _back,
    Repair.OTHER_CASE: _other_case,
    Repair.PERSON: _person,
}
