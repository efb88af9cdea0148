"""Whether a title that stands ahead of all others may be told as the answer, by itself."""

from typing import Final

from knowledge.matching.question import OPERATION, Question
from knowledge.matching.scoring import Scored
from knowledge.operations import Operation

_EXPLAINED: Final = 0.3  # the share of the question
_SAID_WHOLE: Final = 0.65  # the share of a title, from which on its own operation counts as said
_IN_SO_MANY_WORDS: Final = 2.0
_UNSERVED: Final = -0.5
_LIKE: Final = 0.8  # of how well the first explains the question: a title about the same thing
# Whose words mean little else; "đổi" and "xin" are in many a question about something different.
_PLAIN: Final = (Operation.RENEW, Operation.AMEND, Operation.REISSUE, Operation.END)


def bears_out(read: Question, scored: Scored, first: int) -> bool:
    """Say whether title *first* explains what was said, and serves what is to be done.

    Where nothing is to be done, it must be a first issue, or have been said nearly whole.
    """
    if scored.explained[first] < _EXPLAINED or unserved(read, scored, first) is not None:
        return False
    if _everyday_words_alone(read, scored):
        return False
    any_wish = bool(read.operations) or scored.operation[first] > 0
    return any_wish or bool(scored.covered[first] >= _SAID_WHOLE)


def unserved(read: Question, scored: Scored, first: int) -> Operation | None:
    """Return the operation asked for in so many words that title *first* does not serve."""
    said = (one for one in _PLAIN if read.operations.get(one, 0.0) >= _IN_SO_MANY_WORDS)
    return next(said, None) if scored.operation[first] <= _UNSERVED else None


def about_the_same(scored: Scored, first: int, other: int) -> bool:
    """Say whether title *other* explains the question nearly as well as *first*."""
    return bool(scored.explained[other] >= _LIKE * scored.explained[first])


def says_no_thing(read: Question, scored: Scored, first: int) -> bool:
    """Say whether everyday words alone were said, which title *first* explains only by chance."""
    return (
        _everyday_words_alone(read, scored)
        and not read.operations
        and scored.explained[first] < _EXPLAINED
    )


def _everyday_words_alone(read: Question, scored: Scored) -> bool:
    """Say whether no word and no phrase names a thing: "xin chứng chỉ hành nghề"."""
    return not scored.synonyms and all(weight <= OPERATION for weight in read.weights)
