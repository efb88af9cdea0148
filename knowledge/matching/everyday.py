"""The everyday phrases in a question, and the official words that each stands for."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.matching.index import Index, Meaning
from knowledge.matching.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """An everyday phrase that was heard."""

    words: tuple[str, ...]
    meaning: Meaning
    stress: float


def phrases_in(question: Question, index: Index) -> tuple[list[Phrase], list[bool]]:
    """Find everyday phrases, and tell which words they hide.

    The longest come first; one inside another is not heard, nor one that is waved aside.
    """
    words = question.words
    hidden = [False] * len(words)
    found: list[Phrase] = []
    for start, stop in sorted(_places(words, index), key=lambda place: place[0] - place[1]):
        if all(hidden[start:stop]) or any(question.declined[start:stop]):
            continue
        for meaning in _meanings(question, index, start, stop):
            found.append(Phrase(words[start:stop], meaning, question.stress[stop - 1]))
            hidden[start:stop] = [True] * (stop - start)
    return found, hidden


def _places(words: tuple[str, ...], index: Index) -> Iterator[tuple[int, int]]:
    """Give where everyday phrases begin and end."""
    for start, word in enumerate(words):
        longest = min(index.longest_from.get(word, 0), len(words) - start)
        for stop in range(start + 1, start + longest + 1):
            if words[start:stop] in index.synonyms:
                yield start, stop


def _meanings(question: Question, index: Index, start: int, stop: int) -> list[Meaning]:
    """Give what just these words mean, as far as their marks agree."""
    meant = index.synonyms[question.words[start:stop]]
    heard = question.spoken[start:stop]
    return [meaning for marks, meaning in meant if _agree(heard, marks)]


def _agree(heard: tuple[str, ...], marks: tuple[str, ...]) -> bool:
    """Say whether the marks agree, where there are any."""
    return all(one in ("", other) for one, other in zip(heard, marks, strict=True))


def longer_phrase_around(question: Question, index: Index, start: int, stop: int) -> bool:
    """Say whether an everyday phrase for something of ours holds these words and more."""
    words = question.words
    return any(
        words[first:last] in index.synonyms
        for first in range(max(0, stop - index.longest_synonym), start + 1)
        for last in range(stop, min(len(words), first + index.longest_synonym) + 1)
        if last - first > stop - start
    )
