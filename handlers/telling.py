"""What is told of one procedure: the parts asked for, in the citizen's own case, page by page."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final, Self

from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply
from handlers.states import Idle, Turn
from handlers.texts import checklists as checklist_texts
from handlers.texts import dates, folding
from handlers.texts import fees as amount_texts
from handlers.texts import forms as form_texts
from handlers.texts import limits as limit_texts
from handlers.texts import papers as paper_texts
from handlers.texts import procedures as texts
from handlers.texts import reckoning as fee_texts
from knowledge.calendar.said import UnusableDay, day_in, unusable_day_in
from knowledge.calendar.terms import Due
from knowledge.calendar.working_days import MissingYear
from knowledge.clock import VIET_NAM
from knowledge.fees.asked import case_in, unclear_quantity_in
from knowledge.fees.case import NOTHING_SAID, Case
from knowledge.fees.quantities import MOST
from knowledge.fees.reckoning import HowMany, Reckoning, reckon
from knowledge.fees.reliefs import asks_for_relief, reliefs_in
from knowledge.matching import Found
from knowledge.procedures.limits import limits_of
from knowledge.procedures.papers import cases_in, cases_of
from knowledge.procedures.procedure import Facet, Procedure, Term

_DIGITS: Final = 9  # of a number that a tap sends; nobody taps a longer one
_FEW: Final = 2  # choices; after more of them only the parts that are asked for most are offered


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What is known of the citizen's own case, and which page of the answer is wanted."""

    papers: tuple[str, ...] = ()
    fees: Case = NOTHING_SAID
    day: date | None = None
    """The day on which it is to be handed in; None: today."""
    unusable_day: UnusableDay | None = None
    """A day that was meant, but cannot be reckoned from."""
    unclear_quantity: str = ""
    """Words that speak of how many, but name no number."""
    asks_for_relief: bool = False
    """It was asked whether anything makes the fee less."""
    page: int = 1

    @classmethod
    def asked(cls, question: str, found: Found, today: date) -> Self:
        """Read the case from a question, as far as the parts asked for depend on one."""
        procedure, facets = found.match.procedure, found.facets
        day = day_in(question, today) if Facet.TIME in facets else None
        is_missing = Facet.TIME in facets and day is None
        return cls(
            papers=cases_in(question, procedure) if Facet.DOCUMENTS in facets else (),
            fees=case_in(question, procedure) if Facet.FEE in facets else NOTHING_SAID,
            day=day,
            unusable_day=unusable_day_in(question, today) if is_missing else None,
            asks_for_relief=Facet.FEE in facets and asks_for_relief(question),
            unclear_quantity=(
                unclear_quantity_in(question, procedure) if Facet.FEE in facets else ""
            ),
        )

    @classmethod
    def tapped(cls, words: list[str], procedure: Procedure) -> Self:
        """Read the case from what a tap sends: `c1 c3 a0 n3 p2`."""
        return cls(
            papers=paper_texts.chosen_in(words, procedure),
            fees=Case(quantity=_numbered(words, "n"), alternative=_numbered(words, "a")),
            page=_numbered(words, "p") or 1,
        )

    def sent(self, procedure: Procedure) -> list[str]:
        """Write the case as a tap sends it."""
        words = paper_texts.case_words(procedure, self.papers)
        words += [] if self.fees.alternative is None else [f"a{self.fees.alternative}"]
        words += [] if self.fees.quantity is None else [f"n{self.fees.quantity}"]
        return words


def tell(found: Found, case: OwnCase, desk: Desk, *, whole: bool = False, first: str = "") -> Turn:
    """Tell what was asked of a procedure, and *first* before it, on the first page.

    *whole*: without folding, however long.
    """
    procedure, facets = found.match.procedure, found.facets
    if case.asks_for_relief and procedure.fees:
        reliefs = amount_texts.reliefs(reliefs_in(procedure, desk.now.date()))
        first = f"{first}\n\n{reliefs}" if first else reliefs
    body = _body(procedure, facets, case, desk, whole=whole)
    page = folding.Page(body, goes_on=False) if whole else folding.page(body, case.page)
    shown = f"{first}\n\n{page.text}" if first else page.text
    told = texts.framed(procedure, shown) if body else texts.card(procedure)
    told += texts.old_data(procedure, desk.card, desk.now)
    on = (_next_page(procedure, facets, case),) if page.goes_on else ()
    files = desk.forms.of(procedure.code) if Facet.FORM in facets else ()
    told += form_texts.addresses(files, desk.card)
    reply = Reply(
        told,
        (*on, *_onward(procedure, facets, case)),
        files=tuple(one.path for one in files),
    )
    return Turn(reply, Idle(subject=procedure.code), found)


