"""Titles that a question rules out: by a "không" not shared, or by what was waved aside."""

from itertools import chain, pairwise
from typing import Final

import numpy as np

from knowledge.matching.index import Index, Meaning
from knowledge.matching.postings import Scores, Term, pairs
from knowledge.matching.question import Question

_NOT: Final = "khong"
# "không" before one of these denies; elsewhere it mostly asks.
_DENIED: Final = frozenset({"dung", "su", "xai", "co", "can", "lay", "hoat", "cu", "gian", "day"})
_ABROAD: Final = ("nuoc", "ngoai")  # whoever means foreigners or other countries says so
_UNSAID: Final = 0.3


def denials(question: Question, index: Index, meanings: list[Meaning]) -> Scores:
    """Lower titles that a question rules out, and raise those whose "không" it shares: -1 to 1."""
    said = dict.fromkeys(chain(question.words, *(meaning.words for meaning in meanings)))
    denies = any(pair[0] == _NOT and pair[1] in _DENIED for pair in pairs(question.words))
    agreed = {word for one in meanings if _NOT in one.words for word in one.words}
    terms: list[tuple[Term, float]] = [
        ((_NOT, word), 1.0 if denies or word in agreed else -1.0) for word in said if word != _NOT
    ]
    terms += [
        (pair, -1.0)
        for pair, aside in zip(pairs(question.words), pairwise(question.declined), strict=True)
        if all(aside)
    ]
    if _ABROAD[1] not in said:
        terms.append((_ABROAD, -_UNSAID))
    return np.clip(index.bigrams.scores(terms), -1.0, 1.0)
