"""How many streams may stay open: whoever comes last is seated, and the oldest gives way."""

import asyncio
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Final

# A line that was lost in the air looks open for minutes: who comes again must not pay for it.
PER_SESSION: Final = 6
PER_ADDRESS: Final = 300


class Seat:
    """Where one stream waits for news."""

    def __init__(self, news: asyncio.Event) -> None:
        self._news = news
        self.lost = False
        """Another sits here now."""

    def give_way(self) -> None:
        """End the stream; a page that still listens opens it again."""
        self.lost = True
        self._news.set()


class Seats:
    """Keeps the streams that are open, by session and by address."""

    def __init__(self) -> None:
        self._taken: dict[str, deque[Seat]] = {}

    @contextmanager
    def taken(self, news: asyncio.Event, *, chat: str, address: str) -> Generator[Seat]:
        """Seat a stream that *news* wakes."""
        seat = Seat(news)
        rows = ((f"chat {chat}", PER_SESSION), (f"address {address}", PER_ADDRESS))
        for name, most in rows:
            row = self._taken.setdefault(name, deque())
            row.append(seat)
            if len(row) > most:
                row.popleft().give_way()
        try:
            yield seat
        finally:
            for name, _ in rows:
                self._leave(name, seat)

    def _leave(self, name: str, seat: Seat) -> None:
        row = self._taken.get(name, deque())
        with suppress(ValueError):  # it gave way before
            row.remove(seat)
        if not row:
            self._taken.pop(name, None)
