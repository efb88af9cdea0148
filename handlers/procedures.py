"""Questions about procedures: the part that was asked for, a question back, or an honest no."""

from dataclasses import replace
from typing import Final

from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply
from handlers.states import ChoosingProcedure, Idle, Turn
from handlers.texts import asking_back, common, dates, guide
from handlers.texts import checklists as checklist_texts
from handlers.texts import fees as fee_texts
from handlers.texts import papers as paper_texts
from handlers.texts import procedures as texts
from knowledge.fees.asked import case_in
from knowledge.fees.case import Case
from knowledge.fees.reckoning import reckon
from knowledge.matching import CERTAIN, Answer, Found, Match, Unclear, Unknown
from knowledge.procedures.codes import find_procedure_code
from knowledge.procedures.papers import cases_in
from knowledge.procedures.procedure import Facet, Procedure, ProcedureCode

_FACETS: Final = frozenset(Facet)
_FEW: Final = 2  # choices; after more of them only the parts that are asked for most are offered
_FAINT: Final = 45.0  # points: below, a title shares little more than everyday words


async def answer(message: Message, desk: Desk, subject: ProcedureCode | None) -> Turn:
    """Answer a free question; one that names no procedure is about *subject*, if there is one."""
    found = desk.matcher.answer(message.text)
    spoken_of = None if subject is None else desk.catalog.find(subject)
    if spoken_of is not None and not found.facets:
        sibling = desk.catalog.find(desk.matcher.sibling(spoken_of.code, message.text) or "")
        if sibling is not None:
            return _about(Found.named(sibling, ()), message.text, desk)
        if _faint(found) and not isinstance(found, Unknown):
            choices = texts.part_choices(spoken_of)
            return Turn(Reply(asking_back.still_about(spoken_of), choices), Idle(subject), found)
    if spoken_of is not None and found.facets and _faint(found):
        return _about(Found.named(spoken_of, found.facets), message.text, desk)
    if isinstance(found, Unknown) and found.names_nothing:
        return Turn(Reply(asking_back.ask_which(found.facets), common.MENU), Idle(subject))
    return _reply_to(found, message.text, desk)


def _faint(found: Answer) -> bool:
    """Say whether the words hardly name a procedure, so that they follow up on the last one."""
    match found:
        case Unknown(matter=matter):
            return matter is None
        case Found(ranking=ranking) | Unclear(ranking=ranking):
            return ranking[0].score < _FAINT


async def choose(message: Message, desk: Desk, state: ChoosingProcedure) -> Turn:
    """Take words that tell the offered procedures apart, or add to the question, or ask anew."""
    found = desk.matcher.answer(message.text)
    offered = tuple(one for code in state.codes if (one := desk.catalog.find(code)) is not None)
    if offered and isinstance(found, Unknown) and found.names_nothing and found.facets:
        return _ask_again(offered, f"{state.question} {message.text}", desk)
    code = desk.matcher.choose(state.question, message.text, state.codes)
    procedure = None if code is None else desk.catalog.find(code)
    if procedure is None:
        whole = f"{state.question} {message.text}"
        if desk.matcher.only_operation(message.text):
            return _reply_to(desk.matcher.answer(whole), whole, desk)
        return await answer(message, desk, None)
    asked = desk.vocabulary.asked_facets(f"{state.question} {message.text}")
    return _about(Found.named(procedure, asked), f"{state.question} {message.text}", desk)


def _ask_again(offered: tuple[Procedure, ...], question: str, desk: Desk) -> Turn:
    """Ask the same once more: the part of an answer that was named tells nothing apart."""
    matches = tuple(Match(procedure, CERTAIN) for procedure in offered)
    facets = desk.vocabulary.asked_facets(question)
    return _reply_to(Unclear(matches, facets, matches), question, desk)


