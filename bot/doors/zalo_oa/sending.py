"""One part of a reply goes out over the Official Account, and what became of it is told."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

import aiohttp
from pydantic import JsonValue, TypeAdapter, ValidationError

from bot.doors.zalo_oa import refusals
from bot.doors.zalo_oa.reading import ANONYMOUS, CHANNEL
from bot.doors.zalo_oa.tokens import NoTokenError, Tokens
from bot.post import wire
from bot.post.capabilities import CHANNELS, render, shorten
from bot.post.delivery import Fate, Later, Sent, Unknown
from bot.post.parcel import Parcel
from handlers.messages import Choice, Reply

log = logging.getLogger(__name__)

_CAPS: Final = CHANNELS[CHANNEL]
_WITHIN: Final = 6.0  # seconds
_PATH: Final = "/v3.0/oa/message/cs"
# [C], one source: who is not logged on is answered by the older way, with two names.
_PATH_TO_ANONYMOUS: Final = "/v2.0/oa/message"


@dataclass(frozen=True, slots=True)
class _Envelope:
    """Every answer: HTTP's 200 is no success, `error` 0 is."""

    error: int
    data: JsonValue = None


_ENVELOPE: Final = TypeAdapter(_Envelope)


class Sender:
    """Writes into chats; whether their windows are open the outbox knows."""

    def __init__(self, line: aiohttp.ClientSession, tokens: Tokens, *, api: str) -> None:
        self._line = line
        self._tokens = tokens
        self._api = api.rstrip("/")

    async def deliver(self, parcel: Parcel) -> Fate:
        """Hand over one part of what the outbox holds."""
        return await self.send(parcel.chat, parcel.text, parcel.buttons)

    async def send(self, chat: str, text: str, choices: Sequence[Choice]) -> Fate:
        """Send one text with *choices* as buttons under it."""
        path, body = _letter(chat, text, choices)
        try:
            access = await self._tokens.access()
            answer = await self._post(path, body, access)
        except (NoTokenError, wire.UnreachedError):
            return Later()
        except wire.LostError as lost:
            log.warning("%s: a message may not have arrived (%s)", CHANNEL, lost)
            return Unknown()
        if isinstance(answer, Sent):
            return answer
        if refusals.is_of_token(answer):
            self._tokens.refuse(access)
        return refusals.fate_of(answer)

    async def _post(self, path: str, body: dict[str, JsonValue], access: str) -> Sent | int:
        """Give what arrived, or the number of the refusal."""
        answer = await wire.post(
            self._line,
            f"{self._api}{path}",
            json=body,
            headers={"access_token": access},
            seconds=_WITHIN,
        )
        try:
            envelope = _ENVELOPE.validate_json(answer.body)
        except ValidationError:
            if answer.status == HTTPStatus.UNAUTHORIZED:
                return answer.status
            lost = f"HTTP {answer.status}"
            raise wire.LostError(lost) from None
        if envelope.error:
            return envelope.error
        if answer.status != HTTPStatus.OK:
            lost = f"HTTP {answer.status}"
            raise wire.LostError(lost)
        number = envelope.data.get("message_id") if isinstance(envelope.data, dict) else None
        return Sent(None if number is None else str(number))


def _letter(chat: str, text: str, choices: Sequence[Choice]) -> tuple[str, dict[str, JsonValue]]:
    if chat.startswith(f"{ANONYMOUS}/"):
        _, person, conversation = chat.split("/")
        plain = render(Reply(text, tuple(choices)), replace(_CAPS, buttons=0))
        to_both: JsonValue = {"anonymous_id": person, "conversation_id": conversation}
        return _PATH_TO_ANONYMOUS, {"recipient": to_both, "message": {"text": plain.parts[0]}}
    message: dict[str, JsonValue] = {"text": text}
    if choices:
        buttons: list[JsonValue] = [_button(choice) for choice in choices]
        message["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
    return _PATH, {"recipient": {"user_id": chat}, "message": message}


def _button(choice: Choice) -> JsonValue:
    """Let a tap send our own words without showing them to the citizen."""
    title = shorten(choice.label, _CAPS.label_limit)
    return {"title": title, "type": "oa.query.hide", "payload": choice.sends}
