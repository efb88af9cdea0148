"""The real process is killed (SIGKILL) while it fetches a file: the next one keeps it, once."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from sqlmodel import col, select

from bot.post.fetching import WITHIN
from handlers.texts import feedback as texts
from knowledge.attachments import AttachmentLimits, Attachments, Load
from knowledge.store.store import open_store
from knowledge.store.tables import InboxRow
from tests.bot.telegram_peer import DOWNLOAD, TOKEN, TelegramPeer, Trouble, open_peer
from tests.files import JPEG
from tests.patience import PATIENCE

ROOT: Final = Path(__file__).parents[2]


@asynccontextmanager
async def process(database: str, peer: TelegramPeer) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Run the real process over *database* until it is killed, at the latest here."""
    settings = {
        "MOTCUA_DATABASE_URL": database,
        "MOTCUA_PORT": "0",
        "MOTCUA_SAMPLE_DOSSIERS": "false",
        "MOTCUA_TELEGRAM_TOKEN": TOKEN,
        "MOTCUA_TELEGRAM_API": peer.url,
        "MOTCUA_TELEGRAM_CHAT_GAP": "0",
        "PYTHONPATH": str(ROOT),
    }
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=os.environ | settings,  # noqa: TID251 - handed on
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield running
    finally:
        running.kill()
        await running.wait()


async def let_time_pass(database: str) -> None:
    """Write into the book that the one who fetches is late; the next one need not wait for it."""
    async with open_store(database) as store, store.transaction() as session:
        [waiting] = await session.exec(select(InboxRow).where(col(InboxRow.done_at).is_(None)))
        assert waiting.put_off_until is not None
        waiting.put_off_until -= WITHIN
        session.add(waiting)


async def test_a_file_survives_whoever_was_fetching_it(database: str) -> None:
    async with open_peer() as peer, asyncio.timeout(PATIENCE):
        async with process(database, peer):
            await peer.hears("/gopy")
            await peer.hears(texts.ABOUT_CONDUCT.sends)
            await peer.until(lambda: len(peer.sent) == 2)
            peer.troubles.append(Trouble(method=DOWNLOAD, after=PATIENCE))
            await peer.gets_picture(JPEG)
            await peer.until(lambda: DOWNLOAD in peer.calls)
        await let_time_pass(database)
        async with process(database, peer):
            await peer.until(lambda: len(peer.sent) == 3)
    assert peer.sent[-1].text.startswith(texts.files_kept(1, AttachmentLimits()))
    assert peer.calls.count(DOWNLOAD) == 2
    async with open_store(database) as store, store.transaction() as session:
        assert await Attachments(session).carried("telegram", "1") == Load(1, len(JPEG))
