"""Who answers: a command, else whoever awaits an answer, else code, follow-up, question."""

import re
from dataclasses import replace
from typing import Final

from handlers import (
    checklists,
    dossiers,
    feedback,
    fees,
    follow_ups,
    procedures,
    repairs,
    routes,
    second_wishes,
    smalltalk,
)
from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import (
    DRAFTS,
    AwaitingDossierCode,
    AwaitingFeedbackCode,
    AwaitingFeedbackContact,
    AwaitingFeedbackContent,
    AwaitingFeedbackKind,
    AwaitingFeedbackName,
    AwaitingQuantity,
    Checking,
    ChoosingProcedure,
    ConfirmingFeedback,
    Idle,
    Memory,
    Turn,
    takes_files,
)
from handlers.texts import checklists as texts
from handlers.texts import common, old_names, plain
from handlers.texts import feedback as feedback_texts
from knowledge.matching import Found, Unknown
from knowledge.picking import pick
from knowledge.procedures.procedure import Facet
from knowledge.repairs import Repair
from knowledge.text import clean, fold, marked
from knowledge.vocabulary import Intent

# Whole phrases that mean just what they say, whatever titles share their words.
_PLAIN: Final = frozenset(
    {
        Intent.PERSON,
        Intent.MAIL,
        Intent.MACHINE,
        Intent.HELP,
        Intent.THANKS,
        Intent.ASSENT,
        Intent.ABUSE,
    }
)

_WHERE: Final = {Facet.PLACE, Facet.AGENCY}

_FAR_TOO_LONG: Final = 12_000  # letters
LONGEST: Final = 2000  # letters; the page's box holds as many, and a person reads no more
_CANCELLING: Final = frozenset({"hủy", "huỷ", "hủy bỏ", "thôi", "dừng lại", "thoát", "cancel"})
_CANCELLING_BARE: Final = frozenset(fold(words) for words in _CANCELLING)

_UNWILLING: Final = re.compile(
    r"(?:thoi|dung(?: lai)?|khong)\b.{0,25}\b(?:gui|lam|viet) ?(?:nua)?$"
)


