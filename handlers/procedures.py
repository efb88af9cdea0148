"""Questions about procedures: the part that was asked for, a question back, or an honest no."""

from dataclasses import replace
from datetime import date
from typing import Final, TypeGuard

from handlers import telling
from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply
from handlers.states import ChoosingProcedure, Idle, Turn
from handlers.telling import OwnCase
from handlers.texts import asking_back, common, guide
from handlers.texts import procedures as texts
from knowledge.matching import CERTAIN, Answer, Found, Match, Unclear, Unknown
from knowledge.procedures.codes import find_procedure_code
from knowledge.procedures.papers import cases_in
from knowledge.procedures.procedure import Facet, Procedure, ProcedureCode

_FACETS: Final = frozenset(Facet)
_FAINT: Final = 45.0  # points: below, a title shares little more than everyday words


async def answer(message: Message, desk: Desk, subject: ProcedureCode | None) -> Turn:
    """Answer a free question; one that names no procedure is about *subject*, if there is one."""
    found = desk.matcher.answer(message.text)
    spoken_of = None if subject is None else desk.catalog.find(subject)
    if spoken_of is not None and not found.facets and _faint(found):
        case = cases_in(message.text, spoken_of)
        if case:  # "chưa có giấy hợp quy" after the papers of which this is a case
            papers = Found.named(spoken_of, (Facet.DOCUMENTS,))
            return telling.tell(papers, OwnCase(papers=case), desk, whole=message.whole)
    if spoken_of is not None and not found.facets:
        sibling = desk.catalog.find(desk.matcher.sibling(spoken_of.code, message.text) or "")
        if sibling is not None:
            return telling.tell(Found.named(sibling, ()), OwnCase(), desk, whole=message.whole)
        if _faint(found) and not isinstance(found, Unknown):
            choices = texts.part_choices(spoken_of)
            return Turn(Reply(asking_back.still_about(spoken_of), choices), Idle(subject), found)
    if spoken_of is not None and found.facets and _faint(found):
        return _told(Found.named(spoken_of, found.facets), message, desk)
    if isinstance(found, Unknown) and found.names_nothing:
        return Turn(Reply(asking_back.ask_which(found.facets), common.MENU), Idle(subject))
    return _reply_to(found, message, desk)


def _faint(found: Answer) -> bool:
    """Say whether the words hardly name a procedure, so that they follow up on the last one."""
    match found:
        case Unknown(matter=matter):
            return matter is None
        case Found(ranking=ranking) | Unclear(ranking=ranking):
            return ranking[0].score < _FAINT


async def choose(message: Message, desk: Desk, state: ChoosingProcedure) -> Turn:
    """Take words that tell the offered procedures apart, or add to the question, or ask anew."""
    whole = replace(message, text=f"{state.question} {message.text}")
    found = desk.matcher.answer(message.text)
    offered = tuple(one for code in state.codes if (one := desk.catalog.find(code)) is not None)
    if offered and isinstance(found, Unknown) and found.names_nothing and found.facets:
        return _ask_again(offered, whole, desk)
    if _is_another(found, state):
        return _told(found, message, desk)
    code = desk.matcher.choose(state.question, message.text, state.codes)
    procedure = None if code is None else desk.catalog.find(code)
    if procedure is None:
        if desk.matcher.only_operation(message.text):
            return _reply_to(desk.matcher.answer(whole.text), whole, desk)
        return await answer(message, desk, None)
    asked = desk.vocabulary.asked_facets(whole.text)
    return _told(Found.named(procedure, asked), whole, desk)


def _is_another(found: Answer, state: ChoosingProcedure) -> TypeGuard[Found]:
    """Say whether, instead of choosing, another question was asked, whole by itself."""
    if not isinstance(found, Found) or _faint(found):
        return False
    return found.match.procedure.code not in state.codes


def _ask_again(offered: tuple[Procedure, ...], message: Message, desk: Desk) -> Turn:
    """Ask the same once more: the part of an answer that was named tells nothing apart."""
    matches = tuple(Match(procedure, CERTAIN) for procedure in offered)
    facets = desk.vocabulary.asked_facets(message.text)
    return _reply_to(Unclear(matches, facets, matches), message, desk)


