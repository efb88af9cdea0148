"""The papers of a dossier as a citizen needs them: by case, in copies, with what they are told.

The notes of the catalogue speak to two readers. What its keepers noted of the portal ("cổng ghi
…") concerns the officers who check it; the rest is for the citizen, and goes to him to the letter.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from knowledge.procedures.procedure import Document, Procedure
from knowledge.text import fold

_KEEPERS: Final = re.compile(
    r"cổng (?:gộp|chỉ ghi|ghi|không|liệt kê|viết)\b|thuộc thành phần\b|tệp (?:đính kèm|mẫu)\b"
    r"|số mẫu lấy theo\b|tên bị cắt\b"
)
_PARTS: Final = re.compile(r"; (?![^(]*\))")  # between brackets a semicolon belongs to the words
_FILE: Final = re.compile(r"tệp (?:đính kèm|mẫu) trên cổng: \"?(?P<name>[^\";]+)\"?")
_COPY_AFTER_ALL: Final = re.compile(r"bản sao[;,] cổng ghi (?:số lượng|01) ở cột bản chính[^;]*")
_AS_ABOVE: Final = "như trên"
_CONDITION: Final = re.compile(
    r"\bnếu\b|\bchỉ (?:nộp|với|khi)\b|\btrường hợp\b|\bkhi nộp phí\b|\btrừ bệnh viện\b",
    re.IGNORECASE,
)
_LOOKED_UP: Final = re.compile(r"\bkhai thác\b.*\bcơ sở dữ liệu\b")
_OF_A_CASE: Final = re.compile(r"^(?:Trường hợp|Đối với)\s+")
_CLEAR: Final = 2  # words that only one case has …
_NAMED: Final = 4  # … or one such word among so many of its words
_KEY: Final = 8  # letters; a dossier has some thirty papers at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a dossier."""

    name: str
    case: str | None
    originals: int | None
    copies: int | None
    form: str | None
    file: str | None
    """The form's file on the page of the procedure, as it is called there."""
    notes: tuple[str, ...]
    is_looked_up: bool
    """The source says that the office takes it from a database where it stands in one."""

    @property
    def key(self) -> str:
        """Name it across releases of the catalogue: lists may change order."""
        return sha256(f"{self.case}|{self.name}".encode()).hexdigest()[:_KEY]

    @property
    def is_conditional(self) -> bool:
        """Say whether the source asks for it only under a condition, or takes it up itself."""
        told = " ".join((self.name, *self.notes))
        return self.is_looked_up or _CONDITION.search(told) is not None

    @property
    def is_counted(self) -> bool:
        """Say whether the source tells in how many copies it is handed in."""
        return bool(self.originals or self.copies)


def cases_of(procedure: Procedure) -> tuple[str, ...]:
    """Give the cases that need papers of their own, in the order of the source."""
    return tuple(dict.fromkeys(one.case for one in procedure.documents if one.case))


def case_name(case: str) -> str:
    """Give a case without the word with which many begin."""
    name = _OF_A_CASE.sub("", case).rstrip(" .;:")
    return name[:1].upper() + name[1:]


def papers_of(procedure: Procedure, cases: Collection[str] | None = None) -> tuple[Paper, ...]:
    """Give the papers that every case needs and those of *cases*; None: of all cases."""
    return tuple(
        paper
        for paper in _read(procedure.documents)
        if cases is None or paper.case is None or paper.case in cases
    )


def by_case(papers: Collection[Paper]) -> tuple[Paper, ...]:
    """Put first what every case needs: a source may name a case in the middle of its list."""
    cases = list(dict.fromkeys([None, *(paper.case for paper in papers)]))
    return tuple(sorted(papers, key=lambda paper: cases.index(paper.case)))


def cases_in(text: str, procedure: Procedure) -> tuple[str, ...]:
    """Read from a citizen's words which case it is; empty where they tell none for certain."""
    said = set(fold(text).split())
    cases = cases_of(procedure)
    words = [set(fold(case).split()) for case in cases]
    own = [
        len(said & some - set().union(*(other for other in words if other is not some)))
        for some in words
    ]
    best = max(own, default=0)
    if sum(count > 0 for count in own) != 1:
        return ()
    case = own.index(best)
    is_clear = best >= _CLEAR or len(said & words[case]) >= _NAMED  # "chưa có giấy hợp quy"
    return (cases[case],) if is_clear else ()


def _read(documents: Collection[Document]) -> Iterator[Paper]:
    above = ""
    for document in documents:
        note = document.note or ""
        above = above if note == _AS_ABOVE else note
        yield _paper(document, above)


def _paper(document: Document, note: str) -> Paper:
    file = _FILE.search(note)
    # The portal's column says original, and its keepers noted that it is a copy.
    rest, copied = _COPY_AFTER_ALL.subn("", note)
    parts = (part.strip() for part in _PARTS.split(rest))
    told = tuple(part for part in parts if part and not _KEEPERS.match(part))
    return Paper(
        name=document.name.rstrip(" .;"),
        case=document.case,
        originals=None if copied else document.originals,
        copies=document.originals if copied else document.copies,
        form=document.form,
        file=file["name"].strip() if file else None,
        notes=told,
        is_looked_up=any(_LOOKED_UP.search(part) for part in told),
    )
