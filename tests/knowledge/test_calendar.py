"""Days worked, hours open, ends of terms: the vectors of the rules, and laws over all days."""

import tomllib
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar.hours import Closed, Open, OpeningHours, Session
from knowledge.calendar.terms import Due, Terms
from knowledge.calendar.working_days import (
    SHIPPED,
    Holiday,
    MissingYear,
    Weekend,
    WorkingCalendar,
    WorkingDay,
)
from knowledge.clock import VIET_NAM
from knowledge.errors import UnreadableFileError
from knowledge.procedures.procedure import TermUnit

HOURS: Final = OpeningHours.parse("T2-T6 07:30-11:30, 13:30-17:00")
WITH_DESK: Final = OpeningHours.parse("T2-T6 07:30-11:30, 13:30-17:00; T7 08:00-11:00")
COUNTED_WHOLE: Final = (TermUnit.WORKING_DAY, TermUnit.HOUR)


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return WorkingCalendar.load()


@pytest.fixture(scope="module")
def terms(calendar: WorkingCalendar) -> Terms:
    return Terms(calendar, HOURS)


@pytest.fixture(scope="module")
def decade(tmp_path_factory: pytest.TempPathFactory) -> Terms:
    path = tmp_path_factory.mktemp("calendar") / "decade.toml"
    path.write_text(f"covered = {list(range(2024, 2034))}", encoding="utf-8")
    return Terms(WorkingCalendar.load(path), WITH_DESK)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=VIET_NAM)


def due(terms: Terms, received: str, duration: int, unit: TermUnit) -> Due:
    found = terms.due(at(received), duration, unit)
    assert isinstance(found, Due)
    return found


# --- The shipped calendar ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (2026, "1/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11"),
        (2027, "1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11"),
    ],
)
def test_exactly_the_announced_weekdays_are_off(
    calendar: WorkingCalendar, year: int, off: str
) -> None:
    days = sorted(day for day in calendar.days_off if day.year == year and day.weekday() < 5)
    assert " ".join(f"{day.day}/{day.month}" for day in days) == off


def test_a_day_says_what_it_is(calendar: WorkingCalendar) -> None:
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    assert calendar.on(friday) == WorkingDay(like=friday)
    assert calendar.on(saturday) == Weekend()
    assert calendar.on(date(2026, 11, 24)) == Holiday("Ngày Văn hóa Việt Nam")
    assert calendar.on(date(2026, 8, 22)) == WorkingDay(like=date(2026, 8, 31))
    assert calendar.on(date(2028, 1, 3)) == MissingYear(2028)


def test_the_shipped_file_keeps_its_own_rules() -> None:
    file = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    entries = [*file["off"], *file["make_up"], *file.get("not_off", [])]
    assert len({entry["day"] for entry in entries}) == len(entries)
    assert all(entry["reason"] and entry["source"] for entry in entries)
    assert all(entry["day"].weekday() >= 5 for entry in file["make_up"])
    assert all(entry["day"].weekday() < 5 for entry in file["off"])
    assert {entry["day"].year for entry in entries} <= set(file["covered"])
    assert set(file["provisional"]) <= set(file["covered"])


