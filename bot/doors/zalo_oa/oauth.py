"""A refresh token is changed for a new pair: it works once, and the old pair dies with it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Final

import aiohttp
from pydantic import JsonValue, StringConstraints, TypeAdapter, ValidationError

from bot.doors.zalo_oa.account import Account
from bot.post import wire

WITHIN: Final = 15.0  # seconds
_LASTS: Final = 90_000  # seconds; what Zalo says, as a text, in every known answer

_Token = Annotated[str, StringConstraints(min_length=1)]


@dataclass(frozen=True, slots=True)
class Pair:
    """What Zalo gives: one token to speak with, one to get the next pair with."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lasts: timedelta


class NoPairError(Exception):
    """No new pair came, and whether the refresh token still works cannot be known."""


@dataclass(frozen=True, slots=True)
class _Granted:
    """Refusals come with HTTP's 200, too: only tokens that are there are tokens."""

    access_token: _Token
    refresh_token: _Token
    expires_in: JsonValue = None


@dataclass(frozen=True, slots=True)
class _Denied:
    error: int


_GRANTED: Final = TypeAdapter(_Granted)
_DENIED: Final = TypeAdapter(_Denied)


async def renew(line: aiohttp.ClientSession, account: Account, refresh: str) -> Pair:
    """Use up *refresh* for a new pair.

    Raises:
        UnreachedError: nobody was there; *refresh* is as good as before.
        NoPairError: it may be used up.
    """
    try:
        answer = await wire.post(
            line,
            f"{account.oauth.rstrip('/')}/v4/oa/access_token",
            form={
                "refresh_token": refresh,
                "app_id": account.app_id,
                "grant_type": "refresh_token",
            },
            headers={"secret_key": account.app_secret},
            seconds=WITHIN,
        )
    except wire.LostError as lost:
        reason = str(lost)
        raise NoPairError(reason) from None
    try:
        granted = _GRANTED.validate_json(answer.body)
    except ValidationError:
        raise NoPairError(_reason(answer)) from None
    return Pair(granted.access_token, granted.refresh_token, _lasts(granted.expires_in))


def _lasts(told: JsonValue) -> timedelta:
    """Read the seconds, a number written as text; what makes no sense costs no good pair."""
    try:
        seconds = int(str(told))
    except ValueError:
        seconds = _LASTS
    return timedelta(seconds=seconds if 0 < seconds <= _LASTS else _LASTS)


def _reason(answer: wire.Answer) -> str:
    """Give the number of the refusal; its words are not ours to log."""
    try:
        return f"error {_DENIED.validate_json(answer.body).error}"
    except ValidationError:
        return f"HTTP {answer.status}"
