"""A citizen's words made ready for matching: repaired, weighed, with what they ask for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, compress
from typing import Final

from knowledge.cues import Cues, Heard, Word, clauses_of
from knowledge.matching.clauses import before_wish, declined
from knowledge.matching.foreign import Matter
from knowledge.matching.index import spoken
from knowledge.matching.lattice import Reading
from knowledge.matching.spelling import Speller
from knowledge.matching.wishes import affirmed, names_what_changes, wished
from knowledge.operations import Operation
from knowledge.procedures.procedure import Facet
from knowledge.vocabulary import Sign, Vocabulary

COMMON: Final = 0.1  # weight of everyday words beside telling ones (1.0)
ASIDE: Final = 0.09  # turns of phrase in which a question is put
FACET: Final = 0.095  # words that ask for a part say little about the procedure
OPERATION: Final = 0.3  # words of an operation: read apart, but titles hold them too
_DONE: Final = 0.15


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, word by word."""

    words: tuple[str, ...]
    spoken: tuple[str, ...]
    """Each word with its marks, as the index names it; empty where the marks were left out."""
    weights: tuple[float, ...]
    stress: tuple[float, ...]
    """How much each word says of the wish, 0 to 1, beside what it tells at all."""
    declined: tuple[bool, ...]
    """Whether each word is waved aside: "không cần cấp tỉnh"."""
    operating: tuple[bool, ...]
    """Whether each word stands in what names an operation."""
    facets: tuple[Facet, ...]
    foreign: Heard[Matter] | None
    """Words of another office's business, and where they stand."""
    operations: Mapping[Operation, float]

    def without(self, start: int, stop: int) -> "Question":
        """Give the same question as if some of its words had not been said."""
        rest = [*range(start), *range(stop, len(self.words))]
        return replace(
            self,
            words=tuple(self.words[place] for place in rest),
            spoken=tuple(self.spoken[place] for place in rest),
            weights=tuple(self.weights[place] for place in rest),
            stress=tuple(self.stress[place] for place in rest),
            declined=tuple(self.declined[place] for place in rest),
            operating=tuple(self.operating[place] for place in rest),
        )


class Reader:
    """Reads questions, with the vocabulary and the spelling of one catalogue."""

    def __init__(self, vocabulary: Vocabulary, foreign: Cues[Matter], speller: Speller) -> None:
        self._vocabulary = vocabulary
        self._foreign = foreign
        self._speller = speller

    def read(self, text: str) -> Question:
        """Repair the spelling of *text* and tell its words apart."""
        return next(self.readings(text))[1]

    def readings(self, text: str) -> Iterator[tuple[float, Question]]:
        """Give the ways to read *text*, the likeliest first, and how much dearer each is."""
        typed, begins = clauses_of(text)
        for path in self._speller.readings(typed):
            moved = _moved(begins, path.readings)
            yield path.dearer, self._understood(_repaired(typed, path.readings), moved)

    def _understood(self, words: list[Word], begins: frozenset[int]) -> Question:
        weights = [COMMON if word.folded in self._vocabulary.common else 1.0 for word in words]
        for aside in self._vocabulary.asides.hear(words):
            _lower(weights, aside.start, aside.stop, ASIDE)
        facets = self._vocabulary.facets_in(words, begins)
        for heard in facets:
            _lower(weights, heard.start, heard.stop, FACET)
        signs = affirmed(self._vocabulary.operations.hear(words), words)
        for sign in signs:
            _lower(weights, sign.start, sign.stop, OPERATION)
        stress = _stress(words, weights, signs)
        waved = declined(words)
        for place in compress(range(len(words)), waved):
            _lower(weights, place, place + 1, ASIDE)
        return Question(
            words=tuple(word.folded for word in words),
            spoken=_spoken(words),
            weights=tuple(weights),
            stress=stress,
            declined=tuple(waved),
            operating=_operating(words, signs),
            facets=tuple(dict.fromkeys(heard.meaning for heard in facets)),
            foreign=_telling(self._foreign.hear(words)),
            operations=wished(signs, words),
        )


def _stress(
    words: Sequence[Word], weights: Sequence[float], signs: Sequence[Heard[Sign]]
) -> tuple[float, ...]:
    """Let what is done already say less, except where it names the paper to be changed."""
    done = before_wish(words, [weight >= COMMON for weight in weights])
    if names_what_changes(sign for sign in signs if sign.start >= done):
        done = 0
    return (_DONE,) * done + (1.0,) * (len(words) - done)


def _operating(words: Sequence[Word], signs: Sequence[Heard[Sign]]) -> tuple[bool, ...]:
    """Tell which words stand in the name of an operation."""
    named = {place for sign in signs for place in range(sign.start, sign.stop)}
    return tuple(place in named for place in range(len(words)))


def _repaired(typed: Sequence[Word], readings: Sequence[Reading]) -> list[Word]:
    """Put what each word was read as in its place; what was read as it stands keeps its marks."""
    repaired: list[Word] = []
    for word, reading in zip(typed, readings, strict=True):
        same = reading == (word.folded,)
        repaired += [word] if same else [Word(part, "") for part in reading]
    return repaired


def _moved(places: frozenset[int], readings: Sequence[Reading]) -> frozenset[int]:
    """Say where *places* are once each word is read as one or more."""
    starts = accumulate((len(reading) for reading in readings), initial=0)
    return frozenset(start for place, start in enumerate(starts) if place in places)


def _telling(heard: list[Heard[Matter]]) -> Heard[Matter] | None:
    """Choose the longest phrase, then the first."""
    return max(heard, key=lambda one: (one.stop - one.start, -one.start), default=None)


def _spoken(words: Sequence[Word]) -> tuple[str, ...]:
    """Name the words with their marks."""
    return tuple("" if word.typed.isascii() else spoken(word) for word in words)


def _lower(weights: list[float], start: int, stop: int, weight: float) -> None:
    weights[start:stop] = [min(old, weight) for old in weights[start:stop]]
