"""Dossier lists from handling systems: read whole, or refused with every problem and its place."""

import io
import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from knowledge.clock import VIET_NAM
from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.dossier import Dossier, Status
from knowledge.dossiers.importer import SAMPLES, read_dossiers
from knowledge.errors import UnreadableFileError
from knowledge.procedures.catalog import SHIPPED
from knowledge.sheets import MOST_ROWS

HEADINGS = (
    "Mã hồ sơ",
    "Tên thủ tục",
    "Mã thủ tục",
    "Chủ hồ sơ",
    "Số điện thoại",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Trạng thái",
    "Ngày trả",
    "Đơn vị xử lý",
    "Ghi chú",
)
CODE = "H57.132-260804-0583"
ROW = (
    CODE,
    "Cấp giấy phép bưu chính",
    "1.003659",
    "Nguyễn Văn An",
    "0912345678",
    "10:56 13/03/2026",
    "10/04/2026",
    "4",
    "",
    "Sở mẫu",
    "Đang xem",
)
DOSSIER = Dossier(
    code=DossierCode(CODE),
    procedure_name="Cấp giấy phép bưu chính",
    procedure_code="1.003659",
    owner_masked="Nguyễn V*** A***",
    status=Status.IN_PROGRESS,
    received_at=datetime(2026, 3, 13, 10, 56, tzinfo=VIET_NAM),
    due_at=datetime(2026, 4, 10, tzinfo=VIET_NAM),
    agency="Sở mẫu",
    note="Đang xem",
)
Rows = Iterable[tuple[Any, ...]]


def csv_file(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def short_csv(tmp_path: Path, *lines: str) -> Path:
    """Write a list with the required columns and the days alone."""
    return csv_file(tmp_path, "MaHoSo,TenTTHC,TrangThaiHoSo,NgayTiepNhan,NgayHenTra", *lines)


def xlsx_file(tmp_path: Path, rows: Rows) -> Path:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append(row)
    path = tmp_path / "list.xlsx"
    workbook.save(path)
    workbook.close()
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(UnreadableFileError) as trouble:
        read_dossiers(path)
    return trouble.value.problems


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_is_read_whatever_parts_its_cells(tmp_path: Path, mark: str, encoding: str) -> None:
    path = csv_file(tmp_path, mark.join(HEADINGS), mark.join(ROW), encoding=encoding)
    assert read_dossiers(path) == [DOSSIER]


def test_a_sheet_is_read_below_its_titles(tmp_path: Path) -> None:
    rows = [("DANH SÁCH HỒ SƠ",), ("Ngày 21/11/2026", None), (), HEADINGS, ROW, (), (None, "")]
    assert read_dossiers(xlsx_file(tmp_path, rows)) == [DOSSIER]


def test_the_names_of_the_synchronisation_message_are_known(tmp_path: Path) -> None:
    names = "MaHoSo,TenTTHC,MaTTHC,ChuHoSo,SoDienThoai,NgayTiepNhan,NgayHenTra,TrangThaiHoSo,"
    path = csv_file(tmp_path, f"{names}NgayTra,DonViXuLy,GhiChu", ",".join(ROW))
    assert read_dossiers(path) == [DOSSIER]


def test_of_two_names_for_a_column_the_official_one_is_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Thủ tục,Mã hồ sơ,Tên thủ tục,Tình trạng", f"x,{CODE},Đúng,1")
    assert read_dossiers(path)[0].procedure_name == "Đúng"


def test_cells_of_a_spreadsheet_keep_their_kind(tmp_path: Path) -> None:
    row = (CODE, "Thủ tục", 1.01025, "An", 912345678, datetime(2026, 3, 13, 10, 56),  # noqa: DTZ001
           20260410105600, 5.0, None, None, None)  # fmt: skip
    dossier = read_dossiers(xlsx_file(tmp_path, [HEADINGS, row]))[0]
    assert dossier.procedure_code == "1.010250"
    assert dossier.received_at == datetime(2026, 3, 13, 10, 56, tzinfo=VIET_NAM)
    assert dossier.due_at == datetime(2026, 4, 10, 10, 56, tzinfo=VIET_NAM)
    assert dossier.status is Status.SUPPLEMENT_NEEDED
    assert dossier.owner_masked == "A***"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("03/11/2026", datetime(2026, 11, 3, tzinfo=VIET_NAM)),
        ("3/11/2026 8:05", datetime(2026, 11, 3, 8, 5, tzinfo=VIET_NAM)),
        ("03/11/2026 08:05:09", datetime(2026, 11, 3, 8, 5, 9, tzinfo=VIET_NAM)),
        ("08:05 03/11/2026", datetime(2026, 11, 3, 8, 5, tzinfo=VIET_NAM)),
        ("2026-11-03", datetime(2026, 11, 3, tzinfo=VIET_NAM)),
        ("2026-11-03 08:05", datetime(2026, 11, 3, 8, 5, tzinfo=VIET_NAM)),
        ("2026-11-03T08:05:09+07:00", datetime(2026, 11, 3, 8, 5, 9, tzinfo=VIET_NAM)),
        ("20261103080509", datetime(2026, 11, 3, 8, 5, 9, tzinfo=VIET_NAM)),
    ],
)
def test_days_are_read_as_people_and_systems_write_them(
    tmp_path: Path, text: str, moment: datetime
) -> None:
    assert read_dossiers(short_csv(tmp_path, f"{CODE},x,1,{text},"))[0].received_at == moment


