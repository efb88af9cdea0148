"""Tables that an officer hands over, .csv or .xlsx, as rows that know where they stand."""

import csv
import io
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from knowledge.errors import UnreadableFileError
from knowledge.text import clean

MOST_ROWS: Final = 200_000  # a department has some tens of thousands of dossiers a year
_MOST_BYTES: Final = 512 * 1024 * 1024  # unpacked; several times what so many rows need
_SHEET_ENDS: Final = 1_048_576  # no spreadsheet program knows a later row
_LOCKED: Final = b"\xd0\xcf\x11\xe0"  # how old .xls files begin, and .xlsx files with a password
_TOO_LARGE: Final = "it is too large: please split it"
_MARKS: Final = ",;\t"
_TITLES: Final = 50  # lines; a title and an address above a table are fewer

Knows = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something; `sheet` is None in a .csv file."""

    cells: tuple[Any, ...]
    line: int
    sheet: str | None = None

    def place(self, column: int) -> str:
        """Say where a cell is to be found."""
        if self.sheet is None:
            return f"line {self.line}"
        return f"{self.sheet}!{_letters(column)}{self.line}"

    def value(self, column: int) -> object:
        """Give a cell as the file holds it; None where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else None

    def text(self, column: int) -> str:
        """Give the words of a cell, on one line."""
        value = self.value(column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else " ".join(clean(str(value)).split())


def read_rows(path: Path, knows: Knows) -> list[Row]:
    """Read the rows of a .csv file, or of the first sheet of an .xlsx file.

    Args:
        path: the file.
        knows: says whether a text is a heading that is looked for; by the headings it is found
            out which mark parts the cells of a .csv file.

    Raises:
        UnreadableFileError: it is missing, empty, too large, broken or of another kind.
    """
    rows: Iterable[Row]
    match path.suffix.lower():
        case ".csv":
            rows = _csv_rows(path, knows)
        case ".xlsx":
            rows = _xlsx_rows(path)
        case _:
            raise UnreadableFileError(path, ["it is neither a .csv nor an .xlsx file"])
    filled = list(islice((row for row in rows if _holds_something(row)), MOST_ROWS + 1))
    if not filled:
        raise UnreadableFileError(path, ["it is empty"])
    if len(filled) > MOST_ROWS:
        raise UnreadableFileError(path, [f"it has more than {MOST_ROWS} rows: please split it"])
    return filled


def _holds_something(row: Row) -> bool:
    return any(row.text(column) for column in range(len(row.cells)))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableFileError(path, [_TOO_LARGE])
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, [error.strerror or type(error).__name__]) from error


def _csv_rows(path: Path, knows: Knows) -> Iterator[Row]:
    try:
        text = _content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = "it is not UTF-8 text: please save it as CSV UTF-8, or as .xlsx"
        raise UnreadableFileError(path, [problem]) from error
    # Strict, because a quotation mark that is never closed would swallow rows.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text, knows), strict=True)
    begins = 1
    try:
        for cells in lines:
            yield Row(tuple(cells), begins)
            begins = lines.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(path, [f"line {begins}: {error}"]) from error


def _mark(text: str, knows: Knows) -> str:
    """Find the mark that parts the cells: with it, some line shows the most known headings."""
    top = list(islice(io.StringIO(text), _TITLES))

    def headings(mark: str) -> int:
        return max((sum(map(knows, line.split(mark))) for line in top), default=0)

    return max(_MARKS, key=headings)


def _letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _xlsx_rows(path: Path) -> list[Row]:
    content = _content(path)
    if content.startswith(_LOCKED):
        problem = "it is locked with a password, or an old .xls file: please save it as open .xlsx"
        raise UnreadableFileError(path, [problem])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles, which nobody reads here
            return list(islice(_sheet_rows(path, content), _SHEET_ENDS))
    except UnreadableFileError:
        raise
    except Exception as error:  # broken files fail inside openpyxl in every thinkable way
        raise UnreadableFileError(path, ["it is broken, or no .xlsx file"]) from error


def _sheet_rows(path: Path, content: bytes) -> Iterator[Row]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 12 MB that only an import needs

    with ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
            raise UnreadableFileError(path, [_TOO_LARGE])
    with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=True)) as workbook:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # the size that a file states may be wrong
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield Row(cells, number, sheet.title)
