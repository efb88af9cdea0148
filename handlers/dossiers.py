"""Dossiers: a code becomes its status in plain words; without a code we ask for it."""

import re
from typing import Final

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import AwaitingDossierCode, Idle, Turn
from handlers.texts import common
from handlers.texts import dossiers as texts
from knowledge.dossiers.code import DossierCode, find_code
from knowledge.text import fold

_ABOUT_IT: Final = re.compile(
    r"\b(?:khi nao|bao gio|bao lau|chung nao|hom nao|ngay nao|hen|tre|qua han|cham"
    r"|lau (?:qua|vay|the)|xong|ket qua|bo sung|nop them|nop tien|dong tien|o dau|den dau|toi dau"
    r"|lam gi|sao roi"
    r"|thieu gi|ly do|tai sao|vi sao)\b"
)


async def ask(message: Message, desk: Desk) -> Turn:
    """Ask for the dossier code, or answer at once where it came along."""
    code = find_code(message.text)
    if code is not None:
        return await tell(code, desk)
    return Turn(Reply(texts.ASK_CODE, (common.CANCEL,)), AwaitingDossierCode())


async def tell(code: DossierCode, desk: Desk) -> Turn:
    """Tell where the dossier is, or that we know none of that code."""
    dossier = await desk.dossiers.find(code)
    if dossier is None:
        return Turn(Reply(texts.not_found(code), common.MENU))
    return Turn(Reply(texts.status_card(dossier), common.MENU), Idle(dossier=code))


async def follow(message: Message, desk: Desk, code: DossierCode) -> Turn | None:
    """Answer what is asked further of the dossier; None where the words ask something else."""
    if _ABOUT_IT.search(fold(message.text)) is None:
        return None
    dossier = await desk.dossiers.find(code)
    if dossier is None:
        return None
    text = texts.further(dossier, desk.card, desk.now)
    choices = (common.FIND_DOSSIER, common.GIVE_FEEDBACK, common.CONTACT)
    return Turn(Reply(text, choices), Idle(dossier=code))


def unreadable() -> Turn:
    """Explain what a whole code looks like."""
    return Turn(Reply(texts.UNREADABLE, (common.CANCEL,)), AwaitingDossierCode())
