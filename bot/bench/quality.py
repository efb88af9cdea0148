"""Questions with known answers, and how often they were answered so."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from bot.bench.baselines import Ranker
from knowledge.errors import UnreadableFileError
from knowledge.matching import Answer, Found, Matcher, Unclear, Unknown
from knowledge.procedures.procedure import Facet

Outcome = Literal["found", "unclear", "unknown", "other"]

_Z: Final = 1.96  # for intervals that hold 95 times in 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and what the right answer would be."""

    half: Literal["tuning", "checking", "blind", "unusual"]
    """Learned from; measured again and again; never read; never read, and of parts oddly asked."""
    kind: str
    outcome: Outcome
    codes: tuple[str, ...]
    facets: tuple[Facet, ...] | None
    """None: nobody said which parts are asked for."""
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the interval that holds the true share 95 times in 100."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Give the share itself."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Give the Wilson score interval."""
        if not self.of:
            return (0.0, 1.0)
        spread = 1 + _Z**2 / self.of
        middle = (self.value + _Z**2 / (2 * self.of)) / spread
        half = _Z * math.sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2))
        return (max(0.0, middle - half / spread), min(1.0, middle + half / spread))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} [{low:.2f}-{high:.2f}]"


_ASKED: Final = TypeAdapter(Asked)


def read_questions(path: Path) -> list[Asked]:
    """Read questions, one JSON object a line.

    Raises:
        UnreadableFileError: the file is missing or a line is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnreadableFileError(path, [error.strerror or "cannot be read"]) from error
    questions: list[Asked] = []
    for number, line in enumerate(lines, 1):
        try:
            questions.append(_ASKED.validate_python(json.loads(line)))
        except (ValidationError, json.JSONDecodeError) as error:
            raise UnreadableFileError(path, [f"line {number}: {error}"]) from error
    return questions


def ranker(matcher: Matcher) -> Ranker:
    """Show a matcher as a ranker, to be measured beside others."""
    return lambda question: [match.procedure.code for match in matcher.answer(question).ranking]


def hits(questions: Iterable[Asked], rank: Ranker, first: int) -> Share:
    """Count the questions whose right procedure stands among the *first*."""
    findable = [question for question in questions if question.outcome == "found"]
    found = sum(bool({*rank(one.text)[:first]} & {*one.codes}) for one in findable)
    return Share(found, len(findable))


def outcomes(questions: Sequence[Asked], matcher: Matcher) -> dict[str, Share]:
    """Count how often the matcher was sure, unsure or silent where it should not have been."""
    answers = [(question, matcher.answer(question.text)) for question in questions]
    ours = [(one, answer) for one, answer in answers if one.outcome == "found"]
    open_ones = [answer for one, answer in answers if one.outcome == "unclear"]
    foreign = [answer for one, answer in answers if one.outcome == "unknown"]
    sure = [(one, answer) for one, answer in ours if isinstance(answer, Found)]
    right = sum(_first(answer) in one.codes for one, answer in sure)
    return {
        "ours, answered at once": Share(len(sure), len(ours)),
        "… and rightly": Share(right, len(sure)),
        "ours, refused": _share(Unknown, [answer for _, answer in ours]),
        "open, asked back": _share(Unclear, open_ones),
        "foreign, answered as ours": _share(Found, foreign),
        "foreign, offered ours": _share(Unclear, foreign),
    }


def parts(questions: Iterable[Asked], matcher: Matcher) -> Share:
    """Count the questions of which just the asked-for parts were recognised."""
    told = [one for one in questions if one.facets and one.outcome == "found"]
    right = sum({*_facets(matcher.answer(one.text))} == {*(one.facets or ())} for one in told)
    return Share(right, len(told))


def _facets(answer: Answer) -> tuple[Facet, ...]:
    return answer.facets or (Facet.OVERVIEW,)


def _first(answer: Answer) -> str:
    return answer.ranking[0].procedure.code


def _share(kind: type[Answer], answers: Sequence[Answer]) -> Share:
    return Share(sum(isinstance(answer, kind) for answer in answers), len(answers))
