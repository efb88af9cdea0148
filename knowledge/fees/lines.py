"""One fee line in one case on one day: quantity, unit amount and percentages, multiplied.

Whole đồng throughout. No source says how a part of a đồng is rounded, so an amount that is not
whole stays unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import prod
from typing import Final

from knowledge.fees.case import Case, Filing
from knowledge.fees.columns import Column
from knowledge.fees.rules import (
    Changing,
    Fixed,
    Nothing,
    PercentOfOther,
    PerUnit,
    Reading,
    Relief,
    ShareOfContract,
    Tier,
    Tiers,
    Words,
)
from knowledge.procedures.procedure import Fee

ONE_A_DOSSIER: Final = frozenset({"giấy phép", "chứng chỉ"})  # what a dossier asks for, once
_SOURCES: Final = frozenset({"nguồn", "nguồn bức xạ", "thiết bị"})  # what tiers of sources count
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the source, and what it comes to."""

    reading: Reading
    quantity: int | None
    """How many; None where the line counts nothing, or it is not said yet how many."""
    unit_amount: int | None
    """What stands for one, on that day; beside words that are not read, what stands there."""
    percents: tuple[int, ...]
    amount: int | None
    """None where it is not known, or not until the quantity is."""

    @property
    def fee(self) -> Fee:
        """Give the line of the source: kind, words, legal source."""
        return self.reading.fee

    @property
    def awaits_quantity(self) -> bool:
        """Say whether the amount is known but for how many."""
        return isinstance(self.reading.rule, PerUnit) and self.quantity is None


def line_of(reading: Reading, column: Column, counted: str | None, case: Case, on: date) -> Line:
    """Reckon one line; *counted* is the unit that the quantity of the case counts."""
    quantity = _quantity(reading, counted, case)
    unit_amount = _unit_amount(reading, on)
    percents = tuple(_percents(reading, column, quantity, case, on))
    countable = quantity is not None or not isinstance(reading.rule, PerUnit)
    certain = countable and not isinstance(reading.rule, Words)
    return Line(
        reading=reading,
        quantity=quantity,
        unit_amount=unit_amount,
        percents=tuple(percent for percent in percents if percent is not None),
        amount=_product(unit_amount, quantity or 1, percents) if certain else None,
    )


def reliefs_of(reading: Reading, column: Column, on: date) -> tuple[Relief, ...]:
    """Give the reliefs on VNeID that a line has on a day: its own, and those of its kind."""
    own = reading.rule.relief if isinstance(reading.rule, Changing) else None
    shared = [one.rule for one in column.reliefs if isinstance(one.rule, Relief)]
    return tuple(one for one in (own, *shared) if one is not None and one.runs(on))


def _unit_amount(reading: Reading, on: date) -> int | None:
    match reading.rule:
        case Changing() as changing:
            return changing.amount_on(on)
        case Fixed(amount) | PerUnit(amount):
            return amount
        case Nothing():
            return 0
        case PercentOfOther() | ShareOfContract():
            return None
        case Words() | Tiers() | Relief():
            return reading.fee.amount


def _quantity(reading: Reading, counted: str | None, case: Case) -> int | None:
    match reading.rule:
        case PerUnit(unit=unit):
            once = 1 if unit in ONE_A_DOSSIER else None
            return (case.quantity or once) if unit == counted else once
        case PercentOfOther(tiers=(_, *_)):
            return case.quantity
        case _:
            return None


def _percents(
    reading: Reading, column: Column, quantity: int | None, case: Case, on: date
) -> Iterator[int | None]:
    """Give what a line is multiplied by, in percent; None among them: that cannot be told."""
    if isinstance(reading.rule, Nothing):
        return
    if isinstance(reading.rule, PercentOfOther):
        yield reading.rule.percent
    if quantity is not None:
        yield from _of_sources(reading, column, quantity)
    if case.filing is Filing.VNEID:
        reliefs = reliefs_of(reading, column, on)
        # Whether two reliefs multiply, or the better one holds, no source says.
        yield from [reliefs[0].percent] if len(reliefs) == 1 else [None] * len(reliefs)


def _of_sources(reading: Reading, column: Column, quantity: int) -> Iterator[int | None]:
    """Give the percentage for so many sources: none for one, for the first stands whole."""
    lists = _tiers(reading, column)
    foreign = isinstance(reading.rule, PerUnit) and reading.rule.unit not in _SOURCES
    if len(lists) > 1 or (lists and foreign):
        yield None
    else:
        yield from (tier.percent for tiers in lists for tier in tiers if tier.holds(quantity))


def _tiers(reading: Reading, column: Column) -> list[tuple[Tier, ...]]:
    if isinstance(reading.rule, PercentOfOther):
        return [reading.rule.tiers]
    return [one.rule.tiers for one in column.tiers if isinstance(one.rule, Tiers)]


def _product(
    unit_amount: int | None, quantity: int, percents: tuple[int | None, ...]
) -> int | None:
    known = [Fraction(percent, _WHOLE) for percent in percents if percent is not None]
    if unit_amount is None or len(known) < len(percents):
        return None
    product = prod(known, start=Fraction(unit_amount * quantity))
    return product.numerator if product.denominator == 1 else None
