"""`motcua catalog`: the catalogue, checked and counted."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.settings import Settings
from knowledge.errors import KnowledgeError
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.readers import read_catalog

commands: Final = typer.Typer(no_args_is_help=True, help="Look after the catalogue.")


@commands.command("check")
def check_catalog(
    files: Annotated[list[Path] | None, typer.Argument(help="Default: the shipped one.")] = None,
) -> None:
    """Read catalogue files, report every problem with its place, and count what they hold."""
    broken = False
    for file in files or [Settings().catalog]:
        try:
            _print_counts(file, read_catalog(file))
        except KnowledgeError as error:
            print(error, file=sys.stderr)
            broken = True
    if broken:
        raise typer.Exit(1)


def _print_counts(file: Path, catalog: Catalog) -> None:
    print(f"{file}: {len(catalog)} procedures, no problem")
    for field, count in catalog.fields().most_common():
        print(f"  {count:5}  {field}")
    complete = Counter(procedure.completeness for procedure in catalog)
    facts = {
        "documents": sum(len(procedure.documents) for procedure in catalog),
        "fee lines": sum(len(procedure.fees) for procedure in catalog),
        "fee lines with an amount": sum(
            fee.amount is not None for procedure in catalog for fee in procedure.fees
        ),
        "with terms": sum(bool(procedure.terms) for procedure in catalog),
        "with steps": sum(bool(procedure.steps) for procedure in catalog),
        "with conditions": sum(procedure.conditions is not None for procedure in catalog),
        "with legal basis": sum(bool(procedure.legal_basis) for procedure in catalog),
        "full": complete["full"],
        "name only": complete["name_only"],
    }
    for what, count in facts.items():
        print(f"  {count:5}  {what}")
