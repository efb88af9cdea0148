"""What is neither question nor task: greetings, thanks, who are you, where are the people."""

from collections.abc import Callable
from typing import Final

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import IDLE, Idle, Turn
from handlers.texts import common, dates, plain
from knowledge.vocabulary import Intent


async def welcome(message: Message, desk: Desk) -> Turn:
    """Greet, and say who speaks and what can be done here."""
    del message
    return Turn(Reply(common.welcome(desk.card), common.MENU))


async def explain(message: Message, desk: Desk) -> Turn:
    """Say what can be done here."""
    del message
    return Turn(Reply(common.help_text(desk.card), common.MENU))


async def contact(message: Message, desk: Desk) -> Turn:
    """Say where people are to be met."""
    del message
    return Turn(Reply(_contact(desk), common.MENU))


async def cancel(message: Message, desk: Desk) -> Turn:
    """Leave whatever was going on."""
    del message, desk
    return Turn(Reply(common.CANCELLED, common.MENU))


async def speak_plainly(message: Message, desk: Desk) -> Turn:
    """Answer in plain language from now on."""
    del message, desk
    return Turn(Reply(plain.NOW_PLAIN, (plain.OFF, *common.MENU)), plain=True)


async def speak_officially(message: Message, desk: Desk) -> Turn:
    """Answer in the words of the documents again."""
    del message, desk
    return Turn(Reply(plain.NOW_OFFICIAL, (plain.ON, *common.MENU)), plain=False)


async def refuse_money(message: Message, desk: Desk) -> Turn:
    """Say that officers take no money beside the fees, and where to report who asks for it."""
    del message, desk
    return Turn(Reply(common.NO_MONEY, (common.GIVE_FEEDBACK, common.CONTACT)))


async def say_what_is_kept(message: Message, desk: Desk) -> Turn:
    """Say what is kept of a talk, for how long, who reads it, and how it is deleted."""
    del message
    return Turn(Reply(f"{common.privacy(desk.card)}\n\n{_contact(desk)}", common.MENU))


async def say_how_news_come(message: Message, desk: Desk) -> Turn:
    """Say that news of a dossier are to be asked for."""
    del message, desk
    return Turn(Reply(common.NO_NEWS, (common.FIND_DOSSIER, common.CONTACT)))


def reply_to(intent: Intent, desk: Desk, subject: Idle = IDLE) -> Turn | None:
    """Answer a courtesy; the subject of the talk stays. None: *intent* is no courtesy."""
    say = _COURTESIES.get(intent)
    return None if say is None else Turn(Reply(say(desk), common.MENU), subject)


def _contact(desk: Desk) -> str:
    return dates.contact(desk.card, desk.opening)


_COURTESIES: Final[dict[Intent, Callable[[Desk], str]]] = {
    Intent.GREETING: lambda desk: common.welcome(desk.card),
    Intent.THANKS: lambda _: common.THANKS,
    Intent.GOODBYE: lambda _: common.GOODBYE,
    Intent.ASSENT: lambda _: common.ASSENT,
    Intent.ABUSE: lambda desk: common.abuse(desk.card),
    Intent.HELP: lambda desk: common.help_text(desk.card),
    Intent.MACHINE: lambda _: common.MACHINE,
    Intent.PERSON: _contact,
    Intent.MAIL: lambda desk: f"{common.NO_MAIL}\n\n{_contact(desk)}",
}
