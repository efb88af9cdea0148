"""Zalo delivers to us: only what it signed, and only lately, is read."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Final

from pydantic import ValidationError

from bot.doors.zalo_oa.account import Account
from bot.doors.zalo_oa.reading import CHANNEL, Happened, Stamp, read
from bot.doors.zalo_oa.signature import HEADER, RETRY_HEADER, fresh, genuine
from bot.post.hooks import Delivery, Receive

log = logging.getLogger(__name__)

_PROBES: Final = (b"", b"{}")

Take = Callable[[Happened], Awaitable[None]]


def receiver(account: Account, now: Callable[[], datetime], take: Take) -> Receive:
    """Give what receives deliveries; *take* keeps what happened, or raises."""

    async def receive(delivery: Delivery) -> HTTPStatus:
        if delivery.body.strip() in _PROBES:
            return HTTPStatus.OK  # sent when the address is entered, and never signed
        if not _is_from_zalo(delivery, account, now()):
            return HTTPStatus.FORBIDDEN
        happened = read(delivery.body, account.oa_id)
        if happened is not None:
            await take(happened)
        return HTTPStatus.OK

    return receive


def _is_from_zalo(delivery: Delivery, account: Account, now: datetime) -> bool:
    try:
        stamp = Stamp.model_validate_json(delivery.body)
    except ValidationError:
        return False
    signed = genuine(
        delivery.body,
        delivery.headers.get(HEADER, ""),
        timestamp=stamp.timestamp,
        app_id=account.app_id,
        secret=account.webhook_secret,
    )
    if not signed or stamp.app_id != account.app_id:
        return False
    if not fresh(stamp.timestamp, now, again=RETRY_HEADER in delivery.headers):
        log.warning("%s: an old delivery is refused; is this machine's clock right?", CHANNEL)
        return False
    return True
