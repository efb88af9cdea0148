"""The one zone in which this house tells the time."""

from datetime import timedelta, timezone
from typing import Final

# Viet Nam keeps one time all year.
VIET_NAM: Final = timezone(timedelta(hours=7), "ICT")
