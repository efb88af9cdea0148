"""Days as citizens name them, read against a Wednesday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar.said import (
    Fault,
    UnusableDay,
    day_in,
    unclear_day_in,
    unusable_day_in,
    without_days,
)

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("thứ 2 tuần sau nộp thì sao", date(2026, 11, 30)),
        ("thu hai tuan toi", date(2026, 11, 30)),
        ("tuần sau thứ 6 nộp", date(2026, 12, 4)),
        ("thứ hai tới", date(2026, 11, 30)),
        ("thứ sáu tới nộp", date(2026, 11, 27)),
        ("thứ tư tới", date(2026, 12, 2)),
        ("t6 nay nop", date(2026, 11, 27)),
        ("thứ 6 tuần này", date(2026, 11, 27)),
        ("sáng thứ 5", date(2026, 11, 26)),
        ("thứ 2 tôi nộp", date(2026, 11, 30)),
        ("chủ nhật nộp được không", date(2026, 11, 29)),
        ("nop t7", date(2026, 11, 28)),
        ("thứ 2 tuần này", None),  # gone by
        ("giấy thứ 2 là gì", None),
        ("ngày mai", date(2026, 11, 26)),
        ("ngày mốt nộp", date(2026, 11, 27)),
        ("5 ngày nữa nộp", date(2026, 11, 30)),
        ("nộp sau, 3 hôm nữa", date(2026, 11, 28)),
        ("3 ngày nữa có kết quả không", None),
        ("cuối tháng nộp", date(2026, 11, 30)),
        ("cuoi thang sau", date(2026, 12, 31)),
        ("cuối tháng 2", date(2027, 2, 28)),
        ("ngày 5 tháng 12", date(2026, 12, 5)),
        ("mùng 3 tháng sau nộp", date(2026, 12, 3)),
        ("ngày 31 tháng 2", None),
        ("ngày 1/12", date(2026, 12, 1)),
        ("nộp 20/11/2026", None),  # gone by
        ("cuối tháng 13", None),
        ("đầu tuần sau", None),
        ("bao giờ xong", None),
    ],
)
def test_a_day_is_read(words: str, day: date | None) -> None:
    assert day_in(words, WEDNESDAY) == day


@pytest.mark.parametrize(
    ("words", "unclear"),
    [
        ("đầu tuần sau nộp", "đầu tuần sau"),
        ("dau tuan sau", "dau tuan sau"),
        ("tuần sau nộp kịp không", "tuần sau"),
        ("mấy hôm nữa nộp", "mấy hôm nữa"),
        ("giữa tháng 12", "giữa tháng 12"),
        ("ngày mai", None),
        ("10 ngày", None),
    ],
)
def test_what_names_no_day_is_told(words: str, unclear: str | None) -> None:
    assert unclear_day_in(words) == unclear


@pytest.mark.parametrize(
    ("words", "said", "fault"),
    [
        ("nộp 28 tết thì bao giờ có", "28 tết", Fault.LUNAR),
        ("mùng 6 Tết nộp", "mùng 6 tết", Fault.LUNAR),
        ("nộp mùng mười âm lịch", "mùng mười âm lịch", Fault.LUNAR),
        ("thứ 2 tuần sau tết nộp", "tuần sau tết", Fault.UNCLEAR),
        ("nộp ngày 31/2", "ngày 31/2", Fault.NO_SUCH),
        ("nộp ngày 31 tháng 2", "ngày 31 tháng 2", Fault.NO_SUCH),
        ("cuối tháng 13", "cuối tháng 13", Fault.NO_SUCH),
        ("nộp ngày 1/1/2020", "ngày 1/1/2020", Fault.PAST),
        ("hôm qua nộp", "hôm qua", Fault.PAST),
        ("nộp thứ 2 tuần này", "thứ 2 tuần này", Fault.PAST),
        ("nộp ngày 1/9/2030", "ngày 1/9/2030", Fault.FAR),
        ("đầu tuần sau nộp", "đầu tuần sau", Fault.UNCLEAR),
    ],
)
def test_a_day_that_cannot_be_reckoned_from_is_told_with_why(
    words: str, said: str, fault: Fault
) -> None:
    assert day_in(words, WEDNESDAY) is None
    assert unusable_day_in(words, WEDNESDAY) == UnusableDay(said, fault)


@pytest.mark.parametrize(
    "words", ["giấy phép cấp ngày 1/1/2020 gia hạn bao lâu", "mấy ngày có", "3 tuần có không", ""]
)
def test_a_day_of_something_else_is_no_day_of_handing_in(words: str) -> None:
    assert unusable_day_in(words, WEDNESDAY) is None


@given(text=st.text(), today=st.dates(max_value=date(9990, 1, 1)))
def test_a_day_is_today_or_within_a_year(text: str, today: date) -> None:
    day = day_in(f"nộp {text}", today)
    assert day is None or today <= day <= today + timedelta(days=366)


@given(
    words=st.sampled_from(["thứ {} tuần sau", "thứ {} tới", "nộp t{}", "thứ {} nộp"]),
    weekday=st.integers(2, 7),
    today=st.dates(max_value=date(9990, 1, 1)),
)
def test_a_named_weekday_is_that_weekday_and_soon(words: str, weekday: int, today: date) -> None:
    day = day_in(words.format(weekday), today)
    assert day is not None
    assert day.weekday() == weekday - 2
    assert today < day <= today + timedelta(days=13)


def test_the_rest_is_left() -> None:
    assert without_days("Thứ 2 tuần sau nộp thì bao giờ xong").split() == [
        *("nop", "thi", "bao", "gio", "xong")
    ]