def _reply_to(found: Answer, question: str, desk: Desk) -> Turn:
    match found:
        case Found():
            return _about(found, question, desk)
        case Unclear(matches=matches, facets=facets):
            procedures = tuple(match.procedure for match in matches)
            return Turn(
                Reply(asking_back.which_one(procedures), _choices(procedures, facets)),
                ChoosingProcedure(question, tuple(one.code for one in procedures)),
                found,
            )
        case Unknown(matter=matter):
            text = (
                asking_back.not_found(desk.card)
                if matter is None
                else asking_back.not_ours(matter)
            )
            return Turn(Reply(text, common.MENU), answer=found)


def _choices(procedures: tuple[Procedure, ...], facets: tuple[Facet, ...]) -> tuple[Choice, ...]:
    labels = asking_back.telling_labels(procedures)
    offered = (
        asking_back.procedure_choice(one, label, facets)
        for one, label in zip(procedures, labels, strict=True)
    )
    return (*offered, asking_back.NEITHER)


async def show(message: Message, desk: Desk) -> Turn:
    """Answer `/tt CODE [part …]`: what the buttons send."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    if procedure is None:
        return Turn(Reply(asking_back.not_found(desk.card), common.MENU))
    facets = tuple(dict.fromkeys(Facet(word) for word in words[1:] if word in _FACETS))
    return _about(Found.named(procedure, facets), "", desk)


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
    choices = _choices(successors, ())
    text = asking_back.replaced_code(code, successors)
    return Turn(
        Reply(text, choices), ChoosingProcedure(text, tuple(one.code for one in successors))
    )


async def report_error(message: Message, desk: Desk) -> Turn:
    """Answer `/baosai CODE`: keep the last answer, as it was shown, for the officers."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    history = await desk.talks.history(message.channel, message.chat)
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


def _about(found: Found, question: str, desk: Desk) -> Turn:
    procedure, facets = found.match.procedure, found.facets
    cases = cases_in(question, procedure) if Facet.DOCUMENTS in facets else ()
    own_fee = fee_texts.can_reckon(procedure) and Facet.FEE in facets
    fee_case = case_in(question, procedure) if own_fee else Case()
    told = texts.parts(
        procedure,
        facets,
        own={Facet.DOCUMENTS: paper_texts.documents_of(procedure, cases)} if cases else {},
        added={
            Facet.FEE: _own_case(procedure, fee_case, desk),
            Facet.TIME: _expected(procedure, desk),
            Facet.PLACE: dates.whereabouts(desk.card, desk.opening),
        },
    )
    told += texts.old_data(procedure, desk.card, desk.now)
    reply = Reply(told, _onward(procedure, facets, cases))
    return Turn(reply, Idle(subject=procedure.code), found)


def _onward(
    procedure: Procedure, facets: tuple[Facet, ...], cases: tuple[str, ...]
) -> tuple[Choice, ...]:
    """Offer what the asked parts lead to, and other parts."""
    before: list[Choice] = []
    if Facet.DOCUMENTS in facets and procedure.documents:
        before += paper_texts.case_choices(procedure, cases)
        before.append(checklist_texts.offer(procedure, cases))
    if Facet.FEE in facets and fee_texts.can_reckon(procedure):
        before.append(fee_texts.my_case(procedure.code))
    offer = texts.part_choices if len(before) <= _FEW else texts.few_choices
    return (*before, *offer(procedure, without=facets))


def _expected(procedure: Procedure, desk: Desk) -> str:
    """Reckon when a dossier accepted now is to be answered."""
    terms = texts.distinct_terms(procedure)
    if not terms:
        return ""
    told = [
        (words, desk.terms.due(desk.now, term.duration, term.unit))
        for words, term in terms.items()
    ]
    return dates.expected(desk.now, told)


def _own_case(procedure: Procedure, case: Case, desk: Desk) -> str:
    """Reckon at once where nothing more needs to be said of the case."""
    reckoning = reckon(procedure, case, desk.now.date())
    if reckoning.open:
        return ""
    if case == Case():
        return fee_texts.sums(reckoning)
    return fee_texts.sum_up(reckoning, desk.now)
