"""One citizen on several channels: joined by a one-time code, parted again on request."""

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import Turn
from handlers.texts import common
from handlers.texts import joining as texts
from knowledge.people import Chat, JoinCode


async def start(message: Message, desk: Desk) -> Turn:
    """Give a code to be sent on the other channel."""
    drawn = await desk.people.new_code(_chat(message), desk.now)
    return Turn(Reply(texts.code(drawn), common.MENU))


async def finish(code: JoinCode, message: Message, desk: Desk) -> Turn:
    """Join this chat to the one that drew *code*."""
    first = await desk.people.join(code, _chat(message), desk.now)
    if first is None:
        return Turn(Reply(texts.NOT_HELD, (texts.JOIN, *common.MENU)))
    return Turn(Reply(texts.JOINED, common.MENU))


async def separate(message: Message, desk: Desk) -> Turn:
    """Take this chat from the others."""
    was_joined = await desk.people.separate(_chat(message))
    text = texts.SEPARATED if was_joined else texts.ALONE
    return Turn(Reply(text, (texts.JOIN, *common.MENU)))


def _chat(message: Message) -> Chat:
    return Chat(message.channel, message.chat)
