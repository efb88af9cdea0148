"""Personal numbers, masked wherever a citizen's words are kept (Luật 91/2025/QH15 Đ.3)."""

import re
from typing import Final

from knowledge.dossiers import code as dossiers

_GAP: Final = r"[\s.,/\-\u2013)]{0,3}"
# A landline is a digit longer than a mobile telephone.
_TELEPHONE: Final = rf"(?:\+?84|0)(?:{_GAP}2(?:{_GAP}\d){{9}}|(?:{_GAP}\d){{9}})"
# As cards bear them: in groups of four, or four, six and five; or in one.
_CARD: Final = r"\d{4}(?:[ .\-]\d{4}){2,3}(?:[ .\-]\d{1,3})?|\d{4}[ .\-]\d{6}[ .\-]\d{5}|\d{13,19}"
_IDENTITY: Final = r"\d{3}(?:[ .\-]?\d{3}){3}|\d{9,16}|(?<![\w\-])[A-Z]\d{7}(?!\w)"
_CODE: Final = (
    rf"(?P<code>\b{dossiers.CODE_PATTERN}\b)"  # first, for its digits are no telephone's
    r"|(?P<tracking>\bPA-\d{6}-[0-9A-Z]{6}\b)"
)
_CARD_NUMBER: Final = re.compile(rf"{_CODE}|(?<!\d)(?P<card>{_CARD})(?!\d)")
_NUMBER: Final = re.compile(
    rf"{_CODE}"
    r"|(?P<mail>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)"
    rf"|(?<!\d)(?:(?P<telephone>{_TELEPHONE})|(?P<identity>{_IDENTITY}))(?!\d)"
)
_MARKS: Final = {
    "mail": "[e-mail]",
    "telephone": "[điện thoại]",
    "identity": "[số giấy tờ]",
}


def mask_personal(text: str) -> str:
    """Put marks where *text* holds an e-mail address, a telephone, identity or card number.

    Dossier codes and procedure codes are left alone.
    """
    without_cards = _CARD_NUMBER.sub(_card_masked, text)
    return _NUMBER.sub(lambda found: _MARKS.get(found.lastgroup or "", found[0]), without_cards)


def _card_masked(found: re.Match[str]) -> str:
    return "[số thẻ]" if found["card"] and _checks(found["card"]) else found[0]


def _checks(number: str) -> bool:
    """Say whether the last digit is the check digit of a card (Luhn, ISO/IEC 7812-1)."""
    digits = [int(one) for one in reversed(number) if one.isdecimal()]
    doubled = (sum(divmod(2 * one, 10)) for one in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
