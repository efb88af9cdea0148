"""How citizens name things: cues for parts, wishes and operations, abbreviations, as data."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain, product
from pathlib import Path
from sys import intern
from typing import Final, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from knowledge.data_files import read_data
from knowledge.operations import Operation
from knowledge.procedures.procedure import Facet
from knowledge.repairs import Repair
from knowledge.text import fold, marked, syllables

SHIPPED: Final = Path(__file__).parent / "data" / "vocabulary.toml"

M = TypeVar("M")


class Intent(StrEnum):
    """A wish that is not a question about a procedure."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ASSENT = "assent"
    ABUSE = "abuse"
    HELP = "help"
    MACHINE = "machine"
    PERSON = "person"
    CHECKLIST = "checklist"
    JOIN = "join"
    SEPARATE = "separate"
    DOSSIER = "dossier"
    FEEDBACK = "feedback"
    FEEDBACK_STATUS = "feedback_status"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    facets: dict[Facet, list[str]]
    doubtful_facets: dict[Facet, list[str]]
    asides: dict[str, list[str]]
    intents: dict[Intent, list[str]]
    repairs: dict[Repair, list[str]]
    particles: dict[str, str]
    papers: dict[str, list[str]]
    hypotheses: dict[str, list[str]]
    fields: dict[str, list[str]]
    operations: dict[Operation, list[str]]
    circumstances: dict[Operation, list[str]]
    not_operations: dict[str, list[str]]
    not_facets: dict[str, list[str]]
    abbreviations: dict[str, list[str]]
    common: dict[str, str]
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sign:
    """What a phrase says of an operation; None: that its words mean something else."""

    operation: Operation | None
    said: bool
    """In so many words; else the operation only follows from what happened."""


@dataclass(frozen=True, slots=True)
class Heard(Generic[M]):
    """A cue that was found: what it means, and which syllables it took."""

    meaning: M
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Word:
    """A syllable of a question: folded, and as it was typed where that is the same syllable."""

    folded: str
    typed: str

    def may_be(self, marked: str) -> bool:
        """Say whether this may be the syllable *marked*; marks left out are no objection."""
        return self.typed.isascii() or _letters(self.typed) == _letters(marked)


class Cues(Generic[M]):
    """Phrases and their meanings; the longest is heard first and hides the shorter ones in it.

    A single syllable written with marks is heard only where the marks agree or were left out;
    a leading "=" asks the same of a longer phrase.
    """

    def __init__(self, phrases: Mapping[M, Iterable[str]]) -> None:
        self._cues: dict[tuple[str, ...], list[tuple[M, tuple[str, ...]]]] = {}
        alone = (one for some in phrases.values() for one in some if "{" not in one)
        self._alone = list(dict.fromkeys(map(fold, alone)))
        self._order: dict[tuple[str, ...], int] = {}
        for order, (meaning, some) in enumerate(phrases.items()):
            for phrase in chain.from_iterable(map(spelt_out, some)):
                plain = _PLAIN.fullmatch(phrase) is not None
                words = tuple(map(intern, (phrase if plain else marked(phrase)).split()))
                folded = words if plain else tuple(map(intern, fold(phrase).split()))
                strict = phrase.startswith("=") or (len(words) == 1 and not words[0].isascii())
                self._cues.setdefault(folded, []).append((meaning, words if strict else ()))
                self._order.setdefault(folded, order)
        self._sizes: dict[str, set[int]] = {}
        for words in self._cues:
            self._sizes.setdefault(words[0] if words else "", set()).add(len(words))

    def hear(self, words: Sequence[Word]) -> list[Heard[M]]:
        """Find the cues in *words*, in their order."""
        folded = tuple(word.folded for word in words)
        found: list[Heard[M]] = []
        taken = [False] * len(words)
        places = [
            (-size, self._order[folded[start : start + size]], start)
            for start, word in enumerate(folded)
            for size in self._sizes.get(word, ())
            if start + size <= len(folded) and folded[start : start + size] in self._cues
        ]
        for size, _, start in sorted(places):
            stop = start - size
            if any(taken[start:stop]):
                continue
            meaning = _agreeing(words[start:stop], self._cues[folded[start:stop]])
            if meaning is not None:
                found.append(Heard(meaning, start, stop))
                taken[start:stop] = [True] * (stop - start)
        return sorted(found, key=lambda heard: heard.start)

    def phrases(self) -> list[str]:
        """Give every phrase that stands by itself, folded; choices would count too often."""
        return self._alone


