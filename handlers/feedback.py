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
from knowledge.text import clean, fold, marked

_KINDS: Final = {
    fold(texts.ABOUT_CONDUCT.sends): FeedbackKind.CONDUCT,
    fold(texts.ABOUT_REGULATION.sends): FeedbackKind.REGULATION,
}
_YES: Final = frozenset({fold(texts.SEND.sends), "dong y", "vang", "dung roi", "ok", "gui di"})
_REACHABLE: Final = re.compile(r"\d|@|\w+\W+\w+\W+\w+")  # a number, a mail, or a place in words
_NAMED: Final = {
    "(?:can bo|nhan vien|cong chuc|thai do)": FeedbackKind.CONDUCT,
    "(?:quy dinh|thu tuc)": FeedbackKind.REGULATION,
}
# Words that only push the talk on, and belong to no story.
_NO_STORY: Final = frozenset(
    {*_YES, "gui", "gui luon", "gui nhe", "gui a", "gui phan anh", "xong", "xong roi", "tiep"}
)
_MISSES: Final = 2  # answers that name neither kind, before the way out is told in words
_NAMELESS: Final = "an danh"
_UNWILLING: Final = re.compile(
    r"(?:(?:a|da|toi|em|minh|xin|thoi|cho|muon|duoc|phep|duoc phep) )*"
    r"(?:(?:khong|ko|k|khoi|mien)(?: (?:muon|thich|can|cho|biet|noi|neu|de|lo|tiet|ghi|xung|khai"
    r"|co|dien|ten|ho|va|danh|tinh|duoc|dc|dau|nhe|nha|a|ai))*"
    r"|(?:xin )?(?:an danh|giau ten|nac danh|vo danh|giu kin ten|giu bi mat ten|bi mat)"
    r"(?: (?:duoc|dc|khong|ko|k|nhe|nha|a|thoi|giup|toi|em))*)"
)
_NUMBER_OR_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\d(?:[ .-]?\d){7,}")
_CALLED: Final = re.compile(
    r"[\s,;:-]*\b(?:số điện thoại|điện thoại|sđt|sdt|đt|dt|số|email|mail|liên hệ)[\s:.]*$",
    re.IGNORECASE,
)
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
    kind = _kind_in(message.text)
    if kind is not None and state.content:
        return _asking(texts.ASK_NAME, AwaitingFeedbackName(kind, state.content))
    if kind is not None:
        return _asking(texts.ASK_CONTENT, AwaitingFeedbackContent(kind))
    said = "" if fold(message.text) in _NO_STORY else clean(message.text)
    told = f"{state.content}\n{said}".strip()
    is_story = len(told.split()) >= _STORY
    then = AwaitingFeedbackKind(told if is_story else state.content, state.missed + 1)
    choices = (texts.ABOUT_CONDUCT, texts.ABOUT_REGULATION, common.CANCEL)
    if then.missed >= _MISSES:
        return Turn(Reply(texts.HOW_TO_CHOOSE_KIND, choices), then)
    if not is_story or not said:
        return Turn(Reply(texts.ASK_KIND_AGAIN, choices), then)
    return Turn(Reply(texts.told_early(told), choices), then)


def _kind_in(text: str) -> FeedbackKind | None:
    """Read the kind from its button, or from a few words that name it."""
    folded = fold(text)
    named = [kind for words, kind in _NAMED.items() if re.search(rf"\b{words}\b", folded)]
    few = len(folded.split()) < _STORY
    return _KINDS.get(folded) or (named[0] if few and len(named) == 1 else None)


async def take_content(message: Message, desk: Desk, state: AwaitingFeedbackContent) -> Turn:
    """Accept what happened, then ask for the name."""
    del desk
    content = clean(message.text)
    if len(content) < _SHORTEST_CONTENT:
        return _asking(texts.CONTENT_TOO_SHORT, state)
    return _asking(texts.ASK_NAME, AwaitingFeedbackName(state.about, content))


async def take_name(message: Message, desk: Desk, state: AwaitingFeedbackName) -> Turn:
    """Accept the name, then ask for an address, unless it came along."""
    name, contact = _parted(clean(message.text))
    if _is_unwilling(name):
        return _asking(texts.name_needed(desk.card), state)
    if len(fold(name)) < _SHORTEST_NAME or not any(map(str.isalpha, name)):
        return _asking(texts.NAME_TOO_SHORT, state)
    if len(contact) < _SHORTEST_CONTACT:
        return _asking(
            texts.ASK_CONTACT, AwaitingFeedbackContact(state.about, state.content, name)
        )
    draft = ConfirmingFeedback(state.about, state.content, name, contact)
    return await _confirm(draft, message, desk)


def _is_unwilling(name: str) -> bool:
    """Tell a wish to stay unnamed from a name: «Nguyễn An Danh» is somebody."""
    written_as_name = name.istitle() and marked(name) == _NAMELESS
    return not written_as_name and _UNWILLING.fullmatch(fold(name)) is not None


def _parted(text: str) -> tuple[str, str]:
    """Part a name from the telephone number or mail behind it, and the address between them."""
    reached = _NUMBER_OR_MAIL.search(text)
    if reached is None:
        return text, ""
    stop = re.search(r"[,;\n]", text[: reached.start()])
    end = reached.start() if stop is None else stop.start()
    name = _CALLED.sub("", text[:end].strip(" ,;:-\n"))
    return name.strip(" ,;:-\n"), text[end:].strip(" ,;:-\n")


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
    """Tell of the feedback whose code came along, or that this chat sent last; else ask for it."""
    code = find_feedback_code(message.text)
    if code is not None:
        return await tell(code, desk)
    last = await desk.feedback.last_of(message.channel, message.chat)
    if last is not None:
        turn = await tell(last, desk)
        text = f"{turn.reply.text}\n\n{texts.ANOTHER_CODE}"
        return Turn(Reply(text, (common.CANCEL,)), AwaitingFeedbackCode())
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
