"""Tokens as they are kept: encrypted where a key is set."""

from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from knowledge.errors import KnowledgeError

_SEALED: Final = "fernet:"
_PLAIN: Final = "plain:"


class WrongTokenKeyError(KnowledgeError):
    """What is kept cannot be read with the key that is set."""


class Seal:
    """Closes and opens with one key; without one, it only marks what is plain."""

    def __init__(self, key: str | None) -> None:
        self._fernet = None if key is None else Fernet(key)

    def close(self, text: str) -> str:
        """Write *text* as it may be kept."""
        if self._fernet is None:
            return _PLAIN + text
        return _SEALED + self._fernet.encrypt(text.encode()).decode()

    def open(self, kept: str) -> str:
        """Read what was kept; a key that came later opens what was plain before.

        Raises:
            WrongTokenKeyError: it was closed with another key.
        """
        if kept.startswith(_PLAIN):
            return kept.removeprefix(_PLAIN)
        try:
            if self._fernet is not None:
                return self._fernet.decrypt(kept.removeprefix(_SEALED)).decode()
        except InvalidToken:
            pass
        message = "the Zalo tokens cannot be read with this MOTCUA_ZALO_OA_TOKEN_KEY"
        raise WrongTokenKeyError(message)
