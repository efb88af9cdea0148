"""Questions about procedures: the part that was asked for, a question back, or an honest no."""

from dataclasses import replace
from datetime import date
from typing import Final, TypeGuard

from handlers import follow_ups, telling
from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply
from handlers.states import ChoosingProcedure, Idle, Turn
from handlers.telling import OwnCase
from handlers.texts import asking_back, common, guide
from handlers.texts import procedures as texts
from knowledge.asked_papers import asked_paper
from knowledge.bare_names import bare_name, field_of
from knowledge.hypotheses import case_in_words, hypothesis_in
from knowledge.matching import CERTAIN, Answer, Found, Match, Unclear, Unknown
from knowledge.procedures.codes import find_procedure_code
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.text import fold

_FACETS: Final = frozenset(Facet)
_SHORTLIST: Final = 4


async def answer(message: Message, desk: Desk, state: Idle) -> Turn:
    """Answer a free question; one that names no procedure is about the subject there is."""
    found = desk.matcher.answer(message.text)
    spoken_of = None if state.subject is None else desk.catalog.find(state.subject)
    followed = (
        None
        if spoken_of is None
        else follow_ups.follow(message, desk, spoken_of, found, state.asked)
    )
    if followed is not None:
        return followed
    if follow_ups.only_day(message.text, desk):
        return Turn(Reply(asking_back.ask_which((Facet.TIME,)), common.MENU), state)
    if isinstance(found, Unknown) and found.names_nothing:
        return Turn(Reply(asking_back.ask_which(found.facets), common.MENU), state)
    if spoken_of is None and follow_ups.only_changes_a_paper(message.text, desk):
        return _of_which_paper(found, message)
    return _by_field(found, message, desk) or _reply_to(found, message, desk)


def _of_which_paper(found: Answer, message: Message) -> Turn:
    """Ask for the paper where only what happened to it was told; the answer adds to the words."""
    return Turn(
        Reply(
            asking_back.of_which_paper(case_in_words(message.text)), (guide.START, *common.MENU)
        ),
        ChoosingProcedure(message.text, ()),
        Unclear(found.ranking[:_SHORTLIST], found.facets, found.ranking),
    )


def _by_field(found: Answer, message: Message, desk: Desk) -> Turn | None:
    """Ask what is to be done where only a field, or one of its things, was named."""
    fields = sorted(desk.catalog.fields())
    name = bare_name(message.text)
    field = None if name is None else field_of(name, fields, desk.vocabulary)
    if name is None or field is None:
        return None
    listed = [one for one in desk.catalog if one.field == field]
    told = guide.what_for(field) if fold(name) in fold(field) else guide.within(name, field)
    if isinstance(found, Unknown) and found.matter is not None:  # what most mean by it
        told = f"{asking_back.not_ours(found.matter)}\n\n{told}"
    return Turn(
        Reply(told, guide.purposes(fields.index(field) + 1, listed)),
        ChoosingProcedure(message.text, ()),  # "gia hạn" then adds to the name
        answer=Unclear(found.ranking[:_SHORTLIST], (), found.ranking),
    )


async def choose(message: Message, desk: Desk, state: ChoosingProcedure) -> Turn:
    """Take words that tell the offered procedures apart, or add to the question, or ask anew."""
    whole = replace(message, text=f"{state.question} {message.text}")
    if not state.codes and _adds_to(state.question, message.text, desk):
        return _reply_to(desk.matcher.answer(whole.text), whole, desk)
    found = desk.matcher.answer(message.text)
    still_open = _tells_nothing_apart(message, desk, state, found)
    if still_open is not None:
        return still_open
    named = desk.matcher.names_one_of(message.text, state.codes)
    if not named and _is_another(found, state):
        return telling.tell_asked(found, message, desk)
    chosen = _chosen(message, desk, state, named=named)
    if chosen is not None:
        return chosen
    if desk.matcher.only_operation(message.text):
        return _reply_to(desk.matcher.answer(whole.text), whole, desk)
    return await answer(message, desk, Idle())


def _chosen(message: Message, desk: Desk, state: ChoosingProcedure, *, named: bool) -> Turn | None:
    """Tell the option that is meant; where all were *named* alike, ask between them again."""
    whole = replace(message, text=f"{state.question} {message.text}")
    asked = desk.vocabulary.asked_facets(whole.text)
    code = desk.matcher.choose(state.question, message.text, state.codes)
    procedure = None if code is None else desk.catalog.find(code)
    if procedure is not None:
        return telling.tell_asked(Found.named(procedure, asked), whole, desk)
    return _choice_first(message, desk, state, asked) if named else None


def _adds_to(question: str, text: str, desk: Desk) -> bool:
    """Say whether *text* is the other half of *question*: the operation, or the paper."""
    if follow_ups.only_changes_a_paper(question, desk):
        return not isinstance(desk.matcher.answer(text), Unknown)
    return desk.matcher.only_operation(text)


def _tells_nothing_apart(
    message: Message, desk: Desk, state: ChoosingProcedure, found: Answer
) -> Turn | None:
    """Ask the same once more where only a part, a paper or a circumstance was named."""
    paper = asked_paper(message.text, desk.vocabulary)
    put = hypothesis_in(message.text, desk.vocabulary)
    asked = set(desk.vocabulary.asked_facets(state.question)) | set(found.facets)
    doubted = desk.vocabulary.doubted_facets(message.text)
    if paper is not None and paper.is_known:
        asked.add(Facet.DOCUMENTS)
    elif doubted and follow_ups.is_faint(found):
        asked.update(doubted)
    elif put is not None and put.circumstances:
        if not follow_ups.is_faint(desk.matcher.answer(put.rest)):
            return None
    elif not (isinstance(found, Unknown) and found.names_nothing and found.facets):
        return None
    facets = tuple(facet for facet in Facet if facet in asked)
    return _choice_first(message, desk, state, facets)


def _choice_first(
    message: Message, desk: Desk, state: ChoosingProcedure, facets: tuple[Facet, ...]
) -> Turn | None:
    """Keep what was said now, and say that the answer needs the choice."""
    offered = tuple(one for code in state.codes if (one := desk.catalog.find(code)) is not None)
    if not offered:
        return None
    question = f"{state.question} {message.text}"
    matches = tuple(Match(procedure, CERTAIN) for procedure in offered)
    return Turn(
        Reply(
            asking_back.which_one_first(facets, state.repeated),
            _choices(offered, facets, desk.now.date(), question),
        ),
        replace(state, question=question, repeated=state.repeated + 1),
        Unclear(matches, facets, matches),
    )


def _is_another(found: Answer, state: ChoosingProcedure) -> TypeGuard[Found]:
    """Say whether, instead of choosing, another question was asked, whole by itself."""
    if not isinstance(found, Found) or follow_ups.is_faint(found):
        return False
    return found.match.procedure.code not in state.codes


def _reply_to(found: Answer, message: Message, desk: Desk) -> Turn:
    match found:
        case Found():
            return telling.tell_asked(found, message, desk)
        case Unclear(matches=matches, facets=facets, unserved=unserved):
            procedures = tuple(match.procedure for match in matches)
            return Turn(
                Reply(
                    asking_back.which_one(procedures)
                    if unserved is None
                    else asking_back.unserved(unserved),
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
