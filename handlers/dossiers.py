"""Dossiers: a code becomes its status in plain words; without a code we ask for it."""

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import AwaitingDossierCode, Turn
from handlers.texts import common
from handlers.texts import dossiers as texts
from knowledge.dossiers.code import DossierCode, find_code


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
    return Turn(Reply(texts.status_card(dossier), common.MENU))


def unreadable() -> Turn:
    """Explain what a whole code looks like."""
    return Turn(Reply(texts.UNREADABLE, (common.CANCEL,)), AwaitingDossierCode())
