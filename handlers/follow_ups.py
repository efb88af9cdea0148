"""Words that follow an answer: about the same procedure, its papers, its siblings, its cases."""

import re
from dataclasses import replace
from typing import Final

from handlers import telling
from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import Idle, Turn
from handlers.telling import OwnCase
from handlers.texts import asking_back, common
from handlers.texts import checklists as checklist_texts
from handlers.texts import follow_ups as texts
from handlers.texts import papers as paper_texts
from handlers.texts import procedures as procedure_texts
from knowledge.asked_papers import AskedPaper, asked_paper, listed_in, mentioned_in
from knowledge.calendar.said import day_in, unclear_day_in, without_days
from knowledge.fees.asked import is_only_quantity, number_in
from knowledge.hypotheses import Hypothesis, case_in_words, hypothesis_in, set_beside
from knowledge.matching import Answer, Found, Unclear, Unknown
from knowledge.picking import marks_in
from knowledge.procedures.mentions import mentions
from knowledge.procedures.papers import cases_in
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.text import clean, fold

_LIST: Final = re.compile(r"\b(?:lap|tao|lam|mo|can|xin) danh sach(?: giay to| giay)?\b")
_HOW_MANY: Final = re.compile(
    r"^(?:(?:còn|con|thế|the|nếu|neu|vậy|vay|phí|phi|lệ|le|tính|tinh|cho|là|la) )+"
    r"| (?:thì|thi) (?:sao|thế nào|the nao|bao nhiêu|bao nhieu|mấy|may|nhiêu|nhieu|nhiu|bn)\b.*$"
)
_LETTER: Final = re.compile(r"[^\W\d]")  # else it may be a day: "19/8"
_FAINT: Final = 45.0  # points: below, a title shares little more than everyday words
_ANOTHER: Final = 55.0  # points: a case that names something so well is another matter
_QUOTED: Final = 3  # sentences
_OFFERED: Final = 2  # procedures that were perhaps meant instead


def follow(
    message: Message, desk: Desk, subject: Procedure, found: Answer, asked: tuple[Facet, ...]
) -> Turn | None:
    """Answer what is said about *subject*, of which *asked* was told last.

    None where the words begin another matter.
    """
    aside = _of_papers(message, desk, subject, found)
    if aside is not None:
        return aside
    if only_day(message.text, desk):
        return telling.tell_asked(Found.named(subject, (Facet.TIME,)), message, desk)
    put = hypothesis_in(message.text, desk.vocabulary)
    if put is not None:
        return _hypothesis(put, message, desk, subject, found)
    beside = _beside(message, desk, subject, found, asked)
    if beside is not None:
        return beside
    facets = (
        found.facets
        or desk.vocabulary.asked_facets(message.text)  # as typed, whatever it was read as
        or desk.vocabulary.doubted_facets(message.text)
    )
    if facets:
        named = Found.named(subject, facets)
        return telling.tell_asked(named, message, desk) if is_faint(found) else None
    return _bare(message, desk, subject, found)


def _beside(
    message: Message, desk: Desk, subject: Procedure, found: Answer, asked: tuple[Facet, ...]
) -> Turn | None:
    """Tell the same part of what is set beside *subject*: "còn nội tỉnh thì sao"."""
    put = set_beside(message.text)
    if put is None or (only_changes_a_paper(put[0], desk) and not put[1]):
        return None
    words, leads = put
    code = desk.matcher.sibling(subject.code, words) if leads else None
    near = code or desk.matcher.kin(subject.code, words)
    procedure = None if near is None else desk.catalog.find(near)
    if procedure is None:
        return None
    facets = found.facets or desk.vocabulary.asked_facets(message.text) or asked
    return telling.tell_asked(Found.named(procedure, facets), message, desk)


def _of_papers(message: Message, desk: Desk, subject: Procedure, found: Answer) -> Turn | None:
    """Answer what is said of the papers: their case, whether one is needed, which are there."""
    case = cases_in(message.text, subject) if is_faint(found) and not found.facets else ()
    if case:  # "chưa có giấy hợp quy" after the papers of which this is a case
        papers = Found.named(subject, (Facet.DOCUMENTS,))
        return telling.tell(papers, OwnCase(papers=case), desk, whole=message.whole)
    needed = is_needed(message, desk, subject)
    if needed is None and subject.documents and _wants_list(message.text):
        offer = checklist_texts.offer(subject, ())
        choices = (offer, *procedure_texts.part_choices(subject))
        return Turn(Reply(checklist_texts.NOT_OPEN, choices), Idle(subject.code))
    return needed


def is_faint(found: Answer) -> bool:
    """Say whether the words hardly name a procedure, so that they follow up on the last one."""
    match found:
        case Unknown(matter=matter):
            return matter is None
        case Found(ranking=ranking) | Unclear(ranking=ranking):
            return ranking[0].score < _FAINT


def _names_another(found: Answer) -> bool:
    return not isinstance(found, Unknown) and found.ranking[0].score >= _ANOTHER


