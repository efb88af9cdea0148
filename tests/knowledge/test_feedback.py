"""Tracking codes: drawn, found in any writing, never guessed; and the book of feedback."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.feedback import (
    Feedback,
    FeedbackBook,
    FeedbackCode,
    FeedbackKind,
    find_feedback_code,
    looks_like_feedback_code,
)
from knowledge.store.store import Store
from tests.citizen import NOON

CODES = st.from_regex(r"PA-[0-9]{6}-[2-9A-HJKMNP-TV-Z]{6}", fullmatch=True)
FEEDBACK = Feedback(
    code=FeedbackCode("PA-261121-7K3M9Q"),
    kind=FeedbackKind.REGULATION,
    content="Thủ tục nên gọn hơn",
    name="Nguyễn Văn An",
    contact="12 Lê Lợi, Huế",
    received_at=NOON,
)


def draw(letters: str) -> Callable[[str], str]:
    """Draw *letters* in order instead of by chance."""
    left = iter(letters)
    return lambda _: next(left)


@given(code=CODES)
def test_a_code_is_found_in_any_writing(code: str) -> None:
    for written in (code, code.lower(), code.replace("-", " \u2013 "), code.replace("-", "")):
        assert find_feedback_code(f"phản ánh {written}, đến đâu rồi?") == code


@pytest.mark.parametrize(
    "text",
    [
        "PA-261121-7K3M9",
        "PA-261121-7K3M9QQ",
        "PA-2611-7K3M9Q",
        "BPA-261121-7K3M9Q",
        "PA-261121-7K3MOQ",
        "H57.132-260804-0583",
        "0912345678",
        "phản ánh",
        "",
    ],
)
def test_what_is_no_code_is_not_guessed_at(text: str) -> None:
    assert find_feedback_code(text) is None


def test_a_piece_of_a_code_is_told_from_other_words() -> None:
    assert looks_like_feedback_code("mã pa-261121-7k3")
    assert not looks_like_feedback_code("gửi PAKN ngày 26/11/2026 ở đâu")


async def test_a_new_code_bears_the_day_and_no_letter_that_misleads(store: Store) -> None:
    async with store.transaction() as session:
        code = await FeedbackBook(session).new_code(NOON)
    assert code.startswith("PA-261121-")
    assert not set("01ILOU") & set(code.rpartition("-")[2])
    assert find_feedback_code(code) == code


async def test_a_code_is_never_given_twice(store: Store) -> None:
    async with store.transaction() as session:
        await FeedbackBook(session).enter(FEEDBACK, "web", "an")
        book = FeedbackBook(session, draw("7K3M9Q" + "ABCDE2"))
        assert await book.new_code(NOON) == "PA-261121-ABCDE2"


async def test_what_is_entered_in_the_book_is_found_there(store: Store) -> None:
    async with store.transaction() as session:
        await FeedbackBook(session).enter(FEEDBACK, "web", "an")
    async with store.transaction() as session:
        assert await FeedbackBook(session).find(FEEDBACK.code) == FEEDBACK
        assert await FeedbackBook(session).find(FeedbackCode("PA-261121-ABCDE2")) is None
