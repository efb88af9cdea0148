"""The guided start: field, then what for, then the procedure, by taps alone.

What a tap sends says all by itself (`/lv 2 renew 3`: second field, renewals, third page), so
no state is kept and old buttons still work.
"""

from typing import Final

from handlers.desk import Desk
from handlers.messages import Choice, Message, Reply
from handlers.states import Turn
from handlers.texts import asking_back, common
from handlers.texts import guide as texts
from knowledge.operations import Operation
from knowledge.procedures.procedure import Procedure

PAGE: Final = 6  # choices at once, beside the ways on and back

_OPERATIONS: Final = {str(operation): operation for operation in Operation}


async def guide(message: Message, desk: Desk) -> Turn:
    """Lead one step further; whatever cannot be read begins at the beginning."""
    _, *words = message.text.split()
    fields = sorted(desk.catalog.fields())
    number = int(words[0]) if words and words[0].isdecimal() else 0
    if not 1 <= number <= len(fields):
        return Turn(_fields(fields))
    operation = _OPERATIONS.get(words[1]) if len(words) > 1 else None
    listed = [one for one in desk.catalog if one.field == fields[number - 1]]
    if operation is None:
        told = texts.what_for(fields[number - 1])
        return Turn(Reply(told, texts.purposes(number, listed)))
    page = int(words[2]) if len(words) > 2 and words[2].isdecimal() else 1  # noqa: PLR2004
    serving = [one for one in listed if operation in one.operations]
    return Turn(_procedures(number, operation, serving, page))


def _fields(fields: list[str]) -> Reply:
    choices = (Choice(field, f"/lv {number}") for number, field in enumerate(fields, 1))
    return Reply(texts.WHICH_FIELD, tuple(choices))


def _procedures(number: int, operation: Operation, serving: list[Procedure], page: int) -> Reply:
    shown = tuple(serving[(page - 1) * PAGE : page * PAGE])
    if not shown:
        return Reply(texts.NOTHING_HERE, (texts.OTHER_FIELD, common.CONTACT))
    labels = asking_back.telling_labels(shown)
    choices = [
        asking_back.procedure_choice(one, label, ())
        for one, label in zip(shown, labels, strict=True)
    ]
    if page * PAGE < len(serving):
        choices.append(Choice(texts.MORE, f"/lv {number} {operation} {page + 1}"))
    return Reply(texts.which_procedure(shown, len(serving)), (*choices, texts.OTHER_FIELD))
