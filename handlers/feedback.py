"""Feedback: kind, content, name, contact, read back, kept; and its status by tracking code."""

import re
from typing import Final

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import (
    AwaitingFeedbackCode,
    AwaitingFeedbackContact,
    AwaitingFeedbackContent,
    AwaitingFeedbackKind,
    AwaitingFeedbackName,
    ConfirmingFeedback,
    State,
    Turn,
)
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.feedback import Feedback, FeedbackCode, FeedbackKind, find_feedback_code
from knowledge.text import clean, fold

_KINDS: Final = {
    fold(texts.ABOUT_CONDUCT.sends): FeedbackKind.CONDUCT,
    fold(texts.ABOUT_REGULATION.sends): FeedbackKind.REGULATION,
}
_YES: Final = frozenset({fold(texts.SEND.sends), "dong y", "vang", "dung roi", "ok", "gui di"})
_REACHABLE: Final = re.compile(r"\d|@|\w+\W+\w+\W+\w+")  # a number, a mail, or a place in words
_SHORTEST_CONTENT: Final = 10
_SHORTEST_NAME: Final = 2
_SHORTEST_CONTACT: Final = 8  # a telephone number, or a street with its number


async def ask(message: Message, desk: Desk) -> Turn:
    """Ask what the feedback is about."""
    del message, desk
    choices = (
        texts.ABOUT_CONDUCT,
        texts.ABOUT_REGULATION,
        texts.CHECK_EARLIER,
        common.CANCEL,
    )
    return Turn(Reply(texts.ASK_KIND, choices), AwaitingFeedbackKind())


async def take_kind(message: Message, desk: Desk) -> Turn:
    """Accept the kind, then ask what happened."""
    del desk
    kind = _KINDS.get(fold(message.text))
    if kind is None:
        choices = (texts.ABOUT_CONDUCT, texts.ABOUT_REGULATION, common.CANCEL)
        return Turn(Reply(texts.ASK_KIND_AGAIN, choices), AwaitingFeedbackKind())
    return _asking(texts.ASK_CONTENT, AwaitingFeedbackContent(kind))


async def take_content(message: Message, desk: Desk, state: AwaitingFeedbackContent) -> Turn:
    """Accept what happened, then ask for the name."""
    del desk
    content = clean(message.text)
    if len(content) < _SHORTEST_CONTENT:
        return _asking(texts.CONTENT_TOO_SHORT, state)
    return _asking(texts.ASK_NAME, AwaitingFeedbackName(state.about, content))


async def take_name(message: Message, desk: Desk, state: AwaitingFeedbackName) -> Turn:
    """Accept the name, then ask for an address."""
    del desk
    name = clean(message.text)
    if len(fold(name)) < _SHORTEST_NAME:
        return _asking(texts.NAME_TOO_SHORT, state)
    return _asking(texts.ASK_CONTACT, AwaitingFeedbackContact(state.about, state.content, name))


async def take_contact(message: Message, desk: Desk, state: AwaitingFeedbackContact) -> Turn:
    """Accept the address, then read all of it back."""
    del desk
    contact = clean(message.text)
    if len(contact) < _SHORTEST_CONTACT or not _REACHABLE.search(contact):
        return _asking(texts.CONTACT_TOO_SHORT, state)
    return _confirm(ConfirmingFeedback(state.about, state.content, state.name, contact))


async def take_confirmation(message: Message, desk: Desk, state: ConfirmingFeedback) -> Turn:
    """Enter the feedback in the book once the citizen says so."""
    if fold(message.text) not in _YES:
        choices = (texts.SEND, texts.REWRITE, common.CANCEL)
        return Turn(Reply(texts.PRESS_A_CHOICE, choices), state)
    code = await desk.feedback.new_code(desk.now)
    feedback = Feedback(
        code=code,
        kind=state.about,
        content=state.content,
        name=state.name,
        contact=state.contact,
        received_at=desk.now,
    )
    await desk.feedback.enter(feedback, message.channel, message.chat)
    return Turn(Reply(texts.kept(code), common.MENU))


async def ask_code(message: Message, desk: Desk) -> Turn:
    """Ask for the tracking code, or answer at once where it came along."""
    code = find_feedback_code(message.text)
    if code is not None:
        return await tell(code, desk)
    return _asking(texts.ASK_CODE, AwaitingFeedbackCode())


async def tell(code: FeedbackCode, desk: Desk) -> Turn:
    """Tell how far feedback is."""
    feedback = await desk.feedback.find(code)
    text = texts.not_found(code) if feedback is None else texts.status(feedback)
    return Turn(Reply(text, common.MENU))


def unreadable() -> Turn:
    """Explain what a whole tracking code looks like."""
    return _asking(texts.CODE_UNREADABLE, AwaitingFeedbackCode())


def _asking(text: str, state: State) -> Turn:
    return Turn(Reply(text, (common.CANCEL,)), state)


def _confirm(draft: ConfirmingFeedback) -> Turn:
    choices = (texts.SEND, texts.REWRITE, common.CANCEL)
    return Turn(Reply(texts.confirm(draft), choices), draft)
