"""Fees for the citizen's own case: which line, how many, and what it comes to.

What a tap sends says the whole case (`/phi 1.014642 a0 n3`), so old buttons still work.
"""

from dataclasses import replace

from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply, load_reply
from handlers.states import AwaitingQuantity, Idle, Turn
from handlers.telling import OwnCase
from handlers.texts import asking_back, common
from handlers.texts import procedures as procedure_texts
from handlers.texts import reckoning as texts
from knowledge.fees.asked import is_only_quantity, number_in
from knowledge.fees.case import Case
from knowledge.fees.quantities import MOST
from knowledge.fees.reckoning import HowMany, Reckoning, WhichCase, reckon
from knowledge.matching import Found
from knowledge.procedures.procedure import Facet, Procedure


async def show(message: Message, desk: Desk) -> Turn:
    """Answer `/phi CODE [aN] [nN]`: reckon, or ask for what would change the sum."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    if procedure is None:
        return Turn(Reply(asking_back.not_found(desk.card), common.MENU))
    case = OwnCase.tapped(words[1:], procedure).fees
    numbered = any(word[0] == "n" for word in words[1:])
    if case.alternative is None and numbered:
        case = replace(case, alternative=await _reckoned_last(message, desk, procedure))
    return _told(procedure, case, desk, again=numbered)


async def _reckoned_last(message: Message, desk: Desk, procedure: Procedure) -> int | None:
    """Give the line of which the last answer spoke: «10 máy» after «3 máy» means the same."""
    history = await desk.talks.history(message.channel, message.chat)
    offered = load_reply(history[-1].reply).choices if history else ()
    start = f"{texts.COMMAND} {procedure.code} "
    sent = [choice.sends.removeprefix(start) for choice in offered if start in choice.sends]
    lines = {OwnCase.tapped(words.split(), procedure).fees.alternative for words in sent}
    return lines.pop() if len(lines) == 1 else None


async def take_quantity(message: Message, desk: Desk, state: AwaitingQuantity) -> Turn | None:
    """Accept how many; None where the words are about something else.

    What is a number, but none to reckon with, is asked for again.
    """
    procedure = desk.catalog.find(state.code)
    number = number_in(message.text)
    if procedure is None or (number is None and not is_only_quantity(message.text)):
        return None
    possible = number if number is not None and number <= MOST else None
    return _told(procedure, Case(possible, state.alternative), desk, again=True)


def _told(procedure: Procedure, case: Case, desk: Desk, *, again: bool = False) -> Turn:
    if not procedure.fees:
        return _nothing_known(procedure)
    reckoning = reckon(procedure, case, desk.now.date())
    for question in reckoning.open:
        match question:
            case WhichCase():
                return _which(procedure, case, question)
            case HowMany():
                return _how_many(procedure, case, question, again=again)
    onward = (*texts.other_quantity(procedure, case), *_onward(procedure))
    reply = Reply(_answer(procedure, reckoning, desk), onward)
    return Turn(reply, Idle(procedure.code), Found.named(procedure, (Facet.FEE,)))


def _nothing_known(procedure: Procedure) -> Turn:
    told = procedure_texts.parts(procedure, (Facet.FEE,))
    found = Found.named(procedure, (Facet.FEE,))
    return Turn(Reply(told, _onward(procedure)), Idle(procedure.code), found)


def _answer(procedure: Procedure, reckoning: Reckoning, desk: Desk) -> str:
    told = texts.sum_up(reckoning, desk.now)
    framed = procedure_texts.framed(procedure, told)
    return framed + procedure_texts.old_data(procedure, desk.card, desk.now)


def _which(procedure: Procedure, case: Case, question: WhichCase) -> Turn:
    choices = [
        Choice(texts.line_label(line), texts.command(procedure.code, number, case.quantity))
        for number, line in enumerate(question.lines)
    ]
    return Turn(Reply(texts.WHICH_CASE, (*choices, common.CANCEL)), Idle(procedure.code))


def _how_many(procedure: Procedure, case: Case, question: HowMany, *, again: bool) -> Turn:
    told = texts.how_many_again(question.unit) if again else texts.how_many(question.unit)
    reply = Reply(told, texts.quantities(procedure.code, case.alternative))
    return Turn(reply, AwaitingQuantity(procedure.code, case.alternative))


def _onward(procedure: Procedure) -> tuple[Choice, ...]:
    return procedure_texts.part_choices(procedure, without=(Facet.FEE,))
