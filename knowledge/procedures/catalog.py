"""The catalogue as a whole: read once, looked up by code, never changed in place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from knowledge.procedures.procedure import Procedure

SHIPPED: Final = Path(__file__).parent.parent / "data" / "catalog.json"


@dataclass(frozen=True, slots=True)
class Catalog:
    """All procedures of an office, in the order of their codes."""

    procedures: tuple[Procedure, ...]
    _by_code: dict[str, Procedure]

    @classmethod
    def of(cls, procedures: Iterable[Procedure]) -> Self:
        """Put *procedures* in order; the readers have seen to it that no code comes twice."""
        ordered = tuple(sorted(procedures, key=lambda procedure: procedure.code))
        return cls(ordered, {procedure.code: procedure for procedure in ordered})

    def find(self, code: str) -> Procedure | None:
        """Return the procedure that bears *code*, or None."""
        return self._by_code.get(code)

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self.procedures)

    def __len__(self) -> int:
        return len(self.procedures)

    def fields(self) -> Counter[str]:
        """Count the procedures of each field (lĩnh vực)."""
        return Counter(procedure.field for procedure in self)
