"""The program itself, connected to Zalo and run with both doors open, as an office would."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from bot import app as plan
from tests.bot import zalo_bot_peer, zalo_oa_peer
from tests.bot.zalo_bot_peer import ZaloBotPeer
from tests.bot.zalo_oa_peer import ZaloOaPeer
from tests.patience import PATIENCE

ROOT: Final = Path(__file__).parents[2]


@pytest.fixture
async def bot_peer() -> AsyncGenerator[ZaloBotPeer]:
    async with zalo_bot_peer.open_peer() as peer:
        yield peer


@pytest.fixture
async def oa_peer() -> AsyncGenerator[ZaloOaPeer]:
    async with zalo_oa_peer.open_peer() as peer:
        peer.now = plan.now()
        yield peer


@pytest.fixture
def settings(database: str, bot_peer: ZaloBotPeer, oa_peer: ZaloOaPeer) -> dict[str, str]:
    return {
        "MOTCUA_DATABASE_URL": database,
        "MOTCUA_PORT": "0",
        "MOTCUA_HOOKS_PORT": "0",
        "MOTCUA_ZALO_BOT_TOKEN": zalo_bot_peer.TOKEN,
        "MOTCUA_ZALO_BOT_API": bot_peer.url,
        "MOTCUA_ZALO_OA_ID": zalo_oa_peer.OA,
        "MOTCUA_ZALO_OA_APP_ID": zalo_oa_peer.APP,
        "MOTCUA_ZALO_OA_APP_SECRET": zalo_oa_peer.APP_SECRET,
        "MOTCUA_ZALO_OA_WEBHOOK_SECRET": zalo_oa_peer.SIGNING,
        "MOTCUA_ZALO_OA_API": oa_peer.url,
        "MOTCUA_ZALO_OA_OAUTH": oa_peer.url,
    }


@asynccontextmanager
async def program(
    settings: dict[str, str], *words: str
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Run `motcua` with *words*, and end it however the test ends."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        cwd=ROOT,
        env=settings,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def run(settings: dict[str, str], *words: str, typed: str = "") -> tuple[str, str, object]:
    async with program(settings, *words) as process:
        out, err = await process.communicate(typed.encode())
        return out.decode(), err.decode(), process.returncode


async def test_an_office_connects_and_is_answered_on_both(
    settings: dict[str, str], bot_peer: ZaloBotPeer, oa_peer: ZaloOaPeer
) -> None:
    out, err, code = await run(settings, "zalo", "connect", typed=f"{oa_peer.refresh}\n")
    assert out.startswith("connected; the access token is good until ")
    assert ("refresh" not in out + err, code) == (True, 0)
    async with program(settings, "run") as process:
        assert process.stdout is not None
        told: list[str] = []
        while not any(line.startswith("zalo_oa: ") for line in told):
            told.append((await process.stdout.readline()).decode().strip())
        assert "zalo_bot: polling" in told
        assert "zalo_oa: webhook at /hooks/zalo_oa" in told
        port = next(line for line in told if line.startswith("hooks: "))
        oa_peer.hook = f"{port.removeprefix('hooks: ')}/zalo_oa"
        await bot_peer.hears("/lienhe")
        await oa_peer.hears("/lienhe")
        by_bot, by_oa = (await bot_peer.shows(1))[0], (await oa_peer.shows(1))[0]
        assert by_bot.text.startswith(by_oa.text)
        process.terminate()
        _, log = await process.communicate()
    assert process.returncode == 0
    for secret in (zalo_bot_peer.TOKEN, "secret", "access-", "refresh-", zalo_oa_peer.CITIZEN):
        assert secret not in log.decode()


async def test_what_zalo_refuses_is_told_in_a_line(settings: dict[str, str]) -> None:
    out, err, code = await run(settings, "zalo", "connect", typed="wrong\n")
    assert err == (
        "motcua: Zalo gave no tokens (error -14014); get a new refresh token and try again\n"
    )
    assert (out, code) == ("", 1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"MOTCUA_ZALO_OA_APP_ID": ""},
            "motcua: setting MOTCUA: Value error, MOTCUA_ZALO_OA_APP_ID is missing\n",
        ),
        (
            {"MOTCUA_ZALO_OA_TOKEN_KEY": "a weak key"},
            "motcua: setting MOTCUA_ZALO_OA_TOKEN_KEY: Value error, ",
        ),
        (
            {"MOTCUA_ZALO_BOT_WEBHOOK_URL": "http://example.vn"},
            "motcua: setting MOTCUA_ZALO_BOT_WEBHOOK_URL: String should match pattern ",
        ),
    ],
    ids=str,
)
async def test_a_wrong_setting_is_told_in_a_line(
    settings: dict[str, str], change: dict[str, str], told: str
) -> None:
    out, err, code = await run(settings | change, "run")
    assert err.startswith(told)
    assert "a weak key" not in err
    assert (out, code, err.count("\n")) == ("", 1, 1)


async def test_without_an_account_there_is_nothing_to_connect(database: str) -> None:
    _, err, code = await run({"MOTCUA_DATABASE_URL": database}, "zalo", "connect")
    assert "MOTCUA_ZALO_OA_ID" in err
    assert code == 2
