"""Personal numbers, masked wherever a citizen's words are kept (Luật 91/2025/QH15 Đ.3)."""

import re
from typing import Final

from knowledge.dossiers import code as dossiers

_GAP: Final = r"[\s.,/\-\u2013)]{0,3}"
# A landline is a digit longer than a mobile telephone.
_TELEPHONE: Final = rf"(?:\+?84|0)(?:{_GAP}2(?:{_GAP}\d){{9}}|(?:{_GAP}\d){{9}})"
_IDENTITY: Final = r"\d{3}(?:[ .\-]?\d{3}){3}|\d{9,16}|(?<![\w\-])[A-Z]\d{7}(?!\w)"
_NUMBER: Final = re.compile(
    rf"(?P<code>\b{dossiers.CODE_PATTERN}\b)"  # first, for its digits are no telephone's
    r"|(?P<tracking>\bPA-\d{6}-[0-9A-Z]{6}\b)"
    r"|(?P<mail>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)"
    rf"|(?<!\d)(?:(?P<telephone>{_TELEPHONE})|(?P<identity>{_IDENTITY}))(?!\d)"
)
_MARKS: Final = {
    "mail": "[e-mail]",
    "telephone": "[điện thoại]",
    "identity": "[số giấy tờ]",
}


def mask_personal(text: str) -> str:
    """Put marks where *text* holds an e-mail address, a telephone or an identity number.

    Dossier codes and procedure codes are left alone.
    """
    return _NUMBER.sub(lambda found: _MARKS.get(found.lastgroup or "", found[0]), text)
