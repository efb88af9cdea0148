"""`motcua zalo`: what a person does for the Official Account."""

import asyncio
import sys
from datetime import datetime
from getpass import getpass
from typing import Final

import typer

from bot import app as plan
from bot.doors import zalo_oa
from bot.settings import Settings
from knowledge.store.store import open_store

commands: Final = typer.Typer(no_args_is_help=True, help="Look after the Zalo account.")


@commands.command("connect")
def connect_zalo() -> None:
    """Read a refresh token from stdin, use it, and keep the new pair for the Official Account."""
    settings = Settings()
    account = plan.zalo_account(settings)
    if account is None:
        message = "set MOTCUA_ZALO_OA_ID and the other settings of the Official Account first"
        raise typer.BadParameter(message)
    # Never an argument: those are seen by all who are on the machine.
    refresh = getpass("refresh token: ") if sys.stdin.isatty() else sys.stdin.readline()

    async def connect() -> datetime:
        async with open_store(settings.database_url) as store:
            return await zalo_oa.connect(account, refresh.strip(), store, plan.now)

    print(f"connected; the access token is good until {asyncio.run(connect()):%d/%m/%Y %H:%M}")
