"""What a whole turn costs, from a message to the reply that SQLite keeps."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.app import open_office
from bot.settings import Settings
from handlers.messages import Message


async def turn_times(texts: Sequence[str], catalog: Path) -> list[float]:
    """Give the seconds each of *texts* took as a turn of a chat of its own, one after another."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.db"
        async with open_office(Settings(database_url=url, catalog=catalog)) as conversation:
            spent: list[float] = []
            for number, text in enumerate(texts):
                message = Message(channel="bench", chat=str(number), text=text, external_id="1")
                started = time.perf_counter()
                await conversation.reply_to(message)
                spent.append(time.perf_counter() - started)
    return spent