def test_the_file_decides_against_the_package(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(
        "covered = [2027]\n"
        '[[not_off]]\nday = 2027-09-03\nreason = "nghỉ 01/9"\nsource = "thông báo"\n'
        '[[off]]\nday = 2027-09-01\nreason = "Quốc khánh"\nsource = "thông báo"\n',
        encoding="utf-8",
    )
    calendar = WorkingCalendar.load(path)
    assert calendar.on(date(2027, 9, 1)) == Holiday("Quốc khánh")
    assert calendar.on(date(2027, 9, 3)) == WorkingDay(date(2027, 9, 3))


ENTRY: Final = 'reason = "lý do"\nsource = "văn bản"\n'
OFF: Final = f"[[off]]\nday = 2026-08-31\n{ENTRY}"
MAKE_UP: Final = f"[[make_up]]\ninstead_of = 2026-08-31\n{ENTRY}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("covered = [2026", "Unclosed array"),
        ("covered = []", "covered"),
        ("covered = [1999]", "covered"),
        ("covered = [2026]\nholidays = []", "holidays"),
        ("covered = [2026]\nprovisional = [2027]", "provisional: 2027 is not covered"),
        ("covered = [2026]\n[[off]]\nday = 2026-08-31", "reason"),
        (f"covered = [2026]\n[[off]]\nday = 2026-02-30\n{ENTRY}", "date"),
        (f"covered = [2027]\n{OFF}", "2026-08-31: 2026 is not covered"),
        (f"covered = [2026]\n{OFF}{OFF}", "2026-08-31: stands 2 times"),
        (f"covered = [2026]\n[[off]]\nday = 2026-08-29\n{ENTRY}", "off 2026-08-29: is a Saturday"),
        (f"covered = [2026]\n{OFF}{MAKE_UP}day = 2026-08-21", "2026-08-21: is neither a Saturday"),
        (f"covered = [2026]\n{MAKE_UP}day = 2026-08-22", "2026-08-31 is not among the off days"),
        (f"covered = [2026]\n[[not_off]]\nday = 2026-08-28\n{ENTRY}", "no weekday that would be"),
    ],
)
def test_a_broken_file_is_refused_with_its_name(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"broken\.toml: ") as caught:
        WorkingCalendar.load(path)
    assert problem in str(caught.value)


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"nowhere\.toml"):
        WorkingCalendar.load(tmp_path / "nowhere.toml")


# --- Terms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("clock", ["00:00", "07:30", "10:56", "12:00", "16:59", "20:00"])
@pytest.mark.parametrize(
    ("received", "duration", "day"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-20", 5, "2026-11-30"),
        ("2026-11-21", 3, "2026-11-26"),
        ("2026-11-23", 1, "2026-11-25"),
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-04-24", 3, "2026-05-04"),
        ("2026-04-29", 1, "2026-05-04"),
        ("2026-08-21", 5, "2026-08-27"),
        ("2026-08-28", 3, "2026-09-07"),
        ("2026-12-30", 5, "2027-01-07"),
        ("2027-02-03", 5, "2027-02-17"),
        ("2026-03-13", 20, "2026-04-10"),
    ],
)
def test_working_days_are_counted_as_the_rules_do(
    terms: Terms, received: str, duration: int, day: str, clock: str
) -> None:
    found = due(terms, f"{received} {clock}", duration, TermUnit.WORKING_DAY)
    assert found.day == date.fromisoformat(day)


def test_a_receipt_is_met_to_the_minute(terms: Terms) -> None:
    found = due(terms, "2026-03-13 10:56", 20, TermUnit.WORKING_DAY)
    assert found.end == at("2026-04-10 10:56")
    assert found.counted_from == at("2026-03-13 10:56")


@pytest.mark.parametrize(
    ("received", "counted_from", "clock"),
    [
        ("2026-11-20 16:59", "2026-11-20 16:59", time(16, 59)),
        ("2026-11-20 05:00", "2026-11-20 07:30", time(7, 30)),
        ("2026-11-20 12:00", "2026-11-20 13:30", time(13, 30)),
        ("2026-11-20 17:00", "2026-11-23 07:30", None),
        ("2026-11-21 09:00", "2026-11-23 07:30", None),
        ("2026-11-24 09:00", "2026-11-25 07:30", None),
        ("2026-08-21 20:00", "2026-08-22 07:30", None),
    ],
)
def test_a_closed_office_counts_from_its_next_opening(
    terms: Terms, received: str, counted_from: str, clock: time | None
) -> None:
    found = due(terms, received, 2, TermUnit.WORKING_DAY)
    assert found.counted_from == at(counted_from)
    assert found.clock == clock


def test_a_desk_on_saturday_starts_no_term(calendar: WorkingCalendar) -> None:
    found = due(Terms(calendar, WITH_DESK), "2026-11-21 09:00", 1, TermUnit.WORKING_DAY)
    assert found.counted_from == at("2026-11-23 07:30")
    assert found.end == at("2026-11-24 00:00")


