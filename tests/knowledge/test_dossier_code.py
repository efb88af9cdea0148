"""Dossier codes: those met in public files, those mistyped, and what only looks like one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dossiers.code import find_code, looks_like_code, read_code

EN_DASH = "\u2013"
REAL = [
    "000.00.14.H56-200203-0118",
    "000.17.22.H56-210531-0001",
    "000.00.04.H40-230414-0002",
    "000.00.12.H62-201105-0004",
    "000.00.19.H47-260105-0001",
    "38.98.H29-210519-0013",
    "38.98.H29-210519-0003",
    "H57.132-260804-0583",
    "H15.50.05.13-261008-0975",
    "G22.99-251225-020175",
    "G22.99.08-260921-896048",
    "G22.99.09-240114-0001",
    "000.00.01.H29-260310-0420",
    "000.00.01.H26-260930-0012",
    "000.00.01.H23-210901-0001",
    "H23.12-250630-0001",
]
MISTYPED = {
    "hồ sơ 000.00.04.h40-230414-0002 đã xong chưa": "000.00.04.H40-230414-0002",
    "ma hs: H57 132 260804 0583": "H57.132-260804-0583",
    f"000.00.04.H40 {EN_DASH} 230414 {EN_DASH} 0002": "000.00.04.H40-230414-0002",
    "H57,132-260804-0583": "H57.132-260804-0583",
    "h57.132_260804_0583": "H57.132-260804-0583",
    "OOO.OO.O4.H4O-23O414-OOO2": "000.00.04.H40-230414-0002",
    "Mã số hồ sơ: H57.132-260804-0583 - Số phiếu: 26.10229": "H57.132-260804-0583",
    "G22.99.08-260921-896048.": "G22.99.08-260921-896048",
    "0000004H402304140002": "000.00.04.H40-230414-0002",
    "000.00.04.H40.230414.0002": "000.00.04.H40-230414-0002",
    "H15.50.05.13 - 261008 - 0975 nhé": "H15.50.05.13-261008-0975",
    "000-00-04-H40-230414-0002": "000.00.04.H40-230414-0002",
    "hồ sơ số 12 H57 132 260804 0583": "H57.132-260804-0583",
    "ngày 20/10-H57.132-260804-0583": "H57.132-260804-0583",
    "1.H57.132-260804-0583": "H57.132-260804-0583",
    "H57.132-260804-0583nhé": "H57.132-260804-0583",
    "_H57.132-260804-0583_": "H57.132-260804-0583",
}
NO_CODE = [
    "H17.00-000000-0000",
    "G22.99.3-241219795252",
    "26.10229",
    "1.005129",
    "2.000635",
    "B-BKC-282498-TT",
    "03706/2026/07906",
    "001203004567",
    "0912345678",
    "hồ sơ 0583 ngày 4/8",
    "H57.132",
    "H57.132-261332-0001",
    "",
    (
        "sđt 0912345678 · 230414-0002 · cccd 001203004567 · NĐ 118/2025/NĐ-CP · ngày 05/08/2026"
        " · TTHC 1.005129 · QĐ 1676/QĐ-UBND · H57.132"
    ),
]
A_PIECE_AT_MOST = [
    "hs000.00.04.H40-230414-0002",
    "38-98-H29-210519-0013",
    "98 H29 210519 0013",
    "H57.132-260804-0583lần 2",
]

DIGITS = "0123456789"
days = st.dates(date(2015, 1, 1), date(2039, 12, 31)).map(lambda day: f"{day:%y%m%d}")
numbers = st.integers(0, 99_999_999).map(lambda number: f"{number:04d}")
levels = st.builds(
    "{}{:02d}".format, st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXY"), st.integers(0, 99)
)
groups = st.lists(st.text(DIGITS, min_size=1, max_size=3), min_size=1, max_size=4).map(".".join)
new_units = st.builds("{}.{}".format, levels, groups)
short_units = st.builds("{:02d}.{:02d}.{}".format, st.integers(0, 99), st.integers(0, 99), levels)
old_units = st.builds("{:03d}.{}".format, st.integers(0, 999), short_units)
codes = st.builds("{}-{}-{}".format, old_units | new_units | short_units, days, numbers)
common_codes = st.builds("{}-{}-{}".format, old_units | new_units, days, numbers)
# "O00.O00" may begin with the level O or with the group 000: with such levels nothing can tell.
clear_codes = codes.filter(lambda code: not set("OIL") & set(code))
old_codes = st.builds("{}-{}-{:04d}".format, old_units, days, st.integers(0, 9999))
blanks = st.sampled_from(["", " "])
dashes = st.sampled_from(["-", EN_DASH, "\u2014", "_", "/", " "])


@pytest.mark.parametrize("code", REAL)
def test_a_real_code_is_found_as_it_is(code: str) -> None:
    assert find_code(code) == code


@pytest.mark.parametrize(("text", "code"), MISTYPED.items())
def test_a_mistyped_code_is_repaired(text: str, code: str) -> None:
    assert find_code(text) == code


@pytest.mark.parametrize("text", NO_CODE)
def test_other_numbers_are_no_code(text: str) -> None:
    assert find_code(text) is None


@pytest.mark.parametrize("text", A_PIECE_AT_MOST)
def test_a_code_that_may_be_cut_is_not_guessed(text: str) -> None:
    assert find_code(text) is None


@pytest.mark.parametrize(
    "text", ["H17.00-000000-0000", "230414-0002", "H57.132", "G2299251225020175", "000.00.04.H40"]
)
def test_a_piece_of_a_code_is_noticed(text: str) -> None:
    assert looks_like_code(text)


@pytest.mark.parametrize("text", ["0912345678", "1.005129", "ngày 05/08/2026", "118/2025/NĐ-CP"])
def test_another_number_is_not_taken_for_a_piece(text: str) -> None:
    assert not looks_like_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" h57.132_260804_0583 ", "H57.132-260804-0583"),
        ("Mã: H57.132-260804-0583", None),
        ("H57.132-260804-0583 (lần 2)", None),
        ("H57.132-260804-0583, H57.132-260804-0584", None),
    ],
)
def test_a_cell_must_hold_the_code_alone(text: str, code: str | None) -> None:
    assert read_code(text) == code


@given(codes)
def test_any_code_is_found_in_any_case(code: str) -> None:
    assert find_code(code) == find_code(code.lower()) == read_code(code) == code


@given(codes, dashes, dashes)
def test_other_dashes_are_repaired(code: str, first: str, second: str) -> None:
    unit, day, number = code.split("-")
    assert find_code(f"{unit}{first}{day}{second}{number}") == code


@given(common_codes, blanks, blanks)
def test_blanks_around_separators_are_repaired(code: str, before: str, after: str) -> None:
    spaced = code.replace(".", f"{before[:1]}.{after[:1]}").replace(
        "-", f"{before[:1]}-{after[:1]}"
    )
    assert find_code(spaced) == code


@given(codes)
def test_commas_for_dots_are_repaired(code: str) -> None:
    assert find_code(code.replace(".", ",")) == code


@given(codes)
def test_dots_for_dashes_are_repaired(code: str) -> None:
    assert find_code(code.replace("-", ".")) == code


@given(clear_codes, st.sampled_from("Oo"), st.sampled_from("IiLl"))
def test_letters_for_digits_are_repaired(code: str, nought: str, one: str) -> None:
    assert find_code(code.replace("0", nought).replace("1", one)) == code


@given(codes)
def test_full_width_letters_are_repaired(code: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    assert find_code(wide) == code


@given(old_codes)
def test_a_glued_old_code_is_repaired(code: str) -> None:
    assert find_code(code.replace(".", "").replace("-", "")) == code


@given(old_codes)
def test_an_old_code_with_dashes_or_blanks_is_repaired(code: str) -> None:
    assert find_code(code.replace(".", "-")) == code
    assert find_code(code.replace(".", " ").replace("-", " ")) == code


@given(codes)
def test_words_around_do_not_matter(code: str) -> None:
    assert find_code(f"Mã số hồ sơ: {code} - Số phiếu: 26.10229") == code
    assert find_code(f"cho hỏi hồ sơ {code} đến đâu rồi, sđt 0912345678") == code


@given(st.text())
def test_any_text_is_read_without_trouble(text: str) -> None:
    code = find_code(text)
    assert code is None or find_code(code) == code
    looks_like_code(text)


@given(st.text(f"{DIGITS}HOIL .,-_/{EN_DASH}", max_size=60))
def test_what_is_found_is_a_whole_code(text: str) -> None:
    code = find_code(text)
    assert code is None or read_code(code) == code
