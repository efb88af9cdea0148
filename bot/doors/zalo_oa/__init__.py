"""The Zalo Official Account door: the province's own account, for the public."""

from bot.doors.zalo_oa.account import Account
from bot.doors.zalo_oa.connecting import connect
from bot.doors.zalo_oa.door import open_door
from bot.doors.zalo_oa.reading import CHANNEL, read
from bot.doors.zalo_oa.sending import Sender

__all__ = ["CHANNEL", "Account", "Sender", "connect", "open_door", "read"]
