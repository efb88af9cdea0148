"""An event of Zalo Bot becomes a message of ours, or nothing that is for us."""

import logging
from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, ValidationError

from handlers.messages import Kind, Message, Missed, Remote, SentFile, Why

log = logging.getLogger(__name__)

CHANNEL: Final = "zalo_bot"

_READ: Final = 20_000  # letters; the conversation itself asks for fewer words long before
_LONGEST_URL: Final = 2000
# Links, cards, places, and whatever protected senders write, arrive as "unsupported".
_KINDS: Final[dict[str, Kind]] = {
    "text": "unreadable",
    "image": "picture",
    "sticker": "sticker",
    "voice": "voice",
    "unsupported": "unreadable",
}
_MESSAGES: Final = {f"message.{name}.received": kind for name, kind in _KINDS.items()}

_Id = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,100}$")]


class _Model(BaseModel):
    """What the documents call a string may come as a number, and what they leave out may come."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)


class _Sender(_Model):
    id: str | None = None
    is_bot: bool | None = None


class _Chat(_Model):
    id: _Id
    chat_type: str | None = None


class _Posted(_Model):
    message_id: _Id
    chat: _Chat
    sender: _Sender | None = Field(default=None, alias="from")
    text: str | None = None
    caption: str | None = None
    photo_url: JsonValue = None
    photo: JsonValue = None
    """What the documents call `photo_url`."""


class _Event(_Model):
    message: _Posted


def unwrapped(update: JsonValue) -> Iterator[JsonValue]:
    """Give the events in *update*: the documents wrap them, real traffic often does not."""
    if isinstance(update, dict) and "event_name" not in update:
        update = update.get("result")
    yield from update if isinstance(update, list) else [update]


def read(event: JsonValue, own_id: str | None) -> Message | None:
    """Read what a citizen sent; None for groups, our own words and events we do not know."""
    kind = _MESSAGES.get(str(event.get("event_name"))) if isinstance(event, dict) else None
    if kind is None:
        return None
    try:
        posted = _Event.model_validate(event).message
    except ValidationError:  # its words hold the citizen's
        log.warning("%s: an event of an unknown form is left aside", CHANNEL)
        return None
    return _message(posted, kind) if _is_for_us(posted, own_id) else None


def _is_for_us(posted: _Posted, own_id: str | None) -> bool:
    sender = posted.sender or _Sender()
    own = sender.is_bot or (own_id is not None and sender.id == own_id)
    return not own and (posted.chat.chat_type or "PRIVATE").upper() == "PRIVATE"


def _message(posted: _Posted, kind: Kind) -> Message:
    text = (posted.text or posted.caption or "")[:_READ]
    return Message(
        channel=CHANNEL,
        chat=posted.chat.id,
        text=text,
        external_id=posted.message_id,
        kind="text" if text else kind,
        files=_pictures(posted) if kind == "picture" else (),
    )


def _pictures(posted: _Posted) -> tuple[SentFile, ...]:
    url = posted.photo_url or posted.photo
    if isinstance(url, str) and len(url) <= _LONGEST_URL:
        return (Remote(url),)
    return (Missed(Why.OUT_OF_REACH),)
