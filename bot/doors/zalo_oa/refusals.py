"""What Zalo's error numbers mean for a message."""

import logging
from typing import Final

from bot.doors.zalo_oa.reading import CHANNEL
from bot.post.delivery import Fate, Later, Refusal, Refused, Unknown

log = logging.getLogger(__name__)

_TOKEN: Final = frozenset({216, 220, 401})  # seen with either sign

_FATES: Final[dict[int, Fate]] = {
    -32: Later(60.0),  # the rate is counted by the minute
    -234: Later(),  # not at this hour
    -213: Refused(Refusal.LEFT),  # follows no longer
    -227: Refused(Refusal.BLOCKED),  # account locked or silent for 45 days
    -244: Refused(Refusal.BLOCKED),  # wants none of our messages
    -218: Refused(Refusal.WINDOW_CLOSED),  # has received as many as may be
    -230: Refused(Refusal.WINDOW_CLOSED),  # has not written for seven days
    -232: Refused(Refusal.WINDOW_CLOSED),
    -201: Refused(Refusal.NOT_ACCEPTED),
    -210: Refused(Refusal.NOT_ACCEPTED),
    -200: Unknown(),  # "sending failed"
}
# Quota, package, verification, balance, permissions: mended by the office, not by us.
_OFFICE: Final = frozenset({-209, -211, -212, -219, -221, -223, -224, -320, -321})


def is_of_token(error: int) -> bool:
    """Say whether *error* is about our token: with another the message may go."""
    return abs(error) in _TOKEN


def fate_of(error: int) -> Fate:
    """Say what *error* means for the message; what nobody has described may have arrived."""
    if is_of_token(error):
        return Later()
    if error in _OFFICE:
        log.error("%s: Zalo sends nothing until the account is put right (%d)", CHANNEL, error)
        return Later()
    fate = _FATES.get(error)
    if fate is None or fate == Refused(Refusal.NOT_ACCEPTED):
        log.error("%s: a message failed (%d)", CHANNEL, error)
    return fate or Unknown()
