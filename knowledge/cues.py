"""Cues: phrases that mean something, heard in the words of a question."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from knowledge.phrases import Piece, all_words_of, pieces_of
from knowledge.text import clean, marked, syllables

M = TypeVar("M")

_STOP = re.compile(r"[,;:?!()\n]|\.(?!\w)")
_HOI, _NGA = "\u0309", "\u0303"  # one to half the country


@dataclass(frozen=True, slots=True)
class Heard(Generic[M]):
    """A cue that was found: what it means, and which syllables it took."""

    meaning: M
    start: int
    stop: int


class Word(NamedTuple):  # looked up so often that a dataclass's own hash would be felt
    """A syllable of a question: folded, and as it was typed where that is the same syllable."""

    folded: str
    typed: str

    def may_be(self, marked: str) -> bool:
        """Say whether this may be the syllable *marked*; marks left out are no objection."""
        typed = self.typed
        return typed == marked or typed.isascii() or _letters(typed) == _letters(marked)


def words_of(text: str) -> list[Word]:
    """Part *text* into syllables that remember how they were typed."""
    return [word for typed in marked(text).split() for word in _syllable(typed)]


def clauses_of(text: str) -> tuple[list[Word], frozenset[int]]:
    """Part *text* into syllables, and say which of them begin after a comma or a stop."""
    words: list[Word] = []
    begins: set[int] = set()
    for clause in _STOP.split(clean(text)):
        begins.add(len(words))
        words += words_of(clause)
    return words, frozenset(begins)


@lru_cache(maxsize=20_000)  # a catalogue says few syllables, and says them often
def _syllable(typed: str) -> tuple[Word, ...]:
    return tuple(Word(folded, typed) for folded in syllables(typed))


@lru_cache(maxsize=20_000)
def _letters(word: str) -> list[str]:
    """Give letters and marks in no order, hòa being hoà; and hỏi for ngã, which sound alike."""
    return sorted(unicodedata.normalize("NFD", word).replace(_NGA, _HOI))


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a question, and the same folded."""

    words: Sequence[Word]
    folded: tuple[str, ...]
    begins: frozenset[int]
    """Where a clause begins: the words between two pieces of a phrase do not go beyond."""

    def agrees(self, start: int, marks: tuple[str, ...]) -> bool:
        """Say whether the marks typed from *start* on may be these."""
        return all(
            not mark or word.may_be(mark)
            for word, mark in zip(self.words[start:], marks, strict=False)
        )

    def places_after(
        self, pieces: tuple[Piece, ...], start: int, number: int = 0
    ) -> tuple[tuple[int, int], ...] | None:
        """Find *pieces* one after another, each as near as may be, and give those heard.

        None where one is missing, or stands farther on than it may.
        """
        if number == len(pieces):
            return ()
        piece, folded = pieces[number], self.folded
        for at, word in enumerate(folded[start : start + piece.within + 1], start):
            if piece.is_near and at in self.begins:
                break
            for size in piece.sizes.get(word, ()):
                marks = piece.spellings.get(folded[at : at + size])
                if marks is None or not self.agrees(at, marks):
                    continue
                later = self.places_after(pieces, at + size, number + 1)
                if later is not None:
                    return ((at, at + size), *later) if piece.is_heard else later
        return None


@dataclass(frozen=True, slots=True)
class _Cue(Generic[M]):
    """What is meant where a phrase begins, if its other pieces follow."""

    meaning: M
    order: int
    marks: tuple[str, ...]
    is_heard: bool
    """Whether what it begins with is; else it only sets the scene."""
    rest: tuple[Piece, ...]

    def found_at(self, start: int, stop: int, said: _Said) -> tuple[tuple[int, int], ...]:
        """Give the places of what is heard, the first being given; none where one is missing."""
        if self.marks and not said.agrees(start, self.marks):
            return ()
        later = said.places_after(self.rest, stop)
        if later is None:
            return ()
        return ((start, stop), *later) if self.is_heard else later


def in_order(cues: Iterable[tuple[Heard[M], ...]]) -> list[Heard[M]]:
    """Give the pieces of *cues* as they stand in the question."""
    return sorted(chain.from_iterable(cues), key=lambda heard: heard.start)


class Cues(Generic[M]):
    """Phrases and their meanings; the longest is heard first and hides the shorter ones in it.

    A syllable written with marks is heard only where the marks agree or were left out; a leading
    "=" asks the same of those written without. Of equally long ones, the first counts.
    """

    def __init__(self, phrases: Mapping[M, Iterable[str]]) -> None:
        # A tree of words would be walked a little quicker, but took twice the room.
        self._cues: dict[tuple[str, ...], tuple[_Cue[M], ...]] = {}
        everything = {meaning: list(some) for meaning, some in phrases.items()}
        self._taught = all_words_of(chain.from_iterable(everything.values()))
        for order, (meaning, some) in enumerate(everything.items()):
            for first, *others in map(pieces_of, some):
                rest = tuple(others)
                made: dict[tuple[str, ...], _Cue[M]] = {}  # one for all spellings without marks
                for folded, marks in first.spellings.items():
                    new = _Cue(meaning, order, marks, first.is_heard, rest)
                    cue = made.setdefault(marks, new)
                    self._cues[folded] = (*self._cues.get(folded, ()), cue)
        self._sizes: dict[str, tuple[int, ...]] = {}
        for folded in self._cues:
            if folded and len(folded) not in self._sizes.get(folded[0], ()):
                self._sizes[folded[0]] = (*self._sizes.get(folded[0], ()), len(folded))

    def hear(self, words: Sequence[Word], begins: frozenset[int] = frozenset()) -> list[Heard[M]]:
        """Find the cues in *words*, in their order; of a cue in pieces, each piece.

        Where clauses begin, *begins* says.
        """
        return in_order(self.whole(words, begins))

    def whole(
        self, words: Sequence[Word], begins: frozenset[int] = frozenset()
    ) -> list[tuple[Heard[M], ...]]:
        """Find the cues in *words*, the longest first, each with its pieces."""
        said = _Said(words, tuple(word.folded for word in words), begins)
        found: list[tuple[Heard[M], ...]] = []
        taken = [False] * len(words)
        for _, _, _, places, meaning in sorted(self._places(said), key=lambda one: one[:4]):
            if any(any(taken[start:stop]) for start, stop in places):
                continue
            found.append(tuple(Heard(meaning, start, stop) for start, stop in places))
            for start, stop in places:
                taken[start:stop] = [True] * (stop - start)
        return found

    def _places(
        self, said: _Said
    ) -> Iterator[tuple[int, int, int, tuple[tuple[int, int], ...], M]]:
        """Give each cue in *said* by what decides: its words, order, span and places."""
        folded = said.folded
        for start, first in enumerate(folded):
            for size in self._sizes.get(first, ()):
                stop = start + size
                cues = self._cues.get(folded[start:stop], ()) if stop <= len(folded) else ()
                for cue in cues:
                    places = cue.found_at(start, stop, said)
                    if places:
                        words = sum(end - begin for begin, end in places)
                        span = places[-1][1] - places[0][0]
                        yield -words, cue.order, span, places, cue.meaning

    def phrases(self) -> list[str]:
        """Give what the phrases teach of spelling, folded."""
        return self._taught
