"""Where each wish leads: commands, words that wish for something, and codes."""

from collections.abc import Awaitable, Callable
from typing import Final

from handlers import (
    checklists,
    dossiers,
    feedback,
    fees,
    guide,
    joining,
    procedures,
    smalltalk,
)
from handlers.desk import Desk
from handlers.messages import Message
from handlers.states import Turn
from handlers.texts import checklists as texts
from handlers.texts import plain
from knowledge.checklists import find_checklist_code
from knowledge.dossiers.code import find_code, looks_like_code
from knowledge.feedback import find_feedback_code, looks_like_feedback_code
from knowledge.people import find_join_code
from knowledge.procedures.codes import find_outdated_code, find_procedure_code
from knowledge.vocabulary import Intent

Handler = Callable[[Message, Desk], Awaitable[Turn]]

COMMANDS: Final[dict[str, Handler]] = {
    "/start": smalltalk.welcome,
    "/help": smalltalk.explain,
    "/huy": smalltalk.cancel,
    "/lienhe": smalltalk.contact,
    plain.ON.sends: smalltalk.speak_plainly,
    plain.OFF.sends: smalltalk.speak_officially,
    "/thutuc": procedures.ask,
    "/lv": guide.guide,
    "/phi": fees.show,
    "/tt": procedures.show,
    "/ds": checklists.show,
    texts.TICK: checklists.tick,
    texts.UNTICK: checklists.untick,
    "/conthieu": checklists.lacking,
    "/dslai": checklists.clear,
    "/baosai": procedures.report_error,
    "/khongphai": procedures.none_of_these,
    "/hoso": dossiers.ask,
    "/noikenh": joining.start,
    "/tachkenh": joining.separate,
    "/gopy": feedback.ask,
    "/magopy": feedback.ask_code,
}

WISHES: Final[dict[Intent, Handler]] = {
    Intent.BRIBE: smalltalk.refuse_money,
    Intent.PRIVACY: smalltalk.say_what_is_kept,
    Intent.NEWS: smalltalk.say_how_news_come,
    Intent.JOIN: joining.start,
    Intent.SEPARATE: joining.separate,
    Intent.CHECKLIST: checklists.mine,
    Intent.DOSSIER: dossiers.ask,
    Intent.FEEDBACK_STATUS: feedback.ask_code,
    Intent.FEEDBACK: feedback.ask,
}

# After these, half-written feedback is still where it was.
INFORMING: Final = frozenset(
    {
        smalltalk.explain,
        smalltalk.contact,
        smalltalk.speak_plainly,
        smalltalk.speak_officially,
        procedures.show,
        procedures.ask,
        checklists.show,
        checklists.tick,
        checklists.untick,
        checklists.lacking,
        checklists.clear,
        guide.guide,
        fees.show,
    }
)


async def by_code(message: Message, desk: Desk) -> Turn | None:
    """Answer words that hold a code of any kind, or a piece of one; None where they hold none."""
    dossier_code = find_code(message.text)
    if dossier_code is not None:
        return await dossiers.tell(dossier_code, desk)
    feedback_code = find_feedback_code(message.text)
    if feedback_code is not None:
        return await feedback.tell(feedback_code, desk)
    join_code = find_join_code(message.text)
    if join_code is not None:
        return await joining.finish(join_code, message, desk)
    if find_checklist_code(message.text) is not None:
        return await checklists.by_code(message, desk)
    if find_procedure_code(message.text) or find_outdated_code(message.text):
        return await procedures.by_code(message, desk)
    return _by_piece_of_code(message.text)


def _by_piece_of_code(text: str) -> Turn | None:
    if looks_like_feedback_code(text):
        return feedback.unreadable()
    return dossiers.unreadable() if looks_like_code(text) else None
