"""«Nếu … thì sao»: a case put to what is spoken of, told from a question about another thing."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.cues import Word, words_of
from knowledge.vocabulary import Vocabulary

_HEAD: Final = re.compile(
    r"(?:(?:a|da|vay|the|con|nhung|ma|roi|z|uh|um|ad|oi|cho hoi) )*"
    r"(?:(?P<sure>neu nhu|neu ma|neu|gia su|gia nhu) |(?:(?:trong )?truong hop|lo|nho|khi) )?"
)
_TAIL: Final = re.compile(
    r"\b(?:thi )?(?:co )?(?:phai )?(?:sao|the nao|lam sao|lam gi|lam the nao|tn|ntn"
    r"|(?:duoc|dc|sao|co) (?:khong|ko|k)|khong|ko|k)(?: (?:a|ah|vay|nhi|ad|ban|em|anh|chi|ta))*$"
)
_THEN: Final = re.compile(r" thi\b")
_BESIDE: Final = re.compile(r"(?:(?:a|da|u|uh|um|ok|oi|nhung|ma|roi) )*(?:con|the|vay)\b")
_LINKS: Final = frozenset({"la", "ma", "toi", "em", "minh", "nhu"})
_LONGEST: Final = 14  # syllables


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A case that a citizen puts."""

    words: str
    """As it was typed: «công ty nước ngoài»."""
    rest: str
    """What it says beside the circumstances."""
    circumstances: tuple[str, ...]
    """The circumstances of the vocabulary that it names."""


def hypothesis_in(text: str, vocabulary: Vocabulary) -> Hypothesis | None:
    """Read the case that *text* puts, or None where it puts none.

    Without an "if", only «… thì sao» over nothing but circumstances puts one.
    """
    put, is_sure, asks = _put(text)
    if not put or len(put) > _LONGEST:
        return None
    heard = vocabulary.hypotheses.hear(put)
    taken = {number for cue in heard for number in range(cue.start, cue.stop)}
    rest = [word for number, word in enumerate(put) if number not in taken]
    only_circumstances = bool(heard) and all(one.folded in vocabulary.common for one in rest)
    if not is_sure and not (asks and only_circumstances):
        return None
    circumstances = tuple(dict.fromkeys(cue.meaning for cue in heard))
    return Hypothesis(_typed(_said(put)), _typed(rest), circumstances)


def set_beside(text: str) -> tuple[str, bool] | None:
    """Give what *text* sets beside the thing spoken of: «còn nội tỉnh thì sao», «quốc tế thì sao».

    And say whether a "còn" leads to it; None where nothing is set beside anything.
    """
    words = words_of(text)
    folded = " ".join(word.folded for word in words)
    leads = _BESIDE.match(folded) is not None
    put = _said(_put(text)[0])
    if not put or len(words) > _LONGEST or not (leads or _THEN.search(folded)):
        return None
    return _typed(put), leads


def case_in_words(text: str) -> str:
    """Give *text* without the words that put it as a question: «giấy phép bị mất»."""
    return _typed(_said(_put(text)[0])) or text


def _put(text: str) -> tuple[list[Word], bool, bool]:
    """Give the words of the case, whether an "if" leads to it, and whether anything is asked."""
    words = words_of(text)
    folded = " ".join(word.folded for word in words)
    head = _HEAD.search(folded)
    start = 0 if head is None else folded[: head.end()].count(" ")
    case, asks = _parted(" ".join(word.folded for word in words[start:]))
    is_sure = head is not None and head["sure"] is not None
    return words[start : start + len(case.split())], is_sure, asks


def _parted(folded: str) -> tuple[str, bool]:
    """Part the case from what is asked of it; say whether anything at all is asked."""
    then = _THEN.search(folded)
    if then is not None:
        return folded[: then.start()], _TAIL.search(folded[then.start() :]) is not None
    tail = _TAIL.search(folded)
    return (folded, False) if tail is None else (folded[: tail.start()], True)


def _said(words: list[Word]) -> list[Word]:
    """Leave out the words that only lead to the case: «là công ty nước ngoài»."""
    first = next((at for at, word in enumerate(words) if word.folded not in _LINKS), 0)
    return words[first:]


def _typed(words: list[Word]) -> str:
    return " ".join(word.typed for word in words)
