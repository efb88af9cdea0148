"""Raw keys of the Telex and VNI typing methods, read as the syllables they were meant for."""

import re
from typing import Final

from knowledge.text import fold

_TONES: Final = "sfrxj"
_VOWELS: Final = "aeiouy"
_DOUBLED: Final = re.compile(r"([aeod])\1")
_VNI: Final = re.compile(r"[a-z]+[0-9][a-z0-9]*")
_FIRST_VOWEL: Final = re.compile(f"[{_VOWELS}]")


def from_telex(token: str) -> str | None:
    """Read *token* as Telex keys: `giaays` → giay; None where it holds no such key.

    Only the letters matter here, so marks are dropped rather than set.
    """
    if not token.isascii() or not token.isalpha():
        return None
    vowel = _FIRST_VOWEL.search(token)
    start = vowel.start() if vowel else len(token)
    head, tail = token[:start], token[start:]
    if not tail and not head.startswith("dd"):
        return None
    bare = tail.translate({ord(tone): None for tone in _TONES})
    bare = bare.replace("w", "")
    word = _DOUBLED.sub(r"\1", head + bare)
    return word if word != token else None


def from_vni(token: str) -> str | None:
    """Read *token* as VNI keys: `thu3` → thu; None where it holds no such key."""
    if not _VNI.fullmatch(token):
        return None
    return fold(re.sub(r"[0-9]", "", token)) or None
