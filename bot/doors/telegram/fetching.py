"""A file that a citizen sent is fetched from Telegram."""

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.post.fetching import Fetch
from handlers.messages import Fetched, Missed, Remote, Why


def fetcher(bot: Bot, line: BaseRequest) -> Fetch:
    """Give the way to fetch a file over *line*: not the bot's own, on which a 404 shuts the door.

    No error is told with its words, for the address of a file holds the token.
    """

    async def fetch(remote: Remote, most: int) -> Fetched | Missed:
        try:
            file = await bot.get_file(remote.where)
            if (file.file_size or 0) > most:
                return Missed(Why.TOO_LARGE)
            content = await line.retrieve(file.file_path or "")
        except TelegramError:
            return Missed(Why.OUT_OF_REACH)
        if len(content) > most:
            return Missed(Why.TOO_LARGE)
        return Fetched(content, remote.name)

    return fetch
