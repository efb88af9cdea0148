"""What a handler may reach for, within one turn."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from knowledge.calendar.terms import Terms
from knowledge.dossiers.dossier import Dossiers
from knowledge.dossiers.register import DossierRegister
from knowledge.feedback import FeedbackBook
from knowledge.matching import Matcher
from knowledge.procedures.catalog import Catalog
from knowledge.store.store import Store
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that lies at hand while one message is answered."""

    card: OfficeCard
    catalog: Catalog
    vocabulary: Vocabulary
    matcher: Matcher
    terms: Terms
    now: datetime
    dossiers: Dossiers
    feedback: FeedbackBook
    talks: Talks


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The assembled whole behind all doors."""

    card: OfficeCard
    catalog: Catalog
    vocabulary: Vocabulary
    matcher: Matcher
    terms: Terms
    store: Store
    now: Callable[[], datetime]

    @asynccontextmanager
    async def desk(self) -> AsyncGenerator[Desk]:
        """Set a desk for one turn: what is written on it is kept together, or not at all."""
        async with self.store.transaction() as session:
            yield Desk(
                card=self.card,
                catalog=self.catalog,
                vocabulary=self.vocabulary,
                matcher=self.matcher,
                terms=self.terms,
                now=self.now(),
                dossiers=DossierRegister(session),
                feedback=FeedbackBook(session),
                talks=Talks(session),
            )
