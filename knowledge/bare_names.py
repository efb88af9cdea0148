"""A single name and nothing more, "bưu chính", "nhãn hiệu": which field it belongs to."""

from collections.abc import Iterable
from typing import Final

from knowledge.cues import words_of
from knowledge.text import fold
from knowledge.vocabulary import Vocabulary

_MOST: Final = 4  # syllables
_BEFORE: Final = frozenset(
    {"ve", "hoi", "cho", "toi", "em", "muon", "can", "xin", "linh", "vuc", "mang", "nganh", "thu"}
    | {"tuc", "viec", "van", "de", "con", "the"}
)
_BEHIND: Final = frozenset({"a", "ah", "ad", "oi", "vay", "nhe", "nha", "thi", "sao"})


def bare_name(text: str) -> str | None:
    """Return the name that is all that *text* says, as it was typed; None where it says more."""
    words = words_of(text)
    while words and words[0].folded in _BEFORE:
        del words[0]
    while words and words[-1].folded in _BEHIND:
        del words[-1]
    return " ".join(word.typed for word in words) if 1 <= len(words) <= _MOST else None


def field_of(name: str, fields: Iterable[str], vocabulary: Vocabulary) -> str | None:
    """Return the one of *fields* that is called *name*, or to which the vocabulary counts it."""
    folded = fold(name)
    of_field = {field: vocabulary.names_of_fields.get(field, ()) for field in fields}
    named = [
        field
        for field, names in of_field.items()
        if folded in names or f" {folded} " in f" {fold(field)} "
    ]
    return named[0] if len(named) == 1 else None
