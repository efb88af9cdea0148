"""How citizens name things: cues for parts of an answer and for other wishes, as data."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import UnreadableFileError
from knowledge.procedures.procedure import Facet
from knowledge.text import fold

SHIPPED: Final = Path(__file__).parent / "data" / "vocabulary.toml"


class Intent(StrEnum):
    """A wish that is not a question about a procedure."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    MACHINE = "machine"
    PERSON = "person"
    DOSSIER = "dossier"
    FEEDBACK = "feedback"
    FEEDBACK_STATUS = "feedback_status"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    facets: dict[Facet, list[str]]
    intents: dict[Intent, list[str]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A folded phrase, and what it stands for."""

    phrase: str
    meaning: Facet | Intent


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All cues, the longest first, so that a longer one hides the shorter ones in it."""

    facets: tuple[Cue, ...]
    intents: tuple[Cue, ...]

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Self:
        """Read the cues in *path*.

        Raises:
            UnreadableFileError: it is missing or wrong.
        """
        try:
            file = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UnreadableFileError(path, [str(error)]) from error
        except ValidationError as error:
            problems = [f"{item['loc']}: {item['msg']}" for item in error.errors()]
            raise UnreadableFileError(path, problems) from error
        return cls(_cues(file.facets), _cues(file.intents))

    def asked_facets(self, question: str) -> tuple[Facet, ...]:
        """Tell which parts *question* asks for, in its own order; none: the overview."""
        found = _heard(fold(question), self.facets)
        return tuple(dict.fromkeys(meaning for meaning in found if isinstance(meaning, Facet)))

    def intents_in(self, text: str) -> tuple[Intent, ...]:
        """Tell which other wishes *text* utters."""
        found = _heard(fold(text), self.intents)
        return tuple(dict.fromkeys(meaning for meaning in found if isinstance(meaning, Intent)))


def _cues(phrases: Mapping[Facet, list[str]] | Mapping[Intent, list[str]]) -> tuple[Cue, ...]:
    cues = [Cue(fold(phrase), meaning) for meaning, some in phrases.items() for phrase in some]
    return tuple(sorted(cues, key=lambda cue: -len(cue.phrase)))


def _heard(folded: str, cues: Iterable[Cue]) -> list[Facet | Intent]:
    """Find cues as whole words; words that a longer cue used are not used again."""
    text = f" {folded} "
    found: list[tuple[int, Facet | Intent]] = []
    for cue in cues:
        at = text.find(f" {cue.phrase} ")
        if at >= 0:
            found.append((at, cue.meaning))
            text = text.replace(f" {cue.phrase} ", f" {'_' * len(cue.phrase)} ")
    return [meaning for _, meaning in sorted(found, key=lambda pair: pair[0])]
