"""Questions as fingers type them: without marks, as raw Telex or VNI keys, with slips.

Made mechanically and with fixed seeds, so that figures can be repeated.
"""

import random
import unicodedata
import zlib
from collections.abc import Callable
from typing import Final

from knowledge.text import strip_marks

Noise = Callable[[str], str]

_TELEX_MARKS: Final = {"\u0302": None, "\u0306": "w", "\u031b": "w"}  # None: the vowel again
_TELEX_TONES: Final = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VNI_MARKS: Final = {"\u0302": "6", "\u0306": "8", "\u031b": "7"}
_VNI_TONES: Final = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_LETTERS_A_SLIP: Final = 10
_NEIGHBOURS: Final = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb",
    "h": "gyjn", "j": "hukm", "k": "jil", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv",
    "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


def telex(text: str) -> str:
    """Give the keys that Telex needs for *text*, the tone at the end of each syllable."""
    return " ".join(_keys(word, _TELEX_MARKS, _TELEX_TONES, "dd") for word in text.split())


def vni(text: str) -> str:
    """Give the keys that VNI needs for *text*, the tone at the end of each syllable."""
    return " ".join(_keys(word, _VNI_MARKS, _VNI_TONES, "d9") for word in text.split())


def slips(text: str) -> str:
    """Let the finger slip once in ten letters: leave out, double, swap, or hit the next key."""
    dice = random.Random(zlib.crc32(text.encode()))  # noqa: S311 - to be repeated, not to be secret
    letters = list(text)
    for start in range(0, len(letters) - _LETTERS_A_SLIP + 1, _LETTERS_A_SLIP):
        places = [
            at
            for at in range(start, start + _LETTERS_A_SLIP)
            if letters[at].isalpha() and at + 1 < len(letters)
        ]
        if places:
            _slip(letters, dice.choice(places), dice)
    return "".join(letters)


NOISES: Final[dict[str, Noise]] = {
    "as written": lambda text: text,
    "no marks": strip_marks,
    "raw Telex": telex,
    "raw VNI": vni,
    "slips": slips,
}


def _keys(
    word: str, marks: dict[str, str | None] | dict[str, str], tones: dict[str, str], stroke: str
) -> str:
    keys: list[str] = []
    tone = ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in tones:
            tone = tones[letter]
        elif letter in marks:
            keys.append(marks[letter] or keys[-1])
        else:
            keys.append(stroke if letter in "đĐ" else letter)
    body = "".join(keys)
    bare = body.rstrip(".,;:?!)")
    return bare + tone + body[len(bare) :]


def _slip(letters: list[str], at: int, dice: random.Random) -> None:
    match dice.randrange(4):
        case 0:
            letters[at] = ""
        case 1:
            letters[at] *= 2
        case 2:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        case _:
            plain = strip_marks(letters[at]).lower()
            letters[at] = dice.choice(_NEIGHBOURS.get(plain, plain))
