"""Procedure codes in free text: in force, replaced, or of a form that names nothing now."""

import re
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from knowledge.data_files import read_data
from knowledge.procedures.procedure import CODE_PATTERN

SHIPPED: Final = Path(__file__).parent.parent / "data" / "old-codes.toml"

# A form of before the national numbering: "B-BKC-282498-TT" names nothing now.
_OLDEST: Final = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}-[A-Z]{2,4}-\d{5,6}(?:-TT)?(?![A-Z0-9])")
_CODE: Final = re.compile(
    rf"(?<![\d.])({CODE_PATTERN})(?:\.\d{{3}}\.\d{{2}}\.\d{{2}}\.[A-Za-z]\d{{2}}|(?![\d.]*\d))"
)


class _Replaced(BaseModel):
    model_config = ConfigDict(extra="forbid")

    old: tuple[str, ...]
    now: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    replaced: tuple[_Replaced, ...]


def load_old_codes(path: Path = SHIPPED) -> dict[str, tuple[str, ...]]:
    """Read which codes took the place of which.

    Raises:
        UnreadableFileError: the file is missing or wrong.
    """
    return {old: group.now for group in read_data(path, _File).replaced for old in group.old}


def find_outdated_code(text: str) -> str | None:
    """Return a code of the oldest form ("B-BKC-282498-TT") that *text* holds, or None."""
    found = _OLDEST.search(text.upper())
    return found[0] if found else None


def find_procedure_code(text: str) -> str | None:
    """Return the procedure code that *text* holds, in force or not, or None."""
    found = _CODE.search(text)
    return found[1] if found else None
