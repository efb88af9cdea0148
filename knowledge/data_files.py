"""Data files that an officer may edit (TOML): read, checked, and every problem told."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.errors import UnreadableFileError

M = TypeVar("M", bound=BaseModel)


def read_data(path: Path, model: type[M]) -> M:
    """Read *path* as *model*.

    Raises:
        UnreadableFileError: it is missing, no TOML, or holds what it should not.
    """
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFileError(path, [str(error)]) from error
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        raise UnreadableFileError(path, problems) from error
