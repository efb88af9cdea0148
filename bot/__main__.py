"""The command line: answers on stdout, trouble on stderr, exit 0, 1 or 2."""

import asyncio
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot import app as plan
from bot import logs
from bot.settings import Settings
from bot.verbs import asking, db, dossiers, feedback, post, zalo
from bot.verbs import catalog as catalogue
from bot.verbs.options import CatalogOption, settings_with
from knowledge.errors import KnowledgeError
from knowledge.store.store import is_outage

commands: Final = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
commands.command()(asking.ask)
commands.command()(asking.talk)
commands.add_typer(catalogue.commands, name="catalog")
commands.add_typer(dossiers.commands, name="dossiers")
commands.add_typer(db.commands, name="db")
commands.add_typer(zalo.commands, name="zalo")
commands.add_typer(feedback.commands, name="feedback")
commands.add_typer(post.commands, name="post")


@commands.command()
def run() -> None:
    """Open every configured door and stay until stopped; say where the doors are."""
    logs.set_up()
    asyncio.run(_run(Settings()))


@commands.command()
def bench(
    questions: Annotated[
        Path, typer.Option(help="Questions with known answers, from a checkout.")
    ] = Path("tests/knowledge/questions.jsonl"),
    *,
    catalog: CatalogOption = None,
    national: Annotated[
        Path | None, typer.Option(help="A list of titles (.csv) to ask formal questions over.")
    ] = None,
) -> None:
    """Measure quality, speed and memory, beside plain BM25 and rapidfuzz; then the post."""
    from bot import bench as measures  # noqa: PLC0415 - its means need not lie in every process
    from bot.bench import post as mail  # noqa: PLC0415

    where = settings_with(catalog).catalog
    for line in measures.report(where, questions, national, plan.now()):
        print(line, flush=True)
    print()
    for line in mail.report(settings_with(catalog)):
        print(line, flush=True)


def main() -> None:
    """Run the command line; what we expect to fail is told in one line."""
    _speak_utf8()
    try:
        commands()
    except KnowledgeError as error:
        print(f"motcua: {error}", file=sys.stderr)
        sys.exit(1)
    except ValidationError as error:
        for item in error.errors():
            name = "".join(f"_{part}" for part in item["loc"]).upper()
            print(f"motcua: setting MOTCUA{name}: {item['msg']}", file=sys.stderr)
        sys.exit(1)
    except SQLAlchemyError as error:
        if not is_outage(error):
            raise
        print("motcua: the database is busy or out of reach; try again", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal's settings: others build on our lines."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


async def _run(settings: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.on_loop_trouble)
    for kind in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(kind, stopped.set)
    async with plan.open_office(settings) as conversation:
        if settings.sample_dossiers:
            sample = await plan.lay_out_samples(conversation.office.store)
            if sample is not None:
                print(f"invented sample dossiers lie ready; try code {sample}", flush=True)
        async with plan.open_doors(settings, conversation) as doors:
            for door in doors:
                print(door, flush=True)
            await stopped.wait()


if __name__ == "__main__":
    main()
