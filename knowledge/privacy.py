"""Personal numbers, masked wherever a citizen's words are kept (Luật 91/2025/QH15 Đ.3)."""

import re
from typing import Final

# Digits that go on from others, or from the letter of a unit (H57), are a piece of a code.
_START: Final = r"(?<!\d)(?<!\d[.\-])(?<!\b[A-Y])"
_END: Final = r"(?!\d)(?!-\d)"
_GAP: Final = r"[\s.\-)]{0,2}"
_MARKS: Final = {
    "[e-mail]": re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"),
    # A landline is a digit longer than a mobile telephone.
    "[điện thoại]": re.compile(
        rf"{_START}(?:\+?84|0)(?:{_GAP}2(?:{_GAP}\d){{9}}|(?:{_GAP}\d){{9}}){_END}"
    ),
    "[số giấy tờ]": re.compile(rf"{_START}(?:\d{{3}}(?: ?\d{{3}}){{3}}|\d{{9}}){_END}"),
}


def mask_personal(text: str) -> str:
    """Put marks where *text* holds an e-mail address, a telephone or an identity number.

    Dossier codes and procedure codes are left alone.
    """
    for mark, pattern in _MARKS.items():
        text = pattern.sub(mark, text)
    return text
