"""How citizens name things: cues for parts, wishes and operations, abbreviations, as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict

from knowledge.cues import Cues, Heard, Word, clauses_of, in_order, words_of
from knowledge.data_files import read_data
from knowledge.operations import Operation
from knowledge.phrases import END, with_names
from knowledge.procedures.procedure import Facet
from knowledge.repairs import Repair
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
    BRIBE = "bribe"
    PRIVACY = "privacy"
    MAIL = "mail"
    NEWS = "news"
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
    alike: dict[str, str]
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


_ANY_PAPER: Final = frozenset({"giay", "phep", "chung", "chi", "nhan", "the", "hanh", "nghe"})
_ON_A_PAPER: Final = frozenset(Operation) - {
    Operation.ISSUE,
    Operation.END,
    Operation.SETTLE,
}


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


def _not_within_others(
    cues: Sequence[tuple[Heard[Facet | None], ...]],
) -> Iterator[tuple[Heard[Facet | None], ...]]:
    """Leave out cues that stand between the pieces of a longer one, and those around it.

    "Có bắt buộc nộp online không" is one question, and not one for conditions as well.
    """
    kept: list[tuple[Heard[Facet | None], ...]] = []
    for cue in cues:
        if cue[0].meaning is None or not any(_nest(cue, other) for other in kept):
            kept.append(cue)
            yield cue


def _nest(some: tuple[Heard[Facet | None], ...], others: tuple[Heard[Facet | None], ...]) -> bool:
    if others[0].meaning in {None, some[0].meaning}:
        return False
    (start, stop), (first, last) = ((one[0].start, one[-1].stop) for one in (some, others))
    return start < first < last <= stop or first < start < stop <= last


def _by_folded(words: str) -> dict[str, frozenset[str]]:
    """Give how each of *words* may be typed, by what it is folded."""
    some = words_of(words)
    return {
        one.folded: frozenset(other.typed for other in some if other.folded == one.folded)
        for one in some
    }


def _alike(file: _File) -> dict[str, Word]:
    """Give each word that is only said or written otherwise what it stands for."""
    return {
        other: word
        for meant, others in file.alike.items()
        for word in words_of(meant)
        for other in others.split()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All that is known of how citizens write, whatever the catalogue."""

    facets: Cues[Facet | None]
    """None: words of a part in another sense, which ask for nothing."""
    doubtful_facets: Cues[Facet]
    """Words that ask for a part only where it is known of what: "cần giấy gì"."""
    alike: Mapping[str, Word]
    """What each of these words stands for in what asks for a part: "hông" for "không"."""
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
    closings: Mapping[str, frozenset[str]]
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
            doubtful_facets=Cues(file.doubtful_facets),
            alike=_alike(file),
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
            closings=_by_folded(file.closings["words"]),
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
        heard = self.facets_in(*clauses_of(question))
        return tuple(dict.fromkeys(cue.meaning for cue in heard))

    def facets_in(
        self, words: Sequence[Word], begins: frozenset[int] = frozenset()
    ) -> list[Heard[Facet]]:
        """Hear which parts *words* ask for, and where; *begins* says where clauses begin.

        To renew "cần giấy nào" asks for its papers; to open a shop, for the licence itself.
        """
        plain = [self.alike.get(word.typed or word.folded, word) for word in words]
        asked = [*self._before_closings(plain), _END]
        last = len(asked) - 1
        heard = [
            Heard(cue.meaning, cue.start, min(cue.stop, last))
            for cue in in_order(_not_within_others(self.facets.whole(asked, begins)))
            if cue.meaning is not None
        ]
        doubtful = self.doubtful_facets.hear(words)
        if not doubtful or not self._changes_a_paper(words):
            return heard
        taken = {number for cue in heard for number in range(cue.start, cue.stop)}
        free = (cue for cue in doubtful if taken.isdisjoint(range(cue.start, cue.stop)))
        return sorted([*heard, *free], key=lambda cue: cue.start)

    def _before_closings(self, words: Sequence[Word]) -> Sequence[Word]:
        last = len(words)
        while last and self._closes(words[last - 1]):
            last -= 1
        return words[:last]

    def _closes(self, word: Word) -> bool:
        return any(word.may_be(typed) for typed in self.closings.get(word.folded, ()))

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
        words, begins = clauses_of(text)
        asked = self.facets_in(words, begins)
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
        heard = self.intents.hear(words)
        taken = {number for cue in heard for number in range(cue.start, cue.stop)}
        rest = (word.folded for number, word in enumerate(words) if number not in taken)
        return self.common.issuperset(rest)