@pytest.mark.parametrize(
    "text", ["31/02/2026", "11/2026", "46329", "2026110308050", "03/11/26", "03/11/1926", "mai"]
)
def test_what_is_no_day_is_refused(tmp_path: Path, text: str) -> None:
    path = short_csv(tmp_path, f"{CODE},x,1,{text},")
    assert problems_of(path) == [
        f"line 2: received «{text}» is no day such as 31/12/2026 or 10:56 31/12/2026"
    ]


@pytest.mark.parametrize(
    ("text", "status", "own_words"),
    [
        ("10", Status.RETURNED, None),
        ("05", Status.SUPPLEMENT_NEEDED, None),
        ("ĐANG XỬ LÝ", Status.IN_PROGRESS, None),
        ("dung xu ly", Status.STOPPED, None),
        ("Chờ ký duyệt", Status.IN_PROGRESS, "Chờ ký duyệt"),
        ("Chờ trả kết quả", Status.FINISHED, "Chờ trả kết quả"),
    ],
)
def test_a_status_is_read_by_number_label_or_plain_words(
    tmp_path: Path, text: str, status: Status, own_words: str | None
) -> None:
    dossier = read_dossiers(short_csv(tmp_path, f"{CODE},x,{text},,"))[0]
    assert (dossier.status, dossier.source_status) == (status, own_words)


@pytest.mark.parametrize("text", ["11", "0", "Hoàn thành", "=1+1", "9" * 5000])
def test_an_unknown_status_is_never_guessed(tmp_path: Path, text: str) -> None:
    path = short_csv(tmp_path, f"{CODE},x,{text},,")
    assert problems_of(path) == [f"line 2: status «{text[:60]}» is none of the ten statuses"]


def test_a_mistyped_code_is_repaired(tmp_path: Path) -> None:
    assert read_dossiers(short_csv(tmp_path, "h57.132_260804_0583,x,1,,"))[0].code == CODE


def test_text_that_begins_like_a_formula_is_only_text(tmp_path: Path) -> None:
    dossier = read_dossiers(short_csv(tmp_path, f"{CODE},=cmd|calc,1,,"))[0]
    assert dossier.procedure_name == "=cmd|calc"


def test_personal_numbers_in_a_note_are_masked(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "MaHoSo,Thủ tục,Tình trạng,Ghi chú", f"{CODE},x,1,gọi số 0912345678")
    assert "0912345678" not in (read_dossiers(path)[0].note or "")


def test_every_problem_of_a_csv_names_its_line(tmp_path: Path) -> None:
    path = short_csv(
        tmp_path,
        '"H57.132-260804-0001","two',
        'lines",1,,',
        "",
        "H57.132,x,1,,",
        ",x,1,,",
        "H57.132-260804-0002,,Xong rồi,03/11/2026,02/11/2026",
        "H57.132-260804-0001,x,1,,",
        "H57.132-260804-0003,x,1,,,y",
    )
    assert problems_of(path) == [
        "line 5: code «H57.132» is no dossier code",
        "line 6: the code is missing",
        "line 7: status «Xong rồi» is none of the ten statuses",
        "line 7: the procedure name is missing",
        "line 7: due «02/11/2026» is before the day of reception",
        "line 8: code «H57.132-260804-0001» stands already at line 2",
        "line 9: 6 cells under 5 headings",
    ]


def test_every_problem_of_a_sheet_names_its_cell(tmp_path: Path) -> None:
    wrong = (f"hồ sơ {CODE}", *ROW[1:7], "?", *ROW[8:])
    rows = [("Danh sách",), HEADINGS, ROW, (), wrong, ROW]
    assert problems_of(xlsx_file(tmp_path, rows)) == [
        f"Sheet!A5: code «hồ sơ {CODE}» is no dossier code",
        "Sheet!H5: status «?» is none of the ten statuses",
        f"Sheet!A6: code «{CODE}» stands already at Sheet!A3",
    ]