def test_a_moment_told_in_another_zone_is_the_same_moment(terms: Terms) -> None:
    there = datetime.fromisoformat("2026-11-20T02:00:00+00:00")
    assert terms.due(there, 5, TermUnit.WORKING_DAY) == due(
        terms, "2026-11-20 09:00", 5, TermUnit.WORKING_DAY
    )


@pytest.mark.parametrize(
    ("received", "duration", "unit", "day"),
    [
        ("2026-11-20 09:00", 5, TermUnit.DAY, "2026-11-25"),
        ("2026-11-20 09:00", 4, TermUnit.DAY, "2026-11-25"),
        ("2026-11-20 09:00", 15, TermUnit.DAY, "2026-12-07"),
        ("2026-08-28 09:00", 3, TermUnit.DAY, "2026-09-03"),
        ("2026-08-19 09:00", 3, TermUnit.DAY, "2026-08-22"),
        ("2027-02-13 09:00", 10, TermUnit.DAY, "2027-02-24"),
        ("2026-11-20 09:00", 3, TermUnit.MONTH, "2027-02-22"),
        ("2026-08-31 09:00", 6, TermUnit.MONTH, "2027-03-02"),
        ("2026-10-30 09:00", 4, TermUnit.MONTH, "2027-03-01"),
        ("2027-01-29 09:00", 12 - 1, TermUnit.MONTH, "2027-12-29"),
    ],
)
def test_calendar_days_and_months_end_on_a_working_day(
    terms: Terms, received: str, duration: int, unit: TermUnit, day: str
) -> None:
    found = due(terms, received, duration, unit)
    assert (found.day, found.clock) == (date.fromisoformat(day), None)
    assert found.end == at(day) + timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "hours", "end"),
    [
        ("2026-11-20 08:00", 2, "2026-11-20 10:00"),
        ("2026-11-20 08:00", 8, "2026-11-23 08:30"),
        ("2026-11-20 16:00", 9, "2026-11-25 08:00"),
        ("2026-11-21 22:00", 4, "2026-11-23 11:30"),
        ("2026-08-21 16:00", 2, "2026-08-22 08:30"),
    ],
)
def test_hours_run_only_while_the_office_works(
    terms: Terms, received: str, hours: int, end: str
) -> None:
    assert due(terms, received, hours, TermUnit.HOUR).end == at(end)


def test_untold_hours_are_counted_as_eight_a_day(calendar: WorkingCalendar) -> None:
    found = due(Terms(calendar), "2026-11-20 08:00", 16, TermUnit.HOUR)
    assert found.end == at("2026-11-23 17:00")


def test_a_year_that_is_not_announced_is_said(terms: Terms) -> None:
    assert not due(terms, "2026-12-01 09:00", 5, TermUnit.DAY).provisional
    assert due(terms, "2026-12-30 09:00", 5, TermUnit.WORKING_DAY).provisional


@pytest.mark.parametrize("unit", TermUnit)
@pytest.mark.parametrize("duration", [10**4, 10**6, 10**30])
def test_however_long_a_term_is_it_has_an_answer(
    terms: Terms, unit: TermUnit, duration: int
) -> None:
    found = terms.due(at("2026-11-20 09:00"), duration, unit)
    assert isinstance(found, MissingYear)
    assert found.year == 2028 or (unit not in COUNTED_WHOLE and found.year > 2028)


@pytest.mark.parametrize("unit", TermUnit)
@pytest.mark.parametrize(
    ("received", "year"),
    [("2025-12-31 09:00", 2025), ("2027-12-31 20:00", 2028), ("9999-12-31 23:59", 9999)],
)
def test_a_reception_in_a_year_not_entered_is_not_guessed(
    terms: Terms, unit: TermUnit, received: str, year: int
) -> None:
    assert terms.due(at(received), 1, unit) == MissingYear(year)


# --- Laws ----------------------------------------------------------------------------------------

DAYS: Final = st.dates(date(2025, 1, 1), date(2027, 12, 31))
COUNTS: Final = st.integers(1, 60)
UNITS: Final = st.sampled_from(TermUnit)
MOMENTS: Final = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 - hypothesis sets the zone itself
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(VIET_NAM),
)


