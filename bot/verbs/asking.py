"""`motcua ask` and `motcua talk`: the conversation without a channel."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Final

import typer

from bot import app as plan
from bot.doors import console
from bot.post.capabilities import CHANNELS, Capabilities
from bot.settings import Settings
from bot.verbs.options import CatalogOption, JsonOption, settings_with
from handlers import reception
from handlers.conversation import Conversation
from handlers.messages import Message
from handlers.states import Memory, Turn
from knowledge.matching import Answer, Found, Unclear, Unknown
from knowledge.procedures.procedure import Facet
from knowledge.procedures.readers import read_catalog

_RANKED: Final = 10


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
        matcher = plan.build_matcher(read_catalog(settings_with(catalog).catalog))
        print(matcher.explain(question))
        return
    asyncio.run(_ask(settings_with(catalog), question, as_json=as_json))


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
    asyncio.run(_talk(settings_with(catalog), CHANNELS[channel], as_json=as_json))


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
