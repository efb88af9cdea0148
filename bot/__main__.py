"""The command line: answers on stdout, trouble on stderr, exit 0, 1 or 2."""

import asyncio
import json
import sys
import time
from typing import Annotated

import typer

from bot.app import open_office
from bot.doors import console
from bot.post.capabilities import CHANNELS
from bot.settings import Settings
from handlers import reception
from handlers.messages import Message
from handlers.states import Memory

app = typer.Typer(no_args_is_help=True)

@app.command()
def ask(question: str) -> None:
    async def go() -> None:
        async with open_office(Settings()) as conversation:
            async with conversation.office.desk() as desk:
                turn = await reception.receive(Message(channel="console", chat="x", text=question, external_id="1"), desk, Memory())
                print(console.show(turn.reply, CHANNELS["console"]))
    asyncio.run(go())

def main() -> None:
    app()

if __name__ == "__main__":
    main()
