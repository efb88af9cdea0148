"""`motcua db`: the database."""

import asyncio
from typing import Final

import typer

from bot.settings import Settings
from knowledge.store.store import open_store

commands: Final = typer.Typer(no_args_is_help=True, help="Look after the database.")


@commands.command("upgrade")
def upgrade_database() -> None:
    """Apply the migrations that the database lacks."""

    async def upgrade() -> None:
        async with open_store(Settings().database_url):
            print("the database is up to date")

    asyncio.run(upgrade())
