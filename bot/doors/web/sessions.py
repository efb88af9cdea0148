"""Whose talk it is: a random cookie that tells one browser from another, and names nobody."""

import hmac
import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from aiohttp import web

_BYTES: Final = 24  # 192 bits: nobody guesses another's talk
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's talk; the token never leaves the cookie."""

    token: str = field(repr=False)

    @property
    def chat(self) -> str:
        """Give the name under which the talk is kept, from which no cookie can be made."""
        return sha256(self.token.encode()).hexdigest()

    @property
    def form_key(self) -> str:
        """Give the word by which the page's form shows that it came from this very session."""
        return hmac.digest(self.token.encode(), b"form", "sha256").hex()

    def wrote(self, form_key: str) -> bool:
        """Say whether a form that holds *form_key* was made for this session."""
        return hmac.compare_digest(self.form_key.encode(), form_key.encode())


_SESSION: Final = web.RequestKey("session", Session)


class Sessions:
    """Reads the cookie, and hands out a new one where there is none; keeps no list."""

    def __init__(self, *, secure: bool, framed: bool = False) -> None:
        # With this prefix browsers refuse the cookie from a neighbouring host.
        self._cookie = "__Host-motcua" if secure or framed else "motcua"
        self._attributes = "; SameSite=Strict" + ("; Secure" if secure else "")
        if framed:  # a jar of its own for each page around us: nobody is followed across sites
            self._attributes = "; SameSite=None; Secure; Partitioned"

    def of(self, request: web.Request) -> Session:
        """Tell whose request it is; a stranger becomes a new session."""
        if _SESSION not in request:
            request[_SESSION] = Session(self._token(request) or secrets.token_urlsafe(_BYTES))
        return request[_SESSION]

    async def hand_over(self, request: web.Request, response: web.StreamResponse) -> None:
        """Give a new session its cookie, which the browser forgets when it is closed."""
        session = request.get(_SESSION)
        if session is None or session.token == self._token(request):
            return
        # Not set_cookie: at this point cookies have become headers already.
        cookie = f"{self._cookie}={session.token}; Path=/; HttpOnly{self._attributes}"
        response.headers.add("Set-Cookie", cookie)

    def _token(self, request: web.Request) -> str | None:
        token = request.cookies.get(self._cookie, "")
        return token if _TOKEN.fullmatch(token) else None
