"""The matcher: the catalogue's titles folded once, then compared with any question."""

from typing import Final

from rapidfuzz import fuzz, process

from knowledge.matching.answers import Answer, Found, Match, Unclear, Unknown
from knowledge.procedures.catalog import Catalog
from knowledge.text import fold
from knowledge.vocabulary import Vocabulary

PLAUSIBLE: Final = 60.0  # below, a procedure is not worth naming
CLEAR_LEAD: Final = 6.0  # how far the first must stand above the second
SHORTLIST: Final = 4  # no more choices than a thumb can reach
RANKED: Final = 10


class Matcher:
    """Answers questions over one catalogue; pure, without I/O."""

    def __init__(self, catalog: Catalog, vocabulary: Vocabulary) -> None:
        self._procedures = catalog.procedures
        self._titles = [fold(procedure.name) for procedure in catalog]
        self._vocabulary = vocabulary

    def answer(self, question: str) -> Answer:
        """Tell which procedure *question* is about, and which parts of it are asked for."""
        facets = self._vocabulary.asked_facets(question)
        ranking = self._rank(question)
        plausible = tuple(match for match in ranking if match.score >= PLAUSIBLE)
        if not plausible:
            return Unknown(facets, ranking)
        rivals = tuple(
            match for match in plausible if plausible[0].score - match.score < CLEAR_LEAD
        )
        if len(rivals) == 1:
            return Found(plausible[0], facets, ranking)
        return Unclear(rivals[:SHORTLIST], facets, ranking)

    def _rank(self, question: str) -> tuple[Match, ...]:
        found = process.extract(
            fold(question), self._titles, scorer=fuzz.token_set_ratio, limit=RANKED
        )
        return tuple(Match(self._procedures[index], score) for _, score, index in found)
