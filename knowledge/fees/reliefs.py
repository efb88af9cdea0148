"""What makes a fee less, as far as the source says so, and whether a citizen asked for it."""

import re
from datetime import date
from typing import Final

from knowledge.fees.columns import Relation, columns_of
from knowledge.fees.rules import Changing, Nothing, Reading, Relief, Tiers
from knowledge.procedures.procedure import Fee, Procedure
from knowledge.text import fold

_ASKED: Final = re.compile(
    r"\b(?:giam|mien) (?:bot |tien )?(?:phi|le phi|tien)\b|\b(?:co|duoc|dc) (?:giam|mien)\b"
    r"|\bre hon\b|\buu dai\b"
)
_NAMED: Final = re.compile(r"\b(?:miễn|giảm)\b", re.IGNORECASE)


def asks_for_relief(text: str) -> bool:
    """Say whether it was asked if anything makes the fee less."""
    return _ASKED.search(fold(text)) is not None


def reliefs_in(procedure: Procedure, on: date) -> tuple[Fee, ...]:
    """Give the lines that tell of less than the whole, or of nothing, on that day."""
    found = [
        reading.fee
        for column in columns_of(procedure)
        for reading in (*column.tiers, *column.reliefs, *column.charges)
        if _is_less(reading, on, chosen=column.relation is Relation.CHOICE)
    ]
    return tuple(fee for fee in procedure.fees if fee in found)


def _is_less(reading: Reading, on: date, *, chosen: bool) -> bool:
    match reading.rule:
        case Relief() as relief:
            return relief.runs(on)
        case Tiers():
            return True
        case Changing(amount=amount, later=later, since=since):
            return on < since and amount < later
        case Nothing():
            return chosen
        case _:
            return _NAMED.search(reading.fee.words or "") is not None
