"""Options that several verbs share."""

from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings

CatalogOption = Annotated[Path | None, typer.Option("--catalog", help="Another catalogue file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def settings_with(catalog: Path | None) -> Settings:
    """Read the settings, with another *catalog* where one is given."""
    return Settings() if catalog is None else Settings(catalog=catalog)