def _told(found: Found, message: Message, desk: Desk) -> Turn:
    case = OwnCase.asked(message.text, found, desk.now.date())
    return telling.tell(found, case, desk, whole=message.whole)


def _reply_to(found: Answer, message: Message, desk: Desk) -> Turn:
    match found:
        case Found():
            return _told(found, message, desk)
        case Unclear(matches=matches, facets=facets):
            procedures = tuple(match.procedure for match in matches)
            return Turn(
                Reply(
                    asking_back.which_one(procedures),
                    _choices(procedures, facets, desk.now.date(), message.text),
                ),
                ChoosingProcedure(message.text, tuple(one.code for one in procedures)),
                found,
            )
        case Unknown(matter=matter):
            text = (
                asking_back.not_found(desk.card)
                if matter is None
                else asking_back.not_ours(matter)
            )
            return Turn(Reply(text, common.MENU), answer=found)


def _choices(
    procedures: tuple[Procedure, ...],
    facets: tuple[Facet, ...],
    today: date,
    question: str = "",
) -> tuple[Choice, ...]:
    """Offer *procedures*; a tap keeps what the question said of the parts and of the case."""
    labels = asking_back.telling_labels(procedures)
    offered = (
        asking_back.procedure_choice(
            one, label, facets, OwnCase.asked(question, Found.named(one, facets), today).sent(one)
        )
        for one, label in zip(procedures, labels, strict=True)
    )
    return (*offered, asking_back.NEITHER)


async def show(message: Message, desk: Desk) -> Turn:
    """Answer `/tt CODE [part …] [cN …] [pN]`: what the buttons send."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    if procedure is None:
        return Turn(Reply(asking_back.not_found(desk.card), common.MENU))
    facets = tuple(dict.fromkeys(Facet(word) for word in words[1:] if word in _FACETS))
    case = OwnCase.tapped(words[1:], procedure)
    return telling.tell(Found.named(procedure, facets), case, desk)


async def by_code(message: Message, desk: Desk) -> Turn:
    """Answer words that hold a procedure code: in force, replaced, or of an old form."""
    code = find_procedure_code(message.text)
    if code is None:
        return Turn(Reply(asking_back.outdated_code(), (guide.START, common.CONTACT)))
    procedure = desk.catalog.find(code)
    if procedure is not None:
        parts = desk.vocabulary.asked_facets(message.text)
        return await show(replace(message, text=" ".join(["/tt", code, *parts])), desk)
    now = [desk.catalog.find(one) for one in desk.old_codes.get(code, ())]
    successors = tuple(one for one in now if one is not None)
    if not successors:
        return Turn(Reply(asking_back.unknown_code(code), (guide.START, common.CONTACT)))
    choices = _choices(successors, (), desk.now.date())
    text = asking_back.replaced_code(code, successors)
    return Turn(
        Reply(text, choices), ChoosingProcedure(text, tuple(one.code for one in successors))
    )


async def report_error(message: Message, desk: Desk) -> Turn:
    """Answer `/baosai CODE`: keep the last answer, as it was shown, for the officers."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    talk = await desk.talks.history(message.channel, message.chat)
    history = [exchange for exchange in talk if exchange.said]  # not what we said unasked
    if procedure is None or not history:
        return Turn(Reply(texts.HOW_TO_REPORT, common.MENU))
    await desk.answers.report(history[-1].reply, procedure.code, desk.now)
    choices = (common.GIVE_FEEDBACK, common.CONTACT)
    return Turn(Reply(texts.ERROR_KEPT, choices), Idle(subject=procedure.code))


async def ask(message: Message, desk: Desk) -> Turn:
    """Invite a question."""
    del message, desk
    return Turn(Reply(common.ASK_QUESTION, (guide.START,)))


async def none_of_these(message: Message, desk: Desk) -> Turn:
    """Lead to a person when no offered procedure was the right one: we asked back once."""
    del message
    return Turn(Reply(asking_back.not_found(desk.card), common.MENU))
