"""`motcua post`: what became of what we said, and what a person decides about it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Final

import typer

from bot import app as plan
from bot.post import ledger
from bot.post.ledger import Entry
from bot.post.parcel import State
from bot.settings import Settings
from knowledge.clock import VIET_NAM
from knowledge.store.store import Transaction, open_store

commands: Final = typer.Typer(invoke_without_command=True)

_Number = Annotated[int, typer.Argument(metavar="ID", help="The number that `post` shows first.")]
_Decide = Callable[[Transaction, int, datetime], Awaitable[Entry]]


@commands.callback()
def post(
    context: typer.Context,
    most: Annotated[int, typer.Option(min=1, help="So many lines at most.")] = 50,
) -> None:
    """Count what was said by channel and state; list what failed or may not have arrived."""
    if context.invoked_subcommand is None:
        asyncio.run(_show(most))


@commands.command()
def resend(number: _Number) -> None:
    """Send a part once more, and what was withheld after it; if it arrived, it comes twice."""
    entry = asyncio.run(_decide(ledger.resend, number))
    print(f"{entry.id} will be sent again on {entry.channel}")


@commands.command()
def settle(number: _Number) -> None:
    """Note a part as sent: it is known to have arrived, or was told in another way."""
    entry = asyncio.run(_decide(ledger.settle, number))
    print(f"{entry.id} counts as sent on {entry.channel}")


async def _show(most: int) -> None:
    async with open_store(Settings().database_url) as store, store.transaction() as session:
        counts = await ledger.counted(session)
        entries = await ledger.doubtful(session, most)
    for channel, states in sorted(counts.items()):
        told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        print(f"{channel:9} {told}")
    for entry in entries:
        print(_line(entry))
    both = (State.FAILED, State.UNKNOWN)
    more = sum(states.get(state, 0) for states in counts.values() for state in both)
    if more > len(entries):
        print(f"and {more - len(entries)} older ones (--most {more} shows them)")


def _line(entry: Entry) -> str:
    told = f"{entry.state} ({entry.reason})" if entry.reason else entry.state
    at = f"{entry.at.astimezone(VIET_NAM):%d/%m/%Y %H:%M}"
    return f"{entry.id:7}  {at}  {entry.channel:9} {told:24} {entry.key}, part {entry.part}"


async def _decide(decide: _Decide, number: int) -> Entry:
    async with open_store(Settings().database_url) as store, store.transaction() as session:
        return await decide(session, number, plan.now())
