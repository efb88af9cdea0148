"""`motcua feedback`: what officers need of the book of feedback."""

import asyncio
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.settings import Settings
from knowledge.attachments import Attachment, Attachments
from knowledge.feedback import FeedbackBook, FeedbackCode, find_feedback_code
from knowledge.store.store import open_store

commands: Final = typer.Typer(no_args_is_help=True, help="Look after the book of feedback.")

_OURS_ALONE: Final = 0o700


@commands.callback()
def book() -> None:
    """Look after the book of feedback."""


@commands.command("files")
def write_files(
    code: Annotated[str, typer.Argument(help="The tracking code, such as PA-261121-7K3M9Q.")],
    into: Annotated[Path, typer.Option(help="Where to make a folder named after the code.")],
) -> None:
    """Write the files that came with a feedback into a new folder, named after its code."""
    found = find_feedback_code(code)
    if found is None:
        message = "this is no tracking code"
        raise typer.BadParameter(message)
    asyncio.run(_write_files(found, into))


async def _write_files(code: FeedbackCode, into: Path) -> None:
    async with open_store(Settings().database_url) as store, store.transaction() as session:
        if await FeedbackBook(session).find(code) is None:
            message = f"there is no feedback {code}"
            raise typer.BadParameter(message)
        folder, number = _new_folder(into / code), 0
        async for file in Attachments(session).of(code):
            number += 1
            path = folder / _name(number, file)
            path.write_bytes(file.content)
            print(path)
    print(f"{number} files")


def _new_folder(path: Path) -> Path:
    try:
        path.mkdir(_OURS_ALONE, parents=True)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise typer.BadParameter(message) from None
    return path


def _name(number: int, file: Attachment) -> str:
    """Begin with a number, so that what its sender called it decides nothing."""
    return f"{number}{' ' if file.name else ''}{file.name}.{file.kind}"
