"""One turn: recall where the talk stands, receive the message, remember, give the reply."""

import asyncio
import logging
import traceback
from weakref import WeakValueDictionary

from handlers import reception
from handlers.desk import Desk, Office
from handlers.messages import ChatKey, Message, Remote, Reply, dump_reply, load_reply
from handlers.states import ConfirmingFeedback, Memory, Turn, dump, load, takes_files
from handlers.texts import common, feedback
from knowledge.matching import Found
from knowledge.talks import Exchange
from knowledge.text import clean

log = logging.getLogger(__name__)


class Conversation:
    """The one way into this floor: every channel calls `reply_to`."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._locks: WeakValueDictionary[ChatKey, asyncio.Lock] = WeakValueDictionary()

    async def reply_to(self, message: Message) -> Reply:
        """Answer *message*; the same message sent again gets the same answer, nothing twice."""
        return (await self.turn(message)).reply

    async def turn(self, message: Message) -> Turn:
        """Do the same as `reply_to`, and tell also what was found."""
        lock = self._locks.setdefault(message.key, asyncio.Lock())
        async with lock:
            try:
                async with self.office.desk() as desk:
                    return await self.turn_at(desk, message)
            except Exception as error:  # noqa: BLE001 - a bug must not silence us
                return Turn(apology(message.channel, error))

    async def turn_at(self, desk: Desk, message: Message) -> Turn:
        """Answer *message* within the transaction of *desk*, and leave its end to the caller."""
        await desk.talks.have_to_ourselves(message.channel, message.chat)
        before = await desk.talks.answered(message.channel, message.chat, message.external_id)
        memory = load(await desk.talks.recall(message.channel, message.chat))
        if before is not None:
            return Turn(read_reply(before), memory.state)
        turn = await reception.receive(message, desk, memory)
        after = dump(memory.after(turn))
        await desk.talks.remember(message.channel, message.chat, after, desk.now)
        await desk.talks.record(
            channel=message.channel,
            chat=message.chat,
            external_id=message.external_id,
            said=_shown(message, memory),
            reply=dump_reply(turn.reply),
            at=desk.now,
        )
        if isinstance(memory.state, ConfirmingFeedback) and turn.then != memory.state:
            personal = (memory.state.contact, memory.state.name)
            await desk.talks.hide(message.channel, message.chat, personal)
        if takes_files(memory.state) != takes_files(turn.then):
            await desk.attachments.drop(message.channel, message.chat)
        if isinstance(turn.answer, Found):
            code = turn.answer.match.procedure.code
            await desk.answers.note(turn.reply.text, code, desk.now)
        return turn

    async def awaits_files(self, desk: Desk, message: Message) -> bool:
        """Say whether files of *message* that a platform keeps are to be fetched for its turn."""
        if not any(isinstance(file, Remote) for file in message.files):
            return False
        memory = load(await desk.talks.recall(message.channel, message.chat))
        return takes_files(memory.state)

    async def tell_at(self, desk: Desk, chat: ChatKey, number: str, reply: Reply) -> None:
        """Say *reply* unasked, within the transaction of *desk*; its choices may be tapped too."""
        where = (chat.channel, chat.chat)
        await desk.talks.have_to_ourselves(*where)
        if reply.choices:
            memory = load(await desk.talks.recall(*where)).offering(reply.choices)
            await desk.talks.remember(*where, dump(memory), desk.now)
        await desk.talks.record(
            channel=chat.channel,
            chat=chat.chat,
            external_id=number,
            said="",
            reply=dump_reply(reply),
            at=desk.now,
        )

    async def history(self, key: ChatKey, after: int = 0) -> list[Exchange]:
        """Return what was said and answered in a chat after exchange number *after*."""
        async with self.office.desk() as desk:
            return await desk.talks.history(key.channel, key.chat, after)


def apology(channel: str, error: Exception) -> Reply:
    """Note a bug without the citizen's words, which its own may hold; say that we are sorry."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("no answer on %s: %s\n%s", channel, type(error).__name__, where)
    return Reply(common.TROUBLE)


def read_reply(exchange: Exchange) -> Reply:
    """Read the reply of a kept exchange."""
    return load_reply(exchange.reply)


def _shown(message: Message, memory: Memory) -> str:
    """Give a tap the words of its button, as the citizen saw them, and a file a mark."""
    labels = {choice.sends: choice.label for choice in memory.offered}
    said = labels.get(message.text) or clean(message.text[: reception.LONGEST])
    return f"{said} {feedback.FILE_SENT}".strip() if message.files else said
