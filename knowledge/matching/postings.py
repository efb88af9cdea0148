"""Which documents hold which terms, and how telling each term is."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Term = str | tuple[str, str]

_SATURATION: Final = 1.2  # BM25's k1: the tenth mention says little more than the third
_LENGTH: Final = 0.6  # BM25's b
_NONE: Final = np.array([], dtype=np.intp)


class Postings:
    """For each term, the documents that hold it and with what weight."""

    def __init__(self, documents: Sequence[Mapping[Term, float]]) -> None:
        lists: dict[Term, list[tuple[int, float]]] = {}
        for number, weights in enumerate(documents):
            for term, weight in weights.items():
                lists.setdefault(term, []).append((number, weight))
        self.size = len(documents)
        self.highest_idf = math.log(1 + (self.size + 0.5) / 0.5)
        self._idf = {
            term: math.log(1 + (self.size - len(some) + 0.5) / (len(some) + 0.5))
            for term, some in lists.items()
        }
        # All lists in one: an array for each of 20,000 terms would weigh more than what they hold.
        whole = chain.from_iterable(chain.from_iterable(lists.values()))
        self._held = np.fromiter(whole, np.float64).reshape(-1, 2)
        stops = accumulate(map(len, lists.values()), initial=0)
        self._lists = {
            term: slice(*place) for term, place in zip(lists, pairwise(stops), strict=True)
        }

    def __contains__(self, term: Term) -> bool:
        return term in self._lists

    def holding(self, term: Term) -> NDArray[np.intp]:
        """Give the numbers of the documents that hold *term*."""
        place = self._lists.get(term)
        return _NONE if place is None else self._held[place, 0].astype(np.intp)

    def frequency(self, term: Term) -> int:
        """Say how many documents hold *term*."""
        return len(self.holding(term))

    def idf(self, term: Term) -> float:
        """Say how telling *term* is; one that no document holds is as telling as can be."""
        return self._idf.get(term, self.highest_idf)

    def scores(self, terms: Iterable[tuple[Term, float]]) -> Scores:
        """Add up, for every document, the weights of those of *terms* that it holds."""
        found = [
            (place, weight)
            for term, weight in terms
            if (place := self._lists.get(term)) is not None
        ]
        if not found:
            return self.zeros()
        held = np.concatenate([self._held[place] for place, _ in found])
        weights = np.repeat(
            [weight for _, weight in found], [place.stop - place.start for place, _ in found]
        )
        numbers = held[:, 0].astype(np.intp)
        return np.bincount(numbers, held[:, 1] * weights, self.size).astype(np.float32)

    def zeros(self) -> Scores:
        """Give a score of nothing for every document."""
        return np.zeros(self.size, dtype=np.float32)


def saturated(documents: Sequence[Sequence[Term]]) -> list[dict[Term, float]]:
    """Weigh words by how often they stand in a text (BM25)."""
    mean = sum(map(len, documents)) / max(len(documents), 1) or 1.0
    weighed: list[dict[Term, float]] = []
    for words in documents:
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * len(words) / mean)
        counts = Counter(words)
        weighed.append({word: n * (_SATURATION + 1) / (n + norm) for word, n in counts.items()})
    return weighed


def pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    """Give the neighbours in *words*."""
    return list(pairwise(words))
