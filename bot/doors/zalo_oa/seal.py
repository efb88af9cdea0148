"""Tokens as they are kept: encrypted where a key is set."""

from typing import Final

from knowledge.errors import KnowledgeError

_SEALED: Final = "fernet:"
_PLAIN: Final = "plain:"


class WrongTokenKeyError(KnowledgeError):
    """What is kept cannot be read with the key that is set."""


class Seal:
    """Closes and opens with one key; without one, it only marks what is plain."""

    def __init__(self, key: str | None) -> None:
        self._key = key

    def close(self, text: str) -> str:
        """Write *text* as it may be kept."""
        if self._key is None:
            return _PLAIN + text
        from cryptography.fernet import Fernet  # noqa: PLC0415 - 7 MB that only a key needs

        return _SEALED + Fernet(self._key).encrypt(text.encode()).decode()

    def open(self, kept: str) -> str:
        """Read what was kept; a key that came later opens what was plain before.

        Raises:
            WrongTokenKeyError: it was closed with another key.
        """
        if kept.startswith(_PLAIN):
            return kept.removeprefix(_PLAIN)
        opened = None if self._key is None else _opened(self._key, kept.removeprefix(_SEALED))
        if opened is None:
            message = "the Zalo tokens cannot be read with this MOTCUA_ZALO_OA_TOKEN_KEY"
            raise WrongTokenKeyError(message)
        return opened


def _opened(key: str, sealed: str) -> str | None:
    from cryptography.fernet import Fernet, InvalidToken  # noqa: PLC0415 - as above

    try:
        return Fernet(key).decrypt(sealed).decode()
    except InvalidToken:
        return None
