"""Which operations a question asks for, and how surely.

"Đã gia hạn" tells what is done, "không gia hạn" what is not wished.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from knowledge.cues import Heard, Word
from knowledge.operations import Operation
from knowledge.vocabulary import Sign

_SAID: Final = 2.0  # an operation said in so many words …
_FOLLOWS: Final = 1.0  # … outweighs one that only follows from what happened
_DONE: Final = frozenset({"da", "tung"})  # "đã gia hạn hết mức"
_NEAR: Final = 2  # words
_NOT: Final = frozenset({"khong", "chang"})  # not "chưa": who has not yet, wishes to
_GIVES_WAY: Final = (
    (Operation.AMEND, frozenset({Operation.LOST, Operation.RENEW})),
    (Operation.ISSUE, frozenset(Operation) - {Operation.ISSUE}),
)


def affirmed(signs: Iterable[Heard[Sign]], words: Sequence[Word]) -> list[Heard[Sign]]:
    """Leave out words that mean something else, and operations that are named to be denied."""
    return [sign for sign in signs if sign.meaning.operation and not _is_denied(sign, words)]


def _is_denied(sign: Heard[Sign], words: Sequence[Word]) -> bool:
    before = words[max(0, sign.start - 1) : sign.start]
    return sign.meaning.said and any(word.folded in _NOT for word in before)


def wished(signs: Iterable[Heard[Sign]], words: Sequence[Word]) -> dict[Operation, float]:
    """Decide between operations that only follow: what was lost is replaced, not amended.

    "Xin" and "mới" stand by any wish, so a first issue gives way to whatever else was heard.
    """
    asked: dict[Operation, float] = {}
    for sign in signs:
        operation = sign.meaning.operation
        if operation is not None:
            asked[operation] = max(asked.get(operation, 0.0), _strength(sign, words))
    for weaker, stronger in _GIVES_WAY:
        if asked.get(weaker) == _FOLLOWS and any(operation in asked for operation in stronger):
            del asked[weaker]
    return asked


def _strength(sign: Heard[Sign], words: Sequence[Word]) -> float:
    """Say how surely an operation is wished: what was done already tells only how things are."""
    before = words[max(0, sign.start - _NEAR) : sign.start]
    done = any(word.folded in _DONE for word in before)
    return _SAID if sign.meaning.said and not done else _FOLLOWS


def names_what_changes(signs: Iterable[Heard[Sign]]) -> bool:
    """Say whether a paper is to be changed that must be there already."""
    return any(sign.meaning.operation is not Operation.ISSUE for sign in signs)