@given(MOMENTS, COUNTS, UNITS)
def test_a_due_day_is_a_working_day_and_not_before_reception(
    decade: Terms, received: datetime, duration: int, unit: TermUnit
) -> None:
    found = decade.due(received, duration, unit)
    assert isinstance(found, Due)
    assert isinstance(decade.calendar.on(found.day), WorkingDay)
    assert received <= found.counted_from < found.end
    if unit is not TermUnit.HOUR:
        assert found.day > received.date()


@given(MOMENTS, COUNTS, COUNTS, UNITS)
def test_a_longer_term_never_ends_sooner(
    decade: Terms, received: datetime, one: int, other: int, unit: TermUnit
) -> None:
    shorter, longer = (decade.due(received, each, unit) for each in sorted((one, other)))
    assert isinstance(shorter, Due)
    assert isinstance(longer, Due)
    assert shorter.end <= longer.end


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=9)), COUNTS, UNITS)
def test_who_comes_later_is_never_served_sooner(
    decade: Terms, received: datetime, later: timedelta, duration: int, unit: TermUnit
) -> None:
    first, second = (decade.due(each, duration, unit) for each in (received, received + later))
    assert isinstance(first, Due)
    assert isinstance(second, Due)
    assert first.end <= second.end


@given(DAYS, COUNTS, COUNTS)
def test_working_days_add_up(decade: Terms, day: date, one: int, other: int) -> None:
    between = decade.calendar.add(day, one)
    assert isinstance(between, date)
    assert decade.calendar.add(between, other) == decade.calendar.add(day, one + other)


@given(DAYS, COUNTS)
def test_as_many_working_days_lie_between_as_were_added(
    decade: Terms, day: date, count: int
) -> None:
    end = decade.calendar.add(day, count)
    assert isinstance(end, date)
    passed = (day + timedelta(days=each + 1) for each in range((end - day).days))
    assert sum(isinstance(decade.calendar.on(each), WorkingDay) for each in passed) == count


@given(MOMENTS, COUNTS, COUNTS)
def test_hours_add_up(decade: Terms, received: datetime, one: int, other: int) -> None:
    between = decade.due(received, one, TermUnit.HOUR)
    whole = decade.due(received, one + other, TermUnit.HOUR)
    assert isinstance(between, Due)
    assert isinstance(whole, Due)
    rest = decade.due(between.end, other, TermUnit.HOUR)
    assert isinstance(rest, Due)
    assert rest.end == whole.end


@given(MOMENTS, st.integers(1, 400), UNITS, st.frozensets(st.integers(2024, 2033)))
def test_a_year_is_missing_exactly_when_it_is_needed(
    decade: Terms, received: datetime, duration: int, unit: TermUnit, covered: frozenset[int]
) -> None:
    known = decade.due(received, min(duration, 60) if unit is TermUnit.MONTH else duration, unit)
    assert isinstance(known, Due)
    partly = Terms(replace(decade.calendar, covered=covered), decade.hours)
    found = partly.due(received, min(duration, 60) if unit is TermUnit.MONTH else duration, unit)
    on_the_way = set(range(received.year, known.day.year + 1))
    match found:
        case MissingYear(year):
            assert year in on_the_way - covered
        case Due():
            assert found == known
            needed = on_the_way if unit in COUNTED_WHOLE else {received.year, known.day.year}
            assert needed <= covered


# --- Opening hours -------------------------------------------------------------------------------

