"""Questions whose procedure is known: what citizens said when they meant it, as data.

They teach which words and pairs of words a procedure is spoken of by, and which syllables
follow each other in questions; nothing is looked up in them word for word.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import RootModel, ValidationError

from knowledge.errors import UnreadableFileError

SHIPPED: Final = Path(__file__).parent.parent / "data" / "examples.json"

Examples = Mapping[str, tuple[str, ...]]
"""Questions by the code of the procedure they mean."""


class _File(RootModel[dict[str, tuple[str, ...]]]):
    pass


def load_examples(path: Path = SHIPPED) -> Examples:
    """Read the examples in *path*.

    Raises:
        UnreadableFileError: it is missing or wrong.
    """
    try:
        return _File.model_validate_json(path.read_bytes()).root
    except OSError as error:
        raise UnreadableFileError(path, [error.strerror or "cannot be read"]) from error
    except ValidationError as error:
        raise UnreadableFileError(path, [item["msg"] for item in error.errors()]) from error
