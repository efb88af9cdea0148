"""All lines of a procedure in one case, and their sums: phí and lệ phí apart."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from knowledge.fees.case import Case, Filing
from knowledge.fees.columns import Column, Relation, columns_of
from knowledge.fees.lines import ONE_A_DOSSIER, Line, line_of
from knowledge.fees.rules import PerUnit, Reading
from knowledge.procedures.procedure import FeeKind, Procedure


@dataclass(frozen=True, slots=True)
class Totals:
    """The two sums, apart. None: not known, or the source has no line of that kind."""

    fee: int | None
    charge: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A column with what its lines come to: those that are due, or may be."""

    column: Column
    lines: tuple[Line, ...]

    @property
    def is_undecided(self) -> bool:
        """Say whether the lines exclude each other, and it matters which of them is the case."""
        rules = {line.reading.rule for line in self.lines}
        return self.column.relation is Relation.CHOICE and len(rules) > 1

    @property
    def is_unsaid(self) -> bool:
        """Say whether the source leaves it open which of the lines are due."""
        partial = any(line.reading.partial for line in self.lines)
        return self.column.relation is Relation.UNSAID or (partial and not self.is_undecided)

    @property
    def awaits_quantity(self) -> bool:
        """Say whether a sum waits for a quantity; what will have no sum does not."""
        return not self.is_unsaid and any(line.awaits_quantity for line in self.lines)

    @property
    def total(self) -> int | None:
        """Add up, where the lines are known and said to add up."""
        if not self.lines or self.is_unsaid or self.is_undecided:
            return None
        if self.column.relation is Relation.CHOICE:
            return self.lines[0].amount  # the only one, or all are the same
        known = [line.amount for line in self.lines if line.amount is not None]
        return sum(known) if len(known) == len(self.lines) else None


@dataclass(frozen=True, slots=True)
class Bill:
    """A procedure's columns, the unit that a quantity counts, and a case that can be."""

    columns: tuple[Column, ...]
    counted: str | None
    case: Case

    @classmethod
    def of(cls, procedure: Procedure, case: Case) -> Self:
        """Draw up the bill of *case*."""
        columns = columns_of(procedure)
        return cls(columns, _counted(columns), _sensible(case, columns))

    def filed(self, filing: Filing) -> Self:
        """Give the same bill for another way of handing in."""
        return replace(self, case=replace(self.case, filing=filing))

    def due(self, column: Column) -> tuple[Reading, ...]:
        """Give the lines that are due; all of them as long as it may be any."""
        if column.relation is not Relation.CHOICE or self.case.alternative is None:
            return column.charges
        return (column.charges[self.case.alternative],)

    def on(self, day: date) -> tuple[Part, ...]:
        """Reckon the bill as it stands on a day."""
        return tuple(Part(column, self._lines(column, day)) for column in self.columns)

    def _lines(self, column: Column, day: date) -> tuple[Line, ...]:
        due = self.due(column)
        return tuple(line_of(reading, column, self.counted, self.case, day) for reading in due)


def lines_of(parts: tuple[Part, ...]) -> tuple[Line, ...]:
    """Give the lines of all parts."""
    return tuple(line for part in parts for line in part.lines)


def totals_of(parts: tuple[Part, ...]) -> Totals:
    """Give both sums."""
    sums = {part.column.kind: part.total for part in parts}
    return Totals(sums.get(FeeKind.FEE), sums.get(FeeKind.CHARGE))


def _counted(columns: tuple[Column, ...]) -> str | None:
    """Give the unit that a quantity counts; None where there are several, for it may be any."""
    rules = (reading.rule for column in columns for reading in column.charges)
    units = {rule.unit for rule in rules if isinstance(rule, PerUnit)}
    candidates = (units - ONE_A_DOSSIER) or units
    return min(candidates) if len(candidates) == 1 else None


def _sensible(case: Case, columns: tuple[Column, ...]) -> Case:
    """Take what cannot be as not said."""
    sizes = (len(one.charges) for one in columns if one.relation is Relation.CHOICE)
    possible = range(max(sizes, default=0))
    return replace(
        case,
        quantity=case.quantity if (case.quantity or 0) > 0 else None,
        alternative=case.alternative if case.alternative in possible else None,
    )
