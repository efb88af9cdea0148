"""The command line: answers on stdout, trouble on stderr, exit 0, 1 or 2."""

import asyncio
import json
import logging
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from getpass import getpass
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from bot import app as plan
from bot.doors import console, zalo_oa
from bot.post.capabilities import CHANNELS, Capabilities
from bot.settings import Settings
from bot.verbs import post
from handlers import reception
from handlers.conversation import Conversation
from handlers.messages import Message
from handlers.states import Memory, Turn
from knowledge.dossiers.importer import read_dossiers
from knowledge.dossiers.register import DossierRegister
from knowledge.errors import KnowledgeError
from knowledge.matching import Answer, Found, Unclear, Unknown
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet
from knowledge.procedures.readers import read_catalog
from knowledge.store.store import open_store

commands: Final = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
catalog_commands: Final = typer.Typer(no_args_is_help=True, help="Look after the catalogue.")
dossier_commands: Final = typer.Typer(no_args_is_help=True, help="Look after the dossiers.")
database_commands: Final = typer.Typer(no_args_is_help=True, help="Look after the database.")
zalo_commands: Final = typer.Typer(no_args_is_help=True, help="Look after the Zalo account.")
commands.add_typer(catalog_commands, name="catalog")
commands.add_typer(dossier_commands, name="dossiers")
commands.add_typer(database_commands, name="db")
commands.add_typer(zalo_commands, name="zalo")
commands.add_typer(post.commands, name="post")

CatalogOption = Annotated[Path | None, typer.Option("--catalog", help="Another catalogue file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

_RANKED: Final = 10


@commands.command()
def run() -> None:
    """Open every configured door and stay until stopped; say where the doors are."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    asyncio.run(_run(Settings()))


@commands.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="One question in Vietnamese.")] = None,
    *,
    as_json: JsonOption = False,
    catalog: CatalogOption = None,
    why: Annotated[bool, typer.Option("--why", help="Show how the scores came about.")] = False,
) -> None:
    """Answer a question as a citizen would read it; with --json, a question a line from stdin."""
    if question is None and not as_json:
        message = "give a question, or --json and questions on stdin"
        raise typer.BadParameter(message)
    if why and question is not None:
        matcher = plan.build_matcher(read_catalog(_settings(catalog).catalog))
        print(matcher.explain(question))
        return
    asyncio.run(_ask(_settings(catalog), question, as_json=as_json))


@commands.command()
def talk(
    channel: Annotated[
        str, typer.Option("--as", help=f"One of {', '.join(CHANNELS)}.")
    ] = console.CHANNEL,
    *,
    as_json: JsonOption = False,
    catalog: CatalogOption = None,
) -> None:
    """Talk on the terminal, one line a turn, shown as the given channel would show it."""
    if channel not in CHANNELS:
        message = f"no such channel; there are {', '.join(CHANNELS)}"
        raise typer.BadParameter(message)
    asyncio.run(_talk(_settings(catalog), CHANNELS[channel], as_json=as_json))


@catalog_commands.command("check")
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

    where = _settings(catalog).catalog
    for line in measures.report(where, questions, national, plan.now()):
        print(line, flush=True)
    print()
    for line in mail.report(_settings(catalog)):
        print(line, flush=True)


@dossier_commands.command("import")
def import_dossiers(file: Path) -> None:
    """Take the dossiers of a .csv or .xlsx file from a handling system; all of them or none."""
    dossiers = read_dossiers(file)

    async def keep() -> None:
        async with open_store(Settings().database_url) as store, store.transaction() as session:
            await DossierRegister(session).keep(dossiers, plan.now())

    asyncio.run(keep())
    print(f"{len(dossiers)} dossiers kept")


@database_commands.command("upgrade")
def upgrade_database() -> None:
    """Apply the migrations that the database lacks."""

    async def upgrade() -> None:
        async with open_store(Settings().database_url):
            print("the database is up to date")

    asyncio.run(upgrade())


@zalo_commands.command("connect")
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
    except KeyboardInterrupt:
        sys.exit(130)


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal's settings: others build on our lines."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _settings(catalog: Path | None) -> Settings:
    return Settings() if catalog is None else Settings(catalog=catalog)


async def _run(settings: Settings) -> None:
    stopped = asyncio.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(kind, stopped.set)
    async with plan.open_office(settings) as conversation:
        if settings.sample_dossiers:
            sample = await plan.lay_out_samples(conversation.office.store)
            if sample is not None:
                print(f"invented sample dossiers lie ready; try code {sample}", flush=True)
        async with plan.open_doors(settings, conversation) as doors:
            for door in doors:
                print(door, flush=True)
            await stopped.wait()


async def _ask(settings: Settings, question: str | None, *, as_json: bool) -> None:
    async with plan.open_office(settings) as conversation:
        for line in [question] if question is not None else _lines():
            turn = await _fresh_turn(conversation, line)
            if as_json:
                print(_ask_json(conversation, line, turn), flush=True)
            else:
                print(console.show(turn.reply, CHANNELS[console.CHANNEL]))


async def _fresh_turn(conversation: Conversation, question: str) -> Turn:
    """Answer without a past and leave no trace."""
    message = Message(
        channel=console.CHANNEL, chat="ask", text=question, external_id="ask", whole=True
    )
    async with conversation.office.desk() as desk:
        return await reception.receive(message, desk, Memory())


def _ask_json(conversation: Conversation, question: str, turn: Turn) -> str:
    started = time.perf_counter()
    conversation.office.matcher.answer(question)
    spent = (time.perf_counter() - started) * 1000
    answer = turn.answer
    return json.dumps(
        {
            "question": question,
            "outcome": _outcome(answer),
            "procedures": [
                {
                    "code": match.procedure.code,
                    "name": match.procedure.name,
                    "score": round(match.score, 2),
                }
                for match in (answer.ranking[:_RANKED] if answer else ())
            ],
            "facets": list(answer.facets or (Facet.OVERVIEW,)) if answer else [],
            "reply": turn.reply.text,
            "ms": round(spent, 3),
        },
        ensure_ascii=False,
    )


def _outcome(answer: Answer | None) -> str:
    match answer:
        case None:
            return "other"
        case Found():
            return "found"
        case Unclear():
            return "unclear"
        case Unknown():
            return "unknown"


async def _talk(settings: Settings, caps: Capabilities, *, as_json: bool) -> None:
    async with plan.open_office(settings) as conversation:
        if settings.sample_dossiers:
            await plan.lay_out_samples(conversation.office.store)
        await console.talk(
            conversation,
            _typed(),
            print,
            caps=caps,
            as_json=as_json,
            chat=f"terminal-{time.time_ns()}",
        )


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\n")


async def _typed() -> AsyncIterator[str]:
    """Read lines without holding up the loop; a person gets a prompt."""
    while True:
        if sys.stdin.isatty():
            print("> ", end="", file=sys.stderr, flush=True)
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            return
        yield line.rstrip("\n")


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


if __name__ == "__main__":
    main()
