"""Where a talk can stand; `states.mmd` draws the same."""

from dataclasses import dataclass, replace
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from handlers.messages import Choice, Reply
from knowledge.dossiers.code import DossierCode
from knowledge.feedback import FeedbackKind
from knowledge.matching import Answer, Found
from knowledge.procedures.procedure import Facet, ProcedureCode


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is awaited; a follow-up is about *subject*, where there is one."""

    subject: ProcedureCode | None = None
    asked: tuple[Facet, ...] = ()
    """The parts last told of it: «còn … thì sao» asks for the same of another."""
    dossier: DossierCode | None = None
    """The dossier spoken of last, until a procedure is."""
    kind: Literal["idle"] = "idle"


@dataclass(frozen=True, slots=True)
class ChoosingProcedure:
    """We asked which of several procedures is meant; the first question's words are kept."""

    question: str
    codes: tuple[ProcedureCode, ...]
    repeated: int = 0
    """How often the choice was asked for again."""
    kind: Literal["choosing_procedure"] = "choosing_procedure"


@dataclass(frozen=True, slots=True)
class AwaitingQuantity:
    """We asked how many, to reckon the fees of a procedure."""

    code: ProcedureCode
    alternative: int | None
    kind: Literal["awaiting_quantity"] = "awaiting_quantity"


@dataclass(frozen=True, slots=True)
class Checking:
    """A checklist lies open; a follow-up is about *subject*, its procedure."""

    code: str
    subject: ProcedureCode
    kind: Literal["checking"] = "checking"


@dataclass(frozen=True, slots=True)
class AwaitingDossierCode:
    """We asked for the dossier code."""

    kind: Literal["awaiting_dossier_code"] = "awaiting_dossier_code"


@dataclass(frozen=True, slots=True)
class AwaitingFeedbackKind:
    """We asked what the feedback is about; who told it at once need not tell it again."""

    content: str = ""
    missed: int = 0
    """How many answers named neither kind."""
    kind: Literal["awaiting_feedback_kind"] = "awaiting_feedback_kind"


@dataclass(frozen=True, slots=True)
class AwaitingFeedbackContent:
    """The kind is known; we asked what happened."""

    about: FeedbackKind
    kind: Literal["awaiting_feedback_content"] = "awaiting_feedback_content"


@dataclass(frozen=True, slots=True)
class AwaitingFeedbackName:
    """The content is given; we asked for the sender's name."""

    about: FeedbackKind
    content: str
    kind: Literal["awaiting_feedback_name"] = "awaiting_feedback_name"


@dataclass(frozen=True, slots=True)
class AwaitingFeedbackContact:
    """The name is given; we asked for an address or telephone number."""

    about: FeedbackKind
    content: str
    name: str
    kind: Literal["awaiting_feedback_contact"] = "awaiting_feedback_contact"


@dataclass(frozen=True, slots=True)
class ConfirmingFeedback:
    """All is given; we read it back and asked whether to send it."""

    about: FeedbackKind
    content: str
    name: str
    contact: str
    kind: Literal["confirming_feedback"] = "confirming_feedback"


@dataclass(frozen=True, slots=True)
class AwaitingFeedbackCode:
    """We asked for the tracking code of feedback given before."""

    kind: Literal["awaiting_feedback_code"] = "awaiting_feedback_code"


State = (
    Idle
    | ChoosingProcedure
    | AwaitingQuantity
    | Checking
    | AwaitingDossierCode
    | AwaitingFeedbackKind
    | AwaitingFeedbackContent
    | AwaitingFeedbackName
    | AwaitingFeedbackContact
    | ConfirmingFeedback
    | AwaitingFeedbackCode
)
IDLE: Final = Idle()
DRAFTS: Final = (
    AwaitingFeedbackContent,
    AwaitingFeedbackName,
    AwaitingFeedbackContact,
    ConfirmingFeedback,
)
"""Feedback is half written."""


def takes_files(state: State) -> bool:
    """Say whether files that are sent in *state* are kept: while feedback is being written."""
    return isinstance(state, (AwaitingFeedbackKind, *DRAFTS))


@dataclass(frozen=True, slots=True)
class Turn:
    """What we say, where the talk then stands, and what was found for a question."""

    reply: Reply
    then: State = IDLE
    answer: Answer | None = None
    """What the matcher said; None where no procedure was asked for."""
    plain: bool | None = None
    """Plain language from now on, or no longer; None: as before."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of a chat between two messages."""

    state: Annotated[State, Field(discriminator="kind")] = IDLE
    offered: tuple[Choice, ...] = ()
    """The choices last shown: a number or a label answers them on every channel."""
    plain: bool = False
    """Answers are wanted in plain language."""

    def after(self, turn: Turn) -> "Memory":
        """Remember where *turn* leaves the talk."""
        plain = self.plain if turn.plain is None else turn.plain
        return Memory(_with_parts(turn), turn.reply.choices, plain)

    def offering(self, more: tuple[Choice, ...]) -> "Memory":
        """Offer *more* beside what is offered, whose numbers stay the same."""
        new = tuple(choice for choice in more if choice not in self.offered)
        return replace(self, offered=(*self.offered, *new))


def _with_parts(turn: Turn) -> State:
    """Keep with the subject which of its parts were told."""
    if isinstance(turn.then, Idle) and isinstance(turn.answer, Found):
        return replace(turn.then, asked=turn.answer.facets)
    return turn.then


_MEMORY: Final = TypeAdapter(Memory)


def dump(memory: Memory) -> str:
    """Write *memory* as one small JSON text."""
    return _MEMORY.dump_json(memory).decode()


def load(text: str | None) -> Memory:
    """Read a memory; what is absent or from an older release starts afresh."""
    try:
        return _MEMORY.validate_json(text or "")
    except ValidationError:
        return Memory()
