"""What anyone would try first, measured beside ours on the same questions."""

from collections.abc import Callable
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.matching.postings import Postings, Term, pairs, saturated
from knowledge.procedures.catalog import Catalog
from knowledge.text import fold

Ranker = Callable[[str], list[str]]
_SHOWN: Final = 3


def rapidfuzz_ranker(catalog: Catalog) -> Ranker:
    """Rank by rapidfuzz's token_set_ratio on folded text."""
    titles = [fold(procedure.name) for procedure in catalog]
    codes = [procedure.code for procedure in catalog]

    def rank(question: str) -> list[str]:
        found = process.extract(fold(question), titles, scorer=fuzz.token_set_ratio, limit=_SHOWN)
        return [codes[number] for _, _, number in found]

    return rank


def bm25_ranker(catalog: Catalog) -> Ranker:
    """Rank by BM25 on folded syllables and pairs of neighbours."""
    titles = [fold(procedure.name).split() for procedure in catalog]
    codes = [procedure.code for procedure in catalog]
    postings = Postings(saturated([[*words, *pairs(words)] for words in titles]))

    def rank(question: str) -> list[str]:
        words = fold(question).split()
        terms: list[Term] = [*words, *pairs(words)]
        scores = postings.scores([(term, postings.idf(term)) for term in terms])
        return [codes[int(number)] for number in np.argsort(-scores, kind="stable")[:_SHOWN]]

    return rank
