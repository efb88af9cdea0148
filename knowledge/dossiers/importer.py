"""Dossier lists from a handling system become dossiers; a list with any fault is refused whole.

Telephone numbers, addresses and e-mail columns are never read, and of the owner's name only the
masked form goes on.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from knowledge.dossiers.cells import own_words, read_moment, read_procedure_code, read_status
from knowledge.dossiers.code import DossierCode, read_code
from knowledge.dossiers.dossier import Dossier, Status, mask_name
from knowledge.errors import UnreadableFileError
from knowledge.privacy import mask_personal
from knowledge.sheets import Row, read_rows
from knowledge.text import fold

SAMPLES: Final = Path(__file__).parents[1] / "data" / "sample-dossiers.csv"

Column = Literal[
    "code",
    "procedure name",
    "procedure code",
    "owner",
    "received",
    "due",
    "status",
    "returned",
    "agency",
    "note",
]

# The first name of each is the one of the synchronisation message (2020). Where a list has
# several of a column's names, the one that stands first here is read.
_NAMES: Final[dict[Column, tuple[str, ...]]] = {
    "code": ("MaHoSo", "Mã hồ sơ", "Mã số hồ sơ", "Số hồ sơ"),
    "procedure name": ("TenTTHC", "Tên thủ tục", "Tên thủ tục hành chính", "Thủ tục"),
    "procedure code": ("MaTTHC", "Mã thủ tục", "Mã thủ tục hành chính"),
    "owner": ("ChuHoSo", "Chủ hồ sơ", "Người nộp"),
    "received": ("NgayTiepNhan", "Ngày tiếp nhận", "Ngày nhận"),
    "due": ("NgayHenTra", "Ngày hẹn trả", "Hạn trả"),
    "status": ("TrangThaiHoSo", "Trạng thái", "Trạng thái hồ sơ", "Tình trạng"),
    "returned": ("NgayTra", "Ngày trả"),
    "agency": ("DonViXuLy", "Đơn vị xử lý", "Cơ quan"),
    "note": ("GhiChu", "Ghi chú"),
}
_REQUIRED: Final[tuple[Column, ...]] = ("code", "procedure name", "status")
_HEADINGS: Final = frozenset(fold(name) for names in _NAMES.values() for name in names)

_SHOWN: Final = 60  # letters of a wrong cell

Columns = Mapping[Column, int]


def read_dossiers(path: Path, *, invented: bool = False) -> list[Dossier]:
    """Read the dossiers of a .csv or .xlsx list.

    Args:
        path: the file.
        invented: whether they are samples for visitors, not real dossiers.

    Raises:
        UnreadableFileError: it cannot be read, or anything in it is wrong; each problem names its
            line or cell.
    """
    rows = read_rows(path, lambda text: fold(text) in _HEADINGS)
    heading, *body = rows[_find_heading(path, rows) :]
    reading = _Reading(heading, _find_columns(path, heading))
    dossiers = [reading.dossier(row, invented=invented) for row in body]
    if not body:
        reading.problems.append("it holds no dossier")
    if reading.problems:
        raise UnreadableFileError(path, reading.problems)
    return [dossier for dossier in dossiers if dossier is not None]


def _find_heading(path: Path, rows: Sequence[Row]) -> int:
    """Find the first row with a heading over the codes; what stands above is a title."""
    wanted = frozenset(map(fold, _NAMES["code"]))
    for index, row in enumerate(rows):
        if not wanted.isdisjoint(_headings(row)):
            return index
    raise UnreadableFileError(path, [_missing("code")])


def _find_columns(path: Path, heading: Row) -> Columns:
    columns: dict[Column, int] = {}
    problems: list[str] = []
    for column in _NAMES:
        found = _positions(heading, column)
        if len(found) > 1:
            places = ", ".join(map(heading.place, found))
            problems.append(f"{places}: several columns are headed as the {column}")
        elif found:
            columns[column] = found[0]
        elif column in _REQUIRED:
            problems.append(f"{heading.place(0)}: {_missing(column)}")
    if problems:
        raise UnreadableFileError(path, problems)
    return columns


def _positions(heading: Row, column: Column) -> list[int]:
    headings = _headings(heading)
    for name in map(fold, _NAMES[column]):
        if name in headings:
            return [index for index, text in enumerate(headings) if text == name]
    return []


def _headings(row: Row) -> list[str]:
    return [fold(row.text(index)) for index in range(len(row.cells))]


def _missing(column: Column) -> str:
    return f"no column is headed as the {column}: {' / '.join(_NAMES[column])}"


class _Reading:
    """A list being read: its columns, the codes met so far, and every problem."""

    def __init__(self, heading: Row, columns: Columns) -> None:
        self.problems: list[str] = []
        self._heading = heading
        self._columns = columns
        self._places: dict[DossierCode, str] = {}

    def dossier(self, row: Row, *, invented: bool) -> Dossier | None:
        """Read one row; None where the problems say why."""
        self._check_width(row)
        code, status = self._code(row), self._status(row)
        name = self._needed(row, "procedure name")
        received, due = self._moment(row, "received"), self._moment(row, "due")
        if received and due and due.date() < received.date():
            self._object(row, "due", "is before the day of reception")
        if code is None or status is None:
            return None
        return Dossier(
            code=code,
            procedure_name=name,
            procedure_code=self._procedure_code(row),
            owner_masked=mask_name(self._text(row, "owner")) or None,
            status=status,
            source_status=own_words(self._text(row, "status")),
            received_at=received,
            due_at=due,
            returned_at=self._moment(row, "returned"),
            agency=self._text(row, "agency") or None,
            note=mask_personal(self._text(row, "note")) or None,
            invented=invented,
        )

    def _check_width(self, row: Row) -> None:
        """Object to a line whose cells have slipped: a mark in the text parted one in two."""
        width = len(self._heading.cells)
        if row.sheet is None and any(row.text(index) for index in range(width, len(row.cells))):
            self.problems.append(
                f"{row.place(width)}: {len(row.cells)} cells under {width} headings"
            )

    def _code(self, row: Row) -> DossierCode | None:
        text = self._needed(row, "code")
        code = read_code(text)
        if code is None:
            if text:
                self._object(row, "code", "is no dossier code")
            return None
        place = row.place(self._columns["code"])
        first = self._places.setdefault(code, place)
        if first != place:
            self._object(row, "code", f"stands already at {first}")
        return code

    def _status(self, row: Row) -> Status | None:
        text = self._needed(row, "status")
        status = read_status(text)
        if text and status is None:
            self._object(row, "status", "is none of the ten statuses")
        return status

    def _moment(self, row: Row, column: Column) -> datetime | None:
        text = self._text(row, column)
        if not text:
            return None
        value = row.value(self._columns[column])
        moment = read_moment(value if isinstance(value, datetime) else text)
        if moment is None:
            self._object(row, column, "is no day such as 31/12/2026 or 10:56 31/12/2026")
        return moment

    def _procedure_code(self, row: Row) -> str | None:
        text = self._text(row, "procedure code")
        value = row.value(self._columns["procedure code"]) if text else None
        return read_procedure_code(value if isinstance(value, float) else text) or None

    def _needed(self, row: Row, column: Column) -> str:
        text = self._text(row, column)
        if not text:
            place = row.place(self._columns[column])
            self.problems.append(f"{place}: the {column} is missing")
        return text

    def _text(self, row: Row, column: Column) -> str:
        index = self._columns.get(column)
        return "" if index is None else row.text(index)

    def _object(self, row: Row, column: Column, what: str) -> None:
        shown = self._text(row, column)[:_SHOWN]
        self.problems.append(f"{row.place(self._columns[column])}: {column} «{shown}» {what}")
