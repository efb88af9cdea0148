"""A citizen, so that tests read as talks; and the moment at which all tests happen."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from handlers.conversation import Conversation
from handlers.messages import ChatKey, Kind, Message, Reply, SentFile
from knowledge.clock import VIET_NAM

NOON: Final = datetime(2026, 11, 21, 12, 0, tzinfo=VIET_NAM)


@dataclass
class Citizen:
    """Talks through the real conversation, and keeps the last reply."""

    conversation: Conversation
    channel: str = "console"
    chat: str = "an"
    reply: Reply = field(default_factory=lambda: Reply(""))
    sent: int = 0

    async def says(self, text: str) -> str:
        """Send words; return what is answered."""
        return await self._sends(self.message(text))

    async def attaches(self, *files: SentFile, text: str = "") -> str:
        """Send files, with or without words; return what is answered."""
        kind: Kind = "text" if text else "picture"
        return await self._sends(replace(self.message(text), kind=kind, files=files))

    async def shows_a_picture(self) -> str:
        """Send what cannot be read; return what is answered."""
        return await self._sends(replace(self.message(""), kind="unreadable"))

    async def taps(self, label: str) -> str:
        """Tap the button that shows *label*; fail where it is not offered."""
        offered = {choice.label: choice.sends for choice in self.reply.choices}
        assert label in offered, f"«{label}» is not offered, but {list(offered)}"
        return await self.says(offered[label])

    async def repeats(self) -> str:
        """Send the last message once more under the same id, as a platform does."""
        return await self._sends(self._last)

    def message(self, text: str) -> Message:
        """Write the next message, without sending it."""
        self.sent += 1
        return Message(channel=self.channel, chat=self.chat, text=text, external_id=f"{self.sent}")

    @property
    def key(self) -> ChatKey:
        """Tell in which chat this citizen is."""
        return ChatKey(self.channel, self.chat)

    @property
    def offered(self) -> list[str]:
        """Read the buttons under the last reply."""
        return [choice.label for choice in self.reply.choices]

    async def _sends(self, message: Message) -> str:
        self._last = message
        self.reply = await self.conversation.reply_to(message)
        return self.reply.text
