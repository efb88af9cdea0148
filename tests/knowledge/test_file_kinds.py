"""A file is what its content says; its name is cleaned of all that could do harm."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.file_kinds import FileKind, kind_of, safe_name
from tests.files import NOT_TAKEN, TAKEN


@pytest.mark.parametrize("kind", FileKind)
def test_every_kind_is_told_by_its_content(kind: FileKind) -> None:
    assert kind_of(TAKEN[kind]) is kind


@pytest.mark.parametrize("what", NOT_TAKEN)
def test_all_else_is_not_taken(what: str) -> None:
    assert kind_of(NOT_TAKEN[what]) is None


@given(st.binary())
def test_no_content_breaks_the_look_at_it(content: bytes) -> None:
    kind = kind_of(content)
    assert kind is None or kind in FileKind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("biên bản ngày 3.5.pdf", "biên bản ngày 3.5"),
        ("bie\u0302n ba\u0309n.docx", "biên bản"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\An\don thu.docx", "don thu"),
        ("anh\u202egpj.exe", "anhgpj"),
        ("hai\ndòng.png", "haidòng"),
        ('a<b>:"|?*.jpg', "a b"),
        (".htaccess", "htaccess"),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_name_is_cleaned(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_no_name_leads_anywhere(name: str) -> None:
    safe = safe_name(name)
    assert not set('/\\<>:"|?*') & set(safe)
    assert not any(unicodedata.category(letter).startswith("C") for letter in safe)
    assert len(safe) <= 60
    assert safe == safe.strip(" .")
