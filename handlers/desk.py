"""What a handler may reach for, within one turn."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from knowledge.answers import AnswerBook
from knowledge.attachments import DEFAULT_LIMITS, AttachmentLimits, Attachments
from knowledge.calendar.hours import Closed, Open
from knowledge.calendar.terms import Terms
from knowledge.calendar.working_days import MissingYear
from knowledge.checklists import Checklists
from knowledge.dossiers.dossier import Dossiers
from knowledge.dossiers.register import DossierRegister
from knowledge.feedback import FeedbackBook
from knowledge.glossary import Glossary
from knowledge.matching import Matcher
from knowledge.old_names import OldNames
from knowledge.people import People
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.forms import FormShelf
from knowledge.store.store import Store, Transaction
from knowledge.talks import Talks
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCard:
    """What the office says of itself; what the settings leave empty is not said."""

    name: str
    address: str = ""
    telephone: str = ""
    hours: str = ""
    keep_days: int = 30
    fresh_days: int = 180
    """How many days after the last check an answer is told without a warning."""
    public_url: str = ""
    """Where citizens reach the web door, for the pages that are meant to be printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that lies at hand while one message is answered."""

    card: OfficeCard
    catalog: Catalog
    vocabulary: Vocabulary
    matcher: Matcher
    terms: Terms
    old_codes: Mapping[str, tuple[str, ...]]
    old_names: OldNames
    glossary: Glossary
    forms: FormShelf
    now: datetime
    dossiers: Dossiers
    feedback: FeedbackBook
    talks: Talks
    answers: AnswerBook
    checklists: Checklists
    people: People
    attachments: Attachments

    @property
    def opening(self) -> Open | Closed | MissingYear | None:
        """Tell whether the office is open now; None where it has told us no hours."""
        return self.terms.is_open(self.now) if self.card.hours else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The assembled whole behind all doors."""

    card: OfficeCard
    catalog: Catalog
    vocabulary: Vocabulary
    matcher: Matcher
    terms: Terms
    old_codes: Mapping[str, tuple[str, ...]]
    old_names: OldNames
    glossary: Glossary
    forms: FormShelf
    store: Store
    now: Callable[[], datetime]
    attaching: AttachmentLimits = DEFAULT_LIMITS

    @asynccontextmanager
    async def desk(self) -> AsyncGenerator[Desk]:
        """Set a desk for one turn: what is written on it is kept together, or not at all."""
        async with self.store.transaction() as session:
            yield self.desk_over(session)

    def desk_over(self, session: Transaction) -> Desk:
        """Set a desk within a transaction that somebody else ends."""
        return Desk(
            card=self.card,
            catalog=self.catalog,
            vocabulary=self.vocabulary,
            matcher=self.matcher,
            terms=self.terms,
            old_codes=self.old_codes,
            old_names=self.old_names,
            glossary=self.glossary,
            forms=self.forms,
            now=self.now(),
            dossiers=DossierRegister(session),
            feedback=FeedbackBook(session),
            talks=Talks(session),
            answers=AnswerBook(session),
            checklists=Checklists(session),
            people=People(session),
            attachments=Attachments(session, self.attaching),
        )
