"""What each kind of agreement between a question and a title counts."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Set on the tuning half of the questions."""

    pair: float = 0.5
    """Neighbouring words that stand together in the title too."""
    synonym: float = 1.0
    hidden: float = 0.2
    """Words inside a synonym's phrase, taken literally."""
    unknown: float = 0.35
    """Words that no title holds, in what the question leaves unexplained."""
    again: float = 0.3
    """A word said for the second time."""
    marks: float = 0.6
    """The share of a marked word that only titles with the same marks get."""
    explained: float = 0.8
    """The share of the question that a title explains."""
    covered: float = 0.28
    """The share of the title that was said."""
    body: float = 0.1
    everyday: float = 0.5
    """The single words by which citizens speak of a title, beside the whole phrases."""
    operation: float = 0.175
    unasked: float = 0.11
    """Where no operation is asked for, a first issue is the likeliest wish."""
    denied: float = 0.1
    """A "không" in the title that the question lacks, or the other way round."""


WEIGHTS: Final = Weights()
