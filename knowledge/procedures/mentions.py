"""Where the catalogue speaks of something within one procedure: the very lines, to be quoted."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from knowledge.procedures.papers import case_name
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.text import fold

_SENTENCES: Final = re.compile(r"(?<=[.;])\s+|\n+")
_LONGEST: Final = 300  # letters; a quotation longer than this is no answer


def mentions(
    procedure: Procedure, phrases: Collection[str], most: int
) -> tuple[tuple[Facet, str], ...]:
    """Give at most so many sentences of *procedure* that hold one of the folded *phrases*."""
    found = dict.fromkeys(
        (facet, sentence)
        for facet, line in _lines(procedure)
        for sentence in _SENTENCES.split(line)
        if len(sentence) <= _LONGEST and _holds(sentence, phrases)
    )
    return tuple(found)[:most]


def _holds(sentence: str, phrases: Collection[str]) -> bool:
    folded = f" {fold(sentence)} "
    return any(f" {phrase} " in folded for phrase in phrases)


def _lines(procedure: Procedure) -> Iterator[tuple[Facet, str]]:
    for paper in procedure.documents:
        yield (
            Facet.DOCUMENTS,
            f"{paper.name} (trường hợp: {case_name(paper.case)})" if paper.case else paper.name,
        )
    if procedure.conditions:
        yield Facet.CONDITIONS, procedure.conditions
    for fee in procedure.fees:
        if fee.words:
            yield Facet.FEE, fee.words
    for step in procedure.steps:
        yield Facet.STEPS, step
