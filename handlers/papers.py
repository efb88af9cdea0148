"""Papers for the citizen's own case; what a tap sends says the case (`/gt 1.014390 c2 c5`)."""

from handlers.desk import Desk
from handlers.messages import Message, Reply
from handlers.states import Idle, Turn
from handlers.texts import asking_back, common
from handlers.texts import checklists as checklist_texts
from handlers.texts import papers as texts
from handlers.texts import procedures as procedure_texts
from knowledge.matching import Found
from knowledge.procedures.procedure import Facet


async def show(message: Message, desk: Desk) -> Turn:
    """Answer `/gt CODE [cN …]`: the papers of these cases; without one, of all cases alike."""
    _, *words = message.text.split()
    procedure = desk.catalog.find(words[0]) if words else None
    if procedure is None:
        return Turn(Reply(asking_back.not_found(desk.card), common.MENU))
    facets = (Facet.DOCUMENTS,)
    cases = texts.chosen_in(words[1:], procedure)
    own = {Facet.DOCUMENTS: texts.documents_of(procedure, cases)}
    told = procedure_texts.parts(procedure, facets, own=own)
    told += procedure_texts.old_data(procedure, desk.card, desk.now)
    choices = (
        checklist_texts.offer(procedure, cases),
        *texts.case_choices(procedure, cases),
        *procedure_texts.few_choices(procedure, without=facets),
    )
    return Turn(Reply(told, choices), Idle(procedure.code), Found.named(procedure, facets))
