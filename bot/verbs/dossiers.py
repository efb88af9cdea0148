"""`motcua dossiers`: what a handling system tells of its dossiers."""

import asyncio
from pathlib import Path
from typing import Final

import typer

from bot import app as plan
from bot.settings import Settings
from knowledge.dossiers.importer import read_dossiers
from knowledge.dossiers.register import DossierRegister
from knowledge.store.store import open_store

commands: Final = typer.Typer(no_args_is_help=True, help="Look after the dossiers.")


@commands.command("import")
def import_dossiers(file: Path) -> None:
    """Take the dossiers of a .csv or .xlsx file from a handling system; all of them or none."""
    dossiers = read_dossiers(file)

    async def keep() -> None:
        async with open_store(Settings().database_url) as store, store.transaction() as session:
            await DossierRegister(session).keep(dossiers, plan.now())

    asyncio.run(keep())
    print(f"{len(dossiers)} dossiers kept")
