"""One administrative procedure, part by part (NĐ 63/2010/NĐ-CP Đ.8.2).

Every value is a fact of the source. What the source does not say is None or an empty tuple,
and is told to the citizen as unknown: never as "none", never as "free".
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NewType

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, StringConstraints

from knowledge.operations import Operation, of_title
from knowledge.text import fold

ProcedureCode = NewType("ProcedureCode", str)
_AFTER_A_CALL = re.compile(r"từ (?:khi|ngày) (?:hết hạn (?:nộp|nhận)|kết thúc thời hạn tiếp nhận)")
CODE_PATTERN = r"\d\.\d{6}(?:\.\d{2})?"


def _composed(text: str) -> str:
    """Compose letters (NFC, TCVN 6909:2001) and nothing else: names are kept to the letter."""
    return unicodedata.normalize("NFC", text)


Line = Annotated[
    str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_composed)
]
Copies = Annotated[int, Field(ge=0, le=50)]


class Facet(StrEnum):
    """A part of the answer that can be asked for; the names are the command line's contract."""

    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    FORM = "form"
    CONDITIONS = "conditions"
    RESULT = "result"
    LEGAL = "legal"
    STEPS = "steps"
    AGENCY = "agency"
    ONLINE = "online"
    OVERVIEW = "overview"


class SubmitWay(StrEnum):
    """How a dossier may be handed in (NĐ 118/2025/NĐ-CP Đ.14-15)."""

    ONLINE = "Trực tuyến"
    IN_PERSON = "Trực tiếp"
    POST = "Dịch vụ bưu chính"


class TermUnit(StrEnum):
    """What a processing term is counted in."""

    WORKING_DAY = "Ngày làm việc"
    DAY = "Ngày"
    MONTH = "Tháng"
    HOUR = "Giờ"


class FeeKind(StrEnum):
    """A fee pays a service, a charge is due to the state: the law never merges the two."""

    FEE = "phí"
    CHARGE = "lệ phí"


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(_Fact):
    """A paper that the dossier must hold."""

    name: Line
    originals: Copies | None = None
    copies: Copies | None = None
    form: Line | None = None
    note: Line | None = None
    case: Line | None = None
    """The case that needs it; None: every case."""


class Fee(_Fact):
    """One line of money, in the words of the source."""

    kind: FeeKind
    amount: Annotated[int, Field(ge=0)] | None
    """In đồng. 0 only where the source says in words that nothing is charged."""
    words: Line | None = None
    legal_source: Line | None = None


class Term(_Fact):
    """How long the office may take, for one way of handing in."""

    way: SubmitWay
    duration: Annotated[int, Field(gt=0)]
    unit: TermUnit
    note: Line | None = None
    """What the source adds, its contradictions among it."""

    @property
    def runs_from_reception(self) -> bool:
        """Say whether it runs from the acceptance of a dossier, not from the end of a call."""
        return _AFTER_A_CALL.search(self.note or "") is None


class LegalDocument(_Fact):
    """A law, decree or circular the procedure rests on."""

    number: Line
    title: Line


class Procedure(_Fact):
    """An administrative procedure as the catalogue knows it."""

    code: Annotated[ProcedureCode, StringConstraints(pattern=f"^{CODE_PATTERN}$")]
    name: Line
    field: Line
    level: Line | None = None
    agency: Line | None = None
    documents: tuple[Document, ...] = ()
    fees: tuple[Fee, ...] = ()
    terms: tuple[Term, ...] = ()
    ways: tuple[SubmitWay, ...] = ()
    full_online: bool | None = None
    """Dịch vụ công trực tuyến toàn trình (NĐ 224/2026/NĐ-CP Đ.14)."""
    steps: tuple[Line, ...] = ()
    result: Line | None = None
    conditions: Line | None = None
    legal_basis: tuple[LegalDocument, ...] = ()
    decision: Line | None = None
    """The decision that published it (quyết định công bố)."""
    portal_url: HttpUrl | None = None
    source: Line
    checked_on: date | None = None
    completeness: Literal["full", "name_only"] = "full"

    @property
    def title(self) -> str:
        """Give the official name without the stray punctuation that sources leave at its end."""
        return self.name.rstrip(" -;.,")

    @property
    def operations(self) -> frozenset[Operation]:
        """Tell what it does with a paper: issue, renew, amend …, as its title says."""
        return of_title(fold(self.name))
