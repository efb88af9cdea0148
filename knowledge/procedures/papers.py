"""The papers of a dossier as a citizen needs them: by case, in copies, with what they are told.

The notes of the catalogue speak to two readers. What its keepers noted of the portal ("cổng ghi
…") concerns the officers who check it; the rest is for the citizen, and goes to him to the letter.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, pairwise
from typing import Final

from knowledge.procedures.procedure import Document, Procedure
from knowledge.text import fold, marked

Pair = tuple[str, str]

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
_CLEAR: Final = 2  # words of a case, one of which no other case has
# What is said of anything, or of everything in a field, and so tells no case apart.
_EVERYDAY: Final = (
    "giấy tờ", "có giấy", "giấy chứng nhận", "giấy phép", "hồ sơ", "cấp lại", "bổ sung",
    "thay đổi", "đề nghị", "trường hợp", "đối với", "quy định", "tất cả các", "một số",
    "của tổ chức", "tổ chức, doanh nghiệp, cá nhân, nhóm cá nhân", "cơ quan", "thành lập",
    "thông tin", "hoạt động", "đăng ký", "sử dụng", "cung ứng dịch vụ", "gói kiện hàng hóa",
    "công nghệ", "nhiệm vụ",
)  # fmt: skip
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
    """Read from a citizen's words which case it is; empty where they tell none for certain.

    Only words count that the procedure does not have anyhow: its title names no case of it.
    """
    if not cases_of(procedure):
        return ()
    read = fold if marked(text) == fold(text) else marked  # with marks "nhận" is not "nhân"
    said = _pairs(text, read)
    telling = _telling(procedure, read)
    named = [case for case in telling if said & _own(case, telling)]
    if len(named) != 1:
        return ()
    pairs = telling[named[0]]
    return (named[0],) if len(said & pairs) >= min(_CLEAR, len(pairs)) else ()


def _telling(procedure: Procedure, read: Callable[[str], str]) -> dict[str, set[Pair]]:
    """Give what is said in each case, and not of the procedure whatever the case."""
    shared = (one.name for one in procedure.documents if one.case is None)
    own = {*_pairs_of((procedure.title, procedure.field, procedure.result or "", *shared), read)}
    everyday = {*_pairs_of(_EVERYDAY, read)}
    words = {word for pair in own for word in pair}
    known = words.union(*everyday)
    return {
        case: {
            pair  # and no join of both: "dịch vụ" and "bưu chính" make "vụ bưu"
            for pair in _pairs(case, read) - own - everyday
            if words.isdisjoint(pair) or not known.issuperset(pair)
        }
        for case in cases_of(procedure)
    }


def _pairs_of(texts: Iterable[str], read: Callable[[str], str]) -> Iterator[Pair]:
    return chain.from_iterable(_pairs(text, read) for text in texts)


def _own(case: str, telling: Mapping[str, set[Pair]]) -> set[Pair]:
    """Give what is said in *case* alone."""
    return telling[case].difference(*(pairs for one, pairs in telling.items() if one != case))


def _pairs(text: str, read: Callable[[str], str]) -> set[Pair]:
    """Give the neighbours in *text*: a Vietnamese word has two syllables more often than one."""
    return set(pairwise(read(text).split()))


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
