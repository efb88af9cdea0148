"""Questions whether one paper is needed: "có cần căn cước không", and what the catalogue says.

Read as such only about a procedure that is spoken of; elsewhere a paper may be a matter itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from knowledge.cues import words_of
from knowledge.procedures.papers import Paper, papers_of
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.text import fold
from knowledge.vocabulary import Vocabulary

_NO: Final = r"(?:khong|ko|k|kg|khg|hok|hong|hem|chang)"
_NEEDS: Final = (
    r"(?:can|phai|bat buoc|doi hoi|doi|yeu cau|nop|kem|dinh kem|mang|dem|photo|thieu|xuat trinh"
    r"|khoi|mien|khong co|ko co|chua co)"
)
_ENDS: Final = rf"(?:{_NO}|chu|ha|thi sao|co sao {_NO}|duoc {_NO}|dc {_NO}|{_NO} duoc|{_NO} sao)"
_PARTICLES: Final = (
    r"(?:\s(?:a|ah|vay|the|nhi|ban|em|anh|chi|ad|nua|luon|ta|roi|chau|bac|co|chu|ong|ba|minh"
    r"|nhe|nha))*"
)
_ASKED: Final = re.compile(rf"\b{_NEEDS}\b.*\b{_ENDS}{_PARTICLES}$")
_PAPER: Final = (
    r"(?P<paper>(?:giay|ban|don|to khai|bang|chung chi|hop dong|anh|so|the|hoa don|bien ban"
    r"|quyet dinh|phieu|bao cao|ke hoach|ho so|tai lieu|van ban|chung tu|cam ket|dieu le"
    r"|ly lich|de an|phuong an|quy dinh|bang gia|du toan|thuyet minh|so do)\b.*?)"
)
_OBJECT: Final = re.compile(
    rf"\b{_NEEDS}(?: (?:co|nop|kem|them|theo|mang|ban|sao|goc|chinh|photo|cong|chung|ca))*"
    rf" {_PAPER}(?: (?:luon|nua|gi|nao))* {_ENDS}{_PARTICLES}$"
)
_HELD: Final = re.compile(rf"\bco (?:san |du )?{_PAPER} (?:roi|san)(?: roi)?{_PARTICLES}$")
_PLAIN: Final = frozenset(
    {"giay", "ban", "don", "bang", "so", "the", "sao", "chinh", "goc", "to", "cua", "cho", "phep"}
)
_ASKABLE: Final = frozenset({Facet.DOCUMENTS, Facet.FORM, Facet.CONDITIONS})
_LONGEST: Final = 8  # syllables; who says more of a paper asks for something else


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper that a citizen asked after."""

    name: str
    phrases: tuple[str, ...]
    """What it is called, folded; any of them names it."""
    is_known: bool
    """It stands in the vocabulary; otherwise it is what the citizen's words came to."""


def asked_paper(text: str, vocabulary: Vocabulary) -> AskedPaper | None:
    """Tell which paper *text* asks whether it is needed, or says to be there already."""
    folded = fold(text)
    is_held = _HELD.search(folded)
    if (is_held or _ASKED.search(folded)) is None or not _ASKABLE.issuperset(
        vocabulary.asked_facets(text)
    ):
        return None
    heard = vocabulary.papers.hear(words_of(text))
    if heard:
        name = heard[0].meaning
        return AskedPaper(name, vocabulary.names[name], is_known=True)
    found = is_held or _OBJECT.search(folded)
    if found is None or len(found["paper"].split()) > _LONGEST:
        return None
    telling = [word for word in found["paper"].split() if word not in _PLAIN]
    if not telling or all(word in vocabulary.common for word in telling):
        return None
    return AskedPaper(_as_typed(text, found["paper"]), (found["paper"],), is_known=False)


def held_paper(text: str, vocabulary: Vocabulary) -> AskedPaper | None:
    """Tell which paper *text* says to be there: «có bằng tốt nghiệp rồi»."""
    return asked_paper(text, vocabulary) if _HELD.search(fold(text)) else None


def listed_in(procedure: Procedure, asked: AskedPaper) -> tuple[Paper, ...]:
    """Give the papers of *procedure* that bear one of the asked names."""
    return tuple(
        paper for paper in papers_of(procedure) if _names(asked, [paper.name, *paper.notes])
    )


def mentioned_in(procedure: Procedure, asked: AskedPaper) -> tuple[Facet, ...]:
    """Tell in which other parts of *procedure* the paper is spoken of."""
    parts = {
        Facet.STEPS: procedure.steps,
        Facet.CONDITIONS: filter(None, (procedure.conditions,)),
    }
    return tuple(facet for facet, lines in parts.items() if _names(asked, lines))


def _names(asked: AskedPaper, texts: Iterable[str]) -> bool:
    folded = f" {' | '.join(map(fold, texts))} "
    if any(f" {phrase} " in folded for phrase in asked.phrases):
        return True
    if asked.is_known:
        return False
    telling = {word for word in asked.phrases[0].split() if word not in _PLAIN}
    return any(telling.issubset(text.split()) for text in folded.split(" | "))


def _as_typed(text: str, folded: str) -> str:
    """Give the words that came to *folded* with the marks they were typed with."""
    words = words_of(text)
    size = len(folded.split())
    for start in range(len(words) - size + 1):
        some = words[start : start + size]
        if " ".join(word.folded for word in some) == folded:
            return " ".join(word.typed for word in some)
    return folded
