"""Which days the office works: the law's days off, corrected by what is announced each year."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final, Self

from holidays import country_holidays
from pydantic import BaseModel, ConfigDict, Field

from knowledge.data_files import read_data
from knowledge.errors import UnreadableFileError

SHIPPED: Final = Path(__file__).parent.parent / "data" / "calendar.toml"
SATURDAY: Final = 5  # as date.weekday() counts
ONE_DAY: Final = timedelta(days=1)

# BLLĐ 45/2019/QH14 is in force from 2021; the package's lunar tables are surest until 2099.
_Year = Annotated[int, Field(ge=2021, le=2099)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    reason: str = Field(min_length=1)
    source: str = Field(min_length=1)


class _MakeUp(_Entry):
    instead_of: date


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    covered: tuple[_Year, ...] = Field(min_length=1)
    provisional: tuple[_Year, ...] = ()
    off: tuple[_Entry, ...] = ()
    make_up: tuple[_MakeUp, ...] = ()
    not_off: tuple[_Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day worked with the hours of the day `like`: its own, or those it makes up for."""

    like: date


@dataclass(frozen=True, slots=True)
class Weekend:
    """An ordinary Saturday or Sunday."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off by law or by announcement."""

    reason: str


@dataclass(frozen=True, slots=True)
class MissingYear:
    """Cannot be told: nobody has entered the calendar of `year`."""

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Working days of the covered years; provisional years still await their announcement."""

    covered: frozenset[int]
    provisional: frozenset[int]
    days_off: Mapping[date, str]
    make_up: Mapping[date, date]

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Self:
        """Reckon the law's days off and correct them by the file *path*.

        Raises:
            UnreadableFileError: it is missing or wrong.
        """
        file = read_data(path, _File)
        lawful = _lawful_days_off(file.covered)
        if faults := list(_faults(file, lawful)):
            raise UnreadableFileError(path, faults)
        worked = {entry.day for entry in file.not_off}
        days_off = {day: name for day, name in lawful.items() if day not in worked}
        return cls(
            covered=frozenset(file.covered),
            provisional=frozenset(file.provisional),
            days_off=days_off | {entry.day: entry.reason for entry in file.off},
            make_up={entry.day: entry.instead_of for entry in file.make_up},
        )

    def on(self, day: date) -> WorkingDay | Weekend | Holiday | MissingYear:
        """Tell what *day* is."""
        if day.year not in self.covered:
            return MissingYear(day.year)
        if day in self.make_up:
            return WorkingDay(self.make_up[day])
        if day in self.days_off:
            return Holiday(self.days_off[day])
        return Weekend() if day.weekday() >= SATURDAY else WorkingDay(day)

    def on_or_after(self, day: date) -> date | MissingYear:
        """Find the first working day that is not before *day*."""
        while True:
            match self.on(day):
                case WorkingDay():
                    return day
                case MissingYear() as missing:
                    return missing
                case Weekend() | Holiday():
                    day += ONE_DAY

    def add(self, day: date, count: int) -> date | MissingYear:
        """Find the working day that is *count* working days after *day*, itself not counted."""
        for _ in range(count):
            following = self.on_or_after(day + ONE_DAY)
            if isinstance(following, MissingYear):
                return following
            day = following
        return day


def _lawful_days_off(years: tuple[int, ...]) -> dict[date, str]:
    found = country_holidays("VN", years=years, expand=False, language="vi")
    return {day: name for day, name in found.items() if day.year in years}


def _faults(file: _File, lawful: Mapping[date, str]) -> Iterator[str]:
    """Find what is wrong in *file* though every value by itself is right."""
    for year in file.provisional:
        if year not in file.covered:
            yield f"provisional: {year} is not covered"
    entries = (*file.off, *file.make_up, *file.not_off)
    for day, times in Counter(entry.day for entry in entries).items():
        if times > 1:
            yield f"{day}: stands {times} times"
        if day.year not in file.covered:
            yield f"{day}: {day.year} is not covered"
    yield from _faults_of_days(file, lawful)


def _faults_of_days(file: _File, lawful: Mapping[date, str]) -> Iterator[str]:
    off = {entry.day for entry in file.off}
    for day in off:
        if day.weekday() >= SATURDAY:
            yield f"off {day}: is a Saturday or Sunday, which is off anyway"
    for made_up in file.make_up:
        if made_up.day.weekday() < SATURDAY:
            yield f"make_up {made_up.day}: is neither a Saturday nor a Sunday"
        if made_up.instead_of not in off:
            yield f"make_up {made_up.day}: {made_up.instead_of} is not among the off days"
    for entry in file.not_off:
        if entry.day not in lawful or entry.day.weekday() >= SATURDAY:
            yield f"not_off {entry.day}: is no weekday that would be off"
