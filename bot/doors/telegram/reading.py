"""An update of Telegram becomes a message of ours, or nothing that is for us."""

from typing import Final

from telegram import CallbackQuery, Chat, Update
from telegram import Message as Posted
from telegram.constants import ChatType
from telegram.ext import filters

from handlers.messages import Kind, Message, Remote

CHANNEL: Final = "telegram"

_KINDS: Final[dict[Kind, tuple[str, ...]]] = {
    "picture": ("photo",),
    "voice": ("voice", "audio", "video_note"),
    "sticker": ("sticker", "animation", "dice"),
    "place": ("location", "venue"),
    "file": ("document", "video"),
}


def read(update: Update) -> Message | None:
    """Read what a citizen wrote, mended, tapped or sent; None for groups, bots and notices."""
    chat = update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE:
        return None
    if update.callback_query is not None:
        return _tapped(update, chat, update.callback_query)
    posted = update.message or update.edited_message
    if posted is None or filters.StatusUpdate.ALL.check_update(update):
        return None
    return _posted(update, chat, posted)


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
    kind: Kind = "text" if text else _kind(posted)
    if update.edited_message is not None:
        if not text:
            return None  # a place on the move, or another picture: it was answered when it came
        kind = "edited"
    if posted.contact is not None:
        text, kind = posted.contact.phone_number, "contact"
    return Message(
        channel=CHANNEL,
        chat=str(chat.id),
        text=text,
        external_id=str(update.update_id),
        kind=kind,
        files=_files(posted) if update.message is not None else (),
    )


def _files(posted: Posted) -> tuple[Remote, ...]:
    """Name the picture in its largest size, or the document; a moving picture is none."""
    if posted.photo:
        largest = posted.photo[-1]
        return (Remote(largest.file_id, size=largest.file_size),)
    document = posted.document
    if document is None or posted.animation is not None:
        return ()
    return (Remote(document.file_id, document.file_name or "", document.file_size),)


def _kind(posted: Posted) -> Kind:
    for kind, what in _KINDS.items():
        if any(getattr(posted, name) for name in what):
            return kind
    return "unreadable"