def is_needed(message: Message, desk: Desk, procedure: Procedure) -> Turn | None:
    """Answer whether one paper is needed; None where the words ask something else."""
    asked = asked_paper(message.text, desk.vocabulary)
    if asked is None or cases_in(message.text, procedure):
        return None
    papers = listed_in(procedure, asked)
    if papers:
        return _told(procedure, paper_texts.listed(asked.name, papers))
    turn = _not_listed(procedure, asked, message, desk)
    meant = Unknown((), ()) if asked.is_known else desk.matcher.answer(message.text)
    if isinstance(meant, Unknown) or is_faint(meant):
        return turn
    matches = [meant.match] if isinstance(meant, Found) else meant.matches[:_OFFERED]
    others = [texts.another(one.procedure) for one in matches if one.procedure is not procedure]
    return replace(turn, reply=replace(turn.reply, choices=(*others, *turn.reply.choices)))


def _not_listed(procedure: Procedure, asked: AskedPaper, message: Message, desk: Desk) -> Turn:
    if not procedure.documents:
        return _told(procedure, paper_texts.no_list(asked.name))
    parts = [procedure_texts.PART_LABELS[facet] for facet in mentioned_in(procedure, asked)]
    found = Found.named(procedure, (Facet.DOCUMENTS,))
    first = paper_texts.not_listed(asked.name, parts)
    return telling.tell(found, OwnCase(), desk, whole=message.whole, first=first)


def quantity_in(text: str) -> int | None:
    """Read «2 máy thì sao», «nếu 3 cái»: how many, and nothing besides; 0 where it is unclear."""
    if marks_in(text) is not None:  # "có 1, 3" of a list
        return None
    said = _HOW_MANY.sub("", clean(text).lower())
    number = number_in(said)
    unclear = number is None and _LETTER.search(said) and is_only_quantity(said)
    return 0 if unclear else number


def only_changes_a_paper(text: str, desk: Desk) -> bool:
    """Say whether *text* tells what happened to a paper, and names no paper of the catalogue."""
    return desk.vocabulary.only_changes_a_paper(text) and desk.matcher.only_operation(
        desk.vocabulary.without_papers(text)
    )


def _wants_list(text: str) -> bool:
    """Say whether papers are to be marked, or a list of them to be begun."""
    return marks_in(text) is not None or _LIST.search(fold(text)) is not None


def only_day(text: str, desk: Desk) -> bool:
    """Say whether a day was named on which to hand in, however vaguely, and nothing besides."""
    if (day_in(text, desk.now.date()) or unclear_day_in(text)) is None:
        return False
    rest = desk.matcher.answer(without_days(text))
    return set(rest.facets) <= {Facet.TIME} and is_faint(rest)


def _bare(message: Message, desk: Desk, subject: Procedure, found: Answer) -> Turn | None:
    """Answer words that ask for no part: an operation, or nothing clear."""
    code = desk.matcher.sibling(subject.code, desk.vocabulary.without_papers(message.text))
    sibling = None if code is None else desk.catalog.find(code)
    if sibling is not None:
        return telling.tell(Found.named(sibling, ()), OwnCase(), desk, whole=message.whole)
    if only_changes_a_paper(message.text, desk):
        return _told(subject, texts.not_said(case_in_words(message.text), subject))
    lost = isinstance(found, Unknown) and not found.names_nothing
    if is_faint(found) and not lost:
        choices = procedure_texts.part_choices(subject)
        return Turn(Reply(asking_back.still_about(subject), choices), Idle(subject.code), found)
    return None


def _hypothesis(
    put: Hypothesis, message: Message, desk: Desk, subject: Procedure, found: Answer
) -> Turn | None:
    """Answer a case put to *subject*: by its sibling, by its own words, else honestly by neither.

    None where the case names another matter clearly.
    """
    only_operation = desk.matcher.only_operation(put.words)
    code = desk.matcher.sibling(subject.code, put.words) or desk.matcher.kin(
        subject.code, put.words
    )
    near = None if code is None else desk.catalog.find(code)
    if near is not None:
        return telling.tell_asked(Found.named(near, found.facets), message, desk)
    if not only_operation and _names_another(desk.matcher.answer(put.rest)):
        return None
    phrases = [one for name in put.circumstances for one in desk.vocabulary.names[name]]
    quoted = mentions(subject, phrases, _QUOTED)
    first = texts.quoted(put.words, quoted) if quoted else texts.not_said(put.words, subject)
    if found.facets:
        return telling.tell_asked(Found.named(subject, found.facets), message, desk, first)
    return _told(subject, first)


def _told(procedure: Procedure, text: str) -> Turn:
    """Say something of a procedure that is none of its parts, and offer those."""
    choices = dict.fromkeys((*procedure_texts.part_choices(procedure), common.CONTACT))
    reply = Reply(procedure_texts.framed(procedure, text), tuple(choices))
    return Turn(reply, Idle(procedure.code), Found.named(procedure, ()))
