"""Feedback: kind, content, name, contact, read back, kept; and its status by tracking code."""

import re
from typing import Final

from handlers.desk import Desk
from handlers.messages import Choice, Fetched, Message, Missed, Remote, Reply, SentFile, Why
from handlers.states import (
    AwaitingFeedbackCode,
    AwaitingFeedbackContact,
    AwaitingFeedbackContent,
    AwaitingFeedbackKind,
    AwaitingFeedbackName,
    ConfirmingFeedback,
    Memory,
    State,
    Turn,
)
from handlers.texts import common
from handlers.texts import feedback as texts
from knowledge.attachments import Unfit
from knowledge.feedback import Feedback, FeedbackCode, FeedbackKind, find_feedback_code
from knowledge.text import clean, fold

_KINDS: Final = {
    fold(texts.ABOUT_CONDUCT.sends): FeedbackKind.CONDUCT,
    fold(texts.ABOUT_REGULATION.sends): FeedbackKind.REGULATION,
}
_YES: Final = frozenset({fold(texts.SEND.sends), "dong y", "vang", "dung roi", "ok", "gui di"})
_REACHABLE: Final = re.compile(r"\d|@|\w+\W+\w+\W+\w+")  # a number, a mail, or a place in words
_SHORTEST_CONTENT: Final = 10
_STORY: Final = 4  # words: fewer are a wrong answer, not what happened
_SHORTEST_NAME: Final = 2
_SHORTEST_CONTACT: Final = 8  # a telephone number, or a street with its number


async def ask(message: Message, desk: Desk) -> Turn:
    """Ask what the feedback is about; files of a draft that is written anew stay with it."""
    choices = (
        texts.ABOUT_CONDUCT,
        texts.ABOUT_REGULATION,
        texts.CHECK_EARLIER,
        common.CANCEL,
    )
    carried = await desk.attachments.carried(message.channel, message.chat)
    text = texts.ask_kind(carried.files)
    return Turn(Reply(text, choices), AwaitingFeedbackKind())


async def take_kind(message: Message, desk: Desk, state: AwaitingFeedbackKind) -> Turn:
    """Accept the kind, then ask what happened; words told too early are kept."""
    del desk
    kind = _KINDS.get(fold(message.text))
    if kind is None:
        told = f"{state.content}\n{clean(message.text)}".strip()
        choices = (texts.ABOUT_CONDUCT, texts.ABOUT_REGULATION, common.CANCEL)
        if len(told.split()) < _STORY:
            return Turn(Reply(texts.ASK_KIND_AGAIN, choices), state)
        return Turn(Reply(texts.told_early(told), choices), AwaitingFeedbackKind(told))
    if state.content:
        return _asking(texts.ASK_NAME, AwaitingFeedbackName(kind, state.content))
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
    contact = clean(message.text)
    if len(contact) < _SHORTEST_CONTACT or not _REACHABLE.search(contact):
        return _asking(texts.CONTACT_TOO_SHORT, state)
    draft = ConfirmingFeedback(state.about, state.content, state.name, contact)
    return await _confirm(draft, message, desk)


async def take_confirmation(message: Message, desk: Desk, state: ConfirmingFeedback) -> Turn:
    """Enter the feedback in the book once the citizen says so."""
    if fold(message.text) == fold(texts.DROP_FILES.sends):
        await desk.attachments.drop(message.channel, message.chat)
        return await _confirm(state, message, desk)
    carried = await desk.attachments.carried(message.channel, message.chat)
    if fold(message.text) not in _YES:
        return Turn(Reply(texts.PRESS_A_CHOICE, _endings(carried.files)), state)
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
    await desk.attachments.hand_in(message.channel, message.chat, code)
    return Turn(Reply(texts.kept(code, carried.files), common.MENU))


async def keep_files(message: Message, desk: Desk) -> str:
    """Keep the files of *message* with what is being written; say what became of them."""
    troubles = [await _trouble(file, message, desk) for file in message.files]
    carried = await desk.attachments.carried(message.channel, message.chat)
    limits = desk.attachments.limits
    told = [texts.not_kept(why, limits) for why in dict.fromkeys(troubles) if why is not None]
    if None in troubles:
        told.insert(0, texts.files_kept(carried.files, limits))
    return "\n".join(told)


async def ask_on(note: str, message: Message, desk: Desk, memory: Memory) -> Turn:
    """Say *note* of a file, then ask again what stood open."""
    if isinstance(memory.state, ConfirmingFeedback):
        turn = await _confirm(memory.state, message, desk)
        return Turn(Reply(f"{note}\n\n{turn.reply.text}", turn.reply.choices), memory.state)
    text = f"{note}\n\n{texts.NEXT[memory.state.kind]}"
    return Turn(Reply(text, memory.offered), memory.state)


async def _trouble(file: SentFile, message: Message, desk: Desk) -> Unfit | Why | None:
    """Keep one file, or say why not."""
    match file:
        case Fetched(content, name):
            key = (message.channel, message.chat)
            return await desk.attachments.keep(*key, content, name, desk.now)
        case Missed(why):
            return why
        case Remote():  # nobody fetched it
            return Why.OUT_OF_REACH


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


async def _confirm(draft: ConfirmingFeedback, message: Message, desk: Desk) -> Turn:
    carried = await desk.attachments.carried(message.channel, message.chat)
    return Turn(Reply(texts.confirm(draft, carried.files), _endings(carried.files)), draft)


def _endings(files: int) -> tuple[Choice, ...]:
    dropping = (texts.DROP_FILES,) if files else ()
    return (texts.SEND, texts.REWRITE, *dropping, common.CANCEL)
