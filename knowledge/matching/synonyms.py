"""Everyday words for official things, as data with a reason for each."""

import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import UnreadableFileError
from knowledge.text import fold

SHIPPED: Final = Path(__file__).parent.parent / "data" / "synonyms.toml"


class Synonym(BaseModel):
    """What citizens say, the official words it means, and why we believe so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: tuple[str, ...] = Field(min_length=1)
    means: str = Field(min_length=1)
    why: str = Field(min_length=1)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Give the folded phrases, each once."""
        return tuple(dict.fromkeys(fold(phrase) for phrase in self.say))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    synonym: tuple[Synonym, ...]


def load_synonyms(path: Path = SHIPPED) -> tuple[Synonym, ...]:
    """Read the synonyms in *path*.

    Raises:
        UnreadableFileError: it is missing or wrong.
    """
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).synonym
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFileError(path, [str(error)]) from error
    except ValidationError as error:
        problems = [f"{item['loc']}: {item['msg']}" for item in error.errors()]
        raise UnreadableFileError(path, problems) from error
