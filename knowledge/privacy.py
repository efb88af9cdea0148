"""Personal numbers, masked wherever a citizen's words are kept (Luật 91/2025/QH15 Đ.3)."""

import re
from typing import Final

from knowledge.dossiers import code as dossiers

_GAP: Final = r"[\s.\-)]{0,2}"
# A landline is a digit longer than a mobile telephone.
_TELEPHONE: Final = rf"(?:\+?84|0)(?:{_GAP}2(?:{_GAP}\d){{9}}|(?:{_GAP}\d){{9}})"
_IDENTITY: Final = r"\d{3}(?: ?\d{3}){3}|\d{9}"
_NUMBER: Final = re.compile(
    rf"(?P<code>\b{dossiers.CODE_PATTERN}\b)"  # first, for its digits are no telephone's
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
