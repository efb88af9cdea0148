"""The shelf of form files: a folder for each procedure's code, filled by the office.

The catalogue names the official forms; the files themselves are the portal's. An office that
lays them on the shelf (`forms/1.003249/Mẫu số 21.docx`) lets citizens have them at once.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.procedures.procedure import CODE_PATTERN, ProcedureCode
from knowledge.text import clean

_CODE: Final = re.compile(CODE_PATTERN)
_KINDS: Final = frozenset({".doc", ".docx", ".pdf", ".odt", ".xls", ".xlsx", ".rtf"})
LARGEST: Final = 20 * 1024 * 1024  # bytes; what every channel still takes


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form that can be handed out."""

    code: ProcedureCode
    name: str

    @property
    def path(self) -> str:
        """Name it within the shelf, and within the web door's addresses."""
        return f"{self.code}/{self.name}"


@dataclass(frozen=True, slots=True)
class FormShelf:
    """The files under one folder; None: the office has laid out none."""

    folder: Path | None = None

    def of(self, code: ProcedureCode) -> tuple[FormFile, ...]:
        """Give the files of a procedure by name."""
        if self.folder is None or not (self.folder / code).is_dir():
            return ()
        return tuple(
            FormFile(code, path.name)
            for path in sorted((self.folder / code).iterdir())
            if _can_be_given(path)
        )

    def find(self, path: str) -> Path | None:
        """Return the file that *path* (code/name) names, or None; nothing beside the shelf."""
        code, _, name = path.partition("/")
        if self.folder is None or not _CODE.fullmatch(code):
            return None
        listed = any(one.name == name for one in self.of(ProcedureCode(code)))
        return self.folder / code / name if listed else None


def _can_be_given(path: Path) -> bool:
    return (
        path.is_file()
        and not path.is_symlink()
        and path.suffix.lower() in _KINDS
        and clean(path.name) == path.name
        and path.stat().st_size <= LARGEST
    )
