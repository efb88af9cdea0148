"""The matcher: the catalogue compiled once, then any question told found, unclear or unknown."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.bare_names import bare_name
from knowledge.cues import Heard, Word, words_of
from knowledge.matching.answers import Answer, Found, Match, Unclear, Unknown
from knowledge.matching.everyday import longer_phrase_around, phrases_in
from knowledge.matching.examples import Examples
from knowledge.matching.foreign import Matter, bare_names_of, cues_of, foreign_to
from knowledge.matching.index import Index
from knowledge.matching.naming import names_nothing, names_only_operation, telling_words
from knowledge.matching.postings import Scores
from knowledge.matching.question import Question, Reader
from knowledge.matching.scoring import Scored, score
from knowledge.matching.spelling import Speller
from knowledge.matching.sureness import about_the_same, bears_out, says_no_thing, unserved
from knowledge.matching.synonyms import Synonym
from knowledge.phrases import each_word_of
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import ProcedureCode
from knowledge.text import fold
from knowledge.vocabulary import Vocabulary

# Set on questions that were not learned from: of the clear ones 85 to 90 in 100 lead by more
# than CLEAR_LEAD, of the open ones 3 in 4 by less.
CLEAR_LEAD: Final = 5.25  # how far the first must stand above the second
LENGTH_LEAD: Final = 7.25  # the same where both explain the question alike
FIRM: Final = 45.0  # below, even a lone procedure is asked about rather than told
PLAUSIBLE: Final = 32.0  # below, a procedure is not worth naming
EXPLAINED: Final = 30.0  # the share of the question, in percent, that a title must explain
# What is left of a question without its foreign words must say this much by itself.
BESIDES: Final = 62.0
BESIDES_EXPLAINED: Final = 60.0
BESIDES_WORDS: Final = 3  # telling ones
QUOTED: Final = 0.2  # added to a title that the question holds word for word
ANOTHER: Final = 15.0  # so much better elsewhere, an answer to "which one?" is a new question
SHORTLIST: Final = 4  # no more choices than a thumb can reach
RANKED: Final = 10
HELD: Final = 0.5  # of the best title's score for an answer's words, that an option must reach
ALIKE: Final = 0.4  # the share of one title, operation and all, that a sibling's holds
SAID: Final = 0.7  # the share of a case's words, that a sibling's title must hold
GENERALLY: Final = 0.6  # how well a title that amends in general serves a change of name
_AS_WELL: Final = 1e-3  # of an explained share
_FULL: Final = 1.7  # the score of a title repeated word for word
DEARER: Final = 0.1  # of a title's score, that a reading must gain for each point it is dearer
_TITLES: Final = 3  # how often titles are shown to the speller, for bodies to be heard once


class Matcher:
    """Answers questions over one catalogue; pure, without I/O."""

    def __init__(
        self,
        catalog: Catalog,
        vocabulary: Vocabulary,
        synonyms: tuple[Synonym, ...],
        matters: tuple[Matter, ...],
        examples: Examples,
    ) -> None:
        self._procedures = catalog.procedures
        self._numbers = {one.code: number for number, one in enumerate(catalog.procedures)}
        self._fields = np.array([one.field for one in catalog.procedures])
        self._vocabulary = vocabulary
        self._index = Index(catalog, synonyms, examples, vocabulary)
        foreign = foreign_to(self._index.titles, matters)
        self._bare_foreign = bare_names_of(foreign)
        self._reader = Reader(
            vocabulary,
            cues_of(foreign),
            _speller(self._index, vocabulary, synonyms, matters, examples),
        )

    def answer(self, question: str) -> Answer:
        """Tell which procedure *question* is about, and which parts of it are asked for."""
        read, scored = self._best_reading(question)
        quoted = self._index.quoted_in(question)
        if quoted is not None:
            whole = self._index.titles[quoted] == fold(question)
            scored.total[quoted] += _FULL if whole else QUOTED
        order = np.argsort(-scored.total, kind="stable")[:RANKED]
        ranking = tuple(self._match(scored, int(number)) for number in order)
        if read.foreign is not None and not self._ours_besides(read, read.foreign):
            return Unknown(read.facets, ranking, read.foreign.meaning)
        bare = self._bare_foreign.get(fold(bare_name(question) or ""))
        if bare is not None:
            return Unknown(read.facets, ranking, bare)
        first = int(order[0])
        only_parts = (
            read.facets
            and not any(phrases_in(read, self._index)[1])
            and self._vocabulary.asks_only_of_parts(question)
        )
        if only_parts or names_nothing(read, self._index) or says_no_thing(read, scored, first):
            return Unknown(read.facets, ranking, names_nothing=True)
        if not _plausible(scored, order):
            return Unknown(read.facets, ranking)
        leads = [_lead(scored, first, int(number)) for number in order]
        rivals = [
            match
            for match, lead in zip(ranking, leads, strict=True)
            if ranking[0].score - match.score < lead
        ]
        sure = quoted == first or bears_out(read, scored, first)
        if len(rivals) == 1 and ranking[0].score >= FIRM and sure:
            return Found(ranking[0], read.facets, ranking)
        lacking = unserved(read, scored, first)
        if lacking is not None:
            pairs = zip(ranking, order, strict=True)
            rivals = [match for match, at in pairs if about_the_same(scored, first, int(at))]
        offered = rivals if len(rivals) > 1 or lacking else ranking
        return Unclear(tuple(offered[:SHORTLIST]), read.facets, ranking, lacking)

    def _best_reading(self, question: str) -> tuple[Question, Scored]:
        """Read *question* in the way that the catalogue understands best.

        A dearer reading must fit some title so much better.
        """
        read = (
            (dearer, one, score(one, self._index))
            for dearer, one in self._reader.readings(question)
        )
        _, best, scored = max(
            read, key=lambda one: float(one[2].total.max(initial=0.0)) - DEARER * one[0]
        )
        return best, scored

    def choose(
        self, question: str, words: str, codes: tuple[ProcedureCode, ...]
    ) -> ProcedureCode | None:
        """Tell which of the offered *codes* the further *words* mean, or None if it stays open.

        The first question's words are kept, so that "gia hạn" is enough.
        """
        numbers = [self._numbers[code] for code in codes if code in self._numbers]
        if not numbers:
            return None
        everywhere = score(self._reader.read(words), self._index).total
        held = everywhere[numbers]
        elsewhere = float(held.max()) < HELD * float(everywhere.max())
        if elsewhere and not self.only_operation(words):
            return None
        together = score(self._reader.read(f"{question} {words}"), self._index).total[numbers]
        if _points(float(everywhere.max() - together.max())) > ANOTHER:
            return None
        fitting = held + together
        order = np.argsort(-fitting, kind="stable")
        if len(order) > 1 and _points(float(fitting[order[0]] - fitting[order[1]])) < CLEAR_LEAD:
            return None
        return self._procedures[numbers[int(order[0])]].code

    def names_one_of(self, words: str, codes: tuple[ProcedureCode, ...]) -> bool:
        """Say whether *words* name one of *codes* as well as any title, and no other operation.

        Operations aside, near-equal titles are the same thing: "giấy phép bưu chính nội tỉnh",
        said where renewals are offered, is the renewal of that licence.
        """
        numbers = [self._numbers[code] for code in codes if code in self._numbers]
        if not numbers or self.only_operation(words):
            return False
        read, scored = self._best_reading(words)
        if names_nothing(read, self._index) or read.foreign is not None:
            return False
        served = [self._index.operations[operation][numbers] for operation in read.operations]
        held = float(scored.explained[numbers].max())
        best = float(scored.explained.max())
        return (
            best >= HELD
            and math.isclose(held, best, rel_tol=_AS_WELL)
            and all(float(serving.max()) >= 1.0 for serving in served)
        )

    def explain(self, question: str) -> str:
        """Tell how the scores of the first came about, for whoever looks after the catalogue."""
        read, scored = self._best_reading(question)
        asked = ", ".join(f"{one} ({strength:g})" for one, strength in read.operations.items())
        lines = [
            f"read as:    {' '.join(read.words)}",
            f"operations: {asked or 'none'}",
            f"synonyms:   {', '.join(scored.synonyms) or 'none'}",
            "score  explained covered operation body  procedure",
        ]
        for number in np.argsort(-scored.total, kind="stable")[:RANKED]:
            procedure = self._procedures[number]
            lines.append(
                f"{_points(float(scored.total[number])):5.1f}  {scored.explained[number]:9.2f} "
                f"{scored.covered[number]:7.2f} {scored.operation[number]:9.2f} "
                f"{scored.body[number]:4.2f}  {procedure.code} {procedure.title[:80]}"
            )
        return "\n".join(lines)

    def _ours_besides(self, read: Question, foreign: Heard[Matter]) -> bool:
        """Say whether a procedure fits so well that the foreign words only stand by.

        Either they are part of an everyday phrase for something of ours, or what is left of
        the question without them still names a procedure.
        """
        if longer_phrase_around(read, self._index, foreign.start, foreign.stop):
            return True
        left = read.without(foreign.start, foreign.stop)
        rest = score(left, self._index)
        best = int(rest.total.argmax())
        return (
            telling_words(left, self._index) >= BESIDES_WORDS
            and _points(float(rest.total[best])) >= BESIDES
            and float(rest.explained[best]) * 100 >= BESIDES_EXPLAINED
        )

    def only_operation(self, words: str) -> bool:
        """Say whether *words* name what is to be done, but not to what: "gia hạn", "bị mất"."""
        return names_only_operation(self._reader.read(words), self._index)

    def sibling(self, code: ProcedureCode, words: str) -> ProcedureCode | None:
        """Return what *words* that only name an operation mean beside the procedure *code*.

        After a card, "thế còn gia hạn?" asks for the renewal of the same thing; None where the
        words name something else, or where no title close enough serves the operation.
        """
        number = self._numbers.get(code)
        if number is None or not self.only_operation(words):
            return None
        read = self._reader.read(words)
        operation = max(read.operations, key=lambda one: read.operations[one])
        alike = self._alike(number)
        for well in (1.0, GENERALLY):
            near = alike * (self._index.operations[operation] >= well)
            best = int(near.argmax())
            if near[best] >= ALIKE:
                return self._procedures[best].code
        return None

    def kin(self, code: ProcedureCode, words: str) -> ProcedureCode | None:
        """Return the procedure near *code* that *words* name: "nếu liên tỉnh thì sao".

        It is for the same purpose, unless the words name another; None where no title near
        enough holds most of the words.
        """
        number = self._numbers.get(code)
        if number is None:
            return None
        read = self._reader.read(words)
        wanted = read.operations or self._procedures[number].operations
        serving = [self._index.operations[operation] >= 1.0 for operation in wanted]
        alike = self._alike(number)
        said = score(read, self._index).explained
        close = said * (said >= SAID) * (alike >= ALIKE)
        for served in (np.logical_and.reduce(serving), np.logical_or.reduce(serving)):
            near = close * served
            best = int(np.lexsort((alike, near))[-1])
            if near[best] > 0:
                return self._procedures[best].code
        return None

    def _alike(self, number: int) -> Scores:
        """Tell how much of a title the others of its field hold."""
        alike = score(self._reader.read(self._procedures[number].title), self._index).explained
        return np.where(self._fields == self._fields[number], alike, np.float32(0))

    def _match(self, scored: Scored, number: int) -> Match:
        return Match(self._procedures[number], _points(float(scored.total[number])))


def _lead(scored: Scored, first: int, other: int) -> float:
    """Give the lead that tells *first* from *other*: more where only its title's length does."""
    said_alike = all(
        math.isclose(part[first], part[other], rel_tol=1e-5, abs_tol=1e-6)
        for part in (scored.explained, scored.operation)
    )
    return LENGTH_LEAD if said_alike else CLEAR_LEAD


def _plausible(scored: Scored, order: NDArray[np.intp]) -> bool:
    explained = float(scored.explained[order[:SHORTLIST]].max()) * 100
    return _points(float(scored.total[order[0]])) >= PLAUSIBLE and explained >= EXPLAINED


def _points(total: float) -> float:
    return max(0.0, min(100.0, total / _FULL * 100))


def _speller(
    index: Index,
    vocabulary: Vocabulary,
    synonyms: tuple[Synonym, ...],
    matters: tuple[Matter, ...],
    examples: Examples,
) -> Speller:
    marked = [
        *(phrase for synonym in synonyms for phrase in (*synonym.say, synonym.means)),
        *(one for matter in matters for phrase in matter.say for one in each_word_of(phrase)),
        *(question for questions in examples.values() for question in questions),
    ]
    bare = ([Word(word, "") for word in phrase.split()] for phrase in vocabulary.phrases())
    texts = [*index.title_words * _TITLES, *index.body_words, *map(words_of, marked), *bare]
    return Speller(texts, vocabulary.abbreviations, vocabulary.everyday)
