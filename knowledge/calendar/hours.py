"""When the office is open: read from words such as "T2-T6 07:30-11:30, 13:30-17:00"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Self

from knowledge.calendar.working_days import (
    ONE_DAY,
    SATURDAY,
    Holiday,
    MissingYear,
    Weekend,
    WorkingCalendar,
    WorkingDay,
)
from knowledge.clock import VIET_NAM

_WEEKDAYS: Final = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_ITEM: Final = re.compile(
    r"(?:(?P<first>T[2-7]|CN)(?:\s*[-\u2013]\s*(?P<last>T[2-7]|CN))?\s*:?)?"
    r"\s*(?:(?P<opens>\d{1,2}[:h]\d{0,2})\s*[-\u2013]\s*(?P<closes>\d{1,2}[:h]\d{0,2}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Session:
    """An unbroken time of a day in which the office is open."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Span:
    """A session on a certain day; a desk open on a weekend makes it no working day."""

    begins: datetime
    ends: datetime
    working: bool


@dataclass(frozen=True, slots=True)
class Open:
    """People are there, until then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Nobody is there; `holiday` names the day off, where it is one."""

    opens_at: datetime | MissingYear
    holiday: str | None = None


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The sessions of each day of the week, Monday first, each day in order."""

    week: tuple[tuple[Session, ...], ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read weekdays (T2..T7, CN) and hours, parted by commas or semicolons.

        Raises:
            ValueError: it cannot be read; the message names the place.
        """
        week: list[list[Session]] = [[] for _ in _WEEKDAYS]
        days: tuple[int, ...] = ()
        complete = True
        for item in map(_read_item, re.finditer(r"[^\s,;][^,;]*", text)):
            if item.days:
                days = item.days if complete else days + item.days
            complete = item.session is not None
            if item.session is not None:
                _enter(week, days, item.session, item.place)
        if not complete or not any(week[:SATURDAY]):
            problem = f'opening hours, end of "{text}": hours of a weekday (T2..T6) are missing'
            raise ValueError(problem)
        return cls(tuple(tuple(sorted(day, key=lambda one: one.opens)) for day in week))

    def is_open(self, moment: datetime, calendar: WorkingCalendar) -> Open | Closed | MissingYear:
        """Tell whether the office is open at *moment*, and when that changes."""
        today = calendar.on(moment.astimezone(VIET_NAM).date())
        if isinstance(today, MissingYear):
            return today
        coming = next(self.spans(moment, calendar))
        if isinstance(coming, Span) and coming.begins <= moment:
            return Open(coming.ends)
        return Closed(
            coming.begins if isinstance(coming, Span) else coming,
            today.reason if isinstance(today, Holiday) else None,
        )

    def spans(self, moment: datetime, calendar: WorkingCalendar) -> Iterator[Span | MissingYear]:
        """Give the open times from *moment* on; what comes last is the year that is missing."""
        moment = moment.astimezone(VIET_NAM)
        day = moment.date()
        while not isinstance(kind := calendar.on(day), MissingYear):
            for session in self._sessions(day, kind):
                begins = max(moment, datetime.combine(day, session.opens, VIET_NAM))
                ends = datetime.combine(day, session.closes, VIET_NAM)
                if begins < ends:
                    yield Span(begins, ends, isinstance(kind, WorkingDay))
            day += ONE_DAY
        yield kind

    def _sessions(self, day: date, kind: WorkingDay | Weekend | Holiday) -> tuple[Session, ...]:
        match kind:
            case WorkingDay(like):
                return self.week[like.weekday()]
            case Weekend():
                return self.week[day.weekday()]
            case Holiday():
                return ()


@dataclass(frozen=True, slots=True)
class _Item:
    place: str
    days: tuple[int, ...]
    session: Session | None


def _read_item(words: re.Match[str]) -> _Item:
    place = f'opening hours, character {words.start() + 1}, "{words[0].rstrip()}"'
    match = _ITEM.fullmatch(words[0].rstrip())
    if match is None:
        problem = f'{place}: not like "T2-T6 07:30-11:30"'
        raise ValueError(problem)
    days = _days(match["first"], match["last"], place) if match["first"] else ()
    session = _session(match["opens"], match["closes"], place) if match["opens"] else None
    return _Item(place, days, session)


def _days(first: str, last: str | None, place: str) -> tuple[int, ...]:
    start, stop = _WEEKDAYS.index(first.upper()), _WEEKDAYS.index((last or first).upper())
    if start > stop:
        problem = f"{place}: the first day comes after the last"
        raise ValueError(problem)
    return tuple(range(start, stop + 1))


def _session(opens: str, closes: str, place: str) -> Session:
    session = Session(_clock(opens, place), _clock(closes, place))
    if session.opens >= session.closes:
        problem = f"{place}: closes before it opens"
        raise ValueError(problem)
    return session


def _clock(words: str, place: str) -> time:
    hour, minute = re.split("[:h]", words.lower())
    try:
        return time(int(hour), int(minute or "0"))
    except ValueError as error:
        problem = f'{place}: "{words}" is no time of day'
        raise ValueError(problem) from error


def _enter(week: list[list[Session]], days: tuple[int, ...], session: Session, place: str) -> None:
    if not days:
        problem = f"{place}: no weekday before the hours"
        raise ValueError(problem)
    for day in days:
        if any(one.opens <= session.closes and session.opens <= one.closes for one in week[day]):
            problem = f"{place}: overlaps or touches other hours of {_WEEKDAYS[day]}"
            raise ValueError(problem)
        week[day].append(session)


# For counting only, where the office has told no hours: eight a day. Never shown to anybody.
EIGHT_HOURS: Final = OpeningHours.parse("T2-T6 08:00-12:00, 13:00-17:00")
