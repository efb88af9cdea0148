"""How citizens name things: cues for parts, wishes and operations, abbreviations, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict

from knowledge.cues import Cues, Heard, Word, words_of
from knowledge.data_files import read_data
from knowledge.operations import Operation
from knowledge.phrases import END, with_names
from knowledge.procedures.procedure import Facet
from knowledge.text import fold

SHIPPED: Final = Path(__file__).parent / "data" / "vocabulary.toml"

_END: Final = Word(END, "")
_FEW: Final = 8  # everyday words; who says more says of what, if only in such words


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

    choices: dict[str, str]
    facets: dict[Facet, list[str]]
    asides: dict[str, list[str]]
    intents: dict[Intent, list[str]]
    operations: dict[Operation, list[str]]
    circumstances: dict[Operation, list[str]]
    not_operations: dict[str, list[str]]
    not_facets: dict[str, list[str]]
    closings: dict[str, str]
    abbreviations: dict[str, list[str]]
    common: dict[str, str]
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sign:
    """What a phrase says of an operation; None: that its words mean something else."""

    operation: Operation | None
    said: bool
    """In so many words; else the operation only follows from what happened."""


def _signs(file: _File) -> dict[Sign, list[str]]:
    """Gather the phrases of operations; of two equal ones, the first here is heard."""
    return (
        {Sign(None, said=False): file.not_operations["words"]}
        | {Sign(one, said=True): phrases for one, phrases in file.operations.items()}
        | {Sign(one, said=False): phrases for one, phrases in file.circumstances.items()}
    )


def _facets(file: _File) -> dict[Facet | None, list[str]]:
    """Gather the phrases that ask for parts; None: that their words mean something else."""
    tables: tuple[tuple[Facet | None, list[str]], ...] = (
        (None, file.not_facets["words"]),
        *file.facets.items(),
    )
    return {facet: [with_names(phrase, file.choices) for phrase in some] for facet, some in tables}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All that is known of how citizens write, whatever the catalogue."""

    facets: Cues[Facet | None]
    """None: words of a part in another sense, which ask for nothing."""
    asides: Cues[str]
    """Turns of phrase in which a question is put; they ask for nothing by themselves."""
    intents: Cues[Intent]
    operations: Cues[Sign]
    closings: frozenset[str]
    """Words that close a question, and ask for nothing: "vậy ạ"."""
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
            facets=Cues(_facets(file)),
            asides=Cues(file.asides),
            intents=Cues(file.intents),
            operations=Cues(_signs(file)),
            closings=frozenset(fold(file.closings["words"]).split()),
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
        """Hear which parts *words* ask for, and where."""
        asked = [*self._before_closings(words), _END]
        last = len(asked) - 1
        return [
            Heard(cue.meaning, cue.start, min(cue.stop, last))
            for cue in self.facets.hear(asked)
            if cue.meaning is not None
        ]

    def _before_closings(self, words: Sequence[Word]) -> Sequence[Word]:
        last = len(words)
        while last and words[last - 1].folded in self.closings:
            last -= 1
        return words[:last]

    def asks_only_of_parts(self, text: str) -> bool:
        """Say whether *text* asks for parts of an answer, and not one word names a procedure."""
        words = words_of(text)
        asked = self.facets_in(words)
        heard = {number for cue in asked for number in range(cue.start, cue.stop)}
        others = [
            word.folded
            for number, word in enumerate(words)
            if number not in heard and word.folded not in self.part_words
        ]
        return bool(asked) and len(others) <= _FEW and self.common.issuperset(others)

    def intents_in(self, text: str) -> tuple[Intent, ...]:
        """Tell which other wishes *text* utters."""
        heard = self.intents.hear(words_of(text))
        return tuple(dict.fromkeys(cue.meaning for cue in heard))

    def says_nothing_else(self, text: str) -> bool:
        """Say whether *text* holds nothing beside its wishes but everyday words."""
        words = words_of(text)
        free = [True] * len(words)
        for heard in self.intents.hear(words):
            free[heard.start : heard.stop] = [False] * (heard.stop - heard.start)
        rest = (word.folded for word, left in zip(words, free, strict=True) if left)
        return all(word in self.common for word in rest)