_PLAIN: Final = re.compile(r"[0-9a-z ]+")  # needs no folding, which takes half of a start
_CHOICE: Final = re.compile(r"\{([^{}]*)\}")


def spelt_out(phrase: str) -> list[str]:
    """Give the phrases that "{a|b} c" stands for."""
    parts = _CHOICE.split(phrase)
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


def _agreeing(words: Sequence[Word], cues: Iterable[tuple[M, tuple[str, ...]]]) -> M | None:
    """Give the first meaning whose marks agree with those that were typed."""
    for meaning, marks in cues:
        if all(word.may_be(mark) for word, mark in zip(words, marks, strict=False)):
            return meaning
    return None


GAP: Final = Word("", "")
_FEW: Final = 8  # syllables; who says more says of what, if only in everyday words
_ANY_PAPER: Final = frozenset({"giay", "phep", "chung", "chi", "nhan", "the"})
_ON_A_PAPER: Final = frozenset(Operation) - {Operation.ISSUE, Operation.END}


def without(words: Sequence[Word], phrases: frozenset[tuple[str, ...]]) -> list[Word]:
    """Blank out *phrases*, which hold the word of a cue in another sense: "mất bao lâu"."""
    folded = tuple(word.folded for word in words)
    clear = list(words)
    for size in {len(phrase) for phrase in phrases}:
        for start in range(len(words) - size + 1):
            if folded[start : start + size] in phrases:
                clear[start : start + size] = [GAP] * size
    return clear


def _signs(file: _File) -> dict[Sign, list[str]]:
    """Gather the phrases of operations; of two equal ones, the first here is heard."""
    return (
        {Sign(None, said=False): file.not_operations["words"]}
        | {Sign(one, said=True): phrases for one, phrases in file.operations.items()}
        | {Sign(one, said=False): phrases for one, phrases in file.circumstances.items()}
    )


def _phrases(some: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(phrase).split()) for phrase in some)


def words_of(text: str) -> list[Word]:
    """Part *text* into syllables that remember how they were typed."""
    return [word for typed in marked(text).split() for word in _syllable(typed)]


@lru_cache(maxsize=20_000)  # a catalogue says few syllables, and says them often
def _syllable(typed: str) -> tuple[Word, ...]:
    return tuple(Word(folded, typed) for folded in syllables(typed))


