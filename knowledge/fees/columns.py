"""How the lines of one kind stand to each other: added up, exclusive, or not said which.

Phí and lệ phí are two columns and never meet (Luật Phí và lệ phí: a fee pays a service, a charge
is due to the state).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from knowledge.fees.reading import read_fee
from knowledge.fees.rules import Nothing, PerUnit, Reading, Relief, Tiers, Words
from knowledge.procedures.procedure import FeeKind, Procedure

_CASE: Final = re.compile(r"(?:Các trường hợp|Trường hợp|(?:Mở rộng )?[Pp]hạm vi|Quốc tế)\b")
_NAME: Final = re.compile(
    r"(?:Phí|Lệ phí)\b(?: (thẩm định|công bố|đăng bạ|cấp|[^\W\d]+ [^\W\d]+))?"
)
_SIDE_BY_SIDE: Final = frozenset({"thẩm định", "công bố", "đăng bạ", "cấp"})
"""Parts of one proceeding that are each paid for (TT 263/2016/TT-BTC, TT 64/2025/TT-BTC)."""


class Relation(Enum):
    """What a column's lines are to each other."""

    SUM = auto()
    CHOICE = auto()
    UNSAID = auto()
    """The words do not say which of the lines are due, so they are told without a sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The lines of one kind: what is charged, and the terms that change it."""

    kind: FeeKind
    charges: tuple[Reading, ...]
    tiers: tuple[Reading, ...]
    reliefs: tuple[Reading, ...]
    relation: Relation


def columns_of(procedure: Procedure) -> tuple[Column, ...]:
    """Read a procedure's lines, one column a kind that has any."""
    readings = [read_fee(fee) for fee in procedure.fees]
    by_kind = ([one for one in readings if one.fee.kind is kind] for kind in FeeKind)
    return _one_choice_at_most(tuple(_column(some) for some in by_kind if some))


def alternatives(procedure: Procedure) -> tuple[Reading, ...]:
    """Give the lines that exclude each other, in the order by which a case chooses; often none."""
    return next(
        (one.charges for one in columns_of(procedure) if one.relation is Relation.CHOICE), ()
    )


def _column(readings: Sequence[Reading]) -> Column:
    charges = tuple(one for one in readings if not isinstance(one.rule, Tiers | Relief))
    return Column(
        kind=readings[0].fee.kind,
        charges=charges,
        tiers=tuple(one for one in readings if isinstance(one.rule, Tiers)),
        reliefs=tuple(one for one in readings if isinstance(one.rule, Relief)),
        relation=_relation(charges),
    )


def _one_choice_at_most(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where both kinds depend on a case, nothing says that it is the same case."""
    choices = [one for one in columns if one.relation is Relation.CHOICE]
    if len(choices) <= 1:
        return columns
    return tuple(replace(one, relation=Relation.UNSAID) for one in columns)


def _relation(charges: tuple[Reading, ...]) -> Relation:
    if len(charges) == 1:
        return Relation.UNSAID if _is_case(charges[0]) else Relation.SUM
    if any(isinstance(one.rule, Words) for one in charges):
        return Relation.UNSAID  # what is unread may change the others
    if _all_cases(charges) or _one_kind_of_unit(charges) or _one_and_its_exemptions(charges):
        return Relation.CHOICE
    return Relation.SUM if _side_by_side(charges) else Relation.UNSAID


def _all_cases(charges: tuple[Reading, ...]) -> bool:
    """Say whether one line is said to be a case, and none is named as a fee by itself."""
    return any(map(_is_case, charges)) and all(_name(one) is None for one in charges)


def _one_kind_of_unit(charges: tuple[Reading, ...]) -> bool:
    """Say whether all charge the same unit for the same thing: a unit falls under one of them."""
    units = {one.rule.unit if isinstance(one.rule, PerUnit) else None for one in charges}
    names = {_name(one) for one in charges} - {None}
    return len(units) == 1 and None not in units and len(names) <= 1


def _one_and_its_exemptions(charges: tuple[Reading, ...]) -> bool:
    """Say whether one line is paid, and the others name cases in which it is not."""
    return sum(not _exempts(one) for one in charges) == 1


def _side_by_side(charges: tuple[Reading, ...]) -> bool:
    names = {_name(one) for one in charges}
    return names <= _SIDE_BY_SIDE and len(names) == len(charges)


def _is_case(reading: Reading) -> bool:
    return _CASE.match(reading.fee.words or "") is not None or _exempts(reading)


def _exempts(reading: Reading) -> bool:
    words = reading.fee.words or ""
    return isinstance(reading.rule, Nothing) and ": " in words and _name(reading) is None


def _name(reading: Reading) -> str | None:
    """Give what a line calls itself: "thẩm định", "công bố"; "" where it is "Lệ phí" alone."""
    found = _NAME.match(reading.fee.words or "")
    return (found[1] or "") if found else None