async def receive(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Answer *message*, in plain language where that was asked for."""
    turn = await _received(message, desk, memory)
    if message.files and takes_files(turn.then) and not takes_files(memory.state):
        text = f"{turn.reply.text}\n\n{feedback_texts.SEND_FILE_AGAIN}"
        turn = replace(turn, reply=replace(turn.reply, text=text))
    turn = replace(turn, reply=replace(turn.reply, takes_files=takes_files(turn.then)))
    if not memory.plain or not isinstance(turn.answer, Found):
        return turn
    text = plain.simplified(turn.reply.text, desk.glossary)
    return replace(turn, reply=replace(turn.reply, text=text))


async def _received(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Answer *message*; what cannot be read leaves the talk where it stands."""
    if message.files and takes_files(memory.state):
        return await _with_files(message, desk, memory)
    trouble = _cannot_be_read(message, memory)
    if trouble is not None:
        return Turn(Reply(trouble, memory.offered), memory.state)
    message = replace(message, text=clean(message.text))
    meant = replace(message, text=_meant(message.text, memory))
    if meant.text.startswith("/"):
        return await _command(meant, desk, memory)
    if _cancels(meant.text, memory):
        return await smalltalk.cancel(meant, desk)
    if isinstance(memory.state, repairs.MENDED):
        repair = desk.vocabulary.repair_in(meant.text)
        if repair is not None:
            return await repairs.mend(repair, meant, desk, memory)
    return await _by_state(meant, desk, memory)


async def _with_files(message: Message, desk: Desk, memory: Memory) -> Turn:
    """Keep the files, then answer the words beside them, or ask on."""
    note = await feedback.keep_files(message, desk)
    if not fold(message.text):
        return await feedback.ask_on(note, message, desk, memory)
    turn = await _received(replace(message, files=(), kind="text"), desk, memory)
    if not takes_files(turn.then):
        return turn
    return replace(turn, reply=replace(turn.reply, text=f"{note}\n\n{turn.reply.text}"))


def _cannot_be_read(message: Message, memory: Memory) -> str | None:
    """Say what stands in the way of reading *message*; the longest are not even looked at."""
    if message.kind != "text" and not _is_wanted(message, memory):
        said = feedback_texts.INSTEAD_OF_FILES if takes_files(memory.state) else {}
        return said.get(message.kind, common.INSTEAD_OF_WORDS[message.kind])
    if len(message.text) > _FAR_TOO_LONG or len(clean(message.text)) > LONGEST:
        return common.too_long(LONGEST)
    return common.EMPTY if not fold(message.text) else None


def _is_wanted(message: Message, memory: Memory) -> bool:
    """Say whether *message* answers what the talk awaits, though it is no new text."""
    match message.kind:
        case "contact":
            return isinstance(memory.state, AwaitingFeedbackContact)
        case "edited":  # a question in better words; within a form, it would answer the next step
            return isinstance(memory.state, Idle | ChoosingProcedure | Checking)
        case _:
            return False


def _meant(text: str, memory: Memory) -> str:
    """Read an answer to offered choices, given by number or by name, as the choice itself.

    Where a number is asked for, or only a way out is offered, a number is no choice.
    """
    awaited = isinstance(memory.state, AwaitingQuantity) or memory.offered == (common.CANCEL,)
    if awaited and fold(text).isdigit():
        return text
    index = pick(text, [choice.label for choice in memory.offered])
    if index is None or _names_a_paper(text, index, memory):
        return text
    return memory.offered[index].sends


def _names_a_paper(text: str, index: int, memory: Memory) -> bool:
    """Say whether a bare number names a paper of the open list: it is there, never gone again."""
    if not isinstance(memory.state, Checking) or not fold(text).isdigit():
        return False
    verb = memory.offered[index].sends.partition(" ")[0]
    return verb in {texts.TICK, texts.UNTICK}


def _cancels(text: str, memory: Memory) -> bool:
    """Tell a wish to stop from a name: without its marks «hủy» is Huy, whose name we asked for."""
    if isinstance(memory.state, DRAFTS) and _UNWILLING.match(fold(text)):
        return True
    if isinstance(memory.state, AwaitingFeedbackName):
        return marked(text) in _CANCELLING
    return fold(text) in _CANCELLING_BARE


async def _command(message: Message, desk: Desk, memory: Memory) -> Turn:
    handler = routes.COMMANDS.get(message.text.partition(" ")[0].partition("@")[0].lower())
    if handler is None:
        return Turn(Reply(common.UNKNOWN_COMMAND, common.MENU), memory.state)
    if handler is smalltalk.contact and isinstance(memory.state, repairs.MENDED):
        return await repairs.mend(Repair.PERSON, message, desk, memory)  # choices stay open
    turn = await handler(message, desk)
    return _draft_kept(turn, memory) if handler in routes.INFORMING else turn


def _draft_kept(turn: Turn, memory: Memory) -> Turn:
    """Let a look at something else leave half-written feedback where it stands."""
    if not isinstance(memory.state, DRAFTS):
        return turn
    text = f"{turn.reply.text}\n\n{feedback_texts.STILL_OPEN}"
    return replace(turn, reply=Reply(text, memory.offered), then=memory.state)


async def _by_state(  # noqa: C901, PLR0911 - a line for every state
    message: Message, desk: Desk, memory: Memory
) -> Turn:
    match memory.state:
        case Idle():
            return await _open_talk(message, desk, memory.state)
        case ChoosingProcedure():
            return await _open_talk(message, desk, memory.state)
        case AwaitingQuantity():
            return await _quantity(message, desk, memory.state)
        case Checking():
            return await _marks(message, desk, memory.state)
        case AwaitingDossierCode():
            return await _open_talk(message, desk, Idle())
        case AwaitingFeedbackKind():
            return await feedback.take_kind(message, desk, memory.state)
        case AwaitingFeedbackContent():
            return await feedback.take_content(message, desk, memory.state)
        case AwaitingFeedbackName():
            return await feedback.take_name(message, desk, memory.state)
        case AwaitingFeedbackContact():
            return await feedback.take_contact(message, desk, memory.state)
        case ConfirmingFeedback():
            return await feedback.take_confirmation(message, desk, memory.state)
        case AwaitingFeedbackCode():
            return await _open_talk(message, desk, Idle())


async def _quantity(message: Message, desk: Desk, state: AwaitingQuantity) -> Turn:
    told = await fees.take_quantity(message, desk, state)
    return told or await _open_talk(message, desk, Idle(state.code))


async def _marks(message: Message, desk: Desk, state: Checking) -> Turn:
    marked = await checklists.take_marks(message, desk, state)
    if marked is not None:
        return marked
    procedure = desk.catalog.find(state.subject)
    needed = None if procedure is None else follow_ups.is_needed(message, desk, procedure)
    if needed is not None:  # the list stays open
        return replace(needed, then=state)
    turn = await _open_talk(message, desk, Idle(state.subject))
    aside = isinstance(turn.then, Idle) and turn.then.subject == state.subject
    return replace(turn, then=state) if aside else turn


async def _open_talk(message: Message, desk: Desk, state: Idle | ChoosingProcedure) -> Turn:
    """Answer words that nothing awaited, and tell today's names of what is no more."""
    heard = desk.old_names.heard_in(message.text)
    if any(name.kind == "office" for name in heard) and _only_place(message.text, desk):
        turn = await smalltalk.contact(message, desk)
    else:
        turn = await _answer(message, desk, state)
    if not heard:
        return turn
    text = f"{turn.reply.text}\n\n{old_names.notes(heard)}"
    return replace(turn, reply=replace(turn.reply, text=text))


def _only_place(text: str, desk: Desk) -> bool:
    """Say whether, beside an old office's name, nothing but its place was asked for."""
    found = desk.matcher.answer(desk.old_names.without(text))
    return isinstance(found, Unknown) and found.names_nothing and set(found.facets) <= _WHERE


async def _answer(message: Message, desk: Desk, state: Idle | ChoosingProcedure) -> Turn:
    coded = await routes.by_code(message, desk)
    if coded is not None:
        return _with_the_rest(coded, message, desk)
    if fold(message.text).replace(" ", "").isdigit():
        return Turn(Reply(common.BARE_NUMBER, common.MENU), state)
    wish = await _of_the_dossier(message, desk, state) or await _by_intent(message, desk, state)
    if wish is not None:
        return wish
    if isinstance(state, ChoosingProcedure):
        return await procedures.choose(message, desk, state)
    number = follow_ups.quantity_in(message.text) if state.subject else None
    if number is not None:  # "2 máy thì sao"
        return await fees.show(replace(message, text=f"/phi {state.subject} n{number}"), desk)
    return await procedures.answer(message, desk, state)


def _with_the_rest(turn: Turn, message: Message, desk: Desk) -> Turn:
    """Offer also what was asked beside a code, so that it is not dropped."""
    said, choices = second_wishes.offered_with(turn, message.text, desk)
    if not choices:
        return turn
    reply = replace(
        turn.reply, text=f"{turn.reply.text}\n\n{said}", choices=(*turn.reply.choices, *choices)
    )
    return replace(turn, reply=reply)


async def _of_the_dossier(
    message: Message, desk: Desk, state: Idle | ChoosingProcedure
) -> Turn | None:
    """Answer what is asked of the dossier told last, unless a procedure is named."""
    if not isinstance(state, Idle) or state.dossier is None:
        return None
    found = desk.matcher.answer(message.text)
    if not (follow_ups.is_faint(found) or desk.matcher.only_operation(message.text)):
        return None
    return await dossiers.follow(message, desk, state.dossier)


async def _by_intent(message: Message, desk: Desk, state: Idle | ChoosingProcedure) -> Turn | None:
    for intent in desk.vocabulary.intents_in(message.text):
        wished = routes.WISHES.get(intent)
        if wished is not None:
            turn = await wished(message, desk)
            return replace(turn, then=state) if turn.then == Idle() else turn
        if _only_courteous(intent, message.text, desk):
            subject = state if isinstance(state, Idle) else Idle()
            return smalltalk.reply_to(intent, desk, subject)
    return None


def _only_courteous(intent: Intent, text: str, desk: Desk) -> bool:
    """Say whether nothing but courtesies and everyday words was said, and no procedure meant."""
    if not desk.vocabulary.says_nothing_else(text):
        return False
    return intent in _PLAIN or isinstance(desk.matcher.answer(text), Unknown)
