"""When a term ends (BLDS Đ.147-148), as an estimate from the moment a dossier is accepted."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from knowledge.calendar.hours import EIGHT_HOURS, Closed, Open, OpeningHours, Span
from knowledge.calendar.working_days import ONE_DAY, MissingYear, WorkingCalendar
from knowledge.clock import VIET_NAM
from knowledge.procedures.procedure import TermUnit

_MONTHS: Final = 12  # of a year
_LONGEST: Final = (
    1_000_000  # of any unit: past every year we may cover, within what dates can hold
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a result is to be ready.

    Attributes:
        day: the day, always a working day.
        clock: the time on that day; None where the whole day counts.
        counted_from: when the counting began: the reception, or the opening after it.
        provisional: a year on the way still awaits the announcement of its days off.
    """

    day: date
    clock: time | None
    counted_from: datetime
    provisional: bool

    @property
    def end(self) -> datetime:
        """Give the moment after which it is late; of a whole day, 24:00 (BLDS Đ.148)."""
        if self.clock is None:
            return datetime.combine(self.day + ONE_DAY, time.min, VIET_NAM)
        return datetime.combine(self.day, self.clock, VIET_NAM)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the counting starts: `eve` is not counted, the day after it is the first."""

    moment: datetime
    eve: date
    clock: time | None


@dataclass(frozen=True, slots=True)
class Terms:
    """Counts terms by the office's calendar and hours."""

    calendar: WorkingCalendar
    hours: OpeningHours = EIGHT_HOURS

    def due(self, received: datetime, duration: int, unit: TermUnit) -> Due | MissingYear:
        """Tell when a term of *duration* units ends for a dossier accepted at *received*.

        A term runs from the acceptance of a complete dossier (NĐ 309/2026/NĐ-CP), which is not
        known beforehand: tell the answer as an estimate.
        """
        start = self._start(received.astimezone(VIET_NAM))
        if isinstance(start, MissingYear):
            return start
        duration = min(duration, _LONGEST)
        match unit:
            case TermUnit.HOUR:
                return self._after_hours(start, timedelta(hours=duration))
            case TermUnit.WORKING_DAY:
                day = self.calendar.add(start.eve, duration)
                return self._due(start, day, start.clock)
            case TermUnit.DAY:
                return self._by_end_of(start, start.eve + timedelta(days=duration))
            case TermUnit.MONTH:
                return self._after_months(start, duration)

    def is_open(self, moment: datetime) -> Open | Closed | MissingYear:
        """Tell whether the office is open at *moment*, and when that changes."""
        return self.hours.is_open(moment, self.calendar)

    def _start(self, received: datetime) -> _Start | MissingYear:
        """Apply the rule of reception: a closed office counts from its next opening.

        The day of reception is not counted. Where the office does not open again on that day,
        the day of its next opening is the first that is counted, and is counted whole.
        """
        opening = next(self._working_spans(received))
        if isinstance(opening, MissingYear):
            return opening
        if opening.begins.date() == received.date():
            return _Start(opening.begins, received.date(), opening.begins.time())
        return _Start(opening.begins, opening.begins.date() - ONE_DAY, None)

    def _after_hours(self, start: _Start, left: timedelta) -> Due | MissingYear:
        """Count *left* within the opening hours of working days, whatever they are."""
        spans = self._working_spans(start.moment)
        while isinstance(span := next(spans), Span) and _length(span) < left:
            left -= _length(span)
        if isinstance(span, MissingYear):
            return span
        end = span.begins + left
        return self._due(start, end.date(), end.time())

    def _working_spans(self, moment: datetime) -> Iterator[Span | MissingYear]:
        for span in self.hours.spans(moment, self.calendar):
            if isinstance(span, MissingYear) or span.working:
                yield span

    def _after_months(self, start: _Start, months: int) -> Due | MissingYear:
        """Find the same day of the last month, or that month's last (BLDS Đ.148.3)."""
        year, month = divmod(start.eve.year * _MONTHS + start.eve.month - 1 + months, _MONTHS)
        if year not in self.calendar.covered:
            return MissingYear(year)
        _, days = monthrange(year, month + 1)
        return self._by_end_of(start, date(year, month + 1, min(start.eve.day, days)))

    def _by_end_of(self, start: _Start, last: date) -> Due | MissingYear:
        """End with the day *last*, or with the working day after it (BLDS Đ.148.5)."""
        return self._due(start, self.calendar.on_or_after(last), None)

    def _due(
        self, start: _Start, day: date | MissingYear, clock: time | None
    ) -> Due | MissingYear:
        if isinstance(day, MissingYear):
            return day
        years = range(start.moment.year, day.year + 1)
        return Due(
            day=day,
            clock=clock,
            counted_from=start.moment,
            provisional=not self.calendar.provisional.isdisjoint(years),
        )


def _length(span: Span) -> timedelta:
    return span.ends - span.begins
