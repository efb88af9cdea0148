"""An exchange as this door shows it, on the page and in the stream alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.post.capabilities import CHANNELS, shorten
from handlers.conversation import read_reply
from handlers.messages import Choice, Reply
from handlers.texts.common import CONTACT, MENU
from knowledge.talks import Exchange

_CAPS: Final = CHANNELS["web"]
# The page's own buttons are always there, also when the conversation has not offered them.
_OWN_BUTTONS: Final = {choice.sends: choice.label for choice in MENU}


@dataclass(frozen=True, slots=True)
class Shown:
    """What was said and answered; numbers of persons are masked already.

    Where nothing was said, the office spoke unasked.
    """

    id: int
    external_id: str
    said: str
    reply: Reply


def shown(exchange: Exchange) -> Shown:
    """Read a kept exchange for showing."""
    said = _OWN_BUTTONS.get(exchange.said, exchange.said)
    return Shown(exchange.id, exchange.external_id, said, fitted(read_reply(exchange)))


def fitted(reply: Reply) -> Reply:
    """Cut the labels of *reply* to what a button holds; leave out what the page always offers."""
    choices = tuple(_fitted(one) for one in reply.choices if one.sends != CONTACT.sends)
    return replace(reply, choices=choices)


def _fitted(choice: Choice) -> Choice:
    return replace(choice, label=shorten(choice.label, _CAPS.label_limit))


def offered(turns: Sequence[Shown], at_first: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Tell what can be tapped: what the last answer offers, and what was told unasked since."""
    choices = at_first
    for turn in turns:
        new = turn.reply.choices
        choices = new if turn.said else (*new, *(old for old in choices if old not in new))
    return choices


def takes_files(turns: Sequence[Shown]) -> bool:
    """Say whether the last answer takes a file; what is told unasked changes nothing of that."""
    answered = [turn for turn in turns if turn.said]
    return bool(answered) and answered[-1].reply.takes_files
