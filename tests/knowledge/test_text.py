"""The laws of folding: one form for all spellings of the same letters."""

import re
import string
import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import clean, fold, marked, strip_marks, syllables

TEXTS: Final = st.text() | st.text(st.sampled_from(string.printable + "đĐảỆô\u0301\u0323"))


@given(text=TEXTS)
def test_any_text_folds_to_plain_syllables(text: str) -> None:
    assert re.fullmatch(r"(?:[0-9a-z]+(?: [0-9a-z]+)*)?", fold(text))


@given(text=TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=TEXTS)
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)
    assert marked(composed) == marked(decomposed)


@given(text=st.text(st.characters(categories=["Cs", "Cc", "Cf", "L", "Mn", "Z"])))
def test_clean_text_can_be_kept_and_stays_clean(text: str) -> None:
    assert "\0" not in clean(text)
    assert clean(clean(text).encode().decode()) == clean(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đăng ký giấy phép", "dang ky giay phep"),
        ("ĐƯỜNG, phố; ngõ…", "duong pho ngo"),
        ("X-quang (răng)", "x quang rang"),
        ("\uff11\uff12 ngày", "12 ngay"),
        ("hồ\u200bsơ", "hoso"),
        ("  ", ""),
    ],
)
def test_folding_takes_case_marks_and_punctuation(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert syllables(written) == folded.split()


def test_marked_syllables_keep_their_marks() -> None:
    assert marked("Năm, tự_Tư!") == "năm tự tư"


def test_stripping_marks_keeps_all_else() -> None:
    assert strip_marks("Điều 5: “Hồ sơ”\n") == "Dieu 5: “Ho so”\n"
    assert strip_marks("e\u0323\u0302") == "e"


def test_line_breaks_are_kept() -> None:
    assert clean(" một\r\nhai ") == "một\nhai"


def test_marks_piled_up_by_the_thousand_are_cut_before_they_cost_time() -> None:
    assert len(clean("a" + "\u0300" * 6000 + "\u0316" * 5990)) < 30
