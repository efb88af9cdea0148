"""The terminal door: a talk line by line, shown as a chosen channel would show it."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict

from bot.post.capabilities import Capabilities, Rendered, render, shorten
from handlers.conversation import Conversation
from handlers.messages import Message, Reply
from knowledge.text import storable

CHANNEL = "console"


def show(reply: Reply, caps: Capabilities) -> str:
    """Write *reply* as the channel would show it; buttons in brackets, typed by their number."""
    rendered = render(reply, caps)
    return "\n----\n".join(rendered.parts) + _buttons(rendered, caps)


async def talk(  # noqa: PLR0913 - what a talk on a terminal is made of
    conversation: Conversation,
    lines: AsyncIterator[str],
    say: Callable[[str], None],
    *,
    caps: Capabilities,
    as_json: bool,
    chat: str,
) -> None:
    """Answer every line until there is none left."""
    number = 0
    async for line in lines:
        number += 1
        message = Message(
            channel=caps.channel, chat=chat, text=storable(line), external_id=f"line-{number}"
        )
        reply = await conversation.reply_to(message)
        say(_json(line, reply, caps) if as_json else show(reply, caps) + "\n")


def _json(said: str, reply: Reply, caps: Capabilities) -> str:
    rendered = render(reply, caps)
    turn = {
        "said": said,
        "parts": rendered.parts,
        "choices": [asdict(choice) for choice in reply.choices],
        "buttons": len(rendered.buttons),
    }
    return json.dumps(turn, ensure_ascii=False)


def _buttons(rendered: Rendered, caps: Capabilities) -> str:
    labels = [
        f"[{number} {shorten(choice.label, caps.label_limit)}]"
        for number, choice in enumerate(rendered.buttons, 1)
    ]
    return "\n" + " ".join(labels) if labels else ""
