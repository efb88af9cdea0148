"""What a procedure's fees come to in one case, on one day; what is not known is never guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.fees.bill import Bill, Part, Totals, lines_of, totals_of
from knowledge.fees.case import Case, Filing
from knowledge.fees.lines import Line, reliefs_of
from knowledge.fees.rules import Changing, Reading
from knowledge.procedures.procedure import FeeKind, Procedure


@dataclass(frozen=True, slots=True)
class WhichCase:
    """A question back: which of these lines is the citizen's case, counted from 0."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HowMany:
    """A question back: how many of this unit."""

    unit: str


Question = WhichCase | HowMany


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """The same case from a day on for which the source announces other amounts."""

    since: date
    lines: tuple[Line, ...]
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class OnVneid:
    """The same case handed in on VNeID, up to and including a day."""

    until: date
    lines: tuple[Line, ...]
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """The lines that are due, or may be as long as a question is open, and what they come to."""

    lines: tuple[Line, ...]
    terms: tuple[Reading, ...]
    """The lines that change the others (tiers, VNeID), for their words and their source."""
    totals: Totals
    unknown: tuple[Line, ...]
    """The lines whose amount the source does not give, or not with certainty."""
    unsaid: tuple[FeeKind, ...]
    """The kinds of which the source does not say which lines are due: they have no sum."""
    open: tuple[Question, ...]
    """What would change the sum and is not said yet."""
    later: Later | None
    vneid: OnVneid | None
    """Also where the case is filed so already; None where it changes nothing on that day."""


def reckon(procedure: Procedure, case: Case, on: date) -> Reckoning:
    """Reckon the fees of *case* as they stand on a day."""
    bill = Bill.of(procedure, case)
    parts = bill.on(on)
    lines = lines_of(parts)
    return Reckoning(
        lines=lines,
        terms=tuple(term for one in bill.columns for term in (*one.tiers, *one.reliefs)),
        totals=totals_of(parts),
        unknown=tuple(line for line in lines if _is_unknown(line, bill)),
        unsaid=tuple(part.column.kind for part in parts if part.is_unsaid),
        open=tuple(_questions(parts, bill.counted)),
        later=_later(bill, lines, on),
        vneid=_on_vneid(bill, on),
    )


def _is_unknown(line: Line, bill: Bill) -> bool:
    return line.amount is None and not (line.awaits_quantity and bill.counted)


def _questions(parts: tuple[Part, ...], counted: str | None) -> Iterator[Question]:
    yield from (WhichCase(part.lines) for part in parts if part.is_undecided)
    if counted and any(part.awaits_quantity for part in parts):
        yield HowMany(counted)


def _later(bill: Bill, lines: tuple[Line, ...], on: date) -> Later | None:
    rules = [line.reading.rule for line in lines]
    days = [rule.since for rule in rules if isinstance(rule, Changing) and rule.since > on]
    if not days:
        return None
    since = min(days)
    parts = bill.on(since)
    return Later(since=since, lines=lines_of(parts), totals=totals_of(parts))


def _on_vneid(bill: Bill, on: date) -> OnVneid | None:
    parts = bill.filed(Filing.VNEID).on(on)
    if parts == bill.filed(Filing.OTHER).on(on):
        return None
    return OnVneid(until=_until(bill, on), lines=lines_of(parts), totals=totals_of(parts))


def _until(bill: Bill, on: date) -> date:
    """Give the last day on which all reliefs of the bill still hold."""
    return min(
        relief.last
        for column in bill.columns
        for reading in bill.due(column)
        for relief in reliefs_of(reading, column, on)
    )
