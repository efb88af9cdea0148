"""All that crosses the border between a door and the conversation."""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import TypeAdapter

Kind = Literal[
    "text", "edited", "picture", "file", "voice", "sticker", "place", "contact", "unreadable"
]


@dataclass(frozen=True, slots=True)
class ChatKey:
    """Which chat on which channel; `chat` is the channel's own name for it."""

    channel: str
    chat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something a citizen said or tapped."""

    channel: str
    chat: str
    text: str
    external_id: str
    """The channel's own id of the message: the same id is the same message."""
    kind: Kind = "text"
    """What came; all but `text` and `edited` came instead of words.

    The text of a `contact` is its number; `edited` is a message sent before, in other words.
    """

    whole: bool = False
    """Asked once, with no way to ask on: nothing is folded."""

    @property
    def key(self) -> ChatKey:
        """Tell whose message it is."""
        return ChatKey(self.channel, self.chat)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it shows, and the text that tapping it sends (at most 64 bytes)."""

    label: str
    sends: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What we say: plain text, and what can be chosen next."""

    text: str
    choices: tuple[Choice, ...] = ()
    named: int = 0
    """So many of the first choices are numbered lines of the text already, in the same order."""
    files: tuple[str, ...] = ()
    """Forms to hand out, by their paths on the shelf (`1.003249/Mẫu số 21.docx`)."""
    page: str = ""
    """The path of a page to print that the web door serves; elsewhere the text says enough."""


_REPLY: Final = TypeAdapter(Reply)


def dump_reply(reply: Reply) -> str:
    """Write *reply* as one JSON text."""
    return _REPLY.dump_json(reply).decode()


def load_reply(text: str) -> Reply:
    """Read a reply that was kept."""
    return _REPLY.validate_json(text)
