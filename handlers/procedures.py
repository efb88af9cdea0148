"""Questions about procedures: the part that was asked for, a question back, or an honest no."""

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import ChoosingProcedure, Idle, Turn
from handlers.texts import common
from handlers.texts import procedures as texts
from knowledge.matching import Answer, Found, Unclear, Unknown
from knowledge.procedures.procedure import Facet, Procedure, ProcedureCode

_FACETS = frozenset(Facet)


async def answer(message: Message, desk: Desk) -> Turn:
    """Answer a free question."""
    return reply_to_answer(desk.matcher.answer(message.text), message.text, desk)


def reply_to_answer(found: Answer, question: str, desk: Desk) -> Turn:
    """Put into words what the matcher said."""
    match found:
        case Found(match=match, facets=facets):
            return _about(match.procedure, facets, found)
        case Unclear(matches=matches, facets=facets):
            procedures = tuple(match.procedure for match in matches)
            choices = tuple(texts.procedure_choice(one, facets) for one in procedures)
            return Turn(
                Reply(texts.which_one(procedures), (*choices, texts.NEITHER)),
                ChoosingProcedure(question, tuple(one.code for one in procedures)),
                found,
            )
        case Unknown():
            return Turn(Reply(texts.not_found(desk.card), common.MENU), answer=found)


async def follow_up(message: Message, desk: Desk, subject: ProcedureCode) -> Turn | None:
    """Answer a part of the procedure spoken of before; None where no part is asked for."""
    procedure = desk.catalog.find(subject)
    facets = desk.vocabulary.asked_facets(message.text)
    if procedure is None or not facets:
        return None
    return _about(procedure, facets, None)


async def show(message: Message, desk: Desk) -> Turn:
    """Answer `/tt CODE [part …]`: what the buttons send."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    if procedure is None:
        return Turn(Reply(texts.not_found(desk.card), common.MENU))
    return _about(procedure, tuple(Facet(word) for word in words[1:] if word in _FACETS), None)


async def ask(message: Message, desk: Desk) -> Turn:
    """Invite a question."""
    del message, desk
    return Turn(Reply(common.ASK_QUESTION))


async def none_of_these(message: Message, desk: Desk) -> Turn:
    """Lead to a person when no offered procedure was the right one: we asked back once."""
    del message
    return Turn(Reply(texts.not_found(desk.card), common.MENU))


def _about(procedure: Procedure, facets: tuple[Facet, ...], found: Answer | None) -> Turn:
    reply = Reply(
        texts.parts(procedure, facets), texts.part_choices(procedure, without=facets)
    )
    return Turn(reply, Idle(subject=procedure.code), found)