MORNING: Final = Session(time(7, 30), time(11, 30))
AFTERNOON: Final = Session(time(13, 30), time(17))
USUAL: Final = (MORNING, AFTERNOON)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("T2-T6 07:30-11:30, 13:30-17:00", (USUAL,) * 5 + ((),) * 2),
        ("t2 \u2013 t6: 7h30\u201311h30 , 13h30 - 17h", (USUAL,) * 5 + ((),) * 2),
        ("T2-T6 13:30-17:00, 07:30-11:30", (USUAL,) * 5 + ((),) * 2),
        ("T2, T4, T6 07:30-11:30, 13:30-17:00", (USUAL, (), USUAL, (), USUAL, (), ())),
        ("T2-T6 07:30-11:30, 13:30-17:00; T7 07:30-11:30", (USUAL,) * 5 + ((MORNING,), ())),
        ("T2-T6 13:30-17:00; T2-CN 07:30-11:30;", (USUAL,) * 5 + ((MORNING,),) * 2),
    ],
)
def test_hours_are_read_as_offices_write_them(
    text: str, week: tuple[tuple[Session, ...], ...]
) -> None:
    assert OpeningHours.parse(text).week == week


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", 'end of ""'),
        ("T2-T6", 'end of "T2-T6"'),
        ("T2-T6 07:30-11:30; T7", "end of"),
        ("CN 07:30-11:30", "hours of a weekday"),
        ("07:30-11:30", 'character 1, "07:30-11:30": no weekday'),
        ("T2-T6 07:30-11:30, sáng thứ Bảy", 'character 20, "sáng thứ Bảy": not like'),
        ("T2-T8 07:30-11:30", "character 1"),
        ("T6-T2 07:30-11:30", "the first day comes after the last"),
        ("T2-T6 07:30-11:30, 17:00-13:30", 'character 20, "17:00-13:30": closes before'),
        ("T2-T6 07:30-24:00", '"24:00" is no time of day'),
        ("T2-T6 07:75-11:30", '"07:75" is no time of day'),
        ("T2-T6 07:30-11:30; T4 11:00-12:00", 'character 20, "T4 11:00-12:00": overlaps'),
        ("T2-T6 07:30-11:30, 11:30-17:00", "overlaps or touches other hours of T2"),
    ],
)
def test_hours_that_cannot_be_read_name_the_place(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r"^opening hours, ") as caught:
        OpeningHours.parse(text)
    assert problem in str(caught.value)


PIECES: Final = ("T2", "T6", "CN", "07:30", "11h", "99:99", "-", "\u2013", ":", ",", ";", " ", "x")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_words_are_hours_or_are_refused(text: str) -> None:
    with suppress(ValueError):
        week = OpeningHours.parse(text).week
        assert len(week) == 7
        assert any(week[:5])


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-20 07:30", Open(at("2026-11-20 11:30"))),
        ("2026-11-20 11:29:59", Open(at("2026-11-20 11:30"))),
        ("2026-11-20 11:30", Closed(at("2026-11-20 13:30"))),
        ("2026-11-20 05:00", Closed(at("2026-11-20 07:30"))),
        ("2026-11-20 17:00", Closed(at("2026-11-21 08:00"))),
        ("2026-11-21 10:00", Open(at("2026-11-21 11:00"))),
        ("2026-11-21 12:00", Closed(at("2026-11-23 07:30"))),
        ("2026-11-23 17:30", Closed(at("2026-11-25 07:30"))),
        ("2026-11-24 10:00", Closed(at("2026-11-25 07:30"), "Ngày Văn hóa Việt Nam")),
        ("2026-08-22 16:00", Open(at("2026-08-22 17:00"))),
        ("2027-02-06 09:00", Closed(at("2027-02-11 07:30"), "Tết Nguyên Đán")),
        ("2027-12-31 18:00", Closed(MissingYear(2028))),
        ("2028-01-03 10:00", MissingYear(2028)),
    ],
)
def test_open_now_is_told_by_the_calendar(
    calendar: WorkingCalendar, moment: str, told: Open | Closed | MissingYear
) -> None:
    assert WITH_DESK.is_open(at(moment), calendar) == told


@given(MOMENTS)
def test_what_is_told_of_the_opening_comes_true(decade: Terms, moment: datetime) -> None:
    tick = timedelta(microseconds=1)
    match decade.hours.is_open(moment, decade.calendar):
        case Open(until):
            assert isinstance(decade.hours.is_open(until - tick, decade.calendar), Open)
            assert isinstance(decade.hours.is_open(until, decade.calendar), Closed)
        case Closed(opens_at):
            assert isinstance(opens_at, datetime)
            assert isinstance(decade.hours.is_open(opens_at - tick, decade.calendar), Closed)
            assert isinstance(decade.hours.is_open(opens_at, decade.calendar), Open)
        case MissingYear():
            pytest.fail("the decade is covered")
