"""How well each title fits a question; every part of a score can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.matching.denials import denials
from knowledge.matching.everyday import Phrase, phrases_in
from knowledge.matching.index import Index
from knowledge.matching.literal import Sum, literal, need_of_synonyms, standing_of
from knowledge.matching.postings import Scores, pairs
from knowledge.matching.question import COMMON, Question
from knowledge.matching.weights import WEIGHTS, Weights

_LONG: Final = 3  # a phrase of two words says as much as a longer one
_UNTOLD: Final = 0.6  # a procedure of which only the title is known is not the worse for it


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """The parts of the scores of all titles."""

    total: Scores
    explained: Scores
    """The share of the question that a title explains, 0 to 1: what refusal goes by."""
    covered: Scores
    operation: Scores
    body: Scores
    synonyms: tuple[str, ...]


def score(question: Question, index: Index, weights: Weights = WEIGHTS) -> Scored:
    """Score every title of *index* for *question*."""
    phrases, hidden = phrases_in(question, index)
    meanings = [phrase.meaning for phrase in phrases]
    standing = standing_of(question, index)
    outside, inside = literal(question, index, standing, hidden, weights)
    need = need_of_synonyms(outside, inside)
    taken = max(weights.hidden, 1 - need)
    explained = outside.scores + taken * inside.scores
    total = outside.total + taken * inside.total
    for phrase in phrases:
        weight = need * weights.synonym * _telling(phrase)
        explained += phrase.meaning.share * weight
        total += weight
    explained /= max(total, 1e-6)
    covered = _covered(question, index, standing, phrases)
    body = _body(question, index)
    operation = _operation(question, index, weights)
    relevance = np.minimum(1.0, explained * 2)
    return Scored(
        total=weights.explained * explained
        + weights.covered * covered
        + weights.body * body
        + need * weights.everyday * _everyday(question, index, weights.marks)
        + weights.operation * operation * relevance
        + weights.denied * denials(question, index, meanings) * relevance,
        explained=explained,
        covered=covered,
        operation=operation,
        body=body,
        synonyms=tuple(" ".join(phrase.words) for phrase in phrases),
    )


def _telling(phrase: Phrase) -> float:
    return phrase.meaning.telling * min(len(phrase.words) + 1, _LONG) * phrase.stress


def _covered(
    question: Question, index: Index, standing: Sequence[float], phrases: list[Phrase]
) -> Scores:
    """Say how much of each title was said, in its own words or in everyday ones."""
    said: dict[str, float] = {}
    for word, weight, stress in zip(question.words, standing, question.stress, strict=True):
        if weight > COMMON:
            said[word] = max(said.get(word, 0.0), stress)
    # In one order, for sums of fractions depend on it: every process must answer alike.
    for phrase in phrases:
        for word in phrase.meaning.words:
            said[word] = max(said.get(word, 0.0), phrase.stress)
    words = [(word, stress * index.unigrams.idf(word)) for word, stress in said.items()]
    return index.unigrams.scores(words) / index.title_weights


def _body(question: Question, index: Index) -> Scores:
    """Say how much the texts behind the titles speak of the question's words: 0 to 1."""
    words = dict(zip(question.words, question.weights, strict=True))
    scores = index.body.scores(
        [(word, weight * index.body.idf(word)) for word, weight in words.items()]
    )
    scores /= max(float(scores.max(initial=0.0)), 1e-6)
    scores[index.bodiless] = _UNTOLD
    return scores


def _everyday(question: Question, index: Index, marks: float) -> Scores:
    """Say how well the words fit those by which citizens speak of each title: 0 to 1."""
    said = Sum()
    heard: set[str] = set()
    for word, marked, weight in zip(
        question.words, question.spoken, question.weights, strict=True
    ):
        if weight > COMMON and word not in heard:
            heard.add(word)
            said.add(word, marked, weight * index.everyday.idf(word), marks)
    for number, pair in enumerate(pairs(question.words)):
        weight = max(question.weights[number], question.weights[number + 1])
        said.terms.append((pair, weight * index.everyday.idf(pair)))
    scores = index.everyday.scores(said.terms)
    return scores / max(float(scores.max(initial=0.0)), said.total, 1e-6)


def _operation(question: Question, index: Index, weights: Weights) -> Scores:
    """Say how well titles serve the operations asked for: -1 to 1."""
    if not question.operations:
        issue = index.operations[next(iter(index.operations))]
        return issue * (weights.unasked / weights.operation)
    total = sum(question.operations.values())
    served = index.unigrams.zeros()
    for operation, strength in question.operations.items():
        served += index.operations[operation] * (strength / total)
    return served * 2 - 1
