"""What the matcher can say."""

from dataclasses import dataclass
from typing import Final, Self

from knowledge.matching.foreign import Matter
from knowledge.operations import Operation
from knowledge.procedures.procedure import Facet, Procedure

CERTAIN: Final = 100.0


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure, and how well it fits: 0 (not at all) to 100."""

    procedure: Procedure
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """One procedure stands clearly ahead."""

    match: Match
    facets: tuple[Facet, ...]
    ranking: tuple[Match, ...]

    @classmethod
    def named(cls, procedure: Procedure, facets: tuple[Facet, ...]) -> Self:
        """Give the answer where a code, a tap or the talk so far named the procedure."""
        match = Match(procedure, CERTAIN)
        return cls(match, facets, (match,))


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several fit; a question back must tell which of *matches* is meant."""

    matches: tuple[Match, ...]
    facets: tuple[Facet, ...]
    ranking: tuple[Match, ...]
    unserved: Operation | None = None
    """What was asked to be done, where no title about this thing serves it."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing here fits; the ranking is kept so that it can be studied."""

    facets: tuple[Facet, ...]
    ranking: tuple[Match, ...]
    matter: Matter | None = None
    """Another office's business, where it was recognised as such."""
    names_nothing: bool = False
    """The words name no thing at all: courtesies, or only a part of an answer."""


Answer = Found | Unclear | Unknown
