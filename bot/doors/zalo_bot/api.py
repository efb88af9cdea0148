"""The API of Zalo Bot: a JSON call by name, and what a refusal means.

The token is part of every address, so no address and no words of the platform are ever told.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import aiohttp
from pydantic import JsonValue, TypeAdapter, ValidationError

from bot.post import wire

_SENDING: Final = 6.0  # seconds
# Said in words only, by HTTP 400; nothing but "webhook" is sure to stay in them.
_OTHER_WAY_IN: Final = "webhook"


class RefusedError(Exception):
    """Zalo answered, and the answer is no; *code* is both HTTP's and Zalo's own."""

    def __init__(
        self, code: int, *, webhook_is_set: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(str(code))
        self.code = code
        self.webhook_is_set = webhook_is_set
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class _Envelope:
    """Every answer: HTTP's 200 is no success, `ok` is."""

    ok: bool
    result: JsonValue = None
    description: JsonValue = None
    error_code: JsonValue = None


_ENVELOPE: Final = TypeAdapter(_Envelope)


class BotApi:
    """The methods that there are: ten, of which a text bot needs six."""

    def __init__(self, line: aiohttp.ClientSession, *, token: str, api: str) -> None:
        self._line = line
        self._address = f"{api.rstrip('/')}/bot{token}"
        self.own_id: str | None = None
        """Who we are, once `introduce` was answered: what we say may come back to us."""

    async def introduce(self) -> None:
        """Ask who we are, which also proves the token."""
        me = await self.call("getMe")
        self.own_id = str(me.get("id", "")) if isinstance(me, dict) else ""

    async def call(
        self, method: str, body: dict[str, JsonValue] | None = None, seconds: float = _SENDING
    ) -> JsonValue:
        """Call *method* and return its result.

        Raises:
            RefusedError: Zalo said no.
            UnreachedError: nobody was there to take it.
            LostError: what became of it cannot be known.
        """
        url = f"{self._address}/{method}"
        answer = await wire.post(self._line, url, json=body or {}, seconds=seconds)
        try:
            envelope = _ENVELOPE.validate_json(answer.body)
        except ValidationError:
            if answer.status == HTTPStatus.OK:
                raise wire.LostError(method) from None
            raise RefusedError(answer.status, retry_after=answer.retry_after) from None
        if envelope.ok and answer.status == HTTPStatus.OK:
            return envelope.result
        raise _refusal(answer, envelope)

    async def news(self, seconds: int) -> JsonValue:
        """Wait for an update; None: there was none, which Zalo tells as a time-out."""
        try:
            return await self.call("getUpdates", {"timeout": seconds}, seconds + _SENDING)
        except RefusedError as refusal:
            if refusal.code == HTTPStatus.REQUEST_TIMEOUT:
                return None
            raise


def _refusal(answer: wire.Answer, envelope: _Envelope) -> RefusedError:
    told = envelope.error_code if isinstance(envelope.error_code, int) else 0
    code = told if answer.status == HTTPStatus.OK else answer.status
    words = str(envelope.description).lower()
    return RefusedError(
        code,
        webhook_is_set=code == HTTPStatus.BAD_REQUEST and _OTHER_WAY_IN in words,
        retry_after=answer.retry_after,
    )
