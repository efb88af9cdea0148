"""The ways in which a fee line charges, one frozen type each; what is not certain stays words.

Amounts are whole đồng, percentages whole; a stretch of time includes its first and last day.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from knowledge.procedures.procedure import Fee


@dataclass(frozen=True, slots=True)
class Fixed:
    """One amount, however much is asked for."""

    amount: int


@dataclass(frozen=True, slots=True)
class PerUnit:
    """An amount for each device, site, plan, certificate, service, licence."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing is charged: the source says so in words."""


@dataclass(frozen=True, slots=True)
class Relief:
    """A part of the amount is due, or nothing, for what is filed on VNeID in a stretch of time."""

    percent: int
    first: date
    last: date

    def runs(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return self.first <= on <= self.last


@dataclass(frozen=True, slots=True)
class Changing:
    """An amount that another replaces on a day."""

    amount: int
    later: int
    since: date
    relief: Relief | None = None
    """Of this line alone."""

    def amount_on(self, on: date) -> int:
        """Give the amount of a day."""
        return self.later if on >= self.since else self.amount


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many sources to so many (None: or more), each costs a part of what one costs."""

    least: int
    most: int | None
    percent: int

    def holds(self, sources: int) -> bool:
        """Say whether a number of sources falls within it."""
        return self.least <= sources and (self.most is None or sources <= self.most)


@dataclass(frozen=True, slots=True)
class Tiers:
    """Many sources in one licence: the more there are, the less each costs."""

    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class PercentOfOther:
    """A percentage of a fee that another procedure charges; its amount is not known here."""

    percent: int
    basis: str
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class ShareOfContract:
    """A share of a contract's value, at least and at most so much."""

    share: Fraction
    floor: int
    ceiling: int


@dataclass(frozen=True, slots=True)
class Words:
    """Nothing can be read with certainty: the line is told as it stands."""


Charge = Fixed | PerUnit | Changing | Nothing | PercentOfOther | ShareOfContract | Words
Term = Tiers | Relief
Rule = Charge | Term


@dataclass(frozen=True, slots=True)
class Reading:
    """A fee line, what it charges, and whether it is written for some ways of handing in only."""

    fee: Fee
    rule: Rule
    partial: bool = False
    """The portal writes it for some ways; whether it is due for the others is not said."""
