"""Laws of the pace: never faster than allowed, and never slower than it could be."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.post.limits import Limits
from tests.citizen import NOON

rates = st.floats(0.1, 1000)
waits = st.lists(st.floats(0, 5), min_size=1, max_size=40)


@given(rate=rates, waits=waits)
def test_in_no_span_of_time_more_goes_out_than_its_length_allows(
    rate: float, waits: list[float]
) -> None:
    limits = Limits(per_second=rate, chat_gap=0)
    burst = max(0.2 * rate, 1)
    now, booked = NOON, None
    sent: list[tuple[datetime, int]] = []
    for wait in waits:
        now += timedelta(seconds=wait)
        count = limits.free(booked, now)
        booked = limits.book(booked, now, count)
        sent.append((now, count))
    for first, (begin, _) in enumerate(sent):
        for last in range(first, len(sent)):
            span = (sent[last][0] - begin).total_seconds()
            assert sum(count for _, count in sent[first : last + 1]) <= burst + span * rate + 0.01


@given(rate=rates)
def test_whoever_waits_as_told_may_send(rate: float) -> None:
    limits = Limits(per_second=rate, chat_gap=0)
    booked = limits.book(None, NOON, limits.free(None, NOON))
    wait = limits.wait(booked, NOON)
    assert limits.free(booked, NOON + timedelta(seconds=wait + 1e-5)) >= 1


def test_a_channel_on_hold_lets_nothing_out() -> None:
    limits = Limits(per_second=30, chat_gap=0)
    assert limits.free(NOON + timedelta(seconds=60), NOON) == 0
    assert limits.wait(NOON + timedelta(seconds=60), NOON) > 59
