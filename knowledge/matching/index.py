"""The catalogue compiled for matching: which titles hold which words, and how telling each is."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

import numpy as np

from knowledge import operations
from knowledge.cues import Word, words_of
from knowledge.matching.examples import Examples
from knowledge.matching.postings import Postings, Scores, Term, pairs, saturated
from knowledge.matching.synonyms import Synonym
from knowledge.operations import Operation
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Procedure
from knowledge.text import fold
from knowledge.vocabulary import Vocabulary

Phrase = tuple[str, ...]

_QUOTABLE: Final = 6  # words: shorter titles ("Hỗ trợ chi phí") stand in many a sentence
_SPOKEN_OF: Final = 0.7  # an operation that a title only speaks of, by words that citizens use
_SAYING: Final = 0.8  # a title that uses an everyday phrase itself, beside those it stands for
_NEARNESS: Final = 3  # how sharply a title's share of a meaning tells
_NEAR: Final = 0.15  # below, a meaning is another title's
_EXAMPLE: Final = 0.3  # a question that meant a title, beside an everyday phrase for it
_PAIR: Final = 0.5  # a pair of neighbours beside a single word, in a synonym's meaning
_BESIDE: Final = 0.7  # a word of the applicability sentence, beside one of the title
_EXCEPT: Final = "trừ"  # what follows in a title is what it is not about
_HOI: Final = "\u0309"
_NGA: Final = "\u0303"
_MARKS: Final = frozenset("đ\u0300\u0301\u0323\u0302\u0306\u031b" + _HOI + _NGA)
_AFTER_OCCASION: Final = re.compile(r"\. | thì | tại Trung tâm")
_OCCASIONS: Final = ("Áp dụng khi ", "Áp dụng với ", "Nộp khi ", "Khi ")


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """A synonym compiled: how much of its official words each title holds, 0 to 1."""

    share: Scores
    telling: float
    """Mean weight of its words."""
    words: tuple[str, ...]


class Index:
    """All that is compiled from one catalogue; built once, never changed."""

    def __init__(
        self,
        catalog: Catalog,
        synonyms: Iterable[Synonym],
        examples: Examples,
        vocabulary: Vocabulary,
    ) -> None:
        self.title_words = [words_of(procedure.title) for procedure in catalog]
        self.titles = [" ".join(word.folded for word in words) for words in self.title_words]
        self._by_title = {title: number for number, title in enumerate(self.titles)}
        self._by_opening: dict[tuple[str, ...], list[str]] = {}
        for title in self._by_title:
            self._by_opening.setdefault(tuple(title.split()[:2]), []).append(title)
        self.occasions = [fold(_occasion(procedure)) for procedure in catalog]
        self.body_words = [words_of(_body(procedure)) for procedure in catalog]
        titles = [_about(words) for words in self.title_words]
        beside = [words_of(_occasion(procedure)) for procedure in catalog]
        self._spoken_titles = [f" {' '.join(map(spoken, title))} " for title in titles]
        self.unigrams = Postings(list(map(_weighed, map(_named, titles), map(_named, beside))))
        self.bigrams = Postings(list(map(_weighed, map(_paired, titles), map(_paired, beside))))
        bodies = [[word.folded for word in body] for body in self.body_words]
        self.body = Postings(saturated(bodies))
        self.bodiless = np.array([not body for body in bodies])
        self.title_weights = np.array(
            [
                sum(map(self.unigrams.idf, {word.folded for word in title})) or 1.0
                for title in titles
            ],
            dtype=np.float32,
        )
        self.operations = self._operations(vocabulary)
        self.synonyms = self._synonyms(synonyms)
        self.everyday = self._everyday(self._said_of(catalog, examples, vocabulary))
        self.longest_from: dict[str, int] = {}
        for phrase in self.synonyms:
            self.longest_from[phrase[0]] = max(self.longest_from.get(phrase[0], 0), len(phrase))
        self.longest_synonym = max(self.longest_from.values(), default=0)

    def quoted_in(self, question: str) -> int | None:
        """Return the number of the longest title that *question* holds word for word, or None."""
        words = fold(question).split()
        text = f" {' '.join(words)} "
        held = [
            title
            for pair in set(pairs(words))
            for title in self._by_opening.get(pair, ())
            if f" {title} " in text
        ]
        longest = max(held, key=len, default="")
        enough = len(longest.split()) >= _QUOTABLE or f" {longest} " == text
        return self._by_title[longest] if longest and enough else None

    def _operations(self, vocabulary: Vocabulary) -> dict[Operation, Scores]:
        """Compile how well each title serves each operation, 0 to 1."""
        serves = {operation: self.unigrams.zeros() for operation in Operation}
        for number, words in enumerate(self.title_words):
            for heard in vocabulary.operations.hear(words):
                if heard.meaning.operation is not None:
                    serves[heard.meaning.operation][number] = _SPOKEN_OF
            served = operations.served(self.titles[number], self.occasions[number])
            for operation, extent in served.items():
                serves[operation][number] = extent
        return serves

    def _synonyms(self, synonyms: Iterable[Synonym]) -> dict[Phrase, list[tuple[Phrase, Meaning]]]:
        compiled: dict[Phrase, list[tuple[Phrase, Meaning]]] = {}
        for synonym in synonyms:
            meaning = self._meaning(_about(words_of(synonym.means)))
            for phrase in synonym.say:
                words = words_of(phrase)
                marks = tuple(map(spoken, words))
                compiled.setdefault(tuple(word.folded for word in words), []).append(
                    (marks, self._or_literally(meaning, marks))
                )
        return compiled

    def _or_literally(self, meaning: Meaning, phrase: Phrase) -> Meaning:
        """Let titles that say the everyday *phrase* themselves be meant too."""
        rarest = min(phrase, key=self.unigrams.frequency)
        said = f" {' '.join(phrase)} "
        saying = [
            number
            for number in self.unigrams.holding(rarest)
            if said in self._spoken_titles[number] and meaning.share[number] < 1
        ]
        if not saying:
            return meaning
        share = meaning.share.copy()
        share[saying] = np.maximum(share[saying], _SAYING)
        return replace(meaning, share=share)

    @staticmethod
    def _said_of(
        catalog: Catalog, examples: Examples, vocabulary: Vocabulary
    ) -> list[dict[Term, float]]:
        """Count the words and pairs in the examples of each procedure."""
        counted: list[dict[Term, float]] = []
        for procedure in catalog:
            said: Counter[Term] = Counter()
            for question in examples.get(procedure.code, ()):
                words = words_of(question)
                telling = [word for word in words if word.folded not in vocabulary.common]
                said.update({*_named(telling), *pairs([word.folded for word in words])})
            counted.append({term: _EXAMPLE * times for term, times in said.items()})
        return counted

    def _everyday(self, spoken_of: list[dict[Term, float]]) -> Postings:
        """Gather the words and pairs by which citizens speak of each title."""
        for meaning, terms in self._terms_by_meaning():
            nearness = meaning.share**_NEARNESS
            for number in np.flatnonzero(nearness > _NEAR):
                said = spoken_of[number]
                for term, times in terms.items():
                    said[term] = said.get(term, 0.0) + times * float(nearness[number])
        for said in spoken_of:
            said.update({term: times / (times + 1) for term, times in said.items()})
        return Postings(spoken_of)

    def _terms_by_meaning(self) -> list[tuple[Meaning, Counter[Term]]]:
        """Count, for each meaning, in how many of its phrases a word or pair stands."""
        counted: dict[int, tuple[Meaning, Counter[Term]]] = {}
        for phrase, meant in self.synonyms.items():
            for marks, meaning in meant:
                terms: set[Term] = {*phrase, *marks, *pairs(phrase)}
                counted.setdefault(id(meaning), (meaning, Counter()))[1].update(terms)
        return list(counted.values())

    def _meaning(self, words: Sequence[Word]) -> Meaning:
        known = [word for word in dict.fromkeys(words) if spoken(word) in self.unigrams]
        single = [(spoken(word), self.unigrams.idf(word.folded)) for word in known]
        paired = [
            (pair, _PAIR * self.bigrams.idf(pair))
            for pair in pairs(list(map(spoken, words)))
            if pair in self.bigrams
        ]
        share = self.unigrams.scores(single) + self.bigrams.scores(paired)
        telling = sum(weight for _, weight in single)
        total = telling + sum(weight for _, weight in paired)
        folded = dict.fromkeys(word.folded for word in known)
        return Meaning(share / max(total, 1e-6), telling / max(len(known), 1), tuple(folded))


def _about(words: list[Word]) -> list[Word]:
    """Give what a title is about."""
    return list(takewhile(lambda word: word.typed != _EXCEPT, words))


@lru_cache(maxsize=20_000)
def spoken(word: Word) -> str:
    """Name a syllable by its letters and marks, wherever they stand: hoà is hòa.

    Hỏi and ngã count as one, since half the country speaks and many write them so.
    """
    marks = [one for one in unicodedata.normalize("NFD", word.typed) if one in _MARKS]
    return f"{word.folded}|{''.join(marks).replace(_NGA, _HOI)}"


def _named(words: Sequence[Word]) -> list[Term]:
    """Give the words, without and with their marks."""
    return [*(word.folded for word in words), *(spoken(word) for word in words)]


def _paired(words: Sequence[Word]) -> list[Term]:
    """Give the neighbours, without and with their marks."""
    return [*pairs([word.folded for word in words]), *pairs([spoken(word) for word in words])]


def _weighed(title: Iterable[Term], occasion: Iterable[Term]) -> dict[Term, float]:
    return dict.fromkeys(occasion, _BESIDE) | dict.fromkeys(title, 1.0)


def _occasion(procedure: Procedure) -> str:
    """Give the sentence that says when a procedure applies, where its steps begin with one."""
    first = procedure.steps[0] if procedure.steps else ""
    if not first.startswith(_OCCASIONS):
        return ""
    return _AFTER_OCCASION.split(first, maxsplit=1)[0]


def _body(procedure: Procedure) -> str:
    """Give the text behind a title; it breaks ties, titles decide."""
    documents = (f"{document.name} {document.case or ''}" for document in procedure.documents)
    return " ".join(
        [*documents, *procedure.steps, procedure.conditions or "", procedure.result or ""]
    )
