"""What one slip of the finger may have made of a syllable."""

from typing import Final

_LETTERS: Final = "abcdeghiklmnopqrstuvxyfjwz"
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CONFUSED: Final = ("ln", "sx", "iy", "ck", "dv")  # heard alike in one region or another


def unslipped(token: str) -> set[str]:
    """Undo one slip in *token*: a letter left out, one too many, two swapped, the next key."""
    undone: set[str] = set()
    for at in range(len(token) + 1):
        head, rest = token[:at], token[at:]
        undone.update(head + letter + rest for letter in _LETTERS)
        if rest:
            undone.add(head + rest[1:])
            undone.update(head + key + rest[1:] for key in _BESIDE.get(rest[0], ""))
        if len(rest) > 1:
            undone.add(head + rest[1] + rest[0] + rest[2:])
    undone.discard(token)
    return undone


def _keys_beside() -> dict[str, str]:
    """Give, for each letter, those on the keys around it and those it is often confused with."""
    beside = dict.fromkeys(_LETTERS, "")
    for row, keys in enumerate(_ROWS):
        for column, key in enumerate(keys):
            rows = _ROWS[max(row - 1, 0) : row + 2]
            around = "".join(near[max(column - 1, 0) : column + 2] for near in rows)
            beside[key] = around.replace(key, "")
    for one, other in _CONFUSED:
        beside[one] += other
        beside[other] += one
    return beside


_BESIDE: Final = _keys_beside()
