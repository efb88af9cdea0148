"""What citizens ask here but other offices handle: whose it is and where to go, as data."""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from knowledge.cues import Cues
from knowledge.data_files import read_data
from knowledge.phrases import folded, spelt_out
from knowledge.text import fold

_SHORT: Final = 2  # syllables

SHIPPED: Final = Path(__file__).parent.parent / "data" / "foreign.toml"


class Matter(BaseModel):
    """A matter that is not ours; an empty `whose` means that no source says whose it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    say: tuple[str, ...] = Field(min_length=1)
    bare: tuple[str, ...] = ()
    """Names by which this is meant where nothing else is said: "nhãn hiệu"."""
    whose: str
    where: str
    source: str

    def phrases(self) -> list[str]:
        """Give every phrase that `say` stands for."""
        every = chain.from_iterable(map(spelt_out, self.say))
        return list(dict.fromkeys(" ".join(phrase.split()) for phrase in every))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    matter: tuple[Matter, ...]


def load_foreign(path: Path = SHIPPED) -> tuple[Matter, ...]:
    """Read the foreign matters in *path*.

    Raises:
        UnreadableFileError: it is missing or wrong.
    """
    return read_data(path, _File).matter


def foreign_to(titles: Iterable[str], matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Give those *matters* that no folded title speaks of: a province has more."""
    holding: dict[str, list[str]] = {}
    for title in titles:
        for word in set(title.split()):
            holding.setdefault(word, []).append(f" {title} ")

    def is_ours(phrase: str) -> bool:
        bare = folded(phrase)
        rarest = min((holding.get(word, []) for word in bare.split()), key=len, default=[])
        return any(f" {bare} " in title for title in rarest)

    return tuple(matter for matter in matters if not any(map(is_ours, matter.phrases())))


def cues_of(matters: Iterable[Matter]) -> Cues[Matter]:
    """Give the phrases by which *matters* are heard in a question."""
    return Cues({matter: [_strictly(phrase) for phrase in matter.phrases()] for matter in matters})


def bare_names_of(matters: Iterable[Matter]) -> Mapping[str, Matter]:
    """Give the names, folded, that alone mean one of *matters*."""
    return {fold(name): matter for matter in matters for name in matter.bare}


def _strictly(phrase: str) -> str:
    """Ask a short phrase for its marks: without them "chó dại" is "cho đài"."""
    return f"={phrase}" if len(phrase.split()) <= _SHORT else phrase
