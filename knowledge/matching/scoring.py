"""How well each title fits a question; every part of a score can be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import numpy as np

from knowledge.matching.index import Index, Meaning
from knowledge.matching.postings import Postings, Scores, Term, pairs
from knowledge.matching.question import ASIDE, COMMON, OPERATION, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each kind of agreement counts; set on the tuning half of the questions."""

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
    unasked: float = 0.05
    """Where no operation is asked for, a first issue is the likeliest wish."""
    denied: float = 0.1
    """A "không" in the title that the question lacks, or the other way round."""


WEIGHTS: Final = Weights()
_NOT: Final = "khong"
_PAIRED: Final = 0.5
_AT_LEAST: Final = 1.0  # share of the words' weight that counts as all, however little is matched
_TELLING_PAIR: Final = 2.0  # idf: pairs such as "giấy phép" stand in too many titles
_QUOTED: Final = 0.9  # the share of a question that one title explains: a quotation …
_IN_OWN_WORDS: Final = 0.6  # … and below this, the citizen's own words
_UNTOLD: Final = 0.6  # a procedure of which only the title is known is not the worse for it
# "không" before one of these denies; elsewhere it mostly asks.
_DENIED: Final = frozenset({"dung", "su", "xai", "co", "can", "lay", "hoat", "cu", "gian", "day"})
_ABROAD: Final = ("nuoc", "ngoai")  # whoever means foreigners or other countries says so
_UNSAID: Final = 0.3


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
    phrases, hidden = _phrases(question, index)
    literal, inside = _literal(question, index, hidden, weights)
    need = _need_of_synonyms(literal, inside)
    taken = max(weights.hidden, 1 - need)
    explained = literal.scores + taken * inside.scores
    total = literal.total + taken * inside.total
    meanings = [phrase.meaning for phrase in phrases]
    for phrase in phrases:
        weight = need * weights.synonym * phrase.meaning.telling * phrase.stress
        weight *= min(len(phrase.words) + 1, 3)
        explained += phrase.meaning.share * weight
        total += weight
    explained /= max(total, 1e-6)
    covered = _covered(question, index, meanings)
    body = _background(question, index)
    everyday = _everyday(question, index, weights.marks)
    operation = _operation(question, index, weights)
    denied = _denied(question, index, meanings)
    relevance = np.minimum(1.0, explained * 2)
    return Scored(
        total=weights.explained * explained
        + weights.covered * covered
        + weights.body * body
        + need * weights.everyday * everyday
        + (weights.operation * operation + weights.denied * denied) * relevance,
        explained=explained,
        covered=covered,
        operation=operation,
        body=body,
        synonyms=tuple(" ".join(phrase.words) for phrase in phrases),
    )


def names_nothing(question: Question, index: Index) -> bool:
    """Say whether no word of *question* could tell one procedure from another."""
    if question.operations or any(weight > COMMON for weight in question.weights):
        return False
    paired = any(pair in index.bigrams for pair in pairs(question.words))
    return not paired and not _phrases(question, index)[0]


def telling_words(question: Question, index: Index) -> int:
    """Count the words that name a thing, alone or as a telling pair of some title."""
    return len(set(chain.from_iterable(_telling(question, index))))


def names_only_operation(question: Question, index: Index) -> bool:
    """Say whether *question* names what is to be done, but not to what: "gia hạn", "bị mất"."""
    doing = question.operating
    _, everyday = _phrases(question, index)
    named = any(said and not done for said, done in zip(everyday, doing, strict=True))
    return (
        any(doing)
        and not named
        and all(any(doing[place] for place in places) for places in _telling(question, index))
    )


def _telling(question: Question, index: Index) -> Iterator[tuple[int, ...]]:
    """Give the places of words that name a thing: single ones, and telling pairs of some title."""
    for number, weight in enumerate(question.weights):
        if weight > OPERATION:
            yield (number,)
    for number, pair in enumerate(pairs(question.words)):
        if pair in index.bigrams and index.bigrams.idf(pair) >= _TELLING_PAIR:
            yield (number, number + 1)


