"""How much may be sent: per session and per address, counted in this process."""

import time
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil
from typing import Final

from aiohttp import web
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

# One message every three seconds: faster than anyone reads the answers.
PER_SESSION: Final = RateLimitItemPerMinute(20)
# A village or a whole office often shares one address; six of them may talk at full speed.
PER_ADDRESS: Final = RateLimitItemPerMinute(120)
Limits = tuple[RateLimitItem, RateLimitItem]
"""Per address, and per session."""
MESSAGES: Final[Limits] = (PER_ADDRESS, PER_SESSION)
# Enough for four feedbacks with all their files an hour.
FILES: Final[Limits] = (RateLimitItemPerHour(100), RateLimitItemPerHour(20))
# Pages and streams: two of them open on a telephone that loses its line every three seconds need
# forty a minute. Ten a second from one address are nothing to us, and a busy day to an office.
VISITS: Final[Limits] = (RateLimitItemPerMinute(600), RateLimitItemPerMinute(100))
_HOME: Final = 64  # bits of an IPv6 address that belong to one household


class Pace:
    """Counts messages in a moving window."""

    def __init__(self) -> None:
        # Not the synchronous storage: that one never forgets a key.
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def seconds_to_wait(self, chat: str, address: str, limits: Limits = MESSAGES) -> int:
        """Count one message; say how long to wait where there were too many, else 0."""
        for limit, who in zip(limits, (address, chat), strict=True):
            if not await self._limiter.hit(limit, who):
                window = await self._limiter.get_window_stats(limit, who)
                return max(1, ceil(window.reset_time - time.time()))
        return 0


def address_of(request: web.Request, *, behind_proxy: bool) -> str:
    """Tell where a request comes from; a proxy's word is taken only where one was set up."""
    peer = _read(request.remote or "")
    if behind_proxy:
        # The last entry is the nearest proxy's own; earlier ones may be anybody's words.
        *_, nearest = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
        peer = _read(nearest) or peer
    return _household(peer)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _household(address: IPv4Address | IPv6Address | None) -> str:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _HOME), strict=False))
    return str(address)
