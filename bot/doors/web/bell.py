"""Wakes those who wait for news of a chat, within this process."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager

from aiohttp import web


class Bell:
    """Rung when a chat has news; whoever comes later reads the history instead."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self.silenced = False
        """The door is closing: nothing more will come."""

    @contextmanager
    def listening(self, chat: str) -> Generator[asyncio.Event]:
        """Give an event that is set at each ring for *chat*."""
        news = asyncio.Event()
        listeners = self._listeners.setdefault(chat, set())
        listeners.add(news)
        try:
            yield news
        finally:
            listeners.discard(news)
            if not listeners:
                del self._listeners[chat]

    def ring(self, chat: str) -> None:
        """Wake all who listen for *chat*."""
        for news in self._listeners.get(chat, ()):
            news.set()

    async def silence(self, app: web.Application) -> None:
        """Wake everybody for the last time, so that no stream holds up the closing."""
        del app
        self.silenced = True
        for chat in self._listeners:
            self.ring(chat)
