"""Codes that people copy by hand: nothing in them that the eye takes for another."""

import secrets
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 6  # 30^6: codes cannot be tried out one by one
SEPARATORS: Final = r"[\s.,\-_/\u2010-\u2015\u2212]*"

Choose = Callable[[str], str]


def tail(choose: Choose = secrets.choice) -> str:
    """Draw the part of a code that cannot be guessed; it holds a digit, so it is no word."""
    while True:
        drawn = "".join(choose(ALPHABET) for _ in range(LENGTH))
        if any(letter.isdigit() for letter in drawn):
            return drawn