def tell_asked(found: Found, message: Message, desk: Desk, first: str = "") -> Turn:
    """Tell what *message* asked, in the case that its words tell."""
    case = OwnCase.asked(message.text, found, desk.now.date())
    return tell(found, case, desk, whole=message.whole, first=first)


def _numbered(words: list[str], letter: str) -> int | None:
    numbers = [word[1:] for word in words if word[:1] == letter]
    if not numbers or not (numbers[0].isascii() and numbers[0].isdecimal()):
        return None
    number = int(numbers[0][:_DIGITS])
    return number if number <= MOST else None


def _body(
    procedure: Procedure, facets: tuple[Facet, ...], case: OwnCase, desk: Desk, *, whole: bool
) -> str:
    cases = case.papers or (cases_of(procedure) if whole else ())
    own = {Facet.DOCUMENTS: paper_texts.documents_of(procedure, cases)}
    return texts.body(
        procedure,
        facets,
        own=own if cases else {},
        added={
            Facet.FEE: _own_fees(procedure, case, desk),
            Facet.TIME: _expected(procedure, case, desk),
            Facet.PLACE: dates.whereabouts(desk.card, desk.opening),
        },
    )


def _onward(procedure: Procedure, facets: tuple[Facet, ...], case: OwnCase) -> tuple[Choice, ...]:
    """Offer what the asked parts lead to, and other parts."""
    before: list[Choice] = []
    if Facet.DOCUMENTS in facets and procedure.documents:
        before += paper_texts.case_choices(procedure, case.papers)
        before.append(checklist_texts.offer(procedure, case.papers))
    if Facet.FEE in facets and fee_texts.can_reckon(procedure):
        before += fee_texts.other_quantity(procedure, case.fees)
        told = case.fees.alternative if case.unclear_quantity else None
        before.append(fee_texts.my_case(procedure.code, told))
    offer = texts.part_choices if len(before) <= _FEW else texts.few_choices
    return (*before, *offer(procedure, without=facets))


def _next_page(procedure: Procedure, facets: tuple[Facet, ...], case: OwnCase) -> Choice:
    command = " ".join(["/tt", procedure.code, *facets, *case.sent(procedure)])
    return folding.go_on(command, case.page + 1)


def _expected(procedure: Procedure, case: OwnCase, desk: Desk) -> str:
    """Reckon when a dossier handed in now, or on another day, is to be answered."""
    terms = {limit_texts.length(one.term): one.term for one in limits_of(procedure)}
    told = [
        (words, _due(term, case.day, desk))
        for words, term in terms.items()
        if term.runs_from_reception
    ]
    if not told:
        return dates.AFTER_A_CALL if terms else ""
    today = desk.now.date()
    expected = dates.expected(case.day or today, today, told)
    return f"{dates.unusable(case.unusable_day)}\n{expected}" if case.unusable_day else expected


def _due(term: Term, day: date | None, desk: Desk) -> Due | MissingYear:
    if day is None:
        return desk.terms.due(desk.now, term.duration, term.unit)
    due = desk.terms.due(datetime.combine(day, time.min, VIET_NAM), term.duration, term.unit)
    return replace(due, clock=None) if isinstance(due, Due) else due  # the hour is not known


def _own_fees(procedure: Procedure, case: OwnCase, desk: Desk) -> str:
    """Reckon at once where nothing more needs to be said of the case."""
    if not fee_texts.can_reckon(procedure):
        return ""
    reckoning = reckon(procedure, case.fees, desk.now.date())
    unit = _awaited(reckoning)
    if unit and case.unclear_quantity:
        return fee_texts.unclear_quantity(case.unclear_quantity, unit)
    if reckoning.open:
        return ""
    if case.fees == NOTHING_SAID:
        return fee_texts.sums(reckoning)
    return fee_texts.sum_up(reckoning, desk.now)


def _awaited(reckoning: Reckoning) -> str:
    """Give the unit of which a number is awaited; nothing where none is."""
    return next((one.unit for one in reckoning.open if isinstance(one, HowMany)), "")
