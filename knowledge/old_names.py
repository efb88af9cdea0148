"""Names of provinces, districts and departments that are no more, and what stands there today."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.cues import Cues, Heard, words_of
from knowledge.data_files import read_data

SHIPPED: Final = Path(__file__).parent / "data" / "old-names.toml"
# A small "hòa bình" is peace, and without its marks a name may be any two words: it is a place
# only after one of these, or written with capitals.
_BEFORE_A_PLACE: Final = frozenset({"tinh", "o", "tai", "tp", "pho", "ben", "duoi", "den", "so"})

Kind = Literal["province", "office", "district"]


@dataclass(frozen=True, slots=True)
class Renamed:
    """An old name as it is written, and today's; a district has none."""

    kind: Kind
    was: str
    now: str


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    was: tuple[str, ...] = Field(min_length=1)
    now: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    province: tuple[_Entry, ...]
    office: tuple[_Entry, ...]
    district: _Entry


class OldNames:
    """Hears old names in what citizens write."""

    def __init__(self, names: Iterable[Renamed]) -> None:
        self._cues = Cues({name: (f"={name.was}",) for name in names})

    def heard_in(self, text: str) -> tuple[Renamed, ...]:
        """Give the old names in *text*, each once."""
        words = words_of(text)
        heard = (
            cue.meaning
            for cue in self._cues.hear(words)
            if self._is_meant(cue, [word.folded for word in words], text)
        )
        return tuple(dict.fromkeys(heard))

    def without(self, text: str) -> str:
        """Give the folded words of *text* that belong to no old name."""
        words = words_of(text)
        taken = {n for cue in self._cues.hear(words) for n in range(cue.start, cue.stop)}
        return " ".join(word.folded for n, word in enumerate(words) if n not in taken)

    @staticmethod
    def _is_meant(cue: Heard[Renamed], words: list[str], text: str) -> bool:
        match cue.meaning.kind:
            case "office":
                return True
            case "district":
                return cue.meaning.was in text.lower()
            case "province":
                is_after = cue.start > 0 and words[cue.start - 1] in _BEFORE_A_PLACE
                return is_after or cue.meaning.was in text


def load_old_names(path: Path = SHIPPED) -> OldNames:
    """Read the old names in *path*.

    Raises:
        UnreadableFileError: it is missing or wrong.
    """
    file = read_data(path, _File)
    kinds: tuple[tuple[Kind, tuple[_Entry, ...]], ...] = (
        ("province", file.province),
        ("office", file.office),
        ("district", (file.district,)),
    )
    return OldNames(
        Renamed(kind, was, entry.now)
        for kind, entries in kinds
        for entry in entries
        for was in entry.was
    )
