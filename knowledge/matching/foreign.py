"""What citizens ask here but other offices handle: whose it is and where to go, as data."""

import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import UnreadableFileError
from knowledge.vocabulary import Cues

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


def load_foreign(path: Path = SHIPPED) -> Cues[Matter]:
    """Read the foreign matters in *path*, ready to be heard in questions.

    Raises:
        UnreadableFileError: it is missing or wrong.
    """
    try:
        matters = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).matter
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFileError(path, [str(error)]) from error
    except ValidationError as error:
        problems = [f"{item['loc']}: {item['msg']}" for item in error.errors()]
        raise UnreadableFileError(path, problems) from error
    return Cues({matter: matter.say for matter in matters})
