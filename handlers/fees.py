"""Fees for the citizen's own case: which line, how many, and what it comes to.

What a tap sends says the whole case (`/phi 1.014642 a0 n3`), so old buttons still work.
"""

from typing import Final

from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply
from handlers.states import AwaitingQuantity, Idle, Turn
from handlers.telling import OwnCase
from handlers.texts import asking_back, common
from handlers.texts import procedures as procedure_texts
from handlers.texts import reckoning as texts
from knowledge.fees.asked import number_in
from knowledge.fees.case import Case
from knowledge.fees.reckoning import HowMany, Reckoning, WhichCase, reckon
from knowledge.matching import Found
from knowledge.procedures.procedure import Facet, Procedure

_OFFERED: Final = 5  # quantities offered as buttons; any other can be typed


async def show(message: Message, desk: Desk) -> Turn:
    """Answer `/phi CODE [aN] [nN]`: reckon, or ask for what would change the sum."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    if procedure is None:
        return Turn(Reply(asking_back.not_found(desk.card), common.MENU))
    return _told(procedure, OwnCase.tapped(words[1:], procedure).fees, desk)


async def take_quantity(message: Message, desk: Desk, state: AwaitingQuantity) -> Turn | None:
    """Accept how many; None where the words hold no number, so that they are something else."""
    number = number_in(message.text)
    procedure = desk.catalog.find(state.code)
    if number is None or procedure is None:
        return None
    return _told(procedure, Case(quantity=number, alternative=state.alternative), desk)


def _told(procedure: Procedure, case: Case, desk: Desk) -> Turn:
    if not procedure.fees:
        return _nothing_known(procedure)
    reckoning = reckon(procedure, case, desk.now.date())
    for question in reckoning.open:
        match question:
            case WhichCase():
                return _which(procedure, case, question)
            case HowMany():
                return _how_many(procedure, case, question)
    reply = Reply(_answer(procedure, reckoning, desk), _onward(procedure))
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
        Choice(texts.line_label(line), _command(procedure, number, case.quantity))
        for number, line in enumerate(question.lines)
    ]
    return Turn(Reply(texts.WHICH_CASE, (*choices, common.CANCEL)), Idle(procedure.code))


def _how_many(procedure: Procedure, case: Case, question: HowMany) -> Turn:
    choices = [
        Choice(str(number), _command(procedure, case.alternative, number))
        for number in range(1, _OFFERED + 1)
    ]
    reply = Reply(texts.how_many(question.unit), (*choices, common.CANCEL))
    return Turn(reply, AwaitingQuantity(procedure.code, case.alternative))


def _onward(procedure: Procedure) -> tuple[Choice, ...]:
    return procedure_texts.part_choices(procedure, without=(Facet.FEE,))


def _command(procedure: Procedure, alternative: int | None, quantity: int | None) -> str:
    words = ["/phi", procedure.code]
    words += [] if alternative is None else [f"a{alternative}"]
    words += [] if quantity is None else [f"n{quantity}"]
    return " ".join(words)
