"""Official words in plain ones, as data that an officer can extend."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from knowledge.data_files import read_data

SHIPPED: Final = Path(__file__).parent / "data" / "glossary.toml"


class Explanation(BaseModel):
    """What an official word means in plain ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: tuple[str, ...] = Field(min_length=1)
    means: str = Field(min_length=1)
    source: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    word: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The explained words, each once however often it stands in a text."""

    words: tuple[Explanation, ...]

    def explained_in(self, text: str, most: int) -> tuple[Explanation, ...]:
        """Give the explanations of words in *text*, at most so many, as they come in it."""
        forms = {form.lower(): word for word in self.words for form in word.say}
        longest_first = sorted(forms, key=len, reverse=True)
        if not longest_first:
            return ()
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
        found = (forms[one[0].lower()] for one in pattern.finditer(text))
        return tuple(dict.fromkeys(found))[:most]


def load_glossary(path: Path = SHIPPED) -> Glossary:
    """Read the glossary in *path*.

    Raises:
        UnreadableFileError: it is missing or wrong.
    """
    return Glossary(read_data(path, _File).word)
