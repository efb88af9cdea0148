"""An update of Telegram becomes a message of ours, or nothing that is for us."""

from typing import Final

from telegram import CallbackQuery, Chat, Update
from telegram import Message as Posted
from telegram.constants import ChatType
from telegram.ext import filters

from handlers.messages import Message

CHANNEL: Final = "telegram"


def read(update: Update) -> Message | None:
    """Read what a citizen wrote, tapped or sent; None for groups, bots, edits and notices."""
    chat = update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE:
        return None
    if update.callback_query is not None:
        return _tapped(update, chat, update.callback_query)
    if update.message is None or filters.StatusUpdate.ALL.check_update(update):
        return None
    return _posted(update, chat, update.message)


def _tapped(update: Update, chat: Chat, query: CallbackQuery) -> Message | None:
    if not query.data:
        return None
    return Message(
        channel=CHANNEL,
        chat=str(chat.id),
        text=query.data,
        external_id=str(update.update_id),
    )


def _posted(update: Update, chat: Chat, posted: Posted) -> Message | None:
    if posted.from_user is not None and posted.from_user.is_bot:
        return None
    text = posted.text or posted.caption or ""
    return Message(
        channel=CHANNEL,
        chat=str(chat.id),
        text=text,
        external_id=str(update.update_id),
        kind="text" if text else "unreadable",
    )
