"""What citizens ask here but other offices handle: whose it is and where to go, as data."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from knowledge.cues import Cues
from knowledge.data_files import read_data
from knowledge.text import fold

_SHORT: Final = 2  # syllables

SHIPPED: Final = Path(__file__).parent.parent / "data" / "foreign.toml"


class Matter(BaseModel):
    """A matter that is not ours; an empty `whose` means that no source says whose it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    say: tuple[str, ...] = Field(min_length=1)
    whose: str
    where: str
    source: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    matter: tuple[Matter, ...]


def load_foreign(path: Path = SHIPPED) -> tuple[Matter, ...]:
    """Read the foreign matters in *path*.

    Raises:
        UnreadableFileError: it is missing or wrong.
    """
    return read_data(path, _File).matter


def foreign_to(titles: Iterable[str], matters: Iterable[Matter]) -> Cues[Matter]:
    """Give the cues of those *matters* that no folded title speaks of: a province has more."""
    holding: dict[str, list[str]] = {}
    for title in titles:
        for word in set(title.split()):
            holding.setdefault(word, []).append(f" {title} ")

    def is_ours(phrase: str) -> bool:
        folded = fold(phrase)
        rarest = min((holding.get(word, []) for word in folded.split()), key=len, default=[])
        return any(f" {folded} " in title for title in rarest)

    return Cues(
        {
            matter: [_strictly(phrase) for phrase in matter.say]
            for matter in matters
            if not any(map(is_ours, matter.say))
        }
    )


def _strictly(phrase: str) -> str:
    """Ask a short phrase for its marks: without them "chó dại" is "cho đài"."""
    return f"={phrase}" if len(phrase.split()) <= _SHORT else phrase
