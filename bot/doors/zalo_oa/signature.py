"""The proof that a delivery comes from Zalo: a plain SHA-256 over a shared secret, no HMAC."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

HEADER: Final = "X-ZEvent-Signature"
RETRY_HEADER: Final = "num_retry"

_FRESH: Final = timedelta(minutes=10)
# Zalo tries again for an hour (older text: twelve); for a day we still know what we answered.
_FRESH_AGAIN: Final = timedelta(hours=24)


def genuine(raw: bytes, header: str, *, timestamp: str, app_id: str, secret: str) -> bool:
    """Say whether *header* signs the body *raw*, byte by byte as it came."""
    want = sha256(app_id.encode() + raw + timestamp.encode() + secret.encode()).hexdigest()
    given = header.lower().rpartition("=")[2].strip()  # the documents write "mac = …"
    return hmac.compare_digest(given.encode(errors="surrogateescape"), want.encode())


def fresh(timestamp: str, now: datetime, *, again: bool) -> bool:
    """Say whether *timestamp*, in milliseconds, is near enough to *now* to be no old copy."""
    try:
        sent = datetime.fromtimestamp(int(timestamp) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return -_FRESH <= now - sent <= (_FRESH_AGAIN if again else _FRESH)