def longer_phrase_around(question: Question, index: Index, start: int, stop: int) -> bool:
    """Say whether an everyday phrase for something of ours holds these words and more."""
    words = question.words
    return any(
        words[first:last] in index.synonyms
        for first in range(max(0, stop - index.longest_synonym), start + 1)
        for last in range(stop, min(len(words), first + index.longest_synonym) + 1)
        if last - first > stop - start
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    """An everyday phrase that was heard, and what it means."""

    words: tuple[str, ...]
    meaning: Meaning
    stress: float


def _phrases(question: Question, index: Index) -> tuple[list[_Phrase], list[bool]]:
    """Find everyday phrases, the longest first; one inside another is not heard."""
    words = question.words
    hidden = [False] * len(words)
    found: list[_Phrase] = []
    for size in range(min(index.longest_synonym, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = words[start : start + size]
            meant = index.synonyms.get(phrase)
            if meant is None or all(hidden[start : start + size]):
                continue
            if any(question.declined[start : start + size]):
                continue
            heard = question.spoken[start : start + size]
            meanings = [meaning for marks, meaning in meant if _agree(heard, marks)]
            if meanings:
                stress = question.stress[start + size - 1]
                found += [_Phrase(phrase, meaning, stress) for meaning in meanings]
                hidden[start : start + size] = [True] * size
    return found, hidden


def _agree(heard: tuple[str, ...], marks: tuple[str, ...]) -> bool:
    """Say whether the marks agree, where there are any."""
    return all(one in ("", other) for one, other in zip(heard, marks, strict=True))


@dataclass(slots=True, eq=False)
class _Literal:
    """What words taken literally say of each title, and what they could say at most."""

    scores: Scores
    total: float = 0.0

    def add(
        self, postings: Postings, terms: tuple[Term, Term], weight: float, marks: float
    ) -> None:
        _add(self.scores, postings, terms, weight, marks)
        self.total += weight


def _need_of_synonyms(literal: _Literal, inside: _Literal) -> float:
    """Say how far everyday words must help, 0 to 1: not where a title is quoted as it stands."""
    quoted = float((literal.scores + inside.scores).max(initial=0.0))
    share = quoted / max(literal.total + inside.total, 1e-6)
    return min(1.0, max(0.0, (_QUOTED - share) / (_QUOTED - _IN_OWN_WORDS)))


def _literal(
    question: Question, index: Index, hidden: list[bool], weights: Weights
) -> tuple[_Literal, _Literal]:
    """Weigh the words outside everyday phrases, and those inside."""
    outside, inside = _Literal(index.unigrams.zeros()), _Literal(index.unigrams.zeros())
    seen: set[str] = set()
    for number, word in enumerate(question.words):
        weight = _standing(question, index, number) * index.unigrams.idf(word)
        weight *= question.stress[number]
        known = word in index.unigrams
        weight *= (weights.again if word in seen else 1.0) if known else weights.unknown
        said = inside if hidden[number] else outside
        said.add(index.unigrams, (word, question.spoken[number]), weight, weights.marks)
        seen.add(word)
    for number, pair in enumerate(pairs(question.words)):
        if pair in index.bigrams:
            strength = _strength(*question.weights[number : number + 2])
            weight = weights.pair * strength * index.bigrams.idf(pair)
            weight *= question.stress[number + 1]
            terms = (pair, _marked_pair(question, number))
            outside.add(index.bigrams, terms, weight, weights.marks)
        elif hidden[number] and hidden[number + 1]:
            # No title says this phrase, whatever titles say its single words.
            inside.total += weights.pair * index.bigrams.highest_idf
    return outside, inside


def _strength(one: float, other: float) -> float:
    """Weigh a pair: everyday syllables tell something together, but not with words aside."""
    aside = min(one, other)
    return aside if aside == ASIDE else max(one, other, _PAIRED)


def _marked_pair(question: Question, number: int) -> Term:
    pair = question.spoken[number], question.spoken[number + 1]
    return pair if all(pair) else ""


def _add(
    scores: Scores, postings: Postings, terms: tuple[Term, Term], weight: float, marks: float
) -> None:
    """Add *weight* for a term; where it was written with marks, a share only for the same ones."""
    bare, marked = terms
    if marked:
        postings.add(scores, bare, weight * (1 - marks))
        postings.add(scores, marked, weight * marks)
    else:
        postings.add(scores, bare, weight)


def _standing(question: Question, index: Index, number: int) -> float:
    """Weigh a word; everyday syllables tell something once they pair as a title pairs them."""
    weight = question.weights[number]
    if weight != COMMON:
        return weight
    before = question.words[number - 1 : number + 1]
    after = question.words[number : number + 2]
    paired = any(len(pair) == 2 and pair in index.bigrams for pair in (before, after))  # noqa: PLR2004
    return _PAIRED if paired else weight


def _covered(question: Question, index: Index, meanings: list[Meaning]) -> Scores:
    telling = [
        word
        for number, word in enumerate(question.words)
        if _standing(question, index, number) > COMMON
    ]
    stress: dict[str, float] = {}
    for word, one in zip(question.words, question.stress, strict=True):
        stress[word] = max(stress.get(word, 0.0), one)
    # In one order, for sums of fractions depend on it: every process must answer alike.
    said = dict.fromkeys(chain(telling, *(meaning.words for meaning in meanings)))
    scores = index.unigrams.zeros()
    for word in said:
        index.unigrams.add(scores, word, stress.get(word, 1.0) * index.unigrams.idf(word))
    return scores / index.title_weights


def _background(question: Question, index: Index) -> Scores:
    scores = index.body.zeros()
    for word, weight in dict(zip(question.words, question.weights, strict=True)).items():
        if word in index.body:
            index.body.add(scores, word, weight * index.body.idf(word))
    scores /= max(float(scores.max(initial=0.0)), 1e-6)
    scores[index.bodiless] = _UNTOLD
    return scores


def _everyday(question: Question, index: Index, marks: float) -> Scores:
    scores = index.everyday.zeros()
    total = 0.0
    heard: set[str] = set()
    for word, marked, weight in zip(
        question.words, question.spoken, question.weights, strict=True
    ):
        if weight > COMMON and word not in heard:
            heard.add(word)
            telling = weight * index.everyday.idf(word)
            _add(scores, index.everyday, (word, marked), telling, marks)
            total += telling
    for number, pair in enumerate(pairs(question.words)):
        if pair in index.everyday:
            telling = index.everyday.idf(pair)
            telling *= max(question.weights[number], question.weights[number + 1])
            index.everyday.add(scores, pair, telling)
    return scores / max(float(scores.max(initial=0.0)), _AT_LEAST * total, 1e-6)


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


def _denied(question: Question, index: Index, meanings: list[Meaning]) -> Scores:
    """Lower titles whose "không" the question does not share; raise those whose it does."""
    said = dict.fromkeys(chain(question.words, *(meaning.words for meaning in meanings)))
    denies = any(pair[0] == _NOT and pair[1] in _DENIED for pair in pairs(question.words))
    scores = index.unigrams.zeros()
    agreed = [meaning for meaning in meanings if _NOT in meaning.words]
    for word in said:
        if (_NOT, word) in index.bigrams and word != _NOT:
            shared = denies or any(word in meaning.words for meaning in agreed)
            index.bigrams.add(scores, (_NOT, word), 1.0 if shared else -1.0)
    for pair, aside in zip(pairs(question.words), pairwise(question.declined), strict=True):
        if all(aside):
            index.bigrams.add(scores, pair, -1.0)
    if _ABROAD[1] not in said:
        index.bigrams.add(scores, _ABROAD, -_UNSAID)
    return np.clip(scores, -1.0, 1.0)
