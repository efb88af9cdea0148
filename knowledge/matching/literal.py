"""What the words of a question, taken literally, say of each title."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.matching.index import Index
from knowledge.matching.postings import Scores, Term, pairs
from knowledge.matching.question import ASIDE, COMMON, Question
from knowledge.matching.weights import Weights

_PAIRED: Final = 0.5
_QUOTED: Final = 0.9  # the share of a question that one title explains: a quotation …
_IN_OWN_WORDS: Final = 0.6  # … and below this, the citizen's own words


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """What words say of each title, and what they could say at most."""

    scores: Scores
    total: float


@dataclass(slots=True)
class Sum:
    """Terms with their weights, to be added up in one go; what all of them weigh, held or not."""

    terms: list[tuple[Term, float]] = field(default_factory=list)
    total: float = 0.0

    def add(self, bare: Term, marked: Term, weight: float, marks: float) -> None:
        """Add a term; where it was written with marks, a share only for the same ones."""
        if marked:
            self.terms += [(bare, weight * (1 - marks)), (marked, weight * marks)]
        else:
            self.terms.append((bare, weight))
        self.total += weight


def literal(
    question: Question,
    index: Index,
    standing: Sequence[float],
    hidden: Sequence[bool],
    weights: Weights,
) -> tuple[Literal, Literal]:
    """Weigh the words outside everyday phrases, and those hidden inside."""
    outside, inside, paired = Sum(), Sum(), Sum()
    seen: set[str] = set()
    for number, word in enumerate(question.words):
        weight = standing[number] * index.unigrams.idf(word) * question.stress[number]
        known = word in index.unigrams
        weight *= (weights.again if word in seen else 1.0) if known else weights.unknown
        said = inside if hidden[number] else outside
        said.add(word, question.spoken[number], weight, weights.marks)
        seen.add(word)
    for number, pair in enumerate(pairs(question.words)):
        if pair in index.bigrams:
            strength = _strength(*question.weights[number : number + 2])
            weight = weights.pair * strength * index.bigrams.idf(pair)
            weight *= question.stress[number + 1]
            paired.add(pair, _marked_pair(question, number), weight, weights.marks)
        elif hidden[number] and hidden[number + 1]:
            # No title says this phrase, whatever titles say its single words.
            inside.total += weights.pair * index.bigrams.highest_idf
    scores = index.unigrams.scores(outside.terms) + index.bigrams.scores(paired.terms)
    return (
        Literal(scores, outside.total + paired.total),
        Literal(index.unigrams.scores(inside.terms), inside.total),
    )


def need_of_synonyms(outside: Literal, inside: Literal) -> float:
    """Say how far everyday words must help, 0 to 1: not where a title is quoted as it stands."""
    quoted = float((outside.scores + inside.scores).max(initial=0.0))
    share = quoted / max(outside.total + inside.total, 1e-6)
    return min(1.0, max(0.0, (_QUOTED - share) / (_QUOTED - _IN_OWN_WORDS)))


def standing_of(question: Question, index: Index) -> list[float]:
    """Weigh the words; everyday syllables tell something once they pair as a title pairs them."""
    paired = [False, *(pair in index.bigrams for pair in pairs(question.words)), False]
    return [
        _PAIRED if weight == COMMON and (paired[number] or paired[number + 1]) else weight
        for number, weight in enumerate(question.weights)
    ]


def _strength(one: float, other: float) -> float:
    """Weigh a pair: everyday syllables tell something together, but not with words aside."""
    aside = min(one, other)
    return aside if aside == ASIDE else max(one, other, _PAIRED)


def _marked_pair(question: Question, number: int) -> Term:
    pair = question.spoken[number], question.spoken[number + 1]
    return pair if all(pair) else ""
