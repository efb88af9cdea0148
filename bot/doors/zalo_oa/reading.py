"""An event of the Official Account becomes something that happened in a chat, or nothing."""

import logging
from dataclasses import dataclass, replace
from typing import Annotated, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from handlers.messages import Kind, Message, Missed, Remote, SentFile, Why

log = logging.getLogger(__name__)

CHANNEL: Final = "zalo_oa"
ANONYMOUS: Final = "anonymous"

_READ: Final = 20_000  # letters; the conversation itself asks for fewer words long before
_LONGEST_CHAT: Final = 100  # letters of a chat's name that the tables hold
_GREETED: Final = "/start"

_Id = Annotated[str, StringConstraints(pattern=r"^[!-.0-~]{1,80}$")]  # no slash: it parts names


class _Model(BaseModel):
    """What the documents call a string may come as a number, and what they leave out may come."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)


class Stamp(_Model):
    """What the signature needs to be checked."""

    app_id: str
    timestamp: str


class _Party(_Model):
    id: _Id
    admin_id: str | None = None
    """There only where a person wrote in the account's own console."""


class _Posted(_Model):
    text: str | None = None
    msg_id: _Id | None = None
    conversation_id: _Id | None = None
    attachments: JsonValue = None


class _Kept(_Model):
    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    name: str | None = None


class _Attachment(_Model):
    payload: _Kept


class _Event(_Model):
    event_name: str
    timestamp: str
    oa_id: str | None = None
    sender: _Party | None = None
    recipient: _Party | None = None
    follower: _Party | None = None
    message: _Posted | None = None


_ATTACHMENTS: Final = TypeAdapter(list[_Attachment])
_MOST_FILES: Final = 20
_FILES: Final = ("image", "gif", "file")
_KINDS: Final[dict[str, Kind]] = {
    "image": "picture",
    "gif": "picture",
    "audio": "voice",
    "video": "file",
    "file": "file",
    "sticker": "sticker",
    "location": "place",
    "business_card": "contact",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A citizen wrote, tapped or began to follow."""

    message: Message

    @property
    def chat(self) -> str:
        """Tell where."""
        return self.message.chat


@dataclass(frozen=True, slots=True)
class Left:
    """A citizen follows no longer: we write no more."""

    chat: str


@dataclass(frozen=True, slots=True)
class OfficerSpoke:
    """A person of the office answers in this chat: we keep silent for a while."""

    chat: str


Happened = Said | Left | OfficerSpoke


def read(body: bytes, oa_id: str) -> Happened | None:
    """Read what happened; None for groups, receipts, our own echo and what we do not know."""
    try:
        event = _Event.model_validate_json(body)
    except ValidationError:  # its words hold the citizen's
        log.warning("%s: an event of an unknown form is left aside", CHANNEL)
        return None
    kind, _, rest = event.event_name.partition("_send_")
    if not rest:
        return _without_words(event, oa_id)
    if rest.startswith("group_"):
        return None
    if kind == "oa":
        return _of_the_office(event, oa_id, anonymous=rest.startswith("anonymous_"))
    if kind in ("user", ANONYMOUS):
        return _said(event, oa_id, anonymous=kind == ANONYMOUS)
    return None


def _without_words(event: _Event, oa_id: str) -> Happened | None:
    if event.follower is not None and event.oa_id in (None, oa_id):
        if event.event_name == "follow":
            return Said(_message(event, event.follower.id, _GREETED))
        if event.event_name == "unfollow":
            return Left(event.follower.id)
    if event.event_name == "user_submit_info":  # nothing we asked for, so nothing we read
        return _said(event, oa_id, anonymous=False)
    return None


def _said(event: _Event, oa_id: str, *, anonymous: bool) -> Said | None:
    if event.sender is None or (event.recipient is not None and event.recipient.id != oa_id):
        return None
    chat = _chat(event, event.sender, anonymous=anonymous)
    text = event.message.text if event.message is not None else None
    kind = _KINDS.get(event.event_name.partition("_send_")[2], "unreadable")
    if chat is None:
        return None
    return Said(replace(_message(event, chat, text or "", kind), files=_files(event)))


def _files(event: _Event) -> tuple[SentFile, ...]:
    """Name what lies with Zalo; a film, or what has no address, does not."""
    if event.message is None or event.event_name.partition("_send_")[2] not in _FILES:
        return ()
    try:
        attached = _ATTACHMENTS.validate_python(event.message.attachments)
    except ValidationError:
        return (Missed(Why.OUT_OF_REACH),)
    files = tuple(Remote(one.payload.url, one.payload.name or "") for one in attached)
    return files[:_MOST_FILES] or (Missed(Why.OUT_OF_REACH),)


def _of_the_office(event: _Event, oa_id: str, *, anonymous: bool) -> OfficerSpoke | None:
    sender, recipient = event.sender, event.recipient
    if sender is None or recipient is None or sender.id != oa_id or not sender.admin_id:
        return None
    chat = _chat(event, recipient, anonymous=anonymous)
    return None if chat is None else OfficerSpoke(chat)


def _chat(event: _Event, party: _Party, *, anonymous: bool) -> str | None:
    """Name the chat; who is not logged on is reached only through the conversation."""
    if not anonymous:
        return party.id
    conversation = event.message.conversation_id if event.message is not None else None
    name = f"{ANONYMOUS}/{party.id}/{conversation}"
    return name if conversation is not None and len(name) <= _LONGEST_CHAT else None


def _message(event: _Event, chat: str, text: str, kind: Kind = "text") -> Message:
    number = event.message.msg_id if event.message is not None else None
    text = text[:_READ]
    return Message(
        channel=CHANNEL,
        chat=chat,
        text=text,
        external_id=number or f"{event.event_name}-{event.timestamp}"[:_LONGEST_CHAT],
        kind="text" if text else kind,
    )
