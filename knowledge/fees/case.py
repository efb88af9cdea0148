"""What is known of a citizen's case, as far as it changes what is paid."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Filing(StrEnum):
    """The way of handing in: VNeID has reliefs of its own (TT 29/2026/TT-BTC)."""

    VNEID = "vneid"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Case:
    """What is not yet said is None; a quantity or an index that cannot be counts as not said."""

    quantity: int | None = None
    alternative: int | None = None
    """An index into `alternatives(procedure)`."""
    filing: Filing | None = None


NOTHING_SAID: Final = Case()
