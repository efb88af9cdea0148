"""Everyday words for official things, as data with a reason for each."""

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from knowledge.data_files import read_data
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
    return read_data(path, _File).synonym
