"""Words that hold a code and a question besides: the code is answered, the question offered."""

import re
from typing import Final

from handlers import follow_ups
from handlers.desk import Desk
from handlers.messages import Choice
from handlers.states import Checking, Turn
from handlers.texts import asking_back
from knowledge.matching import Found, Unclear
from knowledge.procedures.codes import find_procedure_code
from knowledge.procedures.procedure import Facet, Procedure

_CODE: Final = re.compile(r"\S*\d\S*-\S*|\S*-\S*\d\S*")
_MOST: Final = 2  # procedures that the question may be about


def offered_with(turn: Turn, text: str, desk: Desk) -> tuple[str, tuple[Choice, ...]]:
    """Give what to add to *turn*, which answers the code in *text*: a sentence, and choices."""
    rest = _CODE.sub(" ", text)
    facets = desk.vocabulary.asked_facets(rest)
    if rest == text or not facets or find_procedure_code(text):
        return "", ()
    about = _procedures(turn, rest, facets, desk)
    labels = asking_back.telling_labels(about) if about else ()
    choices = tuple(
        asking_back.procedure_choice(one, asking_back.asked_besides(label, facets), facets)
        for one, label in zip(about, labels, strict=True)
    )
    return (asking_back.ASKED_BESIDES, choices) if choices else ("", ())


def _procedures(
    turn: Turn, rest: str, facets: tuple[Facet, ...], desk: Desk
) -> tuple[Procedure, ...]:
    """Tell what the question is about: the procedures it names, or that of the open list."""
    found = desk.matcher.answer(rest)
    if not follow_ups.is_faint(found):
        match found:
            case Found(match=match):
                return (match.procedure,)
            case Unclear(matches=matches):
                return tuple(match.procedure for match in matches[:_MOST])
            case _:
                return ()
    if isinstance(turn.then, Checking) and Facet.DOCUMENTS not in facets:
        listed = desk.catalog.find(turn.then.subject)
        return () if listed is None else (listed,)
    return ()