def test_a_due_day_without_an_hour_may_be_the_day_of_reception(tmp_path: Path) -> None:
    path = short_csv(tmp_path, f"{CODE},x,2,10:56 13/03/2026,13/03/2026")
    assert len(read_dossiers(path)) == 1


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        ("Tên thủ tục,Trạng thái", "no column is headed as the code"),
        ("Mã hồ sơ,Tên thủ tục", "line 1: no column is headed as the status"),
        ("Mã hồ sơ,Trạng thái", "line 1: no column is headed as the procedure name"),
        ("Mã hồ sơ,Mã hồ sơ,Thủ tục,Trạng thái", "several columns are headed as the code"),
    ],
)
def test_missing_and_doubled_columns_are_told(tmp_path: Path, heading: str, problem: str) -> None:
    assert problem in problems_of(csv_file(tmp_path, heading, "x,x,x"))[0]


def test_a_list_without_rows_is_refused(tmp_path: Path) -> None:
    assert problems_of(short_csv(tmp_path)) == ["it holds no dossier"]


def test_a_quotation_mark_that_is_never_closed_swallows_no_row(tmp_path: Path) -> None:
    path = short_csv(tmp_path, f'{CODE},"x,1,,', "H57.132-260804-0584,x,1,,")
    assert problems_of(path) == ["line 2: unexpected end of data"]


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, *["x"] * (MOST_ROWS + 1))
    assert problems_of(path) == [f"it has more than {MOST_ROWS} rows: please split it"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("list.csv", b"", "it is empty"),
        ("list.csv", b"\n\n,,\n", "it is empty"),
        ("list.csv", "Mã hồ sơ".encode("utf-16"), "it is not UTF-8 text"),
        ("list.csv", b"\x00\xff", "it is not UTF-8 text"),
        ("list.xls", b"\xd0\xcf\x11\xe0", "it is neither a .csv nor an .xlsx file"),
        ("list", b"", "it is neither a .csv nor an .xlsx file"),
        ("list.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is locked with a password"),
        ("list.xlsx", b"", "it is broken, or no .xlsx file"),
        ("list.xlsx", b"MaHoSo,TenTTHC", "it is broken, or no .xlsx file"),
    ],
)
def test_what_is_no_list_is_told_in_one_line(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (told,) = problems_of(path)
    assert told.startswith(problem)


def test_another_archive_is_no_spreadsheet(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "list.xlsx", "w") as archive:
        archive.writestr("letter.txt", "x")
    assert problems_of(tmp_path / "list.xlsx") == ["it is broken, or no .xlsx file"]


def test_a_sheet_without_a_row_is_empty(tmp_path: Path) -> None:
    assert problems_of(xlsx_file(tmp_path, [])) == ["it is empty"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, suffix: str) -> None:
    assert problems_of(tmp_path / f"none{suffix}") == ["No such file or directory"]
    (tmp_path / f"folder{suffix}").mkdir()
    assert problems_of(tmp_path / f"folder{suffix}") == ["Is a directory"]


def test_the_samples_show_every_status_once_with_real_procedures() -> None:
    samples = read_dossiers(SAMPLES, invented=True)
    procedures = json.loads(SHIPPED.read_text(encoding="utf-8"))["procedures"]
    names = {procedure["code"]: procedure["name"] for procedure in procedures}
    assert [sample.status for sample in samples] == list(Status)
    assert all(names[sample.procedure_code] == sample.procedure_name for sample in samples)
    assert all(sample.invented and sample.code.startswith("X99.99-") for sample in samples)


@cache
def workbook_bytes() -> bytes:
    workbook = Workbook()
    workbook.worksheets[0].append(HEADINGS)
    workbook.worksheets[0].append(ROW)
    with io.BytesIO() as file:
        workbook.save(file)
        workbook.close()
        return file.getvalue()


def assert_read_or_refused(name: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            assert read_dossiers(path)
        except UnreadableFileError as trouble:
            assert trouble.problems  # noqa: PT017 - either outcome is right


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("list.csv", "list.xlsx"):
        assert_read_or_refused(name, content)


@given(st.lists(st.lists(st.text(max_size=9) | st.sampled_from(ROW), max_size=6), max_size=4))
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    lines = ["MaHoSo;TenTTHC;TrangThaiHoSo;NgayTiepNhan", *(";".join(row) for row in rows)]
    assert_read_or_refused("list.csv", "\n".join(lines).encode("utf-8", "replace"))


SHEET = "xl/worksheets/sheet1.xml"


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_a_damaged_sheet_is_read_or_refused(at: int, damage: bytes) -> None:
    with io.BytesIO() as file:
        with ZipFile(io.BytesIO(workbook_bytes())) as sound, ZipFile(file, "w") as damaged:
            for part in sound.namelist():
                content = sound.read(part)
                hurt = content[:at] + damage + content[at + len(damage) :]
                damaged.writestr(part, hurt if part == SHEET else content)
        assert_read_or_refused("list.xlsx", file.getvalue())


@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(at: int, damage: bytes) -> None:
    content = workbook_bytes()
    assert_read_or_refused("list.xlsx", content[:at] + damage + content[at + len(damage) :])
