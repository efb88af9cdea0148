"""What a question names: a thing, only what is to be done, or nothing at all."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from knowledge.matching.everyday import phrases_in
from knowledge.matching.index import Index
from knowledge.matching.postings import pairs
from knowledge.matching.question import COMMON, OPERATION, Question

_TELLING_PAIR: Final = 2.0  # idf: pairs such as "giấy phép" stand in too many titles


def names_nothing(question: Question, index: Index) -> bool:
    """Say whether no word of *question* could tell one procedure from another."""
    if question.operations or any(weight > COMMON for weight in question.weights):
        return False
    paired = any(pair in index.bigrams for pair in pairs(question.words))
    return not paired and not phrases_in(question, index)[0]


def names_only_operation(question: Question, index: Index) -> bool:
    """Say whether *question* names what is to be done, but not to what: "gia hạn", "bị mất"."""
    doing = question.operating
    _, everyday = phrases_in(question, index)
    named = any(said and not done for said, done in zip(everyday, doing, strict=True))
    return (
        any(doing)
        and not named
        and all(any(doing[place] for place in places) for places in _telling(question, index))
    )


def telling_words(question: Question, index: Index) -> int:
    """Count the words that name a thing, alone or as a telling pair of some title."""
    return len(set(chain.from_iterable(_telling(question, index))))


def _telling(question: Question, index: Index) -> Iterator[tuple[int, ...]]:
    """Give the places of words that name a thing: single ones, and telling pairs of some title."""
    for number, weight in enumerate(question.weights):
        if weight > OPERATION:
            yield (number,)
    for number, pair in enumerate(pairs(question.words)):
        if pair in index.bigrams and index.bigrams.idf(pair) >= _TELLING_PAIR:
            yield (number, number + 1)
