"""Personal numbers, masked wherever a citizen's words are kept (Luật 91/2025/QH15 Đ.3)."""

import re
from typing import Final

_EMAIL: Final = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_PHONE: Final = re.compile(r"(?<![\d.\-])(?:\+?84|0)(?:[\s.\-]?\d){9}(?![\d\-])")
_IDENTITY: Final = re.compile(r"(?<![\d.\-])\d{9}(?:\d{3})?(?![\d\-])")


def mask_personal(text: str) -> str:
    """Put marks where *text* holds an e-mail address, a telephone or an identity number.

    Dossier codes and procedure codes are left alone.
    """
    for pattern, mark in ((_EMAIL, "[e-mail]"), (_PHONE, "[điện thoại]"), (_IDENTITY, "[số giấy tờ]")):
        text = pattern.sub(mark, text)
    return text