def _letters(word: str) -> list[str]:
    """Give letters and marks in no order: hoà and hòa are one syllable."""
    return sorted(unicodedata.normalize("NFD", word))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All that is known of how citizens write, whatever the catalogue."""

    facets: Cues[Facet]
    doubtful_facets: Cues[Facet]
    """Words that ask for a part only where it is known of what: "cần giấy gì"."""
    asides: Cues[str]
    """Turns of phrase in which a question is put; they ask for nothing by themselves."""
    intents: Cues[Intent]
    repairs: Cues[Repair]
    particles: frozenset[str]
    """Words that soften or address, and mean nothing by themselves."""
    operations: Cues[Sign]
    papers: Cues[str]
    hypotheses: Cues[str]
    """Circumstances that are put as a case: "là công ty nước ngoài"."""
    names: Mapping[str, tuple[str, ...]]
    """What each of these papers and circumstances is called, folded."""
    names_of_fields: Mapping[str, tuple[str, ...]]
    """Words, folded, that alone name nothing but a field, by its name in a catalogue."""
    not_facets: frozenset[tuple[str, ...]]
    abbreviations: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    part_words: frozenset[str]
    everyday: tuple[Word, ...]
    """The common words as they are written, with marks where the file has them."""

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Self:
        """Read the vocabulary in *path*.

        Raises:
            UnreadableFileError: it is missing or wrong.
        """
        file = read_data(path, _File)
        return cls(
            facets=Cues(file.facets),
            doubtful_facets=Cues(file.doubtful_facets),
            asides=Cues(file.asides),
            intents=Cues(file.intents),
            repairs=Cues(file.repairs),
            particles=frozenset(fold(file.particles["words"]).split()),
            operations=Cues(_signs(file)),
            papers=Cues(file.papers),
            hypotheses=Cues(file.hypotheses),
            names={
                name: tuple(fold(phrase) for phrase in some if not phrase.startswith("="))
                for name, some in (*file.papers.items(), *file.hypotheses.items())
            },
            names_of_fields={
                field: tuple(map(fold, names)) for field, names in file.fields.items()
            },
            not_facets=_phrases(file.not_facets["words"]),
            abbreviations={
                fold(token): tuple(fold(expansion) for expansion in expansions)
                for token, expansions in file.abbreviations.items()
            },
            common=frozenset(fold(file.common["words"]).split()),
            part_words=frozenset(fold(file.parts["words"]).split()),
            everyday=tuple(words_of(file.common["words"])),
        )

    def phrases(self) -> list[str]:
        """Give every phrase of every table, folded, so that spelling can learn from them."""
        tables = (self.facets, self.operations, self.intents)
        phrases = [phrase for table in tables for phrase in table.phrases()]
        return phrases + self.asides.phrases()

    def asked_facets(self, question: str) -> tuple[Facet, ...]:
        """Tell which parts *question* asks for, in its own order; none: the overview."""
        return tuple(dict.fromkeys(heard.meaning for heard in self.facets_in(words_of(question))))

    def facets_in(self, words: Sequence[Word]) -> list[Heard[Facet]]:
        """Hear which parts *words* ask for, and where.

        To renew "cần giấy gì" asks for its papers; to open a shop, for the licence itself.
        """
        heard = self.facets.hear(without(words, self.not_facets))
        doubtful = self.doubtful_facets.hear(words)
        if not doubtful or not self._changes_a_paper(words):
            return heard
        taken = {number for cue in heard for number in range(cue.start, cue.stop)}
        free = (cue for cue in doubtful if taken.isdisjoint(range(cue.start, cue.stop)))
        return sorted([*heard, *free], key=lambda cue: cue.start)

    def doubted_facets(self, text: str) -> tuple[Facet, ...]:
        """Tell which parts *text* asks for where it is known of what."""
        heard = self.doubtful_facets.hear(words_of(text))
        return tuple(dict.fromkeys(cue.meaning for cue in heard))

    def _changes_a_paper(self, words: Sequence[Word]) -> bool:
        """Say whether *words* tell of an operation on a paper that is there already."""
        heard = self.operations.hear(words)
        return any(sign.meaning.operation in _ON_A_PAPER for sign in heard)

    def without_papers(self, text: str) -> str:
        """Give *text* without what any paper is called: "giấy phép sắp hết hạn"."""
        words = words_of(text)
        signs = self.operations.hear(words)
        told = {number for sign in signs for number in range(sign.start, sign.stop)}
        return " ".join(
            word.typed
            for number, word in enumerate(words)
            if number in told or word.folded not in _ANY_PAPER
        )

    def only_changes_a_paper(self, text: str) -> bool:
        """Say whether *text* tells what happened to a paper, and does not say to which."""
        words = words_of(text)
        if len(words) > _FEW:
            return False
        heard = [sign for sign in self.operations.hear(words) if sign.meaning.operation]
        taken = {number for sign in heard for number in range(sign.start, sign.stop)}
        plain = self.common | self.particles | _ANY_PAPER
        return any(sign.meaning.operation in _ON_A_PAPER for sign in heard) and all(
            number in taken or word.folded in plain for number, word in enumerate(words)
        )

    def asks_only_of_parts(self, text: str) -> bool:
        """Say whether *text* asks for parts of an answer, and not one word names a procedure."""
        words = words_of(text)
        asked = self.facets_in(words)
        heard = {number for cue in asked for number in range(cue.start, cue.stop)}
        return bool(asked) and all(
            number in heard or word.folded in self.part_words or word.folded in self.common
            for number, word in enumerate(words)
        )

    def intents_in(self, text: str) -> tuple[Intent, ...]:
        """Tell which other wishes *text* utters."""
        heard = self.intents.hear(words_of(text))
        return tuple(dict.fromkeys(cue.meaning for cue in heard))

    def repair_in(self, text: str) -> Repair | None:
        """Tell what *text* says of the talk itself; None where it says anything besides."""
        words = words_of(text)
        heard = self.repairs.hear(words)
        taken = {number for cue in heard for number in range(cue.start, cue.stop)}
        rest = (word.folded for number, word in enumerate(words) if number not in taken)
        return heard[0].meaning if heard and self.particles.issuperset(rest) else None

    def says_nothing_else(self, text: str) -> bool:
        """Say whether *text* holds nothing beside its wishes but everyday words."""
        words = words_of(text)
        free = [True] * len(words)
        for heard in self.intents.hear(words):
            free[heard.start : heard.stop] = [False] * (heard.stop - heard.start)
        rest = (word.folded for word, left in zip(words, free, strict=True) if left)
        return all(word in self.common for word in rest)
