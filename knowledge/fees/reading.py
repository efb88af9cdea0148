"""A fee line becomes a rule where its words say it with certainty; else it stays words."""

import re
from collections.abc import Callable
from typing import Final

from knowledge.fees import amounts, proportions
from knowledge.fees.rules import Reading, Rule, Words
from knowledge.fees.wording import money
from knowledge.procedures.procedure import Fee

_PARTIAL: Final = re.compile(r" \(cổng ghi ở hình thức [^)]*\)")
_SPELT: Final = re.compile(r' \(cổng viết "([\d.]+) đồng[^"]*"\)')

_READERS: Final[tuple[Callable[[Fee, str], Rule | None], ...]] = (
    proportions.read_relief,
    proportions.read_tiers,
    proportions.read_percent_of_other,
    proportions.read_share,
    amounts.read_nothing,
    amounts.read_changing,
    amounts.read_per_unit,
    amounts.read_each,
    amounts.read_fixed,
)


def read_fee(fee: Fee) -> Reading:
    """Read one line; its words stay beside the rule."""
    words = fee.words or ""
    bare = _PARTIAL.sub("", words)
    return Reading(fee, _rule(fee, _respelt(fee, bare)), partial=bare != words)


def _rule(fee: Fee, words: str) -> Rule:
    try:
        rules = (reader(fee, words) for reader in _READERS)
        return next((rule for rule in rules if rule is not None), Words())
    except ValueError:  # a day that the calendar does not have
        return Words()


def _respelt(fee: Fee, words: str) -> str:
    """Leave out how the portal spells an amount, where it is the same amount: "1000.000"."""
    found = _SPELT.search(words)
    if found and money(found[1]) == fee.amount:
        return _SPELT.sub("", words)
    return words
