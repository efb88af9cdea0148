"""What a procedure's fees come to in one case, on one day; what is not known is never guessed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from knowledge.fees.case import Case, Filing
from knowledge.fees.columns import Column, Relation, columns_of
from knowledge.fees.lines import ONE_A_DOSSIER, Line, line_of, reliefs_of
from knowledge.fees.rules import Changing, PerUnit, Reading
from knowledge.procedures.procedure import FeeKind, Procedure


@dataclass(frozen=True, slots=True)
class Totals:
    """The two sums, apart. None: not known, or the source has no line of that kind."""

    fee: int | None
    charge: int | None


@dataclass(frozen=True, slots=True)
class HowMany:
    """A question back: how many of this unit."""

    unit: str


@dataclass(frozen=True, slots=True)
class WhichCase:
    """A question back: which of these lines is the citizen's case, counted from 0."""

    lines: tuple[Line, ...]


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


@dataclass(frozen=True, slots=True)
class _Bill:
    """The columns of a procedure, the unit that is counted, and a case that can be."""

    columns: tuple[Column, ...]
    counted: str | None
    case: Case

    def lines(self, on: date) -> tuple[Line, ...]:
        return tuple(line for column in self.columns for line in self.of(column, on))

    def of(self, column: Column, on: date) -> tuple[Line, ...]:
        due = _due(column, self.case)
        return tuple(line_of(reading, column, self.counted, self.case, on) for reading in due)

    def totals(self, on: date) -> Totals:
        sums = {one.kind: _sum(one, self.of(one, on)) for one in self.columns}
        return Totals(sums.get(FeeKind.FEE), sums.get(FeeKind.CHARGE))

    def filed(self, filing: Filing) -> Self:
        return replace(self, case=replace(self.case, filing=filing))


def reckon(procedure: Procedure, case: Case, on: date) -> Reckoning:
    """Reckon the fees of *case* as they stand on a day."""
    bill = _bill(procedure, case)
    lines = bill.lines(on)
    return Reckoning(
        lines=lines,
        terms=tuple(term for one in bill.columns for term in (*one.tiers, *one.reliefs)),
        totals=bill.totals(on),
        unknown=tuple(line for line in lines if _is_unknown(line, bill)),
        unsaid=tuple(one.kind for one in bill.columns if _has_no_sum(one, bill.of(one, on))),
        open=tuple(_questions(bill, on)),
        later=_later(bill, lines, on),
        vneid=_on_vneid(bill, on),
    )


def _bill(procedure: Procedure, case: Case) -> _Bill:
    columns = columns_of(procedure)
    choices = max(
        (len(one.charges) for one in columns if one.relation is Relation.CHOICE), default=0
    )
    sensible = Case(
        quantity=case.quantity if (case.quantity or 0) > 0 else None,
        alternative=case.alternative if (case.alternative or 0) in range(choices) else None,
        filing=case.filing,
    )
    return _Bill(columns, _counted(columns), sensible)


def _counted(columns: tuple[Column, ...]) -> str | None:
    """Give the unit that a quantity counts; None where there are several, for it may be any."""
    rules = (reading.rule for column in columns for reading in column.charges)
    units = {rule.unit for rule in rules if isinstance(rule, PerUnit)}
    candidates = (units - ONE_A_DOSSIER) or units
    return min(candidates) if len(candidates) == 1 else None


def _due(column: Column, case: Case) -> tuple[Reading, ...]:
    """Give the lines that are due; all of them as long as it may be any."""
    if column.relation is not Relation.CHOICE or case.alternative is None:
        return column.charges
    return (column.charges[case.alternative],)


def _sum(column: Column, lines: tuple[Line, ...]) -> int | None:
    if not lines or _is_unsaid(column, lines) or _is_undecided(column, lines):
        return None
    if column.relation is Relation.CHOICE:
        return lines[0].amount  # the only one, or all are the same
    amounts = [line.amount for line in lines]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _is_unsaid(column: Column, lines: tuple[Line, ...]) -> bool:
    partial = any(line.reading.partial for line in lines)
    return column.relation is Relation.UNSAID or partial


def _is_undecided(column: Column, lines: tuple[Line, ...]) -> bool:
    """Say whether the lines exclude each other, and it matters which of them is the case."""
    rules = {line.reading.rule for line in lines}
    return column.relation is Relation.CHOICE and len(rules) > 1


def _has_no_sum(column: Column, lines: tuple[Line, ...]) -> bool:
    return _is_unsaid(column, lines) and not _is_undecided(column, lines)


def _is_unknown(line: Line, bill: _Bill) -> bool:
    return line.amount is None and not (line.awaits_quantity and bill.counted)


def _questions(bill: _Bill, on: date) -> Iterator[Question]:
    for column in bill.columns:
        lines = bill.of(column, on)
        if _is_undecided(column, lines):
            yield WhichCase(lines)
    if bill.counted and any(_lacks_quantity(one, bill.of(one, on)) for one in bill.columns):
        yield HowMany(bill.counted)


def _lacks_quantity(column: Column, lines: tuple[Line, ...]) -> bool:
    """Say whether a sum waits for a quantity; where there will be no sum, it need not be asked."""
    return not _is_unsaid(column, lines) and any(line.awaits_quantity for line in lines)


def _later(bill: _Bill, lines: tuple[Line, ...], on: date) -> Later | None:
    rules = [line.reading.rule for line in lines]
    days = [rule.since for rule in rules if isinstance(rule, Changing) and rule.since > on]
    if not days:
        return None
    since = min(days)
    return Later(since=since, lines=bill.lines(since), totals=bill.totals(since))


def _on_vneid(bill: _Bill, on: date) -> OnVneid | None:
    filed = bill.filed(Filing.VNEID)
    lines = filed.lines(on)
    if lines == bill.filed(Filing.OTHER).lines(on):
        return None
    until = min(
        relief.last
        for column in bill.columns
        for reading in _due(column, bill.case)
        for relief in reliefs_of(reading, column, on)
    )
    return OnVneid(until=until, lines=lines, totals=filed.totals(on))
